"""Assisted service from the borrower's facts: begun by staff, what was done in it, ended.

Each act is by both hands (`ledger.hands`). When the service ends, the borrower is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from evenhand.ledger import columns, hands, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.serve import queries
from evenhand.outbound.contact.tell import tell
from evenhand.people import sessions

BEGUN: Final = "service.begun"
ENDED: Final = "service.ended"
TOLD: Final = "served"
LONGEST: Final = 24 * 3_600 * 1_000_000
"""No service lasts longer, by far: where to look for those left open (microseconds)."""


class Service(NamedTuple):
    """One service: its seq, who served and in which way, from when to when, and what was done.

    `ended` is 0 while it goes on; moments are microseconds UTC.
    """

    seq: int
    staff: int
    via: str
    began: int
    ended: int
    done: tuple[Fact, ...]


def services(facts: Sequence[Fact]) -> list[Service]:
    """The services of a stream, oldest first."""
    ends = {fact.cause: fact for fact in facts if fact.kind == ENDED}
    return [_service(fact, ends.get(fact.seq), facts) for fact in facts if fact.kind == BEGUN]


def begin(borrower: int, via: str, session: int, staff: int, *, at: int) -> int:
    """Write down that staff serve the borrower, in that session of theirs; returns its seq."""
    body = {"via": via, "session": session}
    begun = Draft(BEGUN, house.day_of(at), f"staff:{staff}", body=body)
    return act(borrower, lambda _facts: [begun], at=at)[0].seq


def end(borrower: int, seq: int, hand: str, *, at: int) -> None:
    """The service is over, whoever says so, and the borrower is told; safe to say again."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        going_on = any(one.seq == seq and not one.ended for one in services(facts))
        return [Draft(ENDED, house.day_of(at), hand, cause=seq)] if going_on else []

    act(borrower, decide, at=at)


def told(facts: Sequence[tuple[int, int]], *, at: int) -> None:
    """The borrower hears that staff did something for them, or looked."""
    for fact in streams.facts_at(facts):
        tell(fact.borrower, TOLD, at=at, cause=fact.seq)


def left_open(at: int) -> list[tuple[int, int]]:
    """Services (borrower, seq) nobody ended, whose session has ended or idled too long."""
    found = columns.rows(queries.OPEN, {"since": at - LONGEST})
    return [(b, seq) for b, seq, session in found if not sessions.goes_on(b, session)]


def clear_up(*, at: int) -> None:
    """End what was left open."""
    for borrower, seq in left_open(at):
        end(borrower, seq, "house", at=at)


def _service(begun: Fact, ended: Fact | None, facts: Sequence[Fact]) -> Service:
    staff = hands.staff_of(begun.hand)
    last = ended.seq if ended else facts[-1].seq + 1
    done = tuple(
        fact
        for fact in facts
        if begun.seq < fact.seq < last
        and hands.is_served(fact.hand)
        and hands.staff_of(fact.hand) == staff
    )
    via, until = str(begun.body["via"]), ended.at if ended else 0
    return Service(begun.seq, staff, via, begun.at, until, done)


TASKS: Final[Mapping[str, Callable[..., object]]] = {"serve.told": told, "serve.clear_up": clear_up}
