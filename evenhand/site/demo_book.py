"""The demo book: 300 made-up borrowers over 200 days, made by running the real code.

Each day is lived as the house lives it (close, sending, what people do at noon) with the house
clock moved along. A book cut short is thrown away and made anew.
"""

import os
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

import psycopg
from django.conf import settings
from django.db import connection

from evenhand.ledger import house, products, streams
from evenhand.outbound.contact import made_up
from evenhand.people import staff
from evenhand.site import clock, demo_acts, demo_lives, demo_staff, environment, mark
from evenhand.site.demo_lives import Life
from evenhand.site.demo_people import DAYS, FIRST_DAY
from evenhand.site.simulated_days import (
    NOON,
    OPENING,
    House,
    close_day,
    send_until,
    standing_at,
)

LAST_DAY: Final = FIRST_DAY + timedelta(days=DAYS - 1)
MORNING: Final = (9, 30)
"""When a visitor comes in, on the day after the last one lived."""
WIPE: Final = (
    "set lock_timeout = '10s'",
    "drop schema public cascade",
    "create schema public",
    "grant usage on schema public to public",
)


class NotDemo(Exception):
    """This house is not in demo mode: nothing made-up gets in, and nothing is thrown away."""


def state() -> str:
    """ "none", "cut short" or "stands"."""
    _require_demo()
    if not streams.head(house.DAYCLOSE).seq and clock.demo_moment() is None:
        return "none"
    moment = clock.demo_moment()
    finished = moment is not None and moment > clock.moment_of(LAST_DAY + timedelta(days=1), 0, 5)
    return "stands" if finished else "cut short"


def seed(lived: Callable[[date], None] = lambda day: None, days: int = DAYS) -> None:
    """Make the book in an empty house; `lived` hears of each day.

    After fewer `days` than all it is cut short: no visitor comes in on such a book.
    """
    _require_demo()
    with connection.cursor() as cursor:
        # A crash costs the made-up book, which is then made anew: no need to wait for the disk.
        cursor.execute("set synchronous_commit = off")
    products.seed("demo_all")
    demo_staff.enlist_all()
    made_up.adopt(FIRST_DAY, staff.named("wu"), staff.named("chen"))
    demo_lives.open_house(FIRST_DAY)
    with standing_at(clock.moment_of(FIRST_DAY, 0, 1)) as stood:
        numbers = demo_acts.enrolled_so_far()
        for number in range(days):
            _live(stood, numbers, FIRST_DAY + timedelta(days=number), demo_lives.LIVES)
            lived(FIRST_DAY + timedelta(days=number))
    clock.set_demo(clock.moment_of(FIRST_DAY + timedelta(days=days), *MORNING))


def advance(since: date, until: date, lives: Sequence[Life] = demo_lives.LIVES) -> None:
    """The demo bar's job: live from `since` to the morning of `until`, `lives` among the others.

    Cut off and done again it goes on where the clock stands, since each day moves it.
    """
    _require_demo()
    day = max(since, clock.today())
    with standing_at(clock.moment_of(day, *MORNING)) as stood:
        numbers = demo_acts.enrolled_so_far()
        while day < until:
            _live(stood, numbers, day, lives)
            day += timedelta(days=1)
            clock.set_demo(clock.moment_of(day, *MORNING))


def wipe() -> None:
    """Throw everything away, as the owner; the tables are to be made again (`migrate`).

    Raises mark.OtherHouse, and leaves all as it is, where the owner's database is not this house's.
    """
    _require_demo()
    entry = environment.database({**os.environ, "EVENHAND_AS_OWNER": "1"})
    connection.close()
    with psycopg.connect(
        dbname=entry["NAME"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        host=entry["HOST"],
        port=entry["PORT"],
        autocommit=True,
    ) as owner:
        if not mark.may_wipe(owner):
            raise mark.OtherHouse(mark.UNMARKED)
        for statement in WIPE:
            owner.execute(statement)


def _live(stood: House, numbers: dict[int, int], day: date, lives: Sequence[Life]) -> None:
    """From the morning of a day to the next morning, with what is due by then sent."""
    following = day + timedelta(days=1)
    noon, morning = clock.moment_of(day, *NOON), clock.moment_of(following, *MORNING)
    send_until(stood, clock.moment_of(day, *MORNING), noon)
    demo_acts.act(numbers, day, noon)
    demo_lives.act(FIRST_DAY, day, noon, lives)
    send_until(stood, noon, clock.moment_of(following) - 1)
    close_day(stood, day)
    send_until(stood, clock.moment_of(following, *OPENING), morning)


def _require_demo() -> None:
    if not settings.EVENHAND_DEMO:
        raise NotDemo
