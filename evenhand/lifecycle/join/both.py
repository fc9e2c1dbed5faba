"""What is said is written to two streams, the one's who says it and the borrower's whose loan it
is, in one transaction: a crash between the two leaves neither."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, TypeAlias

from django.db import transaction

from evenhand.ledger import streams
from evenhand.ledger.acting import ROUNDS
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.parties import Invitation
from evenhand.lifecycle.join.codes import Place

Refusal: TypeAlias = str
"""closed | enough | ended | own | already | not_verified | not_you; empty where it is done."""
Drafts: TypeAlias = tuple[Draft, Draft]
"""What is written to the borrower's stream and to the other person's."""


def whose(place: Place, person: int) -> dict[str, int]:
    """What facts about an invitation say of whose it is."""
    return {"borrower": place.borrower, "person": person, "invited": place.seq}


def drafts(
    kind: str,
    asked: Invitation,
    place: Place,
    person: int,
    day: date,
    *,
    cause: int = 0,
    more: dict[str, Any] | None = None,
) -> Drafts:
    """The same for both streams: by the house's hand in the borrower's, by the person's in theirs;
    `cause` is the fact it answers in the person's stream."""
    body = whose(place, person) | (more or {})
    there = Draft(kind, day, "borrower", asked.loan, cause=cause, body=body)
    return there._replace(hand="house", cause=place.seq), there


def write_both(
    borrower: int,
    person: int,
    decide: Callable[[Sequence[Fact], Sequence[Fact]], Drafts | Refusal],
    at: int,
) -> Refusal:
    """Write to both streams as they stand, or to neither; judged again where one has moved."""
    for _round in range(ROUNDS):
        theirs, own = streams.stream(borrower), streams.stream(person)
        found = decide(theirs, own)
        if isinstance(found, str):
            return found
        ends = [facts[-1].seq if facts else 0 for facts in (theirs, own)]
        appends = [
            streams.Append(stream, end, [draft])
            for stream, end, draft in zip((borrower, person), ends, found, strict=True)
        ]
        with suppress(streams.Moved), transaction.atomic():
            if streams.append_many(appends, at=at):
                raise streams.Moved(f"streams {borrower} and {person} do not stand still")
            return ""
    raise streams.Moved(f"streams {borrower} and {person} would not stand still")
