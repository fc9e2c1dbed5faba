"""What a loan's instalments are to look like, as columns, and the periods that follow from it.

The words and their meaning are those of the command-line contract (`evenhand schedule`); a word's
code is its place in its tuple.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from evenhand.core import days
from evenhand.core.columns import Bools, Ints, require
from evenhand.core.money import ROUNDINGS
from evenhand.core.terms import INSTALMENTS_MAX, PRINCIPAL_MAX, RATE_PPM_MAX

UNITS: Final = ("day", "week", "month")
METHODS: Final = ("equal_instalment", "equal_principal", "flat", "interest_only", "bullet")
DAY_COUNTS: Final = ("30/360", "actual/360", "actual/365", "actual/actual")
INTEREST_PER: Final = ("day", "period")
LASTS: Final = ("takes_the_rest", "smoothed")
DAY, WEEK, MONTH = range(3)
EQUAL_INSTALMENT, EQUAL_PRINCIPAL, FLAT, INTEREST_ONLY, BULLET = range(5)
THIRTY_360, ACTUAL_360, ACTUAL_365, ACTUAL_ACTUAL = range(4)
PER_DAY, PER_PERIOD = range(2)
TAKES_THE_REST, SMOOTHED = range(2)

TERM_DAYS_MAX: Final = 36_600
BOTH_YEARS: Final = 365 * 366


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns [L]: principal and multiple in minor units, rate in ppm a year, the rest codes and
    counts. The first due day is `every` `unit`s after disbursed_on; grace counts first instalments.
    """

    principal_minor: Ints
    rate_ppm: Ints
    disbursed_on: Ints
    count: Ints
    every: Ints
    unit: Ints
    method: Ints
    day_count: Ints
    interest_per: Ints
    multiple_minor: Ints
    last: Ints
    rounding: Ints
    grace_principal: Ints
    grace_interest: Ints
    interest_free: Ints

    def take(self, rows: Ints) -> "Shape":
        """The same columns for the loans at `rows`, in that order."""
        return Shape(
            principal_minor=self.principal_minor[rows],
            rate_ppm=self.rate_ppm[rows],
            disbursed_on=self.disbursed_on[rows],
            count=self.count[rows],
            every=self.every[rows],
            unit=self.unit[rows],
            method=self.method[rows],
            day_count=self.day_count[rows],
            interest_per=self.interest_per[rows],
            multiple_minor=self.multiple_minor[rows],
            last=self.last[rows],
            rounding=self.rounding[rows],
            grace_principal=self.grace_principal[rows],
            grace_interest=self.grace_interest[rows],
            interest_free=self.interest_free[rows],
        )


class Periods(NamedTuple):
    """The periods of L loans: `due_on` [L, N] (NEVER beyond the count), and the fraction of a year
    each bears interest for: `parts` [L, N] over `year` [L] (0 beyond the count and where free;
    an instalment's column lies together in memory, because they are walked one by one)."""

    due_on: Ints
    parts: Ints
    year: Ints

    def take(self, rows: Ints) -> "Periods":
        """The same for the loans at `rows`, at the same padded width."""
        return Periods(self.due_on[rows], self.parts[rows], self.year[rows])


def monthly_equal(principal: Ints, rate_ppm: Ints, disbursed_on: Ints, count: Ints) -> Shape:
    """The plain consumer loan: equal monthly instalments, 30/360 by day, to the minor unit half to
    even, the last taking the rest, no grace."""
    zero = np.zeros(len(principal), dtype=np.int64)
    return Shape(
        principal_minor=principal,
        rate_ppm=rate_ppm,
        disbursed_on=disbursed_on,
        count=count,
        every=zero + 1,
        unit=zero + MONTH,
        method=zero + EQUAL_INSTALMENT,
        day_count=zero + THIRTY_360,
        interest_per=zero + PER_DAY,
        multiple_minor=zero + 1,
        last=zero + TAKES_THE_REST,
        rounding=zero,
        grace_principal=zero,
        grace_interest=zero,
        interest_free=zero,
    )


def checked(shape: Shape) -> Shape:
    """The shape itself where it can be computed exactly, else KeyedError naming the contract's key.

    Bounds: principal 1 to 10**13 minor units, rate 0 to 1000 % a year, 1 to 600 instalments, the
    last due at most 36,600 days (a hundred years) after disbursal.
    """
    principal, rate, count = shape.principal_minor, shape.rate_ppm, shape.count
    multiple = shape.multiple_minor
    require((principal >= 1) & (principal <= PRINCIPAL_MAX), "principal", "not 1 to 10**13 units")
    require((rate >= 0) & (rate <= RATE_PPM_MAX), "annual_rate", "not 0 to 1000 %")
    require((count >= 1) & (count <= INSTALMENTS_MAX), "instalments", "not 1 to 600")
    require((shape.every >= 1) & (shape.every <= TERM_DAYS_MAX), "every", "not 1 to 36600")
    require((multiple >= 1) & (multiple <= PRINCIPAL_MAX), "instalment_multiple", "not 1 to 10**13")
    _require_codes(shape)
    _require_grace(shape)
    start = shape.disbursed_on
    require((start >= -days.NEVER // 8) & (start <= days.NEVER // 8), "disbursed_on", "too far off")
    length = np.array([1, 7, 28])[shape.unit] * shape.every * count
    require(length <= TERM_DAYS_MAX, "every", "the last instalment lies beyond a hundred years")
    return shape


def periods_of(shape: Shape) -> Periods:
    """The due days of a checked shape and the fraction of a year each period bears interest for."""
    n = np.arange(1, int(shape.count.max(initial=1)) + 1)[None, :]
    held = n <= shape.count[:, None]
    steps = shape.every[:, None] * n
    start = shape.disbursed_on[:, None]
    by_month = days.add_months(start, np.where(held, steps, 0))
    by_day = start + steps * np.where(shape.unit == WEEK, 7, 1)[:, None]
    due_on = np.where((shape.unit == MONTH)[:, None], by_month, by_day)
    parts, year = _year_parts(shape, due_on)
    bears = held & (n > shape.interest_free[:, None])
    by_instalment = np.asfortranarray(np.where(bears, parts, 0))
    return Periods(np.where(held, due_on, days.NEVER), by_instalment, year)


def _year_parts(shape: Shape, due_on: Ints) -> tuple[Ints, Ints]:
    """Each period as parts of a year (its `year` parts).

    actual/actual (ISDA) splits a period at the year's end, 31 December: a night belongs to the year
    in which it ends, its day being 1/365 or 1/366; both are brought to parts of 365 * 366.
    """
    begin = np.concatenate((shape.disbursed_on[:, None], due_on[:, :-1]), axis=1)
    split = np.flatnonzero(shape.day_count == ACTUAL_ACTUAL)
    actual = due_on - begin
    leap = days.leap_days_before(due_on[split] + 1) - days.leap_days_before(begin[split] + 1)
    actual[split] = (actual[split] - leap) * 366 + leap * 365
    per_period = shape.interest_per == PER_PERIOD
    whole = (np.array([1, 7, 30])[shape.unit] * shape.every)[:, None]
    parts = np.where((per_period | (shape.day_count == THIRTY_360))[:, None], whole, actual)
    by_count = np.array([360, 360, 365, BOTH_YEARS])[shape.day_count]
    nominal = np.where(shape.unit == MONTH, 360, 365)
    return parts, np.where(per_period, nominal, by_count)


def _require_codes(shape: Shape) -> None:
    _require_word(shape.unit, "unit", UNITS)
    _require_word(shape.method, "method", METHODS)
    _require_word(shape.day_count, "day_count", DAY_COUNTS)
    _require_word(shape.interest_per, "interest_per", INTEREST_PER)
    _require_word(shape.last, "last_instalment", LASTS)
    _require_word(shape.rounding, "rounding", ROUNDINGS)
    equal: Bools = (shape.method == EQUAL_INSTALMENT) | (shape.method == FLAT)
    reason = "smoothed needs a method with an equal instalment"
    require((shape.last != SMOOTHED) | equal, "last_instalment", reason)


def _require_word(codes: Ints, key: str, words: tuple[str, ...]) -> None:
    require((codes >= 0) & (codes < len(words)), key, "unknown code")


def _require_grace(shape: Shape) -> None:
    principal, interest, free = shape.grace_principal, shape.grace_interest, shape.interest_free
    reason = "not 0 to one less than the instalments"
    require((principal >= 0) & (principal < shape.count), "grace.principal", reason)
    require((interest >= 0) & (interest < shape.count), "grace.interest", reason)
    require((free >= 0) & (free <= shape.count), "grace.interest_free", "not 0 to the instalments")
