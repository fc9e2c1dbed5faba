"""The fold of loans: in the house's own way it stands where the fast one stands; in any other order
it stands where a walk of every night stands, with a purse emptied coin by coin."""

from dataclasses import fields
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import Ints, KeyedError
from evenhand.core.history_test import of_payments
from evenhand.core.late_cap import NO_CAP
from evenhand.core.loan_fold import Agreed, Stood, stand_through
from evenhand.core.orders import ADVANCES, PAIRS, Order, house_order
from evenhand.core.orders_test import ON, Case, slowly
from evenhand.core.position import Position, stand
from evenhand.core.position_oracle_test import START, Loan, Owing, columns, loans
from evenhand.core.shape import Shape, monthly_equal
from evenhand.core.terms import Terms

steady = settings(derandomize=True, deadline=None, max_examples=60)


def order_of(pairs: list[str], vertical: bool, advance: str, count: int = 1) -> Order:
    codes = np.array([[PAIRS.index(pair) for pair in pairs]] * count)
    return Order(codes, np.full(count, vertical), np.full(count, ADVANCES.index(advance)))


def shape_of(terms: Terms) -> Shape:
    """Of loans whose instalments are a month apart."""
    rate = np.full(len(terms.count), 120_000)
    principal = np.maximum(terms.principal_minor.sum(axis=1), 1)
    return monthly_equal(principal, rate, terms.due_on[:, 0] - 30, terms.count)


def folded(
    book: list[Loan], on: int | Ints, order: Order | None = None, cap: int | Ints = NO_CAP
) -> Stood:
    """Loans to which nothing happened but payments, by the general fold."""
    terms, payments = columns(book)
    agreed = Agreed(
        terms, shape_of(terms), order or house_order(len(book)), np.full(len(book), cap)
    )
    return stand_through(agreed, of_payments(payments), on)


def stand_by_order(book: list[Loan], on: int, order: Order) -> Position:
    return folded(book, on, order).position


@steady
@given(st.lists(loans(events=10), min_size=1, max_size=3), st.integers(START - 50, START + 400))
def test_the_houses_order_stands_where_the_house_stands(book: list[Loan], on: int) -> None:
    found = stand_by_order(book, on, house_order(len(book)))
    expected = stand(*columns(book), on)
    for field in fields(expected):
        name = field.name
        assert np.array_equal(getattr(found, name), getattr(expected, name)), name


def walked(loan: Loan, on: int, pairs: list[str], vertical: bool, advance: str) -> list[list[int]]:
    """[late, interest, principal] owed of each instalment after `on`, night by night; what is over
    at last."""
    book, over = [Owing(*instalment) for instalment in loan.instalments], 0
    for day in range(START - 500, on + 1):
        for one in book:
            runs = not any(first < day <= last for first, last in loan.stopped)
            if max(one.due_on, one.late_from) < day and runs:
                one.accrued += one.principal * night(loan)
        for paid_on, purse in loan.payments:
            if paid_on == day:
                owed = [(one.due_on - day + ON, [one.late, 0, one.interest, one.principal])
                        for one in book]  # fmt: skip
                paid, left = slowly(Case(purse, owed, pairs, vertical, advance))
                over += left
                for one, (late, _fee, interest, principal) in zip(book, paid, strict=True):
                    one.late_paid += late
                    one.interest -= interest
                    one.principal -= principal
    return [*([one.late, one.interest, one.principal] for one in book), [over]]


def night(loan: Loan) -> Fraction:
    return Fraction(loan.rate, 10**6 * loan.year)


@st.composite
def any_order(draw: st.DrawFn) -> tuple[list[str], bool, str]:
    advance = draw(st.sampled_from(ADVANCES))
    pairs = draw(st.permutations(PAIRS))
    if advance == "spread":
        pairs = sorted(pairs, key=lambda pair: pair.startswith("in_advance"))
    return pairs, draw(st.booleans()), advance


@st.composite
def small_loan(draw: st.DrawFn) -> Loan:
    """Amounts small enough to count coin by coin, a rate at which they matter."""
    due = sorted(draw(st.lists(st.integers(START, START + 90), min_size=1, max_size=4)))
    rows = [(day, draw(st.integers(0, 40)), draw(st.integers(0, 9)), 0, 0) for day in due]
    paid = st.tuples(st.integers(START - 20, START + 120), st.integers(1, 30))
    loan = Loan(rows, draw(st.sampled_from([0, 1_000_000, 10_000_000])), 360)
    loan.payments = sorted(draw(st.lists(paid, max_size=8)), key=lambda payment: payment[0])
    if draw(st.booleans()):
        begin = draw(st.integers(START, START + 60))
        loan.stopped = [(begin, begin + draw(st.integers(0, 30)))]
    return loan


@settings(derandomize=True, deadline=None, max_examples=100)
@given(small_loan(), any_order(), st.integers(START - 10, START + 130))
def test_any_order_is_what_a_walk_says(
    loan: Loan, order: tuple[list[str], bool, str], on: int
) -> None:
    *owed, over = walked(loan, on, *order)
    found = stand_by_order([loan], on, order_of(*order))
    parts = np.stack((found.owed_late, found.owed_interest, found.owed_principal), axis=-1)[0]
    assert parts.tolist() == owed
    assert found.overpaid_minor.tolist() == over
    assert int(found.paid_minor[0]) == sum(money for day, money in loan.payments if day <= on)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.tuples(small_loan(), any_order()), min_size=2, max_size=4))
def test_one_loan_is_a_batch_of_one(
    several: list[tuple[Loan, tuple[list[str], bool, str]]],
) -> None:
    together = stand_by_order(
        [loan for loan, _ in several], START + 60, joined([order for _loan, order in several])
    )
    for row, (loan, order) in enumerate(several):
        alone = stand_by_order([loan], START + 60, order_of(*order))
        for name in ("past_due_minor", "late_interest_minor", "overpaid_minor", "due_minor"):
            assert getattr(together, name)[row] == getattr(alone, name)[0]


def joined(orders: list[tuple[list[str], bool, str]]) -> Order:
    each = [order_of(*order) for order in orders]
    return Order(*(np.concatenate([getattr(one, name) for one in each])
                   for name in ("pairs", "vertical", "advance")))  # fmt: skip


def test_principal_first_leaves_the_late_interest_and_stops_it() -> None:
    """10.00 for ten nights at 36 %: 0.10, which 10.00 paid on the principal leave owed for good."""
    loan = Loan([(START, 10_00, 0, 0, 0)], 360_000, 360, [(START + 10, 10_00)])
    first = ["past_due_principal", *(pair for pair in PAIRS if pair != "past_due_principal")]
    found = stand_by_order([loan], START + 90, order_of(first, True, "next"))
    assert (found.owed_principal.tolist(), found.owed_late.tolist()) == ([[0]], [[10]])
    by_house = stand(*columns([loan]), START + 90)
    assert (by_house.owed_principal.tolist(), by_house.owed_late.tolist()) == ([[10]], [[1]])


def test_an_order_of_too_few_is_named() -> None:
    few = Order(np.zeros((1, 12), dtype=np.int64), np.array([False]), np.array([0]))
    with pytest.raises(KeyedError, match="order"):
        stand_by_order([Loan([(START, 1, 0, 0, 0)], 0, 360, [(START, 1)])], START, few)
