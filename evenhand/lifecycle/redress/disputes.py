"""A dispute of what is owed: a complaint about a sum that the gate knows as a dispute of the debt.

With `complaint.opened` (or the appeal) about a sum stands `dispute.opened`, which names it as its
cause: the state dispute_open, by which nothing of that debt is asked for, not even a due notice. It
ends with the answer, as corrected or explained; or, where compliance lets collecting go on beside a
repeat, with that. Corrected is what an ordinary act has corrected: money found or given back, a
payment taken back, a charge waived, terms changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from evenhand.ledger import house, loans, parties, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_state import SUM

OPENED: Final = "dispute.opened"
PAID: Final = "payment.received"
CORRECTS: Final = frozenset(
    {
        *("payment.reversed", "payment.returned", "charge.waived", "interest.waived"),
        *("loan.terms_changed", "loan.withdrawn"),
    }
)
"""What corrects a sum, besides a payment found, which counts for a day no later than the
dispute's."""


def loan_of(facts: Sequence[Fact], ground: str, loan: int) -> int:
    """The debt that is disputed: the loan named, else the only one there is; 0 for all of them."""
    found = {f.loan for f in facts if loans.begins(f) or f.kind == "party.joined"}
    return loan or (min(found) if ground == SUM and len(found) == 1 else 0)


def begins(ground: str, loan: int, hand: str, day: date, complaint: int) -> list[Draft]:
    """The dispute that stands with a complaint (or appeal) of that seq; none of another ground."""
    return [Draft(OPENED, day, hand, loan, cause=complaint)] if ground == SUM else []


def goes_on(facts: Sequence[Fact], complaint: int, by: int, day: date) -> list[Draft]:
    """Collecting goes on beside it: the dispute that stands with it ends, without an answer."""
    return [
        Draft("state.ended", day, f"staff:{by}", one.loan, 0, one.seq, {"reason": "repeat"})
        for one in _standing(facts, complaint)
    ]


def answered(
    facts: Sequence[Fact], complaint: int, corrected: bool, by: int, day: date
) -> list[Draft]:
    """The answer to the dispute that stands with it: corrected or explained."""
    body = {"outcome": "corrected" if corrected else "explained"}
    return [
        Draft("dispute.answered", day, f"staff:{by}", one.loan, 0, one.seq, body)
        for one in _standing(facts, complaint)
    ]


def corrections(facts: Sequence[Fact], loan: int, since: Fact) -> list[Fact]:
    """What corrected the sum since the fact `since`, of a loan or of all (0); of a loan that the
    person answers for, in the stream of its borrower."""
    begun = house.day_of(since.at)
    return [
        fact
        for fact in _learnt(facts, loan, since)
        if fact.kind in CORRECTS or (fact.kind == PAID and fact.day <= begun)
    ]


def _learnt(facts: Sequence[Fact], loan: int, since: Fact) -> list[Fact]:
    """What was learnt of a loan, or of all, since a fact."""
    found = [fact for fact in facts[since.seq :] if loan in (0, fact.loan)]
    for one in parties.promises(facts):
        if loan in (0, one.loan):
            theirs = streams.stream(one.borrower)
            found += [fact for fact in theirs if fact.loan == one.loan and fact.at >= since.at]
    return found


def _standing(facts: Sequence[Fact], complaint: int) -> list[Fact]:
    """The dispute that stands with a complaint's round and has not ended."""
    opened = [fact for fact in facts if fact.kind == OPENED and fact.cause == complaint]
    over = {fact.cause for fact in facts if fact.kind in ("dispute.answered", "state.ended")}
    return [fact for fact in opened if fact.seq not in over]
