"""A circumstance recorded, by one hand; taken back by who said it; ended before its day, by two.

Recording only ever protects: it holds with its commit, and whatever is judged after it does not
leave. To end one is proposed on a stream of the house and approved by another, who is not the one
who called the borrower last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction

from evenhand.ledger import callers, hands, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.two_hands import Matter, NotAllowed, Proposal
from evenhand.lifecycle.circumstances.circumstances import (
    BEGAN,
    ENDED,
    Circumstance,
    circumstances_of,
    of_seq,
)
from evenhand.lifecycle.circumstances.kinds import rules
from evenhand.people import persons

BORROWER: Final = "borrower"
MATTER: Final = Matter(house.CIRCUMSTANCES, "ending")
"""Not allowed is, besides what is for two hands: what does not stand any more (ended), what waits
for another hand already (proposed), whoever called the borrower last (caller)."""


class Said(NamedTuple):
    """What was told: by whom, since which day, its last day where one is known, the loan it is
    about (0 for all). `text` are the borrower's words or the lawyer's name and how to reach them,
    `note` is for staff only."""

    word: str
    told_by: str
    since: date
    until: date | None = None
    loan: int = 0
    text: str = ""
    note: str = ""


def record(borrower: int, said: Said, hand: str, *, at: int) -> int:
    """It holds with this commit; its seq, also of one that stands and says the same.

    Raises LookupError where the person knows no such loan, Erased where nobody is behind the
    number.
    """
    assert said.told_by in rules()[said.word].told_by, "told by one who may"
    body = _body(borrower, said)
    found: list[int] = []

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        if said.loan and not any(fact.loan == said.loan for fact in facts):
            raise LookupError("no such loan in this stream")
        found[:] = [one.seq for one in circumstances_of(facts) if _is_same(one, said, body, at)]
        return [] if found else [Draft(BEGAN, house.day_of(at), hand, said.loan, body=body)]

    written = act(borrower, decide, at=at)
    return written[0].seq if written else found[0]


def take_back(borrower: int, seq: int, *, at: int) -> bool:
    """The borrower says that what they said is over; False where there is no such thing."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one = of_seq(facts, seq)
        if one is None or not one.stands(at) or not one.may_be_taken_back:
            return []
        return [Draft(ENDED, house.day_of(at), BORROWER, one.loan, cause=seq)]

    return bool(act(borrower, decide, at=at))


def propose(borrower: int, seq: int, reason: str, note: str, hand: str, *, at: int) -> int:
    """Propose that it ends before its day; the proposal's seq. Raises NotAllowed."""
    _require_standing(borrower, seq, at)
    if waiting(borrower, seq):
        raise NotAllowed("proposed")
    said: dict[str, Any] = {"borrower": borrower, "began": seq, "reason": reason}
    if note:
        said["note"] = persons.seal_text(borrower, note).hex()
    return MATTER.propose(said, hand, at=at)


def approve(seq: int, hand: str, *, at: int) -> Circumstance:
    """Another hand approves it: what it stopped may go on. Raises NotAllowed; then nothing is
    written."""

    def check(one: Proposal) -> Mapping[str, Any]:
        borrower = one.said["borrower"]
        if callers.last_callers([borrower]).get(borrower) == hands.staff_of(hand):
            raise NotAllowed("caller")
        return {}

    with transaction.atomic():
        one = MATTER.approve(seq, hand, check, at=at)
        return _end(one, hand, at)


def waiting(borrower: int, seq: int = 0) -> list[Proposal]:
    """What waits for another hand about this borrower, or about one circumstance of theirs."""
    found = [one for one in MATTER.all() if one.waits and one.said["borrower"] == borrower]
    return [one for one in found if seq in (0, one.said["began"])]


def _end(one: Proposal, hand: str, at: int) -> Circumstance:
    borrower, began = one.said["borrower"], one.said["began"]
    ended = _require_standing(borrower, began, at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        found = of_seq(facts, began)
        if found is None or not found.stands(at):
            raise NotAllowed("ended")
        body = {"reason": one.said["reason"], "proposal": one.seq}
        return [Draft(ENDED, house.day_of(at), hand, found.loan, cause=began, body=body)]

    act(borrower, decide, at=at)
    return ended


def _require_standing(borrower: int, seq: int, at: int) -> Circumstance:
    found = of_seq(streams.stream(borrower), seq)
    if found is None or not found.stands(at):
        raise NotAllowed("ended")
    return found


def _body(borrower: int, said: Said) -> dict[str, Any]:
    body: dict[str, Any] = {"state": said.word, "told_by": said.told_by}
    body["since"] = house.midnight(said.since)
    if said.until:
        body["until"] = house.midnight(said.until + timedelta(days=1))
    if place := rules()[said.word].place:
        body["place"] = place
    for key, text in (("text", said.text), ("note", said.note)):
        if text:
            body[key] = persons.seal_text(borrower, text).hex()
    return body


def _is_same(one: Circumstance, said: Said, body: Mapping[str, Any], at: int) -> bool:
    """Does this one stand and say nothing else, the words apart? Then it was sent twice."""
    if not one.stands(at) or one.loan != said.loan:
        return False
    words = ("text", "note")
    if any(bool(one.fact.body.get(key)) != bool(body.get(key)) for key in words):
        return False
    plain = {key: value for key, value in body.items() if key not in words}
    return plain == {key: value for key, value in one.fact.body.items() if key not in words}
