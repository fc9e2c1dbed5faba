"""What is open of an instalment, as a waiver and a pay-off leave it."""

import numpy as np

from evenhand.core.days import NEVER
from evenhand.core.late_cap import NO_CAP
from evenhand.core.open_book import Book, opened
from evenhand.core.orders import FEE, INTEREST, house_order
from evenhand.core.shape import monthly_equal
from evenhand.core.terms import Terms

NOW = np.array([40])
ROW = np.array([0])


def book() -> Book:
    """1,000.00 at 36 % due on day 30, and on day 60; 8.00 of interest and 2.00 of fee with each."""
    one, zero = np.array([1]), np.zeros((1, 2), dtype=np.int64)
    terms = Terms(
        ROW, one * 360_000, one * 360, one * 2, np.array([[30, 60]]), zero + 1_000_00, zero + 8_00,
        zero, zero, None, zero + 2_00, np.array([[0, 30]]), zero, zero, zero[:, :2], zero,
    )  # fmt: skip
    shape = monthly_equal(one * 2_000_00, one * 48_000, one * 0, one * 2)
    return opened(terms, shape, house_order(1), one * NO_CAP)


def test_a_waiver_pays_its_part_the_oldest_first_and_no_more_than_is_owed() -> None:
    """Ten days late at 1.00 a day; of interest 16.00 are owed in all, of which 9.00 are waived."""
    open_book = book()
    late = open_book.waive(ROW, NOW, np.array([99_00]), np.array([0]))
    assert (late[0].tolist(), late.sum()) == ([[10_00, 0]], 10_00)
    interest = open_book.waive(ROW, NOW, np.array([9_00]), np.array([INTEREST]))
    assert interest[INTEREST].tolist() == [[8_00, 1_00]]
    position = open_book.position(ROW, NOW)
    assert (position.owed_interest.tolist(), position.owed_late.tolist()) == ([[0, 7_00]], [[0, 0]])
    assert (position.paid_minor.tolist(), position.late_charged_minor.tolist()) == ([0], [10_00])
    assert open_book.terms.interest_minor.tolist() == [[0, 7_00]]


def test_paid_off_is_what_is_due_and_the_interest_of_the_days_used() -> None:
    """Everything was paid ahead on day 30: on day 40 a third of the second month is used."""
    open_book, day = book(), np.array([30])
    open_book.pay(ROW, day, np.array([2_020_00]), open_book.owed(ROW, day))
    parts, over = open_book.settle(ROW, NOW)
    assert parts[FEE].tolist() == [[0, -2_00]]
    assert parts[INTEREST].tolist() == [[0, -(8_00 - 2_67)]]
    assert over.tolist() == [2_00 + 5_33]
    assert open_book.position(ROW, NOW).paid_off.tolist() == [True]


def test_a_cap_ends_late_interest_on_a_day_of_its_own() -> None:
    open_book = book()
    open_book.room[:] = 4_50
    assert open_book.owed(ROW, NOW)[0].tolist() == [[4_00, 0]]
    assert open_book.capped_on(ROW, NOW).tolist() == [34]


def test_whoever_asks_for_the_day_of_the_cap_need_not_have_asked_for_anything_before() -> None:
    open_book = book()
    open_book.room[:] = 4_50
    assert open_book.capped_on(ROW, np.array([34])).tolist() == [NEVER]
    assert open_book.capped_on(ROW, NOW).tolist() == [34]
