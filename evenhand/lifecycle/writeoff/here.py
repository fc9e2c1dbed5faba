"""Where a loan stands, as who waives or writes off has to see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.core import payoff
from evenhand.core.days import NEVER
from evenhand.ledger import house, standing
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.loans import words_of

LATE: Final = "late"
INTEREST: Final = "interest"
FEE: Final = "fee"


class Here(NamedTuple):
    """One loan on a day, in minor units. `interest_minor` and `fee_minor` are of instalments due by
    then; what is due later is not owed yet. `past_due_since` is None where nothing is past due."""

    borrower: int
    loan: int
    on: date
    currency: str
    outstanding_minor: int
    interest_minor: int
    fee_minor: int
    late_minor: int
    due_minor: int
    past_due_minor: int
    past_due_since: date | None
    past_due_days: int
    pay_off_minor: int

    def owed(self, part: str) -> int:
        """What is owed of a part that can be waived."""
        owed = {LATE: self.late_minor, INTEREST: self.interest_minor, FEE: self.fee_minor}
        return owed.get(part, 0)

    @property
    def claim_minor(self) -> int:
        """Principal, interest and fees due, late interest."""
        return self.outstanding_minor + self.interest_minor + self.fee_minor + self.late_minor


def here(facts: Sequence[Fact], loan: int, on: date) -> Here | None:
    """Where a loan of the stream stands; None where it has not begun."""
    stood = standing.stand_by(facts, house.day_number(on))
    mine = stood.loan.tolist()
    if loan not in mine:
        return None
    row, position = mine.index(loan), stood.position
    due = position.due_on[row] <= position.on[row]
    since = int(position.past_due_since[row])
    return Here(
        facts[0].borrower,
        loan,
        on,
        words_of(stood.rows["currency"][row : row + 1])[0],
        int(position.outstanding_minor[row]),
        int(position.owed_interest[row, due].sum()),
        int(position.owed_fee[row, due].sum()),
        int(position.late_interest_minor[row]),
        int(position.due_minor[row]),
        int(position.past_due_minor[row]),
        None if since == NEVER else house.day_from(since),
        int(position.past_due_days[row]),
        int(payoff.pay_off(stood.terms, stood.begins_on, position).total_minor[row]),
    )


def after(facts: Sequence[Fact], draft: Draft, on: date) -> Here:
    """Where the draft's loan would stand with it: the same arithmetic over the facts there would
    be."""
    found = here([*facts, supposed(facts, draft)], draft.loan, on)
    assert found, "the loan has begun"
    return found
