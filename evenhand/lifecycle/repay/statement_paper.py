"""A statement on paper: made once for its day and for what was known, then the same bytes again."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from evenhand.ledger import house
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.statement import Statement, moves_money
from evenhand.ledger.statement import statement as statement_of
from evenhand.ledger.statement_views import figures, known_by
from evenhand.lifecycle.repay.certificate import made_once
from evenhand.outbound.documents import documents

NAME: Final = "statement"


def statement(borrower: int, loan: int, on: date, known: date, lang: str, *, at: int) -> bytes:
    """The statement of a loan's day `on` by what was known at the end of `known`, as a signed
    document."""

    def make(facts: Sequence[Fact]) -> Draft:
        data = statement_data(known_by(facts, known), loan, on, known)
        issued = documents.issue(borrower, NAME, data, lang, at=at)
        body = {
            "about": NAME, "document": issued.digest, "item": issued.item, "lang": lang,
            "on": on.isoformat(), "known": known.isoformat(),
        }  # fmt: skip
        return Draft("certificate.issued", house.day_of(at), "house", loan, body=body)

    def find(facts: Sequence[Fact]) -> Fact | None:
        return _made(facts, loan, on, known, lang)

    return made_once(borrower, find, make, at=at)


def _made(facts: Sequence[Fact], loan: int, on: date, known: date, lang: str) -> Fact | None:
    """The one made before, where nothing that moves money was learnt by `known` since."""
    wanted = {"about": NAME, "lang": lang, "on": on.isoformat(), "known": known.isoformat()}
    mine = [fact for fact in facts if fact.loan == loan]
    made = [f for f in mine if f.kind == "certificate.issued" and wanted.items() <= f.body.items()]
    moved = [fact.seq for fact in known_by(mine, known) if moves_money(fact)]
    return made[-1] if made and made[-1].seq > max(moved, default=0) else None


def statement_data(facts: Sequence[Fact], loan: int, on: date, known: date) -> dict[str, Any]:
    """What the document says, from the facts known by then."""
    made = statement_of(facts, loan, on)
    assert made is not None, "a page that prints it has shown it"
    return {
        "loan": loan,
        "currency": made.currency,
        "on": on.isoformat(),
        "known": known.isoformat(),
        "opened_on": made.opened_on.isoformat(),
        "taken_over": made.taken_over,
        "principal_minor": made.principal_minor,
        "kept_back_minor": made.kept_back_minor,
        "instalments": made.instalments,
        "movements": _movements(made),
        "balance_minor": made.closing.balance_minor,
        "closing": [list(figure) for figure in figures(made.closing)],
        "head": facts[-1].link[:6].hex(),
    }


def _movements(made: Statement) -> list[list[Any]]:
    """What, its instalment, its day, the day we learnt of it where that is another, how much it
    moved, the balance after it."""
    return [
        [
            each.what,
            each.n,
            each.day.isoformat(),
            "" if each.learnt == each.day else each.learnt.isoformat(),
            each.minor,
            each.balance_minor,
        ]
        for each in made.movements
    ]
