"""Where money goes: nothing is lost, nothing is made, and the order holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from evenhand.core.allocation import Parts, allocate, split_by, split_evenly, within
from evenhand.core.columns import Ints, KeyedError

steady = settings(derandomize=True, deadline=None, max_examples=150)
tables = hnp.arrays(np.int64, (3, 5), elements=st.integers(0, 10**12))


@steady
@given(hnp.arrays(np.int64, 3, elements=st.integers(0, 10**13)), tables, tables, tables)
def test_the_parts_of_a_payment_sum_to_it(
    money: Ints, late: Ints, interest: Ints, principal: Ints
) -> None:
    owed = Parts(late, interest, principal)
    paid, over = allocate(money, owed)
    assert (sum(part.sum(axis=1) for part in paid) + over == money).all()
    assert all(
        (part >= 0).all() and (part <= due).all() for part, due in zip(paid, owed, strict=True)
    )
    assert (over >= 0).all()


@steady
@given(st.integers(0, 400), st.lists(st.tuples(*[st.integers(0, 30)] * 3), min_size=1, max_size=6))
def test_a_payment_coin_by_coin(money: int, instalments: list[tuple[int, int, int]]) -> None:
    """The same order, one coin after the other."""
    paid = [[0, 0, 0] for _ in instalments]
    purse = money
    for number, owed in enumerate(instalments):
        for part in range(3):
            while purse and paid[number][part] < owed[part]:
                paid[number][part] += 1
                purse -= 1
    columns = Parts(*(np.array([[row[part] for row in instalments]]) for part in range(3)))
    found, over = allocate(np.array([money]), columns)
    assert np.stack(found, axis=-1)[0].tolist() == paid
    assert over.tolist() == [purse]


def test_within_an_instalment_late_interest_comes_first() -> None:
    owed = Parts(np.array([5, 5, 5]), np.array([10, 10, 10]), np.array([100, 100, 100]))
    paid = within(np.array([4, 12, 200]), owed)
    assert np.stack(paid, axis=-1).tolist() == [[4, 0, 0], [5, 7, 0], [5, 10, 100]]


def test_money_below_zero_is_refused() -> None:
    one = np.array([[1]])
    with pytest.raises(KeyedError, match="amount"):
        allocate(np.array([-1]), Parts(one, one, one))


@steady
@given(st.integers(0, 10**13), st.integers(1, 600))
def test_even_parts_sum_and_differ_by_one_at_most(total: int, parts: int) -> None:
    split = split_evenly(np.array([total]), parts)[0]
    assert split.sum() == total
    assert split.max() - split.min() <= 1
    assert (np.diff(split) <= 0).all()


@steady
@given(st.integers(0, 10**13), st.lists(st.integers(1, 10**6), min_size=1, max_size=30))
def test_weighted_parts_sum_and_lie_within_one_of_their_share(
    total: int, weights: list[int]
) -> None:
    split = split_by(np.array([total]), [weights])[0].tolist()
    assert sum(split) == total
    whole = sum(weights)
    assert all(
        abs(part * whole - total * weight) <= whole
        for part, weight in zip(split, weights, strict=True)
    )
