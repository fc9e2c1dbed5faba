"""Complaints as the facts tell them: who answers, by when, what was said, what it stops.

A complaint has one round, or two where its answer was appealed. A round begins with
`complaint.opened` or `complaint.appealed`, and with it the state complaint_open, which stops
collecting at the gate; it ends with `complaint.answered`. One about a sum is a dispute too
(`disputes`); a dispute from elsewhere, of a tape say, is read as a complaint about a sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger import hands, house
from evenhand.ledger.facts import Fact
from evenhand.ledger.kinds_state import SUM
from evenhand.lifecycle.redress import deadlines, disputes

ANSWERS: Final = ("complaint.answered", "dispute.answered")
"""The second of a dispute from elsewhere, which it names as its cause."""


class Said(NamedTuple):
    """Who said something, when, and the commitment to the words (hex, empty for none)."""

    by: int
    """A staff id; 0 where no one of staff."""
    at: int
    text: str


class Round(NamedTuple):
    """One going-over of a complaint: the first, or the appeal. `seq` is what began it."""

    seq: int
    at: int
    text: str
    owner: int
    """The staff id of who answers for it, 0 for nobody yet."""
    taken_at: int
    due_on: date
    extended: tuple[str, ...]
    """Reasons why there was more time: complex, special."""
    why_longer: Said | None
    allowed: Said | None
    """Compliance let collecting go on, and why."""
    outcome: str
    answered: Said | None

    @property
    def is_open(self) -> bool:
        return self.answered is None

    @property
    def pauses(self) -> bool:
        """Does nothing collect because of it?"""
        return self.answered is None and self.allowed is None

    def is_late(self, on: date) -> bool:
        """Is it open, and its last day over?"""
        return self.answered is None and self.due_on < on


class Complaint(NamedTuple):
    """One complaint. `seq` names it; `loan` 0 means all of the person's."""

    borrower: int
    seq: int
    loan: int
    ground: str
    via: str
    hand: str
    about: int
    """The staff id it is about, 0 for none."""
    figure: str
    """The figure that is disputed, by name; empty for all of it."""
    says: str
    """What is wrong with it, one of `kinds_state.SAYS`; empty where it is not said."""
    repeat: bool
    """On the same ground as one that was answered before."""
    added: tuple[Said, ...]
    rounds: tuple[Round, ...]

    @property
    def now(self) -> Round:
        """The round that counts."""
        return self.rounds[-1]

    @property
    def is_open(self) -> bool:
        return self.now.is_open

    @property
    def is_dispute(self) -> bool:
        """Is it about what is owed?"""
        return self.ground == SUM

    @property
    def outcome_words(self) -> str:
        """The family of words in which its outcome is told."""
        return "dispute_outcome" if self.is_dispute else "complaint_outcome"

    @property
    def right(self) -> str:
        """What the matrix calls answering it: a sum is for other roles than conduct."""
        return "dispute_answer" if self.is_dispute else "conduct_answer"

    def corrected(self, facts: Sequence[Fact]) -> list[Fact]:
        """What corrected the disputed sum since it was disputed, up to the answer."""
        answered = self.now.answered
        found = disputes.corrections(facts, self.loan, facts[self.now.seq - 1])
        return [fact for fact in found if answered is None or fact.at <= answered.at]

    @property
    def is_appeal(self) -> bool:
        return len(self.rounds) == 2

    @property
    def may_be_appealed(self) -> bool:
        """Once, and only what was answered."""
        return not self.is_open and not self.is_appeal

    @property
    def decide_by(self) -> date | None:
        """The last day on which compliance may let collecting go on; None where it may not."""
        if not self.repeat or self.is_appeal or not self.now.pauses:
            return None
        return deadlines.next_working_day(house.day_of(self.now.at))

    def bars(self, staff: int) -> bool:
        """May this member of staff have no hand in it: it is about them, or about their answer?"""
        first = self.rounds[0]
        before = (first.owner, first.answered.by if first.answered else 0)
        return staff == self.about or (self.is_appeal and staff in before)


def complaints_of(facts: Sequence[Fact]) -> list[Complaint]:
    """The complaints of a stream, oldest first."""
    found: list[Complaint] = []
    for fact in facts:
        if fact.kind == "complaint.opened" or _is_brought(fact):
            found.append(_complaint(fact, facts, found))
    return found


def _is_brought(fact: Fact) -> bool:
    """Is it a dispute from elsewhere (a tape), which has no complaint beside it?"""
    return fact.kind == disputes.OPENED and not fact.cause


def complaint_of(facts: Sequence[Fact], seq: int) -> Complaint:
    """The complaint of that number. LookupError where there is none."""
    return next((one for one in complaints_of(facts) if one.seq == seq), None) or _no_such()


def _no_such() -> Complaint:
    raise LookupError("no such complaint")


def _complaint(opened: Fact, facts: Sequence[Fact], before: Sequence[Complaint]) -> Complaint:
    begins = [opened]
    begins += [f for f in facts if f.kind == "complaint.appealed" and f.cause == opened.seq]
    rounds = tuple(_round(fact, facts) for fact in begins)
    seqs = {fact.seq for fact in begins}
    added = [f for f in facts if f.kind == "complaint.added" and f.cause in seqs]
    return Complaint(
        opened.borrower,
        opened.seq,
        opened.loan,
        SUM if _is_brought(opened) else str(opened.body.get("ground", "")),
        str(opened.body.get("via", "")),
        opened.hand,
        int(opened.body.get("about", 0)),
        str(opened.body.get("figure", "")),
        str(opened.body.get("says", "")),
        any(_answered_before(one, opened) for one in before),
        tuple(_said(fact) for fact in added),
        rounds,
    )


def _answered_before(one: Complaint, opened: Fact) -> bool:
    """Was this an earlier one on the same ground, about the same, and answered by then? Of one loan
    two figures are not the same."""
    answered = one.rounds[0].answered
    same = one.ground == opened.body.get("ground") and bool(one.ground)
    figure = opened.body.get("figure", "")
    same &= not (one.figure and figure) or one.figure == figure
    about = 0 in (one.loan, opened.loan) or one.loan == opened.loan
    return same and about and answered is not None and answered.at <= opened.at


def _round(began: Fact, facts: Sequence[Fact]) -> Round:
    of = [fact for fact in facts if fact.cause == began.seq]
    taken = [fact for fact in of if fact.kind == "complaint.taken"]
    longer = [fact for fact in of if fact.kind == "complaint.extended"]
    allowed = next((f for f in of if f.kind == "complaint.collection_allowed"), None)
    causes = (began.seq, allowed.seq if allowed else began.seq)
    answered = next((f for f in facts if f.kind in ANSWERS and f.cause in causes), None)
    return Round(
        began.seq,
        began.at,
        str(began.body.get("text", "")),
        hands.staff_of(taken[-1].hand) if taken else 0,
        taken[-1].at if taken else 0,
        _due_on(longer[-1] if longer else began, began),
        tuple(str(fact.body["reason"]) for fact in longer),
        _said(longer[-1]) if longer else None,
        _said(allowed) if allowed else None,
        str(answered.body.get("outcome", "")) if answered else "",
        _said(answered) if answered else None,
    )


def _due_on(says: Fact, began: Fact) -> date:
    """The day the fact names; what came in from elsewhere names none."""
    said = says.body.get("due_on")
    if said:
        return date.fromisoformat(said)
    events = deadlines.DISPUTED if began.kind == disputes.OPENED else deadlines.EVENT
    return deadlines.due_on(house.day_of(began.at), events)


def _said(fact: Fact) -> Said:
    return Said(hands.staff_of(fact.hand), fact.at, str(fact.body.get("text", "")))
