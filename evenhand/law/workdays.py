"""Working days, by the calendars of the packs in force."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

import numpy as np

from evenhand.core.columns import Ints
from evenhand.law import loader
from evenhand.law.calendar import Calendar, calendar, day_of

SATURDAY: Final = 5


def free_days(packs: Iterable[str]) -> tuple[Ints, Ints]:
    """Days since 1970 on which somebody is free whose calendar one of the packs names, and weekend
    days on which anybody works and nobody is."""
    found = _calendars(packs)
    none = np.array([], dtype=np.int64)
    free = np.unique(np.concatenate([none, *(one.holidays for one in found)]))
    worked = np.unique(np.concatenate([none, *(one.worked for one in found)]))
    return free, np.setdiff1d(worked, free)


def working_day(after: date, packs: Iterable[str], nth: int = 1) -> date:
    """The nth day after a day on which everybody works whose calendar one of the packs names."""
    calendars = _calendars(packs)
    day = after
    for _nth in range(nth):
        day += timedelta(days=1)
        while not _works(day, calendars):
            day += timedelta(days=1)
    return day


def _calendars(packs: Iterable[str]) -> list[Calendar]:
    names = {loader.load(pack).calendar for pack in packs} - {""}
    return [calendar(name) for name in sorted(names)]


def _works(day: date, calendars: Iterable[Calendar]) -> bool:
    """Make-up days are working days; no free day of any calendar is one."""
    number = day_of(day)
    if any(bool(np.isin(number, one.holidays)) for one in calendars):
        return False
    return day.weekday() < SATURDAY or any(bool(np.isin(number, one.worked)) for one in calendars)
