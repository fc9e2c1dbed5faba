"""Rules and affordability against plain ifs and plain search."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.fees import FIXED, PER_INSTALMENT, Fees
from evenhand.core.offer import (
    APPROVE,
    COLUMNS,
    NO_END,
    Means,
    Rules,
    dearest,
    judge,
    most,
    room,
    strain,
)
from evenhand.core.schedule import schedule
from evenhand.core.shape import DAY, monthly_equal

FREE = Fees(*(np.array([], dtype=np.int64) for _column in range(5)))
small = st.integers(-5, 5)
rule = st.tuples(st.integers(0, len(COLUMNS) - 1), st.booleans(), small, st.integers(0, 2))
application = st.lists(small, min_size=len(COLUMNS), max_size=len(COLUMNS))
amount = st.integers(0, 3_000_000)
means = st.tuples(st.integers(0, 5_000_000), amount, amount, st.integers(1, 6))


def columns_of(rules: list[tuple[int, bool, int, int]]) -> Rules:
    column, above, bound, outcome = zip(*rules, strict=True) if rules else ((), (), (), ())
    return Rules(
        np.array(column, dtype=np.int64),
        np.array(above, dtype=np.bool_),
        np.array(bound, dtype=np.int64),
        np.array(outcome, dtype=np.int64),
    )


def means_of(lines: list[tuple[int, int, int, int]]) -> Means:
    return Means(*(np.array(column, dtype=np.int64) for column in zip(*lines, strict=True)))


@given(st.lists(application, min_size=1, max_size=4), st.lists(rule, max_size=5))
def test_each_rule_speaks_as_an_if_would(
    known: list[list[int]], rules: list[tuple[int, bool, int, int]]
) -> None:
    judged = judge(np.array(known, dtype=np.int64), columns_of(rules))
    for row, values in enumerate(known):
        gravest = APPROVE
        for place, (column, above, bound, outcome) in enumerate(rules):
            speaks = values[column] > bound if above else values[column] < bound
            assert judged.fired[row, place] == speaks
            gravest = max(gravest, outcome) if speaks else gravest
        assert judged.outcome[row] == gravest


@given(means, st.integers(0, 1_000_000))
def test_the_strain_is_worked_out_on_paper(
    line: tuple[int, int, int, int], instalment: int
) -> None:
    income, duties, others, heads = line
    found = strain(means_of([line]), np.array([instalment]))
    share = -(-(others + instalment) * 1_000_000 // income) if income else NO_END
    assert found.share_ppm.tolist() == [share]
    left = (income - duties - others - instalment) // heads
    assert found.left_per_head_minor.tolist() == [left]


@given(means, st.integers(0, 900_000), st.integers(0, 200_000))
def test_the_room_is_where_the_strain_begins_to_break_a_bound(
    line: tuple[int, int, int, int], cap: int, least: int
) -> None:
    people = means_of([line])
    instalment = room(people, np.array([cap]), np.array([least]))

    def holds(more: int) -> bool:
        found = strain(people, instalment + more)
        fits = found.share_ppm <= cap if line[0] else instalment + more + line[2] <= 0
        return bool(np.all(fits & (found.left_per_head_minor >= least)))

    assert not holds(1)
    assert holds(0) or instalment[0] == 0


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(0, 400_000), st.integers(1, 24), st.integers(0, 240_000))
def test_the_most_that_is_affordable_is_found_by_trying_every_step(
    steps: int, rate: int, months: int, room_minor: int
) -> None:
    one, step = np.array([1]), 10_000
    wanted = monthly_equal(one * steps * step, one * rate, one * 20_000, one * months)
    tried = [0] + [
        n * step
        for n in range(1, steps + 1)
        if dearest(monthly_equal(one * n * step, one * rate, one * 20_000, one * months), FREE)[0]
        <= room_minor
    ]
    assert most(wanted, FREE, one * room_minor, one * step).tolist() == [max(tried)]


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 60), st.integers(1, 30), st.integers(0, 5_000))
def test_the_dearest_month_is_found_by_adding_up_every_thirty_one_days(
    count: int, every: int, fee: int
) -> None:
    one, zero = np.array([1]), np.array([0])
    plain = monthly_equal(one * 900_000, one * 108_000, one * 20_000, one * count)
    by_days = replace(plain, unit=zero + DAY, every=one * every)
    fees = Fees(zero, zero + PER_INSTALMENT, zero + NEVER, zero + FIXED, one * fee)
    plan = schedule(by_days)
    days, due = plan.due_on[0].tolist(), plan.due_minor[0].tolist()
    paid = {day: minor + fee for day, minor in zip(days, due, strict=True)}
    months = [sum(paid.get(day, 0) for day in range(first, first + 31)) for first in paid]
    assert dearest(by_days, fees).tolist() == [max(months)]
    assert dearest(plain, fees).tolist() == [int(schedule(plain).due_minor.max()) + fee]


def test_one_is_the_same_in_whatever_batch() -> None:
    one = np.array([1, 1, 1])
    wanted = monthly_equal(
        one * [12_000_00, 50_000_00, 1_000_00], one * 108_000, one * 20_000, np.array([12, 24, 3])
    )
    rooms = np.array([600_00, 0, 10_000_00])
    together = most(wanted, FREE, rooms, one * 100_00).tolist()
    alone = [
        most(wanted.take(np.array([n])), FREE, rooms[n : n + 1], np.array([100_00]))[0]
        for n in range(3)
    ]
    assert together == alone == [6_700_00, 0, 1_000_00]


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ((-1, 0, 0, 1), "income_minor"),
        ((0, 10**12 + 1, 0, 1), "duties_minor"),
        ((0, 0, -5, 1), "instalments_minor"),
        ((0, 0, 0, 0), "heads"),
    ],
)
def test_beyond_the_bounds_nothing_is_computed(line: tuple[int, int, int, int], key: str) -> None:
    with pytest.raises(KeyedError) as refused:
        strain(means_of([line]), np.array([1]))
    assert refused.value.key == key
