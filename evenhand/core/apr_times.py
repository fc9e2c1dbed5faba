"""How far from the first advance each flow lies, as the law counts: in unit-periods (12 CFR 1026
Appendix J) or in years (Directive 2008/48/EC Annex I, 2023/2225 Annex III).

Appendix J: the unit-period is the commonest of the periods between advances or payments, at most a
year; the shorter of two equally common ones; where none occurs twice, their average, rounded to the
nearest day, week, semimonth or month, or multiple of a week or month (down where it lies between).
A single payment of a single advance within a year is one period. Full unit-periods are measured
back from the flow; the days that are left are its fraction: of 30 a month, of 15 a semimonth, of
365 a year, of its own days otherwise.

The Directive: whole months are twelfths, whole weeks fifty-seconds where the flow is stated so and
its day says so; else its days are over 365.
"""

from typing import Final, NamedTuple

import numpy as np

from evenhand.core import days
from evenhand.core.columns import Bools, Ints
from evenhand.core.due_days import DAY, MONTH, WEEK
from evenhand.core.flows import (
    HALF_MONTH,
    UNIT_LENGTH,
    Flows,
    Period,
    first_advance,
    months_back,
    periods,
    whole_months,
)

YEAR_MONTHS: Final = 12
LONGEST: Final = (365, 52, 12, 24)
KEY: Final = 10**6
# Lengths of the standard intervals in 24ths of a day, so that half a month and a month are whole.
STANDARD: Final = sorted(
    [(24, DAY, 1), (365, HALF_MONTH, 1)]
    + [(168 * weeks, WEEK, weeks) for weeks in range(1, 53)]
    + [(730 * months, MONTH, months) for months in range(1, 13)]
)


class Unit(NamedTuple):
    """Columns [L]: the unit-period, and how many a year: `a_year` over `a_year_of`. `alone` where
    it is the whole term of a single payment."""

    every: Ints
    unit: Ints
    a_year: Ints
    a_year_of: Ints
    alone: Bools


class Times(NamedTuple):
    """Columns [F]: `full` periods and a fraction `part` over `of`."""

    full: Ints
    part: Ints
    of: Ints


def unit_periods(flows: Flows) -> Unit:
    """The unit-period of each loan."""
    between = periods(flows)
    common = _commonest(flows.row, between)
    average = _average(flows.row, between, common)
    once = np.bincount(flows.row, minlength=len(common)) == 2
    code = np.where(common > 0, common, np.where(once, MONTH * KEY + YEAR_MONTHS, average))
    unit, every = np.divmod(code, KEY)
    a_year, of = np.array(LONGEST)[unit], every
    last = np.zeros(len(code), dtype=np.int64)
    np.maximum.at(last, flows.row, flows.day)
    first = first_advance(flows)
    alone = once & (last <= days.add_months(first, YEAR_MONTHS))
    months = whole_months(first, last, 0 * last)
    a_year = np.where(alone, np.where(months > 0, YEAR_MONTHS, 365), a_year)
    of = np.where(alone, np.where(months > 0, months, last - first), of)
    return Unit(every, unit, a_year, of, alone)


def _commonest(row: Ints, between: Period) -> Ints:
    """[L] the period that occurs most often, as unit x KEY + every; 0 where none occurs twice."""
    loans = int(row.max(initial=-1)) + 1
    short = between.held & (between.every <= np.array(LONGEST)[between.unit])
    code = (between.unit * KEY + between.every)[short]
    found, count = np.unique(row[short] * 10 * KEY + code, return_counts=True)
    of, code = np.divmod(found, 10 * KEY)
    length = np.array(UNIT_LENGTH)[code // KEY] * (code % KEY)
    order = np.lexsort((length, -count, of))
    first = order[np.concatenate(([True], of[order][1:] != of[order][:-1]))[: len(order)]]
    common = np.zeros(loans, dtype=np.int64)
    common[of[first]] = np.where(count[first] > 1, code[first], 0)
    return common


def _average(row: Ints, between: Period, common: Ints) -> Ints:
    """[L] the standard interval nearest to the average of all periods."""
    spans, number = np.zeros(len(common), dtype=np.int64), np.zeros(len(common), dtype=np.int64)
    np.add.at(spans, row, between.length)
    np.add.at(number, row, between.held)
    standard = np.array(STANDARD, dtype=np.int64)
    off = np.abs(standard[None, :, 0] * number[:, None] - 24 * spans[:, None])
    nearest = standard[np.argmin(off, axis=1)]
    return np.asarray(nearest[:, 1] * KEY + nearest[:, 2], dtype=np.int64)


def us_times(flows: Flows, wanted: Unit) -> Times:
    """Full unit-periods and the fraction of one from the first advance to each flow."""
    unit, every = wanted.unit[flows.row], wanted.every[flows.row]
    begin = first_advance(flows)[flows.row]
    length = flows.day - begin
    months, left = months_back(begin, flows.day, flows.month_day)
    by_month = unit >= MONTH
    of = np.where(by_month, np.where(unit == MONTH, 30, 15), np.where(unit == WEEK, 7, 1)) * every
    full, part = np.divmod(np.where(by_month, 30 * months + left, length), of)
    yearly = (unit == MONTH) & (every == YEAR_MONTHS)
    years, rest = np.divmod(months, YEAR_MONTHS)
    odd_days = np.where(left == 0, rest, _days_before_years(begin, flows, years))
    full = np.where(yearly, years, full)
    part = np.where(yearly, odd_days, part)
    of = np.where(yearly, np.where(left == 0, YEAR_MONTHS, 365), of)
    alone = wanted.alone[flows.row]
    return Times(np.where(alone, ~flows.advance, full), np.where(alone, 0, part), of)


def _days_before_years(begin: Ints, flows: Flows, years: Ints) -> Ints:
    return days.add_months(flows.day, -YEAR_MONTHS * years) - begin


def eu_times(flows: Flows) -> tuple[Ints, Ints]:
    """Years from the first advance to each flow [F], as a numerator and a denominator."""
    begin = first_advance(flows)[flows.row]
    length = flows.day - begin
    months = whole_months(begin, flows.day, flows.month_day)
    by_month = (flows.unit >= MONTH) & (months > 0)
    by_week = (flows.unit == WEEK) & (length % 7 == 0)
    part = np.select([by_month, by_week], [months, length // 7], length)
    of = np.select([by_month, by_week], [0 * length + YEAR_MONTHS, 0 * length + 52], 365)
    return part, of
