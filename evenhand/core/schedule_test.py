"""Schedules against the slow oracle, whatever the shape."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import iso
from evenhand.core.deal_test import EPOCH, Deal, any_deal, chosen_deal, shape, smoothed_deal
from evenhand.core.schedule import BLOCK, Schedule, schedule
from evenhand.core.schedule_oracle_test import lines, oracle, written
from evenhand.core.shape import monthly_equal

steady = settings(derandomize=True, deadline=None, max_examples=250)
GOOD = Deal(1_000_00, 120_000, date(2026, 1, 1), 12)


def told(plan: Schedule, loan: int) -> list[tuple[str, int, int, int]]:
    count = int(plan.count[loan])
    return list(
        zip(
            iso(plan.due_on[loan, :count]).tolist(),
            plan.principal_minor[loan, :count].tolist(),
            plan.interest_minor[loan, :count].tolist(),
            plan.balance_minor[loan, :count].tolist(),
            strict=True,
        )
    )


@steady
@given(st.one_of(any_deal(), chosen_deal()))
def test_a_schedule_is_what_fractions_say(deal: Deal) -> None:
    expected = oracle(deal)
    if expected is None:
        with pytest.raises(KeyedError, match="not cover the interest"):
            schedule(shape([deal]))
        return
    plan = schedule(shape([deal]))
    assert told(plan, 0) == written(deal, expected)
    assert plan.principal_minor.sum() == deal.principal
    assert (plan.principal_minor >= 0).all()
    assert (plan.interest_minor >= 0).all()
    assert plan.balance_minor[0, -1] == 0


@steady
@given(smoothed_deal())
def test_a_smoothed_schedule_is_what_fractions_say(deal: Deal) -> None:
    assert told(schedule(shape([deal])), 0) == written(deal, lines(deal))


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(chosen_deal(most=12), min_size=2, max_size=5))
def test_one_loan_is_a_batch_of_one(deals: list[Deal]) -> None:
    sound = [deal for deal in deals if oracle(deal) is not None]
    if not sound:
        return
    together = schedule(shape(sound))
    for loan, deal in enumerate(sound):
        assert told(together, loan) == told(schedule(shape([deal])), 0)


def test_the_table_of_the_docs() -> None:
    """docs/why/schedule.md: the first due day as it follows, and chosen 74 days after disbursal."""
    plain = Deal(5_000_00, 120_000, date(2026, 3, 1), 3)
    assert [row[1:] for row in told(schedule(shape([plain])), 0)] == [
        (165011, 5000, 334989), (166661, 3350, 168328), (168328, 1683, 0),
    ]  # fmt: skip
    odd = replace(plain, first_on=date(2026, 5, 15))
    assert told(schedule(shape([odd])), 0) == [
        ("2026-05-15", 160147, 12333, 339853), ("2026-06-15", 169081, 3399, 170772),
        ("2026-07-15", 170772, 1708, 0),
    ]  # fmt: skip


def test_the_last_instalment_takes_the_odd_cents() -> None:
    plan = schedule(shape([Deal(100_00, 0, date(2026, 1, 31), 3)]))
    assert told(plan, 0) == [
        ("2026-02-28", 3333, 0, 6667),
        ("2026-03-31", 3333, 0, 3334),
        ("2026-04-30", 3334, 0, 0),
    ]


@pytest.mark.parametrize("day_count", ["actual/actual", "actual/actual isda"])
@pytest.mark.parametrize("principal", [10**12, 10**13])
@pytest.mark.parametrize("method", ["equal_instalment", "interest_only", "flat", "bullet"])
def test_the_bound_is_exact_over_a_leap_year(day_count: str, principal: int, method: str) -> None:
    deal = Deal(principal, 360_000, date(2023, 7, 1), 2, 12, "month", method, day_count)
    assert told(schedule(shape([deal])), 0) == written(deal, lines(deal))


def test_more_loans_than_a_block_are_each_as_if_alone() -> None:
    deals = [replace(GOOD, principal=1_000_00 + n) for n in range(3)]
    many = shape(deals).take(np.arange(BLOCK + 2) % 3)
    plan = schedule(many)
    for loan in (0, BLOCK - 1, BLOCK, BLOCK + 1):
        assert told(plan, loan) == told(schedule(shape([deals[loan % 3]])), 0)
    many.principal_minor[BLOCK + 1] = 0
    with pytest.raises(KeyedError) as refused:
        schedule(many)
    assert refused.value.row == BLOCK + 1


def test_flat_interest_of_three_cents_in_five_rows_is_never_below_zero() -> None:
    deal = Deal(100_00, 720, date(2026, 1, 1), 5, method="flat", rounding="half_up")
    interest = [row[2] for row in told(schedule(shape([deal])), 0)]
    assert interest == [1, 1, 1, 0, 0]


def test_monthly_equal_is_the_plain_loan() -> None:
    one = np.array([1])
    day = np.array([(GOOD.disbursed_on - EPOCH).days])
    plain = monthly_equal(one * GOOD.principal, one * GOOD.rate, day, one * 12)
    assert told(schedule(plain), 0) == written(GOOD, lines(GOOD))
