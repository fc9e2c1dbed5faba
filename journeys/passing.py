"""Time passes in a house: `python -m journeys.passing minutes 2`, or `days 30`.

A minute of its worker is what waits, then what each minute asks for, then what that made wait. A
day is lived as the demo's bar lives it.
"""

import os
import sys
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")


def minutes(count: int) -> None:
    """Work as the worker beside the pages would in so many minutes, without waiting for them."""
    from evenhand.site import jobs
    from evenhand.site.commands import worker

    worker.main(["--once"])
    for _ in range(count):
        jobs.tick(timestamp=0)
        worker.main(["--once"])


def days(count: int) -> None:
    """Live through so many days."""
    from evenhand.site import clock, demo_book

    demo_book.advance(clock.today(), clock.today() + timedelta(days=count))


if __name__ == "__main__":
    import django

    django.setup()
    {"minutes": minutes, "days": days}[sys.argv[1]](int(sys.argv[2]))
