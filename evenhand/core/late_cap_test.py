"""A cap on late interest, against a walk that looks at every day in turn."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.late_cap import cap_of, capped
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
    terms, payments = columns([loan])
    found = capped(terms, payments, np.array([cap]), UNTIL)
    assert found.reached_on.tolist() == [last_day_within(loan, cap)]
    for day in (START + 10, START + 200, UNTIL):
        charged = stand(found.terms, payments, day).late_charged_minor[0]
        assert charged <= max(cap - brought, 0)
        if day <= found.reached_on[0]:
            assert charged == stand(terms, payments, day).late_charged_minor[0]


@steady
@given(loans(events=6), st.integers(0, 10**5))
def test_the_capped_terms_are_those_of_a_loan_stopped_by_hand(loan: Loan, cap: int) -> None:
    terms, payments = columns([loan])
    since = last_day_within(loan, cap)
    spans = [(min(a, since), min(b, since)) for a, b in loan.stopped] + [(since, NEVER)]
    by_hand = told(replace(loan, stopped=spans), UNTIL)
    found = stand(capped(terms, payments, np.array([cap]), UNTIL).terms, payments, UNTIL)
    assert found.late_charged_minor.tolist() == [by_hand["late_charged_minor"]]
    assert found.due_minor.tolist() == [by_hand["due_minor"]]


@pytest.mark.parametrize(
    ("cap", "after", "charged"), [(30_00, 30, 30_00), (30_50, 30, 30_00), (0, 0, 0)]
)
def test_thirty_days_of_one_yuan(cap: int, after: int, charged: int) -> None:
    terms, payments = columns([DAILY])
    found = capped(terms, payments, np.array([cap]), UNTIL)
    assert found.reached_on.tolist() == [START + after]
    assert stand(found.terms, payments, UNTIL).late_charged_minor.tolist() == [charged]


def test_a_backdated_payment_moves_the_day() -> None:
    """Half is paid after ten days: the other twenty yuan take forty more."""
    terms, payments = columns([replace(DAILY, payments=[(START + 10, 510_00)])])
    found = capped(terms, payments, np.array([30_00]), UNTIL)
    assert found.reached_on.tolist() == [START + 50]


def test_each_loan_has_its_own_cap() -> None:
    terms, payments = columns([DAILY, DAILY, DAILY])
    found = capped(terms, payments, np.array([5_00, 10_000_00, 7_00]), UNTIL)
    assert found.reached_on.tolist() == [START + 5, NEVER, START + 7]
    late = stand(found.terms, payments, UNTIL).late_charged_minor
    assert late.tolist() == [5_00, 400_00, 7_00]


def test_a_cap_below_zero_is_named() -> None:
    with pytest.raises(KeyedError, match="late_cap"):
        capped(*columns([DAILY]), np.array([-1]), UNTIL)
    with pytest.raises(KeyedError, match="late_cap"):
        cap_of(np.array([1]), np.array([-1]))
