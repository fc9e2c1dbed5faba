"""What follows from a complaint: the borrower hears of each step; late, it costs no late interest.

Each task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from evenhand.ledger import states, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Fact
from evenhand.ledger.kinds_state import SUM
from evenhand.ledger.reactions import Places
from evenhand.lifecycle.redress import disputes, late
from evenhand.lifecycle.redress.complaints import Complaint, complaints_of
from evenhand.outbound.contact.tell import tell

OPEN: Final = ("complaint_open", "complaint_heard", "dispute_open")
OURS: Final = frozenset({"due_on", "outcome"})
DISPUTED: Final[Mapping[str, str]] = {
    "complaint_received": "dispute_received",
    "complaint_changed": "dispute_changed",
    "complaint_answered": "dispute_answered",
}
"""What is told of one about a sum instead."""
TOLD: Final[Mapping[str, str]] = {
    "complaint.opened": "complaint_received",
    "complaint.appealed": "complaint_received",
    "complaint.extended": "complaint_changed",
    "complaint.collection_allowed": "complaint_changed",
    "complaint.answered": "complaint_answered",
}


def told(facts: Places, *, at: int) -> None:
    """The borrower hears of it, on their own channels; of what was brought from elsewhere, and so
    has neither a last day nor an outcome, not."""
    for fact in streams.facts_at(facts):
        own = fact.kind == "complaint.collection_allowed" or fact.body.keys() & OURS
        if not own:
            continue
        values = {"day": fact.body["due_on"]} if "due_on" in fact.body else {}
        template = TOLD[fact.kind]
        if _is_disputed(fact):
            template = DISPUTED[template]
        tell(fact.borrower, template, at=at, cause=fact.seq, loan=fact.loan, values=values)


def _is_disputed(fact: Fact) -> bool:
    """Is it about a sum: the complaint that the fact began or belongs to?"""
    stream = streams.stream(fact.borrower)
    while fact.cause:
        fact = stream[fact.cause - 1]
    return fact.kind == disputes.OPENED or fact.body.get("ground") == SUM


def stop_late_interest(on: date, *, at: int) -> int:
    """Stop late interest where the last day for an answer was before `on`; on how many loans."""
    waiting = sorted({one.borrower for one in open_ones(at) if one.now.is_late(on)})
    return sum(len(act(b, lambda facts: late.stops(facts, on), at=at)) for b in waiting)


def day_closed(facts: Places, *, at: int) -> None:
    """A day has ended: answers that were due on it are late."""
    for closed in streams.facts_at(facts):
        stop_late_interest(closed.day + timedelta(days=1), at=at)


def open_ones(at: int) -> list[Complaint]:
    """Every complaint that waits for an answer: the overdue first, then by the last day."""
    places = [place for word in OPEN for place in states.everybody_in(word, at=at)]
    found: list[Complaint] = []
    for borrower in sorted({place[0] for place in places}):
        found += [one for one in complaints_of(streams.stream(borrower)) if one.is_open]
    return sorted(found, key=lambda one: (one.now.due_on, one.now.at, one.borrower, one.seq))


TASKS: Final[Mapping[str, Callable[..., object]]] = {
    "redress.told": told,
    "redress.day_closed": day_closed,
}
