"""The equal instalment is the exact one, also where floats cannot tell."""

import math
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.deal_test import Deal, shape
from evenhand.core.money import ROUNDINGS
from evenhand.core.schedule import schedule
from evenhand.core.schedule_oracle_test import annuity, rates


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.integers(10**11, 10**13),
    st.sampled_from([1_000, 36_000, 120_000, 360_000]),
    st.integers(100, 600),
    st.sampled_from(ROUNDINGS),
)
def test_great_equal_instalments_are_exact(
    principal: int, rate: int, count: int, rounding: str
) -> None:
    """Here a float is off by more than a unit: the exact way must take over."""
    deal = Deal(principal, rate, date(2026, 1, 1), count, rounding=rounding)
    exact = annuity(deal, rates(deal))
    assert schedule(shape([deal])).equal_minor.tolist() == [deal.round(exact)]


@pytest.mark.parametrize("rate", [60_000, 108_000, 120_000, 240_000])
@pytest.mark.parametrize("count", [3, 12, 24])
def test_an_equal_instalment_a_hair_from_half_a_unit(rate: int, count: int) -> None:
    """Principals chosen (by continued fractions) so that the instalment lies within a few
    billionths of a half, nearer than floats can tell."""
    unit = Deal(1, rate, date(2026, 1, 1), count)
    doubled = 2 * annuity(unit, rates(unit))
    for principal in near_halves(doubled, 10**12):
        deal = Deal(principal, rate, date(2026, 1, 1), count)
        exact = annuity(deal, rates(deal))
        assert abs(exact - math.floor(exact) - Fraction(1, 2)) < Fraction(1, 10**4)
        assert schedule(shape([deal])).equal_minor.tolist() == [round(exact)]


def near_halves(doubled: Fraction, most: int) -> list[int]:
    """Denominators of convergents with an odd numerator: there doubled x q is nearly odd."""
    found, rest = [], doubled
    before, now = (0, 1), (1, 0)
    while now[1] <= most:
        whole = math.floor(rest)
        before, now = now, (whole * now[0] + before[0], whole * now[1] + before[1])
        if 10**4 < now[1] <= most and now[0] % 2:
            found.append(now[1])
        if rest == whole:
            break
        rest = 1 / (rest - whole)
    return found


def test_a_half_exactly_goes_by_the_rounding() -> None:
    evenly = Deal(101, 0, date(2026, 1, 1), 2)
    upward = Deal(101, 0, date(2026, 1, 1), 2, rounding="half_up")
    assert schedule(shape([evenly, upward])).equal_minor.tolist() == [50, 51]
