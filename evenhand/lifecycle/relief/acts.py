"""What is done with a relief: asked for, agreed, declined, taken back; offered, accepted or not.

Each act reads the stream as it stands and writes at the seq it was read at, so whoever races is
judged anew. What may not be done raises Refused: as `judging` says, or changed (other sums than
were seen), answered, lapsed, two_hands (it costs the lender money).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from evenhand.ledger import changes, house, promised, reliefs
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.reliefs import Relief
from evenhand.lifecycle.relief import bounds, judging
from evenhand.lifecycle.relief.judging import Refused
from evenhand.lifecycle.relief.seen import Seen

BORROWER: Final = "borrower"


def ask(
    borrower: int, loan: int, change: Mapping[str, Any], hand: str, *, at: int, seen_minor: int
) -> int:
    """The seq of what is asked for; inside the bounds it holds with this.

    `seen_minor` is what all that is paid comes to, as the borrower saw it. Raises Refused.
    """

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        day = house.day_of(at)
        found = possible(facts, loan, change, day, asked=True)
        if found.after.pay_minor != seen_minor:
            raise Refused("changed")
        due = promised.answer_by(day, bounds.of(found.here.product).answer_days)
        body = {**change, "due_on": due.isoformat()}
        asked = Draft("relief.asked", day, hand, loan, body=body)
        if not judging.at_once(found):
            return [asked]
        return [asked, holds(facts, found, hand, facts[-1].seq + 1)]

    return act(borrower, decide, at=at)[0].seq


def withdraw(borrower: int, seq: int, *, at: int) -> None:
    """The borrower takes back what waits. Raises Refused."""
    _answer(borrower, seq, "asked", _plain("relief.withdrawn", BORROWER), at=at)


def decline(borrower: int, seq: int, reason: str, hand: str, *, at: int) -> None:
    """A person declines what was asked for, for a reason the borrower reads. Raises Refused."""
    _answer(borrower, seq, "asked", _plain("relief.declined", hand, reason), at=at)


def agree(borrower: int, seq: int, hand: str, *, at: int) -> None:
    """A person agrees: it holds from the day it was asked for, as the borrower saw it then. What
    costs the lender money is not for one hand. Raises Refused."""

    def drafts(facts: Sequence[Fact], one: Relief, day: date) -> list[Draft]:
        if judging.is_costly(one.change):
            raise Refused("two_hands")
        return [holds(facts, outcome(facts, one, day), hand, seq)]

    _answer(borrower, seq, "asked", drafts, at=at)


def offer(borrower: int, loan: int, change: Mapping[str, Any], hand: str, *, at: int) -> int:
    """Staff offer what would cost the borrower something: nothing holds before the borrower accepts
    it. The offer's seq. Raises Refused."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        day = house.day_of(at)
        if judging.is_costly(change):
            raise Refused("two_hands")
        found = possible(facts, loan, change, day)
        due = promised.accept_by(day, bounds.of(found.here.product).accept_days)
        body = {**change, "due_on": due.isoformat()}
        return [Draft("relief.offered", day, hand, loan, body=body)]

    return act(borrower, decide, at=at)[0].seq


def accept(borrower: int, seq: int, hand: str, *, at: int, seen_minor: int) -> None:
    """The borrower accepts what we offered, having seen what it comes to today. Raises Refused."""

    def drafts(facts: Sequence[Fact], one: Relief, day: date) -> list[Draft]:
        found = outcome(facts, one, day)
        if found.after.pay_minor != seen_minor:
            raise Refused("changed")
        return [holds(facts, found, hand, seq)]

    _answer(borrower, seq, "offered", drafts, at=at)


def refuse(borrower: int, seq: int, *, at: int) -> None:
    """The borrower does not accept it: all stays as it is. Raises Refused."""
    _answer(borrower, seq, "offered", _plain("relief.refused", BORROWER), at=at)


def possible(
    facts: Sequence[Fact],
    loan: int,
    change: Mapping[str, Any],
    day: date,
    *,
    asked: bool = False,
) -> Seen:
    """What it comes to from that day, of a loan that may be changed now. Raises Refused."""
    if why := judging.stopped(facts, loan, day):
        raise Refused(why)
    return judging.possible(facts, loan, change, day, asked=asked)


def outcome(facts: Sequence[Fact], one: Relief, day: date) -> Seen:
    """What a relief that waits comes to: what was asked for counts from the day it was asked, as
    the borrower saw it; what we offer, from the day it is accepted. Raises Refused."""
    if why := judging.stopped(facts, one.loan, day, one.seq):
        raise Refused(why)
    since = one.said.day if one.way == "asked" else day
    return judging.possible(facts, one.loan, one.change, since)


def holds(facts: Sequence[Fact], found: Seen, hand: str, cause: int) -> Draft:
    """The fact that makes it so, from its day on."""
    here = found.here
    return changes.draft(facts, here.loan, found.change, here.on, hand, cause)


Drafts = Callable[[Sequence[Fact], Relief, date], list[Draft]]


def _plain(kind: str, hand: str, reason: str = "") -> Drafts:
    body = {"reason": reason} if reason else {}
    return lambda _facts, one, day: [Draft(kind, day, hand, one.loan, cause=one.seq, body=body)]


def _answer(borrower: int, seq: int, way: str, drafts: Drafts, *, at: int) -> None:
    def decide(facts: Sequence[Fact]) -> list[Draft]:
        day = house.day_of(at)
        return drafts(facts, waits(facts, seq, way, day), day)

    act(borrower, decide, at=at)


def waits(facts: Sequence[Fact], seq: int, way: str, day: date) -> Relief:
    """The relief of that seq, which waits. Raises Refused."""
    one = reliefs.relief_of(facts, seq)
    if one is None or one.way != way or one.state(day) not in ("waiting", "lapsed"):
        raise Refused("answered")
    if one.state(day) == "lapsed":
        raise Refused("lapsed")
    return one
