"""`evenhand statement LOAN --on DAY [--known DAY]`: what moved up to a day, and where it stood."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import override

from evenhand.ledger import loans, streams
from evenhand.ledger.statement import Movement, Statement
from evenhand.ledger.statement import statement as statement_of
from evenhand.ledger.statement_views import ROWS, known_by
from evenhand.site import clock
from evenhand.site.commands.parser import Parser, a_day
from evenhand.web import shown
from evenhand.web.words import word


def main(argv: Sequence[str]) -> int:
    """Exit status 2 with one line where by then no such loan was known."""
    parser = Parser(prog="evenhand statement", description=__doc__)
    parser.add_argument("loan", type=int)
    parser.add_argument("--on", type=a_day, help="the day (default: today)")
    parser.add_argument("--known", type=a_day, help="by what was known that evening (default: now)")
    chosen = parser.parse_args(argv)
    today = clock.day_of(clock.now())
    on, known = chosen.on or today, chosen.known or today
    borrower = loans.borrower_of(chosen.loan)
    facts = streams.stream(borrower) if borrower is not None else []
    made = statement_of(known_by(facts, known), chosen.loan, on)
    if made is None:
        print(f"evenhand statement: no loan {chosen.loan} is known then", file=sys.stderr)
        return 2
    with override("en"):
        print("\n".join(lines(made, known)))
    return 0


def lines(made: Statement, known: date) -> Iterator[str]:
    """The statement, a line a movement."""
    yield f"Loan {made.loan} at the end of {made.on}, as known at the end of {known}"
    began = "taken over" if made.taken_over else "lent"
    principal = shown.amount(made.principal_minor, made.currency)
    yield f"{began} {made.opened_on}: {made.currency} {principal}, {made.instalments} instalments"
    for each in made.movements:
        minor, balance = (
            shown.amount(sum_, made.currency) for sum_ in (each.minor, each.balance_minor)
        )
        yield f"  {each.day}  {_what(each):<52}{minor:>14}{balance:>16}"
    yield f"balance {shown.amount(made.closing.balance_minor, made.currency)}"
    for name in ROWS:
        minor = getattr(made.closing, name)
        yield f"  {word('closing', name).lower()} {shown.amount(minor, made.currency)}"


def _what(each: Movement) -> str:
    number = f" {each.n}" if each.n else ""
    since = f" since {each.since}" if each.since else ""
    learnt = f" (known since {each.learnt})" if each.learnt != each.day else ""
    return word("statement", each.what).lower() + number + since + learnt
