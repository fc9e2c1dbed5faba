"""What follows from relief: the borrower is told; with each ended day, which answers are late.

Each task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from evenhand.ledger import reliefs, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Fact
from evenhand.ledger.reactions import Places
from evenhand.ledger.told import CHANGED
from evenhand.outbound.contact.tell import tell

TOLD: Final[Mapping[str, str]] = {
    CHANGED: "relief_given",
    "relief.declined": "relief_declined",
    "relief.offered": "relief_offered",
    "relief.answer_late": "relief_answer_late",
}


def told(facts: Places, *, at: int) -> None:
    """The borrower hears of it; of a change that a payment caused, where that is told."""
    for fact in streams.facts_at(facts):
        if fact.kind != CHANGED or _is_relief(fact):
            values = _values(fact)
            tell(
                fact.borrower, TOLD[fact.kind], at=at, cause=fact.seq, loan=fact.loan, values=values
            )


def day_closed(facts: Places, *, at: int) -> None:
    """A day has ended: what was to be answered by it, and is not, is late."""
    for closed in streams.facts_at(facts):
        close(closed.day, at=at)


def close(on: date, *, at: int) -> int:
    """Say which of our answers are late by the end of day `on`; how many facts came of it."""
    asked = [one for one in reliefs.all_waiting(on) if one.way == "asked" and one.due_on <= on]
    waiting = sorted({one.said.borrower for one in asked})
    return sum(len(act(b, lambda facts: reliefs.late(facts, on), at=at)) for b in waiting)


def _is_relief(fact: Fact) -> bool:
    given = reliefs.given(streams.stream(fact.borrower), fact.loan)
    return any(one.answer and one.answer.seq == fact.seq for one in given)


def _values(fact: Fact) -> dict[str, Any]:
    day = fact.body.get("from_day") or fact.body.get("due_on")
    return {"day": day} if day else {}


TASKS: Final[Mapping[str, Callable[..., object]]] = {
    "relief.told": told,
    "relief.day_closed": day_closed,
}
