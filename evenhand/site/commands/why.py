"""`evenhand why LOAN [--on DAY] [--known-at MOMENT]`: facts, position, next step, verdict.

`--figure NAME` tells how one figure comes about, in the lines that pages have.
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import override

from evenhand.law import written
from evenhand.ledger import house, loans, streams
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.repay import figures, owing, sum_words
from evenhand.lifecycle.repay.figures_agreed import OF_EACH
from evenhand.site import clock, why
from evenhand.site.commands.parser import Parser, a_day

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMES = (*figures.FIGURES, *(f"{word}-N" for word in OF_EACH))


def main(argv: Sequence[str]) -> int:
    """Exit status 2 with one line where there is no such loan, day or moment."""
    parser = Parser(prog="evenhand why", description=__doc__)
    parser.add_argument("loan", type=int)
    parser.add_argument("--on", type=a_day, help="the day (default: today)")
    parser.add_argument(
        "--known-at", type=_moment, help="only what was known then, as 2026-05-02T08:00+08:00"
    )
    parser.add_argument("--figure", help=f"how one comes about: {', '.join(NAMES)}")
    chosen = parser.parse_args(argv)
    now: int = chosen.known_at or clock.now()
    on: date = chosen.on or clock.day_of(now)
    borrower = loans.borrower_of(chosen.loan)
    facts = streams.stream(borrower, known_at=chosen.known_at) if borrower is not None else []
    begun = {fact.loan for fact in facts if loans.begins(fact)}
    ended = {fact.loan for fact in facts if fact.kind == "loan.withdrawn"}
    if chosen.loan not in begun - ended:
        print(f"evenhand why: no loan {chosen.loan} is known then", file=sys.stderr)
        return 2
    if chosen.figure is not None:
        return _figure(facts, chosen.loan, on, chosen.figure)
    # Of another day the question is what its own end of day asked, at five past midnight.
    at = now if on == clock.day_of(now) else clock.moment_of(on, 0, 5)
    print("\n".join(why.lines(facts, chosen.loan, on, at)))
    return 0


def _figure(facts: Sequence[Fact], loan: int, on: date, name: str) -> int:
    one = owing.on_facts(facts, loan, house.day_number(on))
    found = figures.sum_of(one, name.replace("_", "-")) if one else None
    if one is None or found is None:
        print(f"evenhand why: loan {loan} has no figure {name!r} then", file=sys.stderr)
        return 2
    with override("en"):
        print("\n".join(sum_words.plain(sum_words.told(found, one.currency))))
    return 0


def _moment(text: str) -> int:
    try:
        moment = written.moment(text)
    except ValueError:
        reason = f"{text!r} is not a moment such as 2026-05-02T08:00+08:00"
        raise argparse.ArgumentTypeError(reason) from None
    if moment.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text!r} has no offset, such as +08:00")
    return (moment - EPOCH) // timedelta(microseconds=1)
