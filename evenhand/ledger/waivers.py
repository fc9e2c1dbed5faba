"""What the lender gave up of a loan, from the facts."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger.facts import Fact

WAIVED: Final = "charge.waived"


class Waived(NamedTuple):
    """So much of one part (late, interest or fee) was given up, why, and by whose hand."""

    seq: int
    day: date
    at: int
    part: str
    amount_minor: int
    reason: str
    hand: str


def of_loan(facts: Sequence[Fact], loan: int) -> list[Waived]:
    """Everything that was given up of a loan, in the order of learning."""
    return [_waived(fact) for fact in facts if fact.kind == WAIVED and fact.loan == loan]


def _waived(fact: Fact) -> Waived:
    said = fact.body
    return Waived(
        fact.seq, fact.day, fact.at, said["part"], -fact.amount, said["reason"], fact.hand
    )
