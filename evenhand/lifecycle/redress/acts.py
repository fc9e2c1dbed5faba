"""What is done with a complaint: opened, taken on, given more time, answered, appealed.

Each act reads the stream as it stands and writes at the seq it was read at, so whoever races judges
anew. What may not be done raises Refused with the reason as a code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from evenhand.ledger import house
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_state import GROUNDS, OUTCOMES
from evenhand.lifecycle.redress import deadlines, disputes, late
from evenhand.lifecycle.redress.complaints import Complaint, complaint_of, complaints_of
from evenhand.outbound.contact import own_words
from evenhand.people import persons

ADDED_MOST: Final = 20
"""Words added to one complaint; more than that go to a person."""
WAYS: Final = ("app", "counter", "hotline", "code")
REASONS: Final = ("complex", "special")
Drafts = Callable[[Sequence[Fact], Complaint, date], list[Draft]]


class Refused(Exception):
    """It may not be done. `args[0]` says why: answered, not_owner, barred, too_late, no_repeat,
    no_appeal, not_yet, no_correction."""


class Wanted(NamedTuple):
    """A complaint to be opened: about one loan or all (0), perhaps about one of staff, by id; about
    a sum, perhaps one figure by name, and what is wrong with it (one of `kinds_state.SAYS`)."""

    ground: str
    via: str
    text: str = ""
    loan: int = 0
    about: int = 0
    figure: str = ""
    says: str = ""


def open_complaint(borrower: int, wanted: Wanted, hand: str, *, at: int) -> int:
    """Collecting stops with this fact's commit; the complaint's seq. One about a sum is a dispute
    of the debt too.

    While one on the same ground and loan is open, its words are added to that one. `hand` is
    borrower, house (by reference code) or staff:N, who then writes what the borrower said. Raises
    LookupError where the person knows no such loan, Erased where nobody is behind the number.
    """
    assert wanted.ground in GROUNDS and wanted.via in WAYS, "a known ground, a known way"
    text = _sealed(borrower, wanted.text)
    found: list[int] = []

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        if wanted.loan and not any(fact.loan == wanted.loan for fact in facts):
            raise LookupError("no such loan in this stream")
        loan = disputes.loan_of(facts, wanted.ground, wanted.loan)
        asked = wanted._replace(loan=loan)
        standing = _same(facts, asked)
        found[:] = [standing.seq] if standing else []
        if standing:
            return _added(standing, asked, hand, text, at)
        opened = _opened(asked, hand, text, at)
        day, seq = opened.day, facts[-1].seq + 1
        return [opened, *disputes.begins(wanted.ground, loan, hand, day, seq)]

    written = act(borrower, decide, at=at)
    return found[0] if found else written[0].seq


def take(borrower: int, seq: int, by: int, *, at: int) -> None:
    """Member of staff `by` answers for it from now on, in place of whoever did."""

    def draft(_facts: Sequence[Fact], one: Complaint, day: date) -> list[Draft]:
        return [Draft("complaint.taken", day, f"staff:{by}", one.loan, cause=one.now.seq)]

    _on_open(borrower, seq, by, draft, at=at)


def extend(borrower: int, seq: int, reason: str, text: str, by: int, *, at: int) -> None:
    """More time, in time and with a reason the borrower reads: for a complex matter once, then
    for special reasons once more."""
    assert reason in REASONS, "a reason of the law's"
    sealed = own_words.seal(borrower, text, "complaint_longer", by, at=at)

    def draft(_facts: Sequence[Fact], one: Complaint, day: date) -> list[Draft]:
        _require_owner(one, by)
        if one.now.is_late(day):
            raise Refused("too_late")
        if one.now.extended != REASONS[: REASONS.index(reason)]:
            raise Refused("not_yet")
        body = {"reason": reason, "due_on": _longer(one, reason).isoformat(), "text": sealed}
        return [Draft("complaint.extended", day, f"staff:{by}", one.loan, 0, one.now.seq, body)]

    _on_open(borrower, seq, by, draft, at=at)


def allow(borrower: int, seq: int, text: str, by: int, *, at: int) -> None:
    """Compliance lets collecting go on in spite of a repeat, within one working day, with a reason
    the borrower reads. The complaint stays open and is answered all the same."""
    sealed = own_words.seal(borrower, text, "complaint_allowed", by, at=at)

    def draft(facts: Sequence[Fact], one: Complaint, day: date) -> list[Draft]:
        if one.decide_by is None:
            raise Refused("no_repeat")
        if day > one.decide_by:
            raise Refused("too_late")
        kind, body = "complaint.collection_allowed", {"text": sealed}
        allowed = Draft(kind, day, f"staff:{by}", one.loan, 0, one.now.seq, body)
        return [allowed, *disputes.goes_on(facts, one.now.seq, by, day)]

    _on_open(borrower, seq, by, draft, at=at)


def answer(borrower: int, seq: int, outcome: str, text: str, by: int, *, at: int) -> None:
    """The owner answers, with a reason the borrower reads; the pause ends with it. A disputed sum
    is said to be wrong only once it is corrected."""
    assert outcome in OUTCOMES, "a known outcome"
    sealed = own_words.seal(borrower, text, "complaint_answer", by, at=at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one, day = _open_one(facts, seq, by), house.day_of(at)
        _require_owner(one, by)
        corrected = outcome != "not_upheld"
        if one.is_dispute and corrected and not one.corrected(facts):
            raise Refused("no_correction")
        cause, began = _state_of(one, facts), one.now.seq
        body = {"text": sealed, "outcome": outcome}
        answered = Draft("complaint.answered", day, f"staff:{by}", one.loan, 0, cause, body)
        ended = disputes.answered(facts, began, corrected, by, day)
        return [answered, *late.ends(facts, began, day), *ended]

    act(borrower, decide, at=at)


def appeal(borrower: int, seq: int, text: str, via: str, hand: str, *, at: int) -> None:
    """The borrower does not agree: it is open again, another answers, collecting stops again."""
    sealed = _sealed(borrower, text)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one, day = complaint_of(facts, seq), house.day_of(at)
        if not one.may_be_appealed:
            raise Refused("no_appeal")
        body = _said(hand, sealed) | {"due_on": _due_on(one.ground, day), "via": via}
        appealed = Draft("complaint.appealed", day, hand, one.loan, 0, seq, body)
        disputed = disputes.begins(one.ground, one.loan, hand, day, facts[-1].seq + 1)
        return [appealed, *disputed]

    act(borrower, decide, at=at)


def _opened(wanted: Wanted, hand: str, text: str, at: int) -> Draft:
    day = house.day_of(at)
    body = _said(hand, text) | {"ground": wanted.ground, "via": wanted.via}
    body |= {"due_on": _due_on(wanted.ground, day)}
    named = {"about": wanted.about, "figure": wanted.figure, "says": wanted.says}
    body |= {name: value for name, value in named.items() if value}
    return Draft("complaint.opened", day, hand, wanted.loan, body=body)


def _due_on(ground: str, day: date) -> str:
    return deadlines.due_on(day, deadlines.events_of(ground)).isoformat()


def _added(one: Complaint, wanted: Wanted, hand: str, text: str, at: int) -> list[Draft]:
    if not text or len(one.added) >= ADDED_MOST:
        return []
    body = {"text": text, "via": wanted.via}
    day = house.day_of(at)
    return [Draft("complaint.added", day, hand, one.loan, 0, one.now.seq, body)]


def _said(hand: str, text: str) -> dict[str, Any]:
    """The words, and whose they are where one of staff writes them down."""
    body = {"text": text} if text else {}
    return body | ({"on_behalf": "borrower"} if hand.startswith("staff:") else {})


def _same(facts: Sequence[Fact], wanted: Wanted) -> Complaint | None:
    """The open complaint that says the same already; one that stops nothing any more does not."""
    about = (wanted.ground, wanted.loan, wanted.about, wanted.figure)
    for one in complaints_of(facts):
        if one.now.pauses and (one.ground, one.loan, one.about, one.figure) == about:
            return one
    return None


def _on_open(borrower: int, seq: int, by: int, draft: Drafts, *, at: int) -> None:
    def decide(facts: Sequence[Fact]) -> list[Draft]:
        return draft(facts, _open_one(facts, seq, by), house.day_of(at))

    act(borrower, decide, at=at)


def _open_one(facts: Sequence[Fact], seq: int, by: int) -> Complaint:
    one = complaint_of(facts, seq)
    if not one.is_open:
        raise Refused("answered")
    if one.bars(by):
        raise Refused("barred")
    return one


def _require_owner(one: Complaint, by: int) -> None:
    if one.now.owner != by:
        raise Refused("not_owner")


def _state_of(one: Complaint, facts: Sequence[Fact]) -> int:
    """The seq of the fact whose state stands for the open round."""
    allowed = (f.seq for f in facts if f.kind == "complaint.collection_allowed")
    of_round = (seq for seq in allowed if facts[seq - 1].cause == one.now.seq)
    return next(of_round, one.now.seq)


def _longer(one: Complaint, reason: str) -> date:
    """The new last day, counted from the day the round began."""
    began = house.day_of(one.now.at)
    days = deadlines.deadlines(began, deadlines.events_of(one.ground))
    more = days.special if reason == "special" else 0
    return max(one.now.due_on, began + timedelta(days=days.complex + more))


def _sealed(borrower: int, text: str) -> str:
    return persons.seal_text(borrower, text).hex() if text else ""
