"""Where one loan stands on a day, in the figures that pages and decisions about it need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from evenhand.core import payoff
from evenhand.core.days import NEVER
from evenhand.ledger import house, loans, standing
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.standing import Standing
from evenhand.ledger.told import CHANGED

RE_AGE: Final = "re_age"


class Here(NamedTuple):
    """One loan on a day, in minor units.

    `interest_minor` and `fee_minor` are of instalments due by then; what is due later is not owed
    yet. `late_minor` is the late interest unpaid, `late_charged_minor` all that has accrued.
    `past_due_since` is None where nothing is past due. `paid` is how many of the instalments due by
    then were paid, `left` how many fall due after it, `due_day` the day of the month on which
    they do: 31 also where the next is the last day of a shorter month.
    """

    borrower: int
    loan: int
    on: date
    currency: str
    product: str
    rate_ppm: int
    outstanding_minor: int
    interest_minor: int
    fee_minor: int
    late_minor: int
    late_charged_minor: int
    due_minor: int
    past_due_minor: int
    past_due_since: date | None
    past_due_days: int
    pay_off_minor: int
    paid: int
    left: int
    due_day: int

    def owed(self, part: str) -> int:
        """What is owed of a part that can be waived (`kinds_writeoff.WAIVED_PARTS`)."""
        owed = {"late": self.late_minor, "interest": self.interest_minor, "fee": self.fee_minor}
        return owed.get(part, 0)

    @property
    def claim_minor(self) -> int:
        """Principal, interest and fees due, late interest."""
        return self.outstanding_minor + self.interest_minor + self.fee_minor + self.late_minor


def here(facts: Sequence[Fact], loan: int, on: date) -> Here | None:
    """Where a loan of the stream stands; None where it has not begun."""
    own = [fact for fact in facts if fact.loan == loan]
    return here_of(own, standing.stand_by(own, house.day_number(on)), on)


def is_owed(facts: Sequence[Fact], loan: int, on: date) -> bool:
    """Has the loan begun, and is anything owed of it?"""
    found = here(facts, loan, on)
    return found is not None and found.claim_minor > 0


def here_of(own: Sequence[Fact], stood: Standing, on: date) -> Here | None:
    """The same from the loan's own facts and how they stand on the day."""
    if not len(stood.loan):
        return None
    position = stood.position
    due_on, due = position.due_on[0], position.due_on[0] <= position.on[0]
    coming = due_on[~due & (due_on != NEVER)]
    since = int(position.past_due_since[0])
    currency, product = (loans.words_of(stood.rows[name])[0] for name in ("currency", "product"))
    return Here(
        own[0].borrower,
        own[0].loan,
        on,
        currency,
        product,
        int(stood.rows["rate_ppm"][0]),
        int(position.outstanding_minor[0]),
        int(position.owed_interest[0, due].sum()),
        int(position.owed_fee[0, due].sum()),
        int(position.late_interest_minor[0]),
        int(position.late_charged_minor[0]),
        int(position.due_minor[0]),
        int(position.past_due_minor[0]),
        None if since == NEVER else house.day_from(since),
        int(position.past_due_days[0]),
        int(payoff.pay_off(stood.terms, stood.begins_on, position).total_minor[0]),
        int(due.sum()) - _unpaid(stood) - _moved_on(own, on),
        len(coming),
        _due_day([house.day_from(day) for day in coming.tolist()]),
    )


def after(facts: Sequence[Fact], draft: Draft, on: date) -> Here:
    """Where the draft's loan would stand with it: the same arithmetic over the facts there would
    be."""
    found = here([*facts, supposed(facts, draft)], draft.loan, on)
    assert found, "the loan has begun"
    return found


def _due_day(coming: Sequence[date]) -> int:
    """The day of the month of the next, or where that is a month's last, the latest of all left."""
    if not coming:
        return 0
    is_last = (coming[0] + timedelta(days=1)).day == 1
    return max(day.day for day in coming) if is_last else coming[0].day


def _unpaid(stood: Standing) -> int:
    """How many instalments of the one loan that are due are not paid."""
    position = stood.position
    return int(((position.due_on <= position.on) & (position.owed_minor > 0)).sum())


def _moved_on(own: Sequence[Fact], on: date) -> int:
    """How many instalments were past due when a change moved what was owed of them on: nothing is
    owed of them any more, and they were not paid."""
    found = 0
    for n, fact in enumerate(own):
        if fact.kind == CHANGED and fact.body["change"] == RE_AGE:
            day = date.fromisoformat(fact.body["from_day"])
            if day <= on:
                found += _unpaid(standing.stand_by(own[:n], house.day_number(day)))
    return found
