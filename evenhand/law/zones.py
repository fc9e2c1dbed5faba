"""Zone names to columns of transition instants and offsets, from the system's zone database.

Known from 2000 to 2045; outside it the nearest offset stands.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt

from evenhand.core.gate_columns import NEVER_SECOND, Zones
from evenhand.core.gate_time import SPAN, key_of
from evenhand.core.words import UNKNOWN

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
LAST = datetime(2045, 1, 1, tzinfo=UTC)
STEP = timedelta(days=3)
"""No zone has changed its offset and changed it back within this time."""


class UnknownZoneError(ValueError):
    """A zone name the zone database does not hold."""


def table(names: Iterable[str]) -> Zones:
    """The columns of these zones; a zone's code is its place among the names, sorted.

    >>> table(["Asia/Shanghai"]).offset.tolist()
    [28800]
    """
    return _table(tuple(sorted(set(names))) or ("UTC",))


def codes(zones: Zones, people: Iterable[Iterable[str]]) -> npt.NDArray[np.int16]:
    """[A, Z]: the zones each person may be in, padded with UNKNOWN; none known is all padding."""
    places = {name: code for code, name in enumerate(zones.names)}
    rows = [[places[name] for name in names] for names in people]
    width = max((len(row) for row in rows), default=1) or 1
    padded = [row + [UNKNOWN] * (width - len(row)) for row in rows]
    return np.array(padded, dtype=np.int16).reshape(len(rows), width)


def midnight(zone: str, day: date) -> int:
    """The instant, in whole seconds UTC, at which `day` begins in `zone`."""
    return int(datetime.combine(day, time(), _zone(zone)).timestamp())


@lru_cache(maxsize=64)
def _table(names: tuple[str, ...]) -> Zones:
    keys, offsets, untils = [], [], []
    for code, name in enumerate(names):
        starts, shifts = zip(*_transitions(name), strict=True)
        keys.append(key_of(code, np.array((-SPAN, *starts[1:]), dtype=np.int64)))
        offsets.append(np.array(shifts, dtype=np.int64))
        untils.append(np.array((*starts[1:], NEVER_SECOND), dtype=np.int64))
    return Zones(names, np.concatenate(keys), np.concatenate(offsets), np.concatenate(untils))


@lru_cache(maxsize=1024)
def _transitions(name: str) -> tuple[tuple[int, int], ...]:
    """(instant, offset in seconds) from FIRST on, one for each change."""
    zone = _zone(name)
    found = [(int(FIRST.timestamp()), _offset(zone, FIRST))]
    at = FIRST
    while at < LAST:
        then = at + STEP
        if _offset(zone, then) != found[-1][1]:
            found.append(_change(zone, at, then))
        at = then
    return tuple(found)


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> tuple[int, int]:
    """The second in which the offset changes between two moments, and the new offset."""
    low, high = int(before.timestamp()), int(after.timestamp())
    old = _offset(zone, before)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, datetime.fromtimestamp(middle, UTC)) == old:
            low = middle
        else:
            high = middle
    return high, _offset(zone, after)


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds())


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnknownZoneError(f"no zone {name!r}") from error
