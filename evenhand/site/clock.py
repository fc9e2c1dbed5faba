"""The house clock: the only place that reads the time.

In production it is the machine's clock. In demo mode it stands still at the moment the demo
last moved to, so that what a visitor sees does not drift while he reads it. Sessions, one-time
codes and heartbeats stay on real time and do not ask here.
"""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

SECOND = 1_000_000


def now() -> int:
    """This moment of the house, in microseconds since 1970 (UTC)."""
    if settings.EVENHAND_DEMO:
        stood = demo_moment()
        if stood is not None:
            return stood
    return time.time_ns() // 1_000


def today() -> date:
    """The house's calendar day, in the lender's zone."""
    return day_of(now())


def day_of(moment: int) -> date:
    """The lender's calendar day at a moment (microseconds UTC)."""
    seconds = moment // SECOND
    return datetime.fromtimestamp(seconds, ZoneInfo(settings.EVENHAND_ZONE)).date()


def moment_of(day: date, hour: int = 0, minute: int = 0) -> int:
    """Microseconds UTC of a wall-clock time of the lender's zone."""
    zone = ZoneInfo(settings.EVENHAND_ZONE)
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
    return (local - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def demo_moment() -> int | None:
    """Where the demo's clock stands; None before the demo book is made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT moment FROM site_house_clock WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else None


def set_demo(moment: int) -> None:
    """Move the demo's clock; refused outside demo mode, where time is not ours to move."""
    if not settings.EVENHAND_DEMO:
        raise RuntimeError("the house clock moves only in demo mode")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO site_house_clock (id, moment) VALUES (1, %s)"
            " ON CONFLICT (id) DO UPDATE SET moment = excluded.moment",
            [moment],
        )
