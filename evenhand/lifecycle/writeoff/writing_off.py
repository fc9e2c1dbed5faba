"""A loan taken off the books by two hands (核销): the claim stands, and a mistake is undone.

What it rests on is looked at when it is proposed and again when it is approved (`reasons.toml`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db import transaction

from evenhand.ledger import hands, house, loans, off_books, states, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.one_loan import Here, here
from evenhand.ledger.two_hands import Matter, NotAllowed, Proposal
from evenhand.lifecycle.writeoff import limits
from evenhand.lifecycle.writeoff.reasons import reasons
from evenhand.people import staff

MATTER: Final = Matter(house.WRITE_OFFS, "write_off")
"""Not allowed is, besides what is for two hands: what the reason does not bear out (days, state,
fact), a loan that is off the books already, or is not and should be (off, on), one that waits
(proposed), a claim above the limit of the role (limit)."""
WRITE_OFF: Final = "write_off"
UNDO: Final = "undo"
MISTAKE: Final = "mistake"


class Wanted(NamedTuple):
    """A loan to be written off for a reason, or to be put back on the books (`act` undo)."""

    loan: int
    act: str
    reason: str


class Seen(NamedTuple):
    """Where the loan stands, the write-off that stands of it, and why what is wanted cannot be:
    empty where it can."""

    here: Here
    off: Fact | None
    against: str


def proposals() -> list[Proposal]:
    """Everything that was proposed, the newest first."""
    return MATTER.all()


def wanted(one: Proposal) -> Wanted:
    """What a proposal asks for."""
    return Wanted(one.said["loan"], one.said["act"], one.said["reason"])


def seen(facts: Sequence[Fact], asked: Wanted, at: int) -> Seen:
    """What there is to look at, at a moment. Raises LookupError of a loan that has not begun."""
    found = here(facts, asked.loan, house.day_of(at))
    if found is None:
        raise LookupError(f"loan {asked.loan} has not begun")
    off = off_books.write_off(facts, asked.loan)
    if asked.act == UNDO:
        return Seen(found, off, "" if off else "on")
    return Seen(found, off, "off" if off else _against(facts, found, asked.reason, at))


def propose(asked: Wanted, hand: str, *, at: int) -> int:
    """Propose it; the proposal's seq. Raises NotAllowed."""
    borrower = loans.borrower_of(asked.loan) or 0
    if against := seen(streams.stream(borrower), asked, at).against:
        raise NotAllowed(against)
    if any(one.waits and one.said["loan"] == asked.loan for one in proposals()):
        raise NotAllowed("proposed")
    said = {"borrower": borrower, "loan": asked.loan, "act": asked.act, "reason": asked.reason}
    return MATTER.propose(said, hand, at=at)


def approve(seq: int, hand: str, *, at: int) -> None:
    """Another hand approves it: the loan is off the books, or on them again, and owed as before.
    Raises NotAllowed; then nothing is written."""

    def check(one: Proposal) -> Mapping[str, Any]:
        found = seen(streams.stream(one.said["borrower"]), wanted(one), at)
        if found.here.claim_minor > limits.write_off(staff.role_of(hands.staff_of(hand))):
            raise NotAllowed("limit")
        return {}

    with transaction.atomic():
        one = MATTER.approve(seq, hand, check, at=at)
        act(one.said["borrower"], lambda facts: [_draft(facts, one, hand, at)], at=at)


def borne_out(facts: Sequence[Fact], at_loan: Here, at: int) -> list[str]:
    """The reasons for which the loan could be written off at a moment."""
    return [name for name in reasons() if not _against(facts, at_loan, name, at)]


def _against(facts: Sequence[Fact], at_loan: Here, reason: str, at: int) -> str:
    """What the reason asks for and is not so; empty where all is."""
    rule = reasons()[reason]
    if at_loan.past_due_days < rule.past_due_days:
        return "days"
    if rule.state and not states.stands(at_loan.borrower, at_loan.loan, rule.state, at=at):
        return "state"
    if rule.fact and not _is_said(facts, at_loan.loan, rule.fact):
        return "fact"
    return ""


def _is_said(facts: Sequence[Fact], loan: int, kind: str) -> bool:
    """Is there such a fact of the loan: its own, or of what it answers?"""
    found = (fact for fact in facts if fact.kind == kind)
    return any(loan in (fact.loan, facts[fact.cause - 1].loan) for fact in found)


def _draft(facts: Sequence[Fact], one: Proposal, hand: str, at: int) -> Draft:
    asked, day = wanted(one), house.day_of(at)
    found = seen(facts, asked, at)
    if found.against:
        raise NotAllowed(found.against)
    if found.off:
        body = {"proposal": one.seq}
        return Draft(off_books.UNDONE, day, hand, asked.loan, cause=found.off.seq, body=body)
    said = owed(found.here) | {"reason": asked.reason, "proposal": one.seq}
    return Draft(off_books.WRITE_OFF, day, hand, asked.loan, body=said)


def owed(at_loan: Here) -> dict[str, Any]:
    """What is owed on the day, as the fact says it."""
    return {
        "outstanding_minor": at_loan.outstanding_minor,
        "interest_minor": at_loan.interest_minor,
        "fee_minor": at_loan.fee_minor,
        "late_minor": at_loan.late_minor,
    }
