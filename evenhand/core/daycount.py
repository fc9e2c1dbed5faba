"""How many parts of a year lie between two days: the day counts of the contract.

- 30/360: a whole month counts 30 days, a week 7; `shape` counts whole periods, this module the odd
  first one: by date, as 30/360 bond;
- 30/360 bond (ISDA 2006, 4.16(f)): a month has 30 days; a period that begins on the 31st begins on
  the 30th, and one that begins on either ends on the 30th where it would end on the 31st;
- 30/360 european (4.16(g), 30E/360): the 31st is the 30th, at both ends;
- 30/360 us (the NASD's): as bond, and the last of February is the 30th where the period begins on
  it, at its end too where it begins and ends so;
- actual/360, actual/365: the nights between, over a fixed year;
- actual/actual isda (4.16(b)): the days of the period, its first and not its last, that lie in a
  leap year are over 366, the others over 365; both are brought to parts of 365 x 366;
- actual/actual: likewise, but a night belongs to the year in which it ends (the peer whose tables
  are published splits so: the night of New Year's Eve is the new year's).
"""

from typing import Final

import numpy as np

from evenhand.core import days
from evenhand.core.columns import Bools, Ints

DAY_COUNTS: Final = (
    "30/360", "actual/360", "actual/365", "actual/actual",
    "30/360 bond", "30/360 european", "30/360 us", "actual/actual isda",
)  # fmt: skip
NOMINAL, ACTUAL_360, ACTUAL_365, ACTUAL_ACTUAL, BOND, EUROPEAN, US, ISDA = range(8)
BOTH_YEARS: Final = 365 * 366
YEARS: Final = (360, 360, 365, BOTH_YEARS, 360, 360, 360, BOTH_YEARS)


def parts(begin: Ints, end: Ints, count: int) -> Ints:
    """The parts from `begin` to `end` under one day count, YEARS[count] of them to a year.

    >>> at = days.of_iso(["2024-02-29", "2024-08-31"])
    >>> [int(parts(at[:1], at[1:], count)[0]) for count in (BOND, EUROPEAN, US, ACTUAL_360)]
    [182, 181, 180, 184]
    """
    if count in (NOMINAL, BOND, EUROPEAN, US):
        return _thirties(begin, end, count)
    if count in (ACTUAL_ACTUAL, ISDA):
        shift = 0 if count == ISDA else 1
        leap = days.leap_days_before(end + shift) - days.leap_days_before(begin + shift)
        return np.asarray((end - begin - leap) * 366 + leap * 365, dtype=np.int64)
    return np.asarray(end - begin, dtype=np.int64)


def _thirties(begin: Ints, end: Ints, count: int) -> Ints:
    (year, month, day), (to_year, to_month, to_day) = days.to_civil(begin), days.to_civil(end)
    if count == US:
        begins_so, ends_so = _last_of_february(begin, month), _last_of_february(end, to_month)
        to_day = np.where(begins_so & ends_so, 30, to_day)
        day = np.where(begins_so, 30, day)
    day = np.minimum(day, 30)
    capped = np.minimum(to_day, 30)
    to_day = capped if count == EUROPEAN else np.where(day == 30, capped, to_day)
    return (to_year - year) * 360 + (to_month - month) * 30 + to_day - day


def _last_of_february(day: Ints, month: Ints) -> Bools:
    return np.asarray((month == 2) & (days.month_start(day + 1) == day + 1), dtype=np.bool_)
