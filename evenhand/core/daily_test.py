"""Borrowing and repaying on any day, against a walk of every night in decimals."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.daily import Line, Moves, stand_daily
from evenhand.core.deal_test import number

START = date(2026, 1, 1)
steady = settings(derandomize=True, deadline=None, max_examples=150)


@dataclass
class Borrower:
    rate: int = 108_000
    year: int = 360
    moves: list[tuple[int, int]] = field(default_factory=list)


def asked(borrowers: list[Borrower], after: int) -> Line:
    flat = [(row, *move) for row, one in enumerate(borrowers) for move in one.moves]
    row, day, amount = (np.array([move[n] for move in flat], dtype=np.int64) for n in range(3))
    return stand_daily(
        np.array([one.rate for one in borrowers]),
        np.array([one.year for one in borrowers]),
        Moves(row, day + number(START), amount),
        number(START) + after,
    )


def told(line: Line, row: int = 0) -> list[int]:
    columns = (line.principal_minor, line.interest_minor, line.charged_minor, line.overpaid_minor)
    return [int(column[row]) for column in columns]


def night_by_night(one: Borrower, after: int) -> list[int]:
    principal, paid, over = 0, 0, 0
    with localcontext(prec=60):
        running = Decimal(0)
        for day in range(after + 1):
            if day:
                running += Decimal(principal) * one.rate
            charged = int((running / (10**6 * one.year)).quantize(Decimal(1), ROUND_HALF_EVEN))
            for _, amount in [move for move in one.moves if move[0] == day]:
                if amount > 0:
                    principal += amount
                    continue
                interest = min(-amount, charged - paid)
                back = min(-amount - interest, principal)
                paid, principal = paid + interest, principal - back
                over += -amount - interest - back
    return [principal, charged - paid, charged, over]


@st.composite
def any_borrower(draw: st.DrawFn) -> Borrower:
    days = sorted(draw(st.lists(st.integers(0, 400), min_size=1, max_size=30)))
    moves = [(day, draw(st.integers(1, 10**9)) * draw(st.sampled_from([1, -1]))) for day in days]
    rate = draw(st.sampled_from([0, 1, 94_822, 360_000, 10_000_000]))
    return Borrower(rate, draw(st.sampled_from([360, 365])), moves)


@steady
@given(any_borrower(), st.integers(0, 500))
def test_a_line_is_what_a_walk_of_every_night_says(one: Borrower, after: int) -> None:
    assert told(asked([one], after)) == night_by_night(one, after)


@steady
@given(any_borrower(), st.integers(400, 500))
def test_what_pays_off_a_line_on_its_day_leaves_nothing(one: Borrower, after: int) -> None:
    owed = int(asked([one], after).payoff_minor[0])
    if owed:
        one.moves.append((after, -owed))
    closed = asked([one], after + 30)
    assert told(closed)[:2] == [0, 0]


@steady
@given(st.lists(any_borrower(), min_size=1, max_size=5))
def test_one_line_is_a_batch_of_one(borrowers: list[Borrower]) -> None:
    together = asked(borrowers, 450)
    for row, one in enumerate(borrowers):
        assert told(together, row) == told(asked([one], 450))


def test_ten_days_of_ten_thousand() -> None:
    """10,000.00 at 10.8 % over 360: 3.00 a day; 4,000.00 back after ten days pay 30.00 first."""
    one = Borrower(moves=[(0, 10_000_00), (10, -4_000_00)])
    assert told(asked([one], 9)) == [10_000_00, 27_00, 27_00, 0]
    assert told(asked([one], 10)) == [6_030_00, 0, 30_00, 0]
    assert told(asked([one], 20)) == [6_030_00, 18_09, 48_09, 0]


def test_money_returned_the_same_day_costs_nothing() -> None:
    assert told(asked([Borrower(moves=[(5, 1_000_00), (5, -1_000_00)])], 99)) == [0, 0, 0, 0]


def test_a_line_never_used_owes_nothing() -> None:
    assert told(asked([Borrower()], 99)) == [0, 0, 0, 0]


def test_the_bound_is_exact() -> None:
    one = Borrower(10_000_000, 360, [(0, 10**13)])
    assert told(asked([one], 366)) == [10**13, 101666666666667, 101666666666667, 0]


@pytest.mark.parametrize(
    ("key", "one"),
    [
        ("annual_rate", Borrower(rate=10_000_001)),
        ("year_days", Borrower(year=366)),
        ("amount", Borrower(moves=[(0, 0)])),
        ("amount", Borrower(moves=[(0, 10**13), (1, 1)])),
        ("day", Borrower(moves=[(2, 1), (1, 1)])),
        ("day", Borrower(moves=[(10**6, 1)])),
    ],
)
def test_what_cannot_be_computed_is_named(key: str, one: Borrower) -> None:
    with pytest.raises(KeyedError) as refused:
        asked([Borrower(), one], 10)
    assert refused.value.key == key
