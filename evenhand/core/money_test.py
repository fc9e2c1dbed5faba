"""Multiplying and rounding agree with integers and fractions of any length."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.money import (
    HALF_EVEN,
    HALF_UP,
    PPM,
    Nearest,
    accrue,
    rounded,
    share,
    times_over,
    to_multiple,
)

steady = settings(derandomize=True, deadline=None, max_examples=200)
amounts = st.integers(0, 10**13)


@steady
@given(amounts, st.integers(0, 10**7), st.integers(0, 36_600), st.sampled_from([360, 365]))
def test_interest_is_exact_to_the_bound(principal: int, rate: int, days: int, year: int) -> None:
    whole, rest = accrue(np.array([principal]), rate, days, year)
    assert Fraction(principal * rate * days, PPM * year) == int(whole[0]) + Fraction(
        int(rest[0]), PPM * year
    )


@steady
@given(amounts, st.integers(0, 10**7), st.integers(0, 36_600 * 366))
def test_interest_over_both_years_is_exact(principal: int, rate: int, parts: int) -> None:
    year = 365 * 366
    whole, rest = accrue(np.array([principal]), rate, parts, year)
    assert int(whole[0]) * PPM * year + int(rest[0]) == principal * rate * parts


@steady
@given(st.lists(st.tuples(amounts, st.integers(1, 10**6)), min_size=1, max_size=9))
def test_a_batch_divides_as_each_alone(rows: list[tuple[int, int]]) -> None:
    a, by = np.array(rows).T
    whole, rest = times_over(a, 10**5, by)
    assert [(int(w), int(r)) for w, r in zip(whole, rest, strict=True)] == [
        divmod(amount * 10**5, divisor) for amount, divisor in rows
    ]


@steady
@given(amounts, st.integers(1, 10**9))
def test_a_half_goes_to_the_even_or_up(numerator: int, divisor: int) -> None:
    whole, rest = np.divmod(np.array([numerator]), divisor)
    exact = Fraction(numerator, divisor)
    assert rounded(whole, rest, divisor, HALF_EVEN)[0] == round(exact)
    assert rounded(whole, rest, divisor, HALF_UP)[0] == (exact + Fraction(1, 2)).__floor__()


def test_halves_exactly() -> None:
    halves = np.array([0, 1, 2, 3]), np.array([1, 1, 1, 1])
    assert rounded(*halves, 2).tolist() == [0, 2, 2, 4]
    assert rounded(*halves, 2, HALF_UP).tolist() == [1, 2, 3, 4]
    assert to_multiple(np.array([149, 150, 151, 250]), 100).tolist() == [100, 200, 200, 200]
    assert share(np.array([5]), 1, 2).tolist() == [2]


def test_what_does_not_fit_is_refused_and_never_wraps() -> None:
    with pytest.raises(KeyedError, match="product beyond"):
        times_over(np.array([10**18]), 10**10, 10**9 + 7)
    with pytest.raises(KeyedError, match="product beyond"):
        accrue(np.array([10**18]), 10**10, 10**7, 360)
    with pytest.raises(KeyedError, match="below zero"):
        times_over(np.array([-1]), 10**10, 10**9)


@steady
@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=5),
    st.lists(st.integers(1, 10**6), min_size=1, max_size=5),
    st.sampled_from([HALF_EVEN, HALF_UP]),
)
def test_the_short_way_rounds_as_the_long_one(
    factors: list[tuple[int, int]], halves: list[int], rounding: int
) -> None:
    a, b = (np.array([pair[n] for pair in factors], dtype=np.int64) for n in range(2))
    divisor = np.array([2 * halves[n % len(halves)] for n in range(len(a))])
    found = Nearest(divisor, rounding).of(a, b, np.empty_like(a))
    assert found.tolist() == rounded(*times_over(a, b, divisor), divisor, rounding).tolist()
