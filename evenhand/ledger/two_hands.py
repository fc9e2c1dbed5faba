"""What one of staff proposes and another decides, on a stream of the house: never by one hand.

A matter has three kinds of facts: `NAME.proposed`, then `NAME.approved` or `NAME.declined`, which
name the proposal as their cause. It waits until one of them is there, and is decided once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, TypeAlias

from evenhand.ledger import hands, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import EMPTY, Draft, Fact

WAITING: Final = "waiting"
TAKEN_BACK: Final = "taken_back"
"""The reason of a decline by the proposal's own hand, and of no other."""


class NotAllowed(Exception):
    """`args[0]` says why: own, decided, or what whoever checks the matter found."""


class Proposal(NamedTuple):
    """What somebody proposed (`said`, the fact's body) and what came of it: `state` is waiting,
    approved or declined; `given` is what the decision says. Moments are microseconds UTC."""

    seq: int
    at: int
    hand: str
    said: Mapping[str, Any]
    state: str = WAITING
    reason: str = ""
    given: Mapping[str, Any] = EMPTY
    decided_by: str = ""
    decided_at: int = 0

    @property
    def waits(self) -> bool:
        """Has nobody decided it yet?"""
        return self.state == WAITING


class Line(NamedTuple):
    """A proposal for a page, by employee number; `own` where the reader made it."""

    proposal: Proposal
    by: str
    decided_by: str
    own: bool


Check: TypeAlias = Callable[[Proposal], Mapping[str, Any]]
"""What the approval adds, worked out as it is given; raises NotAllowed where it may not be."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One sort of proposals: the stream they lie on, and the first part of their kinds."""

    stream: int
    name: str

    def all(self) -> list[Proposal]:
        """Everything that was proposed, the newest first."""
        return list(reversed(self.read(streams.stream(self.stream)).values()))

    def read(self, facts: Sequence[Fact]) -> dict[int, Proposal]:
        """The proposals of a stream by seq, the oldest first."""
        found: dict[int, Proposal] = {}
        for fact in facts:
            if fact.kind == f"{self.name}.proposed":
                found[fact.seq] = Proposal(fact.seq, fact.at, fact.hand, fact.body)
            elif one := found.get(fact.cause):
                found[fact.cause] = _decided(one, fact)
        return found

    def propose(self, said: Mapping[str, Any], hand: str, *, at: int) -> int:
        """Propose; the proposal's seq."""
        draft = Draft(f"{self.name}.proposed", house.day_of(at), hand, body=said)
        (fact,) = act(self.stream, lambda _facts: [draft], at=at)
        return fact.seq

    def approve(self, seq: int, hand: str, check: Check, *, at: int) -> Proposal:
        """Another hand than the proposal's approves it, checked anew. Raises NotAllowed."""

        def decide(facts: Sequence[Fact]) -> list[Draft]:
            one = self._waiting(facts, seq)
            if one.hand == hand:
                raise NotAllowed("own")
            given = check(one)
            return [Draft(f"{self.name}.approved", house.day_of(at), hand, cause=seq, body=given)]

        act(self.stream, decide, at=at)
        return self.read(streams.stream(self.stream))[seq]

    def decline(self, seq: int, reason: str, hand: str, *, at: int) -> None:
        """Another hand declines it for a reason, or its own takes it back. Raises NotAllowed."""

        def decide(facts: Sequence[Fact]) -> list[Draft]:
            one = self._waiting(facts, seq)
            if (one.hand == hand) != (reason == TAKEN_BACK):
                raise NotAllowed("own")
            body = {"reason": reason}
            return [Draft(f"{self.name}.declined", house.day_of(at), hand, cause=seq, body=body)]

        act(self.stream, decide, at=at)

    def _waiting(self, facts: Sequence[Fact], seq: int) -> Proposal:
        one = self.read(facts).get(seq)
        if one is None or not one.waits:
            raise NotAllowed("decided")
        return one


def lines(
    found: Sequence[Proposal], reader: int, numbers: Callable[[list[int]], Mapping[int, str]]
) -> list[Line]:
    """Proposals for the page of a reader; `numbers` says employee numbers by staff id."""
    theirs = hands.staff_among(hand for one in found for hand in (one.hand, one.decided_by))
    known = numbers(theirs)
    return [
        Line(
            one,
            known.get(hands.staff_of(one.hand), ""),
            known.get(hands.staff_of(one.decided_by), ""),
            hands.staff_of(one.hand) == reader,
        )
        for one in found
    ]


def _decided(one: Proposal, fact: Fact) -> Proposal:
    return one._replace(
        state=fact.kind.rpartition(".")[2],
        reason=fact.body.get("reason", ""),
        given=fact.body,
        decided_by=fact.hand,
        decided_at=fact.at,
    )
