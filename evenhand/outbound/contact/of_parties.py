"""Who answers for a loan of another's, to the gate: as what they are asked, and what stops it.

As what somebody may be asked is never said by whoever asks: it follows from the facts of both
streams. What pauses the debt pauses it for everybody who answers for it; wishes, hours and caps are
each one's own. Whoever answers for nothing, or for nothing any more, is refused by the gate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.words import RECIPIENTS, STATE_KINDS, code
from evenhand.ledger import answering, columns, house, parties, states, streams
from evenhand.ledger.answering import Answered
from evenhand.ledger.columns import Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.parties import Promise
from evenhand.ledger.states import STATE
from evenhand.outbound.contact.wanted import Wanted

TO: Final[Mapping[str, str]] = {
    "co_borrower": "co_debtor",
    "guarantor": "guarantor",
    "spouse": "spouse",
    "representative": "parent_of_minor",
    "heir": "executor",
    "executor": "executor",
}
OTHERS: Final = tuple(sorted({code(to, RECIPIENTS) for to in TO.values()}))
OF_THE_DEBT: Final = (
    "complaint_open",
    "dispute_open",
    "debtor_deceased",
    "debtor_minor",
    "no_capacity",
    "hospital",
    "disaster",
    "bankruptcy",
    "moratorium",
    "agreement_in_force",
    "plan_asked",
    "identity_theft",
    "time_barred",
    "crisis",
)
"""States of the borrower that hold for whoever answers; others are between the borrower and us."""
_OF_THE_DEBT: Final = np.array([code(kind, STATE_KINDS) for kind in OF_THE_DEBT], dtype=np.int16)


class Asked(NamedTuple):
    """Somebody and what they answer for; `stood` is None where the loan has not begun, and the
    promise where there is none of that number."""

    person: int
    promise: Promise | None
    stood: Answered | None
    against: tuple[tuple[str, int], ...]
    """(state, since when in microseconds UTC) of what stops asking them."""

    @property
    def minor(self) -> int:
        """What they can be asked for today."""
        return self.stood.asked_minor if self.stood else 0


def asked(person: int, answers: int, at: int) -> Asked:
    """What the person answers for by their own fact `answers` (of party.joined), at a moment."""
    own = parties.promises(streams.stream(person))
    promise = next((one for one in own if one.seq == answers), None)
    if promise is None or promise.ended:
        return Asked(person, promise, None, (("not_answering", 0),))
    theirs = streams.stream(promise.borrower)
    stood = answering.answered(theirs, promise, house.day_of(at))
    return Asked(person, promise, stood, tuple(_against(promise, stood, theirs)))


def to(one: Asked) -> str:
    """As what the person is asked; ValueError where they promised nothing."""
    if one.promise is None:
        raise ValueError("they promised nothing")
    return TO[one.promise.role]


def states_of(some: Iterable[Asked]) -> Records:
    """What stops asking these persons, as states (`states.STATE`) of each one's own."""
    found = [_own(one) for one in some]
    return np.concatenate([*found, columns.records([], STATE)])


def unanswering(wanted: Wanted, some: Iterable[Asked]) -> Records:
    """Who is asked as one who answers and is none of these: each is refused."""
    told_of = np.isin(wanted.borrower, [one.person for one in some])
    rows = np.flatnonzero(np.isin(wanted.to, OTHERS) & ~told_of)
    nobodys = [_state(int(wanted.borrower[row]), "not_answering", 0) for row in rows.tolist()]
    return columns.records(nobodys, STATE)


def _against(
    promise: Promise, stood: Answered | None, theirs: Sequence[Fact]
) -> Iterator[tuple[str, int]]:
    if stood is None:
        yield "not_answering", 0
    elif answering.is_reached(stood):
        yield "limit_reached", 0
    if answering.court_first(theirs, promise):
        yield "court_first", 0
    if promise.until:
        yield "guarantee_over", house.midnight(promise.until + timedelta(days=1))
    if promise.role == "spouse":
        yield "family_debt", 0


def _own(one: Asked) -> Records:
    """The states against one: what stops the promise, and what pauses the debt itself."""
    mine = columns.records([_state(one.person, kind, at) for kind, at in one.against], STATE)
    if one.promise is None:
        return mine
    theirs = states.states([one.promise.borrower])
    of_loan = np.isin(theirs["loan"], (0, one.promise.loan))
    debts = theirs[of_loan & np.isin(theirs["kind"], _OF_THE_DEBT)].copy()
    debts["borrower"] = one.person
    debts["loan"] = 0
    return np.concatenate([mine, debts])


def _state(person: int, kind: str, at: int) -> tuple[Any, ...]:
    return tuple(states.unbounded(person, 0, kind, at).values())
