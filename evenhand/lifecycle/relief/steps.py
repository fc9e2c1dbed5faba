"""What follows from relief: the borrower is told.

The task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from evenhand.ledger import reliefs, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.reactions import Places
from evenhand.ledger.told import CHANGED
from evenhand.outbound.contact.tell import tell

TOLD: Final[Mapping[str, str]] = {
    CHANGED: "relief_given",
    "relief.declined": "relief_declined",
    "relief.offered": "relief_offered",
}


def told(facts: Places, *, at: int) -> None:
    """The borrower hears of it; of a change that a payment caused, where that is told."""
    for fact in streams.facts_at(facts):
        if fact.kind != CHANGED or _is_relief(fact):
            values = _values(fact)
            tell(
                fact.borrower, TOLD[fact.kind], at=at, cause=fact.seq, loan=fact.loan, values=values
            )


def _is_relief(fact: Fact) -> bool:
    given = reliefs.given(streams.stream(fact.borrower), fact.loan)
    return any(one.answer and one.answer.seq == fact.seq for one in given)


def _values(fact: Fact) -> dict[str, Any]:
    day = fact.body.get("from_day") or fact.body.get("due_on")
    return {"day": day} if day else {}


TASKS: Final[Mapping[str, Callable[..., object]]] = {"relief.told": told}
