"""Money that is paid out and paid back, as columns of days: what a yearly cost is worked out from.

A flow knows the step of its series (a month after the one before), because the law counts by it.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from evenhand.core import days
from evenhand.core.columns import Bools, Ints, require
from evenhand.core.due_days import DAY, MONTH, UNITS, WEEK, step_before

FLOW_UNITS: Final = (*UNITS, "half_month")
HALF_MONTH: Final = len(UNITS)
UNIT_LENGTH: Final = (1, 7, 30, 15)


@dataclass(frozen=True, slots=True)
class Series:
    """Columns [S]: `count` flows of `amount_minor` each, every `every` `unit`s (a code of
    FLOW_UNITS) from `first_on`; `advance` where the money goes to the borrower."""

    row: Ints
    first_on: Ints
    amount_minor: Ints
    count: Ints
    every: Ints
    unit: Ints
    advance: Bools


@dataclass(frozen=True, slots=True)
class Flows:
    """Columns [F], sorted by (row, day). `previous` is the day of the one before in its series,
    NEVER for the first; `month_day` the day of the month the series falls on where a month has it
    (0: each flow's own)."""

    row: Ints
    day: Ints
    amount_minor: Ints
    advance: Bools
    every: Ints
    unit: Ints
    month_day: Ints
    previous: Ints


def flows_of(series: Series) -> Flows:
    """Every flow of the series, in order.

    >>> one = np.array([1])
    >>> rents = Series(one * 0, days.of_iso(["1978-03-01"]), one * 5, one * 3, one,
    ...                one * HALF_MONTH, one == 0)
    >>> days.iso(flows_of(rents).day).tolist()
    ['1978-03-01', '1978-03-16', '1978-04-01']
    """
    of = np.repeat(np.arange(len(series.row)), series.count)
    starts = np.cumsum(series.count) - series.count
    number = np.arange(len(of)) - starts[of]
    first, unit, every = series.first_on[of], series.unit[of], series.every[of]
    day = _nth(first, unit, every * number)
    before = np.where(number == 0, days.NEVER, np.roll(day, 1))
    order = np.lexsort((day, series.row[of]))
    return Flows(
        row=series.row[of][order],
        day=day[order],
        amount_minor=series.amount_minor[of][order],
        advance=series.advance[of][order],
        every=every[order],
        unit=unit[order],
        month_day=np.where(unit == HALF_MONTH, 0, days.to_civil(first)[2])[order],
        previous=before[order],
    )


def _nth(first: Ints, unit: Ints, steps: Ints) -> Ints:
    monthly = days.add_months(first, np.where(unit == MONTH, steps, 0))
    halves = _halves(first, np.where(unit == HALF_MONTH, steps, 0))
    by_day = first + steps * np.where(unit == WEEK, 7, 1)
    return np.select([unit == MONTH, unit == HALF_MONTH], [monthly, halves], by_day)


def _halves(first: Ints, steps: Ints) -> Ints:
    """Twice a month: the day of the first and the one fifteen days from it (the 1st and the 16th,
    the 15th and the 30th or month's end)."""
    months, other = np.divmod(steps, 2)
    month_day = days.to_civil(first)[2]
    late = month_day > 15
    whole = days.add_months(first, months)
    start = days.month_start(days.add_months(first, months + (late & (other == 1))))
    last = days.add_months(start, 1) - 1
    half = np.minimum(start + np.where(late, month_day - 15, month_day + 15) - 1, last)
    return np.where(other == 1, half, whole)


class Period(NamedTuple):
    """Columns [F]: what lies between a flow and the one of its kind before it, as `every` `unit`s;
    `held` where there is such a period (not for the first advance, nor for two on one day)."""

    every: Ints
    unit: Ints
    length: Ints
    held: Bools


def periods(flows: Flows) -> Period:
    """The intervals between advances, and those between payments, the first of them counted from
    the first advance: each by its series' step where it is one, else by months, weeks, or days."""
    begin = _begin(flows)
    length = flows.day - begin
    held = (begin != days.NEVER) & (length > 0)
    months = whole_months(np.where(held, begin, flows.day), flows.day, 0 * flows.day)
    every = np.where(months > 0, months, np.where(length % 7 == 0, length // 7, length))
    unit = np.where(months > 0, MONTH, np.where(length % 7 == 0, WEEK, DAY))
    known = np.minimum(flows.unit, MONTH)
    step = step_before(flows.day, flows.every, known, flows.month_day)
    by_step = (begin == flows.previous) | ((begin == step) & (flows.unit != HALF_MONTH))
    every = np.where(by_step, flows.every, every)
    unit = np.where(by_step, flows.unit, unit)
    return Period(every, unit, np.where(held, length, 0), held)


def _begin(flows: Flows) -> Ints:
    """The day of the flow of the same kind before each, or of the first advance; else NEVER."""
    number = np.arange(len(flows.row))
    first = first_advance(flows)
    begin = np.where(flows.advance, days.NEVER, first[flows.row])
    for kind in (True, False):
        of_kind = number[flows.advance == kind]
        same = flows.row[of_kind][1:] == flows.row[of_kind][:-1]
        begin[of_kind[1:][same]] = flows.day[of_kind[:-1][same]]
    return begin


def first_advance(flows: Flows) -> Ints:
    """The day of each row's first advance; NEVER for a row without one."""
    first = np.full(int(flows.row.max(initial=-1)) + 1, days.NEVER)
    np.minimum.at(first, flows.row[flows.advance], flows.day[flows.advance])
    return first


def months_back(begin: Ints, end: Ints, month_day: Ints) -> tuple[Ints, Ints]:
    """Full months measured back from `end`, on the day of the month its series falls on (0: its
    own), and the days from `begin` to where they begin. A month's end is a month after the 31st.

    >>> at = days.of_iso(["1978-02-10", "1978-04-01"])
    >>> [int(part[0]) for part in months_back(at[:1], at[1:], np.array([0]))]
    [1, 19]
    """
    (year, month, _), (to_year, to_month, day) = days.to_civil(begin), days.to_civil(end)
    between = (to_year - year) * 12 + to_month - month
    fixed = np.where(month_day > 0, month_day, day)
    full = between - (_back(end, between, fixed) < begin)
    exact = days.add_months(begin, between) == end
    left = np.where(exact, 0, _back(end, full, fixed) - begin)
    return np.where(exact, between, full), left


def _back(end: Ints, months: Ints, month_day: Ints) -> Ints:
    one = np.ones(len(end), dtype=np.int64)
    return step_before(end, months, one * MONTH, month_day)


def whole_months(begin: Ints, end: Ints, month_day: Ints) -> Ints:
    """How many months lie between two days, 0 where it is no whole number of them.

    >>> at = days.of_iso(["1978-01-31", "1978-02-28", "1978-03-31", "1978-04-01"])
    >>> whole_months(at[[0, 0, 1, 0]], at[[1, 2, 2, 3]], np.zeros(4, dtype=np.int64)).tolist()
    [1, 2, 1, 0]
    """
    full, left = months_back(begin, end, month_day)
    return np.where(left == 0, full, 0)


def require_flows(flows: Flows, loans: int) -> None:
    """KeyedError naming `advances` or `payments` where no yearly cost can be stated."""
    first = np.full(loans, days.NEVER)
    np.minimum.at(first, flows.row[flows.advance], flows.day[flows.advance])
    require(first != days.NEVER, "advances", "none")
    signed = np.where(flows.advance, -flows.amount_minor, flows.amount_minor)
    early = np.zeros(loans, dtype=np.int64)
    np.add.at(early, flows.row, ~flows.advance & (flows.day < first[flows.row]))
    require(early == 0, "payments", "one comes before the first advance")
    left, paid = np.zeros(loans, dtype=np.int64), np.zeros(loans, dtype=np.int64)
    np.add.at(left, flows.row, signed)
    np.add.at(paid, flows.row, ~flows.advance)
    require(paid > 0, "payments", "none")
    require(left >= 0, "payments", "less is paid than was lent")
