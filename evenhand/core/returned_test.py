"""Refunds held against a purse of single coins: the last that came in are the first to go back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.position import Payments, stand
from evenhand.core.position_oracle_test import START, Loan
from evenhand.core.position_oracle_test import columns as columns_of
from evenhand.core.returned import Returns, less_returned

ON = START + 60
moneys = st.tuples(st.integers(START - 3, ON + 3), st.integers(1, 9))
loans = st.lists(st.tuples(st.lists(moneys, max_size=6), st.lists(moneys, max_size=4)), min_size=1)


def coins_left(paid: list[tuple[int, int]], back: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Coin by coin: those known on ON, the youngest taken away first; later payments untouched."""
    purse = [day for day, amount in sorted(paid) if day <= ON for _ in range(amount)]
    for day, amount in back:
        if day <= ON:
            purse = purse[: max(len(purse) - amount, 0)]
    later = [day for day, amount in sorted(paid) if day > ON for _ in range(amount)]
    whole = purse + later
    return [(day, whole.count(day)) for day in sorted(set(whole))]


@given(loans)
def test_the_last_coins_go_back_first(
    book: list[tuple[list[tuple[int, int]], list[tuple[int, int]]]],
) -> None:
    paid = [(row, day, a) for row, (ps, _) in enumerate(book) for day, a in sorted(ps)]
    back = [(row, day, a) for row, (_, rs) in enumerate(book) for day, a in rs]
    left = less_returned(
        Payments(*columns(paid)), Returns(*columns(back)), np.full(len(book), ON, dtype=np.int64)
    )
    for row, (payments, returns) in enumerate(book):
        mine = left.row == row
        days = left.day[mine].tolist()
        coins = dict.fromkeys(days, 0)
        for day, amount in zip(days, left.amount_minor[mine].tolist(), strict=True):
            coins[day] += amount
        assert sorted(coins.items()) == coins_left(payments, returns)


def columns(rows: list[tuple[int, int, int]]) -> tuple[np.ndarray, ...]:
    return tuple(np.array(rows, dtype=np.int64).reshape(-1, 3).T)


@given(st.integers(0, 900), st.integers(0, 900))
def test_overpaid_is_what_was_paid_beyond_and_not_returned(beyond: int, back: int) -> None:
    """One instalment of 1,000 and 10, paid on the day with `beyond` too much; `back` returned."""
    loan = Loan([(START + 10, 1_000, 10, 0, 0)], 180_000, 360, [(START + 10, 1_010 + beyond)])
    terms, payments = columns_of([loan])
    day = np.array([START + 12], dtype=np.int64)
    one = np.zeros(1, dtype=np.int64)
    returns = Returns(one, day, np.array([back])) if back else Returns(one[:0], one[:0], one[:0])
    stood = stand(terms, less_returned(payments, returns, day), day)
    assert stood.overpaid_minor.tolist() == [max(beyond - back, 0)]
    assert stood.paid_minor.tolist() == [1_010 + beyond - back]
    assert stood.paid_off.tolist() == [back <= beyond]


def test_a_return_of_nothing_is_none() -> None:
    zero = np.zeros(1, dtype=np.int64)
    with pytest.raises(KeyedError, match="amount"):
        less_returned(Payments(zero[:0], zero[:0], zero[:0]), Returns(zero, zero, zero), zero)
