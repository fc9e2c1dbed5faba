"""What happened to loans, as columns in order."""

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.history import PAID, WAIVED, History, count_before, required
from evenhand.core.position_fold import Payments
from evenhand.core.relief_words import Change


def payments(*rows: tuple[int, int, int]) -> Payments:
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Payments(table[:, 0], table[:, 1], table[:, 2])


def of_payments(payments: Payments) -> History:
    """Loans to which nothing happened but payments."""
    none = np.zeros(len(payments.row), dtype=np.int64)
    unchanged = Change(none[:0], none[:0], none[:0], none[:0], none[:0], none[:0] > 0, none[:0])
    money = payments.amount_minor
    return History(payments.row, payments.day, none + PAID, money, none, none, unchanged)


def test_each_loan_named_again_has_its_whole_history_again() -> None:
    history = of_payments(payments((0, 5, 10), (0, 6, 20), (2, 5, 30)))
    again = history.of_each(np.array([2, 0, 1, 0]))
    assert again.row.tolist() == [0, 1, 1, 3, 3]
    assert again.amount_minor.tolist() == [30, 10, 20, 10, 20]


def test_how_many_before_each_are_counted() -> None:
    counted = np.array([True, False, True, False, True])
    assert count_before(np.array([0, 0, 0, 4, 4]), counted).tolist() == [0, 1, 1, 0, 0]


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([(1, 5, 10)], "row"),
        ([(0, 5, 0)], "amount"),
        ([(0, 6, 10), (0, 5, 10)], "day"),
        ([(0, 400_000, 10)], "day"),
    ],
)
def test_what_is_out_of_bounds_is_named(rows: list[tuple[int, int, int]], key: str) -> None:
    with pytest.raises(KeyedError, match=key):
        required(of_payments(payments(*rows)), 1)


def test_principal_is_not_waived() -> None:
    paid = of_payments(payments((0, 5, 10)))
    one = np.array([0])
    waived = type(paid)(one, one, one + WAIVED, one + 1, one + 3, one, paid.changes)
    with pytest.raises(KeyedError, match="part"):
        required(waived, 1)
