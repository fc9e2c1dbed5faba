"""Moments in the zones a person may be in: local day, minute and kind of day, and when they end.

All columns are [A, Z]; `known` is false where a zone is padding.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import DAY_MINUTES, NEVER_SECOND, Asks, ZoneCodes, Zones
from evenhand.core.gate_rules import HOLIDAY, NOT_IN_CALENDAR, Rules

SPAN: Final = 1 << 36
"""Zone codes lie so far apart in `Zones.key`; instants are counted from `-SPAN // 2`."""
DAY_SECONDS: Final = 86_400
BOOKS: Final = 64
"""So many books' days are kept."""
FEW: Final = 64
"""Fewer moments than these are looked up one by one."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What a clock on the debtor's wall shows: local day, second of the day, and when it jumps."""

    known: Bools
    day: Ints
    second: Ints
    jumps_at: Ints

    def of_rows(self, rows: Ints) -> "Clock":
        """The clocks of the asks at `rows`."""
        return Clock(self.known[rows], self.day[rows], self.second[rows], self.jumps_at[rows])


def key_of(code: Ints | ZoneCodes | int, at: Ints | int) -> Ints:
    """Where an instant of a zone stands among `Zones.key`."""
    inside = np.minimum(np.maximum(at, -(SPAN // 2)), SPAN // 2 - 1)
    return np.asarray(np.asarray(code, dtype=np.int64) * SPAN + inside + SPAN // 2, dtype=np.int64)


def read_clock(asks: Asks) -> Clock:
    """The clocks of every ask at its own moment."""
    at = asks.at[:, None]
    local = at + offsets(asks.zones, asks.zone, at)
    day = local // DAY_SECONDS
    jumps_at = _in_effect(asks.zones, asks.zones.until, asks.zone, at)
    return Clock(asks.zone >= 0, day, local - day * DAY_SECONDS, jumps_at)


def minutes(asks: Asks, rules: Rules) -> tuple[Ints, Ints]:
    """The minutes that clocks show, each once, as places in `Page.clock`; and which [A, Z] each
    clock shows."""
    at = asks.at[:, None]
    minute = (at + offsets(asks.zones, asks.zone, at)) // 60
    if minute.size >= FEW:
        first, last = int(minute.min()), int(minute.max())
        if last - first < minute.size:
            return _of_its_kind(np.arange(first, last + 1), rules), minute - first
    places = _of_its_kind(minute.reshape(-1), rules)
    return places, np.arange(minute.size).reshape(minute.shape)


def _of_its_kind(minute: Ints, rules: Rules) -> Ints:
    """The same minute of its kind of day."""
    day = minute // DAY_MINUTES
    return minute + (_kind_of(day, rules) - day) * DAY_MINUTES


def _kind_of(day: Ints, rules: Rules) -> Ints:
    if not rules.asks_calendar:
        return (day + 3) % 7
    return _kinds(rules).take(day - (rules.calendar_from - 1), mode="clip")


@lru_cache(maxsize=BOOKS)
def _kinds(rules: Rules) -> Ints:
    """The kind of each day of the calendar; first and last, of any day it does not reach."""
    day = np.arange(rules.calendar_from - 1, rules.calendar_until + 1)
    kind = np.where(np.isin(day, rules.holidays), HOLIDAY, (day + 3) % 7)
    kind[[0, -1]] = NOT_IN_CALENDAR
    return kind


def local_days(zones: Zones, zone: ZoneCodes, at: Ints) -> Ints:
    """The calendar day of each moment [H] in each of its zones [H, Z]."""
    moments = at[:, None]
    return np.asarray((moments + offsets(zones, zone, moments)) // DAY_SECONDS)


def offsets(zones: Zones, zone: ZoneCodes, at: Ints) -> Ints:
    """Seconds east of UTC of each zone [H, Z] at each moment [H, Z] or [H, 1]."""
    return np.asarray(_in_effect(zones, zones.offset, zone, at))


def next_minute(at: Ints, clock: Clock, minute: Ints) -> Ints:
    """The instant each clock next shows `minute` (1440: midnight), or jumps if that is sooner."""
    then = at[:, None] + minute * 60 - clock.second
    return np.asarray(np.minimum(then, clock.jumps_at), dtype=np.int64)


def next_midnight(asks: Asks, clock: Clock) -> Ints:
    """The first instant [A] at which some zone's day ends."""
    then = next_minute(asks.at, clock, np.full_like(clock.second, DAY_SECONDS // 60))
    soonest = np.where(clock.known, then, NEVER_SECOND).min(axis=1, initial=NEVER_SECOND)
    return np.asarray(soonest, dtype=np.int64)


def _in_effect(zones: Zones, column: Ints, zone: ZoneCodes, at: Ints) -> Ints:
    """A column of the zones by zone and moment; one look a zone where none changes in between."""
    if not zones.names:
        return np.zeros(np.broadcast_shapes(zone.shape, at.shape), dtype=np.int64)
    if at.size >= FEW:
        codes = np.arange(len(zones.names))
        first = _entry(zones, codes, int(at.min()))
        if (first == _entry(zones, codes, int(at.max()))).all():
            return column.take(first).take(zone, mode="clip")
    return column.take(_entry(zones, np.maximum(zone, 0), at))


def _entry(zones: Zones, code: Ints | ZoneCodes, at: Ints | int) -> Ints:
    """Where the offset in effect is among the zones' columns."""
    return zones.key.searchsorted(key_of(code, at), side="right") - 1
