"""Holidays and make-up working days as day columns, with the lender's own table over them.

Statutory holidays and the days the State Council moves come from the `holidays` package; a year it
does not yet know the moved days of still has its statutory ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, reduce

import numpy as np

from evenhand.core.columns import Ints

EPOCH = date(1970, 1, 1)
FIRST_YEAR = 2020
LAST_YEAR = 2035
COUNTRIES = {"cn": "CN", "ie": "IE", "id": "ID"}
"""Calendars by name; a rule that asks for a holiday names one."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Rising days since 1970-01-01: free days, weekend days worked instead, the days covered."""

    holidays: Ints
    worked: Ints
    since: int
    until: int


@lru_cache(maxsize=8)
def calendar(name: str) -> Calendar:
    """The public calendar of a country; KeyError where we hold none of that name."""
    import holidays  # half a second to load, and only rules about visits ask for a calendar

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    public = holidays.country_holidays(COUNTRIES[name], years=years)
    worked: set[date] = getattr(public, "weekend_workdays", set())
    return Calendar(
        holidays=_days(public.keys()),
        worked=_days(day for day in worked if day.year in years),
        since=day_of(date(FIRST_YEAR, 1, 1)),
        until=day_of(date(LAST_YEAR + 1, 1, 1)),
    )


def with_own(public: Calendar, free: Iterable[date], open_days: Iterable[date]) -> Calendar:
    """A lender's own table over a public calendar: days it adds as free, days it works."""
    added, taken = _days(free), _days(open_days)
    return Calendar(
        holidays=np.setdiff1d(np.union1d(public.holidays, added), taken),
        worked=np.setdiff1d(np.union1d(public.worked, taken), added),
        since=public.since,
        until=public.until,
    )


def together(calendars: Iterable[Calendar]) -> Calendar:
    """Of one or more, for whoever keeps them all: free where any is, worked where all are."""
    each = list(calendars)
    return Calendar(
        holidays=reduce(np.union1d, [one.holidays for one in each]),
        worked=reduce(np.intersect1d, [one.worked for one in each]),
        since=max(one.since for one in each),
        until=min(one.until for one in each),
    )


def day_of(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def _days(days: Iterable[date]) -> Ints:
    return np.array(sorted(day_of(day) for day in days), dtype=np.int64)
