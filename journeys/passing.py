"""Time passes in a house: `python -m journeys.passing demo minutes 2`, or `late days 30`.

A minute of its worker is what waits, then what each minute asks for, then what that made wait. A
day is lived as the demo's bar lives it, by the lives that go by that name.
"""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")


def minutes(count: int, _lives: str) -> None:
    """Work as the worker beside the pages would in so many minutes, without waiting for them."""
    from evenhand.site import jobs
    from evenhand.site.commands import worker

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


if __name__ == "__main__":
    import django

    django.setup()
    {"minutes": minutes, "days": days}[sys.argv[2]](int(sys.argv[3]), sys.argv[1])
