"""A cap on late interest, against a walk that looks at every day in turn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.late_cap import cap_of, room_of, stopped_after
from evenhand.core.loan_fold_test import folded
from evenhand.core.position import stand
from evenhand.core.position_oracle_test import START, Loan, columns, loans, told

UNTIL = START + 400
steady = settings(derandomize=True, deadline=None, max_examples=40)
# 1,000.00 at 36 % over 360 is 1.00 a day.
DAILY = Loan([(START, 1_000_00, 0, 0, 0)], 360_000, 360)


def last_day_within(loan: Loan, cap: int) -> int:
    """Day after day, until the next would pass the cap (the days as a batch of one loan)."""
    brought = sum(row[3] for row in loan.instalments)
    days = np.arange(START - 1, UNTIL + 1)
    charged = stand(*columns([loan] * len(days)), days).late_charged_minor
    for day, minor in zip(days.tolist(), charged.tolist(), strict=True):
        if minor > max(cap - brought, 0):
            return int(day) - 1
    return NEVER


@steady
@given(loans(events=6), st.integers(0, 10**6))
def test_the_day_is_found_and_the_cap_holds(loan: Loan, cap: int) -> None:
    brought = sum(row[3] for row in loan.instalments)
    since = last_day_within(loan, cap)
    assert folded([loan], UNTIL, cap=cap).capped_on.tolist() == [since]
    days = np.array([START + 10, START + 200, UNTIL])
    charged = folded([loan] * 3, days, cap=cap).position.late_charged_minor
    assert (charged <= max(cap - brought, 0)).all()
    uncapped = stand(*columns([loan] * 3), days).late_charged_minor
    assert charged[days <= since].tolist() == uncapped[days <= since].tolist()


@steady
@given(loans(events=6), st.integers(0, 10**5))
def test_the_capped_loan_is_one_stopped_by_hand(loan: Loan, cap: int) -> None:
    since = last_day_within(loan, cap)
    spans = [(min(a, since), min(b, since)) for a, b in loan.stopped] + [(since, NEVER)]
    by_hand = told(replace(loan, stopped=spans), UNTIL)
    found = folded([loan], UNTIL, cap=cap)
    assert found.position.late_charged_minor.tolist() == [by_hand["late_charged_minor"]]
    assert found.position.due_minor.tolist() == [by_hand["due_minor"]]
    terms, payments = columns([loan])
    stopped = stand(stopped_after(terms, np.array([since])), payments, UNTIL)
    assert stopped.due_minor.tolist() == [by_hand["due_minor"]]


@pytest.mark.parametrize(
    ("cap", "after", "charged"), [(30_00, 30, 30_00), (30_50, 30, 30_00), (0, 0, 0)]
)
def test_thirty_days_of_one_yuan(cap: int, after: int, charged: int) -> None:
    found = folded([DAILY], UNTIL, cap=cap)
    assert found.capped_on.tolist() == [START + after]
    assert found.position.late_charged_minor.tolist() == [charged]


def test_a_backdated_payment_moves_the_day() -> None:
    """Half is paid after ten days: the other twenty yuan take forty more."""
    paid = replace(DAILY, payments=[(START + 10, 510_00)])
    assert folded([paid], UNTIL, cap=30_00).capped_on.tolist() == [START + 50]


def test_each_loan_has_its_own_cap() -> None:
    each = np.array([5_00, 10_000_00, 7_00])
    assert room_of(columns([DAILY] * 3)[0], each).tolist() == each.tolist()
    found = folded([DAILY] * 3, UNTIL, cap=each)
    assert found.capped_on.tolist() == [START + 5, NEVER, START + 7]
    assert found.position.late_charged_minor.tolist() == [5_00, 400_00, 7_00]


def test_a_cap_below_zero_is_named() -> None:
    with pytest.raises(KeyedError, match="late_cap"):
        folded([DAILY], UNTIL, cap=-1)
    with pytest.raises(KeyedError, match="late_cap"):
        cap_of(np.array([1]), np.array([-1]))
