"""Relief that costs the lender money, by two hands: for one loan, or for many at once.

One of staff proposes, another approves. It holds from the day it was asked for, where it was, else
from the day of approval; the borrower is asked nothing, because nobody pays more by it. Loans of
which it cannot be by then are left out, and said so on the page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

import numpy as np
from django.db import transaction

from evenhand.ledger import house, loans, reliefs, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.two_hands import Matter, NotAllowed, Proposal
from evenhand.lifecycle.relief import acts
from evenhand.lifecycle.relief.judging import Refused
from evenhand.lifecycle.relief.seen import Seen

MATTER: Final = Matter(house.RELIEFS, "grant")
"""Not allowed is, besides what is for two hands: nothing that can be given (nothing), other sums
than were seen (moved)."""
MORATORIUM: Final = "moratorium"
"""The word of the change, and of the state that stops collecting."""
MOST: Final = 500
"""Loans in one proposal."""


class Place(NamedTuple):
    """A loan that is to be given relief: whose, and the seq of what was asked for, or 0."""

    borrower: int
    loan: int
    asked: int = 0


class Given(NamedTuple):
    """What a proposal would do to one loan today; `why` it cannot be, where it cannot."""

    place: Place
    seen: Seen | None
    why: str = ""


def places(numbers: Sequence[int]) -> list[Place]:
    """The loans of these numbers that there are, each once."""
    found = {loan: loans.borrower_of(loan) for loan in dict.fromkeys(numbers)}
    return [Place(borrower, loan) for loan, borrower in found.items() if borrower]


def would(change: Mapping[str, Any], wanted: Sequence[Place], on: date) -> list[Given]:
    """What a change would do to each of these loans today."""
    borrowers = sorted({place.borrower for place in wanted})
    found = streams.streams(np.array(borrowers, dtype=np.int64))
    facts = {of: list(some) for of, some in groupby(found, key=attrgetter("borrower"))}
    return [_would(facts[place.borrower], change, place, on) for place in wanted]


def given_up(found: Sequence[Given]) -> int:
    """What the borrowers together pay less, in minor units."""
    return sum(one.seen.less_minor for one in found if one.seen)


def propose(
    change: Mapping[str, Any], wanted: Sequence[Place], reason: str, hand: str, *, at: int
) -> int:
    """Propose it; the proposal's seq. Raises NotAllowed."""
    if not any(one.seen for one in would(change, wanted, house.day_of(at))):
        raise NotAllowed("nothing")
    said = {**change, "loans": [list(place) for place in wanted], "reason": reason}
    return MATTER.propose(said, hand, at=at)


def approve(seq: int, seen_minor: int, hand: str, *, at: int) -> int:
    """Another hand approves it, having seen what the lender gives up; how many loans it holds for
    from now on. Raises NotAllowed; then nothing is written."""
    found: list[Given] = []

    def check(one: Proposal) -> Mapping[str, Any]:
        found[:] = today_of(one, house.day_of(at))
        count = sum(one.seen is not None for one in found)
        if not count:
            raise NotAllowed("nothing")
        if given_up(found) != seen_minor:
            raise NotAllowed("moved")
        return {"given": count}

    try:
        with transaction.atomic():
            one = MATTER.approve(seq, hand, check, at=at)
            for given in found:
                if given.seen:
                    _give(one, given.place, hand, at)
    except Refused:  # something happened to one of them since it was looked at
        raise NotAllowed("moved") from None
    return int(one.given["given"])


def today_of(one: Proposal, on: date) -> list[Given]:
    """What a proposal would do today."""
    return would(reliefs.change_of(one.said), [Place(*place) for place in one.said["loans"]], on)


def of_asked(found: Sequence[Proposal], borrower: int, seq: int) -> Proposal | None:
    """The proposal among these that waits for what a borrower asked for; None without one."""
    return next((one for one in found if one.waits and _asks(one, borrower, seq)), None)


def _asks(one: Proposal, borrower: int, seq: int) -> bool:
    return any(place[0] == borrower and place[2] == seq for place in one.said["loans"])


def _would(facts: Sequence[Fact], change: Mapping[str, Any], place: Place, on: date) -> Given:
    try:
        return Given(place, _seen(facts, change, place, on))
    except Refused as refused:
        return Given(place, None, refused.args[0])


def _seen(facts: Sequence[Fact], change: Mapping[str, Any], place: Place, on: date) -> Seen:
    """What it does from its day on. Raises Refused."""
    if place.asked:
        return acts.outcome(facts, acts.waits(facts, place.asked, "asked", on), on)
    return acts.possible(facts, place.loan, change, on)


def _give(one: Proposal, place: Place, hand: str, at: int) -> None:
    change, today = reliefs.change_of(one.said), house.day_of(at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        found = _seen(facts, change, place, today)
        if place.asked:
            return [acts.holds(facts, found, hand, place.asked)]
        body = {**change, "proposal": one.seq, "reason": one.said["reason"]}
        granted = Draft("relief.granted", today, hand, place.loan, body=body)
        holds = acts.holds(facts, found, hand, facts[-1].seq + 1)
        return [granted, holds, *_frozen(change, holds)]

    act(place.borrower, decide, at=at)


def _frozen(change: Mapping[str, Any], holds: Draft) -> list[Draft]:
    """Under a moratorium nothing is collected and nothing debited, until its last day is over."""
    if change["change"] != MORATORIUM:
        return []
    over = house.midnight(date.fromisoformat(change["until"]) + timedelta(days=1))
    body = {"state": MORATORIUM, "until": over}
    return [Draft("state.began", holds.day, holds.hand, holds.loan, body=body)]
