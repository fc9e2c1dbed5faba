"""What follows from a waiver or a write-off: the borrower is told.

The task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from evenhand.ledger import streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.reactions import Places
from evenhand.outbound.contact.tell import tell
from evenhand.outbound.payments.incoming import currency_of

TOLD: Final[Mapping[str, str]] = {
    "charge.waived": "charge_waived",
    "loan.written_off": "written_off",
}


NOT_THEIRS: Final = "fraud"
"""The reason of a write-off of which the borrower is told nothing: it is not their debt."""


def told(facts: Places, *, at: int) -> None:
    """The borrower hears of it, in the inbox with the sum that was waived."""
    for fact in streams.facts_at(facts):
        if fact.body["reason"] == NOT_THEIRS:
            continue
        values = _values(fact)
        tell(fact.borrower, TOLD[fact.kind], at=at, cause=fact.seq, loan=fact.loan, values=values)


def _values(fact: Fact) -> dict[str, Any]:
    if not fact.amount:
        return {}
    currency = currency_of(fact.borrower, fact.loan)
    return {"amount_minor": -fact.amount, "currency": currency, "day": fact.day.isoformat()}


TASKS: Final[Mapping[str, Callable[..., object]]] = {"writeoff.told": told}
