"""Moments in the zones a person may be in: local day, minute and kind of day, and when they end.

All columns are [A, Z]; `known` is false where a zone is padding.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import NEVER_SECOND, Asks, ZoneCodes, Zones
from evenhand.core.gate_rules import HOLIDAY, NOT_IN_CALENDAR, Rules

SPAN: Final = 1 << 36
"""Zone codes lie so far apart in `Zones.key`; instants are counted from `-SPAN // 2`."""
DAY_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class Clock:
    """What a clock on the debtor's wall shows: local day, second of the day, and when it jumps."""

    known: Bools
    day: Ints
    second: Ints
    kind_of_day: Ints
    jumps_at: Ints


def key_of(code: Ints | ZoneCodes | int, at: Ints | int) -> Ints:
    """Where an instant of a zone stands among `Zones.key`."""
    inside = np.minimum(np.maximum(at, -(SPAN // 2)), SPAN // 2 - 1)
    return np.asarray(np.asarray(code, dtype=np.int64) * SPAN + inside + SPAN // 2, dtype=np.int64)


def read_clock(asks: Asks, rules: Rules) -> Clock:
    """The clocks of every ask at its own moment."""
    known = asks.zone >= 0
    entry = _entry(asks.zones, asks.zone, asks.at[:, None])
    local = asks.at[:, None] + asks.zones.offset[entry]
    day = local // DAY_SECONDS
    second = local - day * DAY_SECONDS
    return Clock(known, day, second, _kinds_of(day, rules), asks.zones.until[entry])


def _kinds_of(day: Ints, rules: Rules) -> Ints:
    """The kind of each day; worked out once a day where there are fewer days than clocks."""
    if day.size == 0:
        return _kind_of(day, rules)
    first, last = int(day.min()), int(day.max())
    if last - first >= day.size:
        return _kind_of(day, rules)
    return _kind_of(np.arange(first, last + 1), rules).take(day - first)


def _kind_of(day: Ints, rules: Rules) -> Ints:
    kind = (day + 3) % 7
    if rules.asks_calendar:
        kind = np.where(_among(day, rules.holidays), HOLIDAY, kind)
        inside = (day >= rules.calendar_from) & (day < rules.calendar_until)
        kind = np.where(inside, kind, NOT_IN_CALENDAR)
    return kind


def _among(day: Ints, rising: Ints) -> Bools:
    """Is it one of these days, which rise?"""
    if not rising.size:
        return np.zeros(day.shape, dtype=np.bool_)
    place = np.searchsorted(rising, day)
    return np.asarray(rising.take(place, mode="clip") == day)


def local_days(zones: Zones, zone: ZoneCodes, at: Ints) -> Ints:
    """The calendar day of each moment [H] in each of its zones [H, Z]."""
    moments = at[:, None]
    return np.asarray((moments + zones.offset[_entry(zones, zone, moments)]) // DAY_SECONDS)


def offsets(zones: Zones, zone: ZoneCodes, at: Ints) -> Ints:
    """Seconds east of UTC of each zone [H, Z] at each moment [H, Z] or [H, 1]."""
    return np.asarray(zones.offset[_entry(zones, zone, at)])


def next_minute(at: Ints, clock: Clock, minute: Ints) -> Ints:
    """The instant each clock next shows `minute` (1440: midnight), or jumps if that is sooner."""
    then = at[:, None] + minute * 60 - clock.second
    return np.asarray(np.minimum(then, clock.jumps_at), dtype=np.int64)


def next_midnight(asks: Asks, clock: Clock) -> Ints:
    """The first instant [A] at which some zone's day ends."""
    then = next_minute(asks.at, clock, np.full_like(clock.second, DAY_SECONDS // 60))
    soonest = np.where(clock.known, then, NEVER_SECOND).min(axis=1, initial=NEVER_SECOND)
    return np.asarray(soonest, dtype=np.int64)


def _entry(zones: Zones, zone: ZoneCodes, at: Ints) -> Ints:
    """The entry of `Zones.offset` in effect; one look a zone where none changes in between."""
    codes = np.arange(len(zones.names))
    if at.size == 0 or codes.size == 0:
        return np.zeros(np.broadcast_shapes(zone.shape, at.shape), dtype=np.int64)
    if at.size <= codes.size:
        return np.searchsorted(zones.key, key_of(np.maximum(zone, 0), at), side="right") - 1
    first = np.searchsorted(zones.key, key_of(codes, int(at.min())), side="right") - 1
    last = np.searchsorted(zones.key, key_of(codes, int(at.max())), side="right") - 1
    if (first == last).all():
        return np.asarray(first[np.maximum(zone, 0)], dtype=np.int64)
    return np.searchsorted(zones.key, key_of(np.maximum(zone, 0), at), side="right") - 1
