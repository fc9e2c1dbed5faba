"""The yearly cost, against halving an interval in decimals."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.apr import irr_hundredths, unit_rate
from evenhand.core.columns import KeyedError
from evenhand.core.shape import DAY, MONTH, WEEK

steady = settings(derandomize=True, deadline=None, max_examples=60)


def halved(principal: int, due: list[int], every: int) -> Decimal:
    """The rate of a unit at which the instalments are worth the principal."""
    with localcontext(prec=60):
        low, high = Decimal(0), Decimal(10**6)
        for _ in range(120):
            rate = (low + high) / 2
            worth = sum(
                Decimal(sum_due) / (1 + rate) ** (every * n) for n, sum_due in enumerate(due, 1)
            )
            low, high = (rate, high) if worth > principal else (low, rate)
        return low


@steady
@given(
    st.integers(100, 10**10),
    st.lists(st.integers(0, 10**10), min_size=1, max_size=24),
    st.integers(1, 6),
)
def test_the_rate_is_the_root(principal: int, due: list[int], every: int) -> None:
    if sum(due) < principal:
        due[-1] += principal - sum(due)
    rate = unit_rate(np.array([principal]), np.array([due]), np.array([every]))[0]
    assert float(rate) == pytest.approx(float(halved(principal, due, every)), rel=1e-9, abs=1e-11)


def test_units_a_year() -> None:
    """1 % a unit, bullet: 12 months, 365 days, 365/7 weeks of it."""
    one = np.array([1, 1, 1])
    due = one[:, None] * 10_100_00
    yearly = irr_hundredths(one * 10_000_00, due, one, np.array([MONTH, DAY, WEEK]))
    assert yearly.tolist() == [1200, 36500, 5214]


def test_nothing_charged_costs_nothing() -> None:
    one = np.array([1])
    assert irr_hundredths(one * 300, np.array([[100, 100, 100]]), one, one * MONTH).tolist() == [0]


def test_less_due_than_lent_is_refused() -> None:
    one = np.array([1])
    with pytest.raises(KeyedError, match="instalments"):
        irr_hundredths(one * 300, np.array([[100, 100]]), one, one * MONTH)
