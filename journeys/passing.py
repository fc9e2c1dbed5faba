"""Time passes in a house: minutes of the worker beside its pages, or whole days.

A minute of its worker is what waits, then what each minute asks for, then what that made wait; a
code on its way is older by that minute, or how soon the next may be asked for would hang on how
fast the machine is. A
day is lived as the demo's bar lives it, by the lives that go by that name.
"""

from datetime import timedelta
from typing import Final

OLDER: Final = "update contact_security_code set at = at - make_interval(mins => %s)"


def minutes(count: int, _lives: str) -> None:
    """Work as the worker beside the pages would in so many minutes, without waiting for them."""
    from django.db import connection

    from evenhand.site import jobs
    from evenhand.site.commands import worker

    with connection.cursor() as cursor:
        cursor.execute(OLDER, [count])
    worker.main(["--once"])
    for _ in range(count):
        jobs.tick(timestamp=0)
        worker.main(["--once"])


def days(count: int, lives: str) -> None:
    """Live through so many days."""
    from evenhand.site import clock, demo_book
    from journeys import house

    today = clock.today()
    demo_book.advance(today, today + timedelta(days=count), house.lives_of(lives))


UNITS = {"minutes": minutes, "days": days}
