"""Loans paid out in parts, against each part written out slowly by itself."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.advances import Advances, down_payment, paid_in_parts
from evenhand.core.columns import KeyedError
from evenhand.core.deal_test import Deal, chosen_deal, due_days, number, shape, unmoved_days
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.schedule_oracle_test import lines, oracle

GOOD = Deal(1_000_00, 120_000, date(2026, 1, 31), 6)


def advances(*parts: tuple[date, int], row: int = 0) -> Advances:
    return Advances(
        np.array([row] * len(parts), dtype=np.int64),
        np.array([number(day) for day, _ in parts], dtype=np.int64),
        np.array([amount for _, amount in parts], dtype=np.int64),
    )


def told(plan: Schedule, row: int = 0) -> list[tuple[int, int, int]]:
    count = int(plan.count[row])
    columns = (plan.principal_minor, plan.interest_minor, plan.balance_minor)
    return list(zip(*(column[row, :count].tolist() for column in columns), strict=True))


def part_of(deal: Deal, day: date, amount: int) -> tuple[int, Deal]:
    """The part as a deal of its own, and how many instalments went before it."""
    ends = unmoved_days(deal)
    gone = sum(min(pair) <= day for pair in zip(ends, due_days(deal), strict=True))
    grace = [max(0, each - gone) for each in deal.grace]
    base = deal.first_on or deal.disbursed_on
    fixed = deal.month_day or base.day
    return gone, replace(
        deal, principal=amount, disbursed_on=day, instalments=deal.instalments - gone,
        grace=(grace[0], grace[1], grace[2]), first_on=ends[gone],
        month_day=fixed if deal.unit == "month" else 0,
    )  # fmt: skip


@st.composite
def in_parts(draw: st.DrawFn) -> tuple[Deal, list[tuple[date, int]]]:
    deal = draw(chosen_deal(most=8))
    deal.principal = draw(st.integers(10_000, 10**9))
    last = min(unmoved_days(deal)[-1], due_days(deal)[-1])
    days = (last - deal.disbursed_on).days - 1
    offsets = draw(st.lists(st.integers(0, days), max_size=3))
    return deal, [
        (deal.disbursed_on + timedelta(off), draw(st.integers(10_000, 10**9))) for off in offsets
    ]


@settings(derandomize=True, deadline=None, max_examples=150)
@given(in_parts())
def test_the_rows_are_the_sums_of_the_parts(
    given_parts: tuple[Deal, list[tuple[date, int]]],
) -> None:
    deal, parts = given_parts
    split = [(0, deal), *(part_of(deal, *part) for part in parts)]
    written = [(gone, oracle(one)) for gone, one in split]
    if any(rows is None for _, rows in written):
        return
    owed, expected = deal.principal, []
    for n in range(deal.instalments):
        here = [rows[n - gone] for gone, rows in written if rows is not None and n >= gone]
        owed += sum(part[1] for part, (gone, _) in zip(parts, split[1:], strict=True) if gone == n)
        principal = sum(line.principal for line in here)
        owed -= principal
        expected.append((principal, sum(line.interest for line in here), owed))
    plan = paid_in_parts(shape([deal]), advances(*parts))
    assert told(plan) == expected
    assert plan.balance_minor[0, -1] == 0
    assert plan.principal_minor.sum() == deal.principal + sum(amount for _, amount in parts)


def test_a_part_in_the_middle_of_a_month_bears_its_days_only() -> None:
    """1,000.00 on 31 January and 500.00 on 15 March at 12 %: the part's first month has 16 days."""
    plan = paid_in_parts(shape([GOOD]), advances((date(2026, 3, 15), 500_00)))
    assert [row[1] for row in told(plan)[:3]] == [1000, 837 + 267, 673 + 400]


def test_a_part_that_a_holiday_would_make_due_at_once_waits_for_the_next_instalment() -> None:
    """Sunday 31 May 2026 is paid on Friday the 29th; money of the 29th is not due then."""
    deal = replace(GOOD, shift="backward")
    plan = paid_in_parts(shape([deal]), advances((date(2026, 5, 29), 500_00)))
    plain = schedule(shape([deal]))
    first_paid = (plan.principal_minor > plain.principal_minor)[0].tolist().index(True)
    assert first_paid == 4


def test_a_part_on_a_due_day_begins_with_the_next_instalment() -> None:
    late = paid_in_parts(shape([GOOD]), advances((date(2026, 2, 28), 500_00)))
    alone = lines(replace(GOOD, principal=500_00, disbursed_on=date(2026, 2, 28), instalments=5,
                          first_on=date(2026, 3, 31), month_day=31))  # fmt: skip
    first, second = told(schedule(shape([GOOD])))[:2]
    assert told(late)[0] == (first[0], first[1], first[2])
    assert told(late)[1][:2] == (second[0] + alone[0].principal, second[1] + alone[0].interest)
    assert alone[0].interest == 500, "a whole month, though it has 31 days"


def test_each_loan_has_its_own_parts() -> None:
    both = paid_in_parts(shape([GOOD, GOOD]), advances((date(2026, 3, 15), 500_00), row=1))
    assert told(both, 0) == told(schedule(shape([GOOD])))
    assert told(both, 1) == told(
        paid_in_parts(shape([GOOD]), advances((date(2026, 3, 15), 500_00)))
    )


@pytest.mark.parametrize(
    ("day", "amount", "why"),
    [
        (date(2026, 1, 30), 1, "before disbursal"),
        (date(2026, 7, 31), 1, "no instalment is left"),
        (date(2026, 2, 1), 0, "minor units"),
    ],
)
def test_a_part_that_cannot_be_is_named(day: date, amount: int, why: str) -> None:
    with pytest.raises(KeyedError, match=f"advances: .*{why}"):
        paid_in_parts(shape([GOOD]), advances((day, amount)))


def test_a_down_payment_is_of_the_multiple_and_leaves_a_loan() -> None:
    share = np.array([333_333])
    paid, left = down_payment(shape([replace(GOOD, multiple=100)]), share)
    assert (paid.tolist(), left.principal_minor.tolist()) == ([333_00], [667_00])
    assert schedule(left).principal_minor.sum() == 667_00
    with pytest.raises(KeyedError, match="down_payment"):
        down_payment(shape([GOOD]), np.array([1_000_000]))
    with pytest.raises(KeyedError, match="down_payment: leaves nothing"):
        down_payment(shape([replace(GOOD, principal=1)]), np.array([999_999]))
