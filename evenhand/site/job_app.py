"""The job app as a worker sees it: every room's tasks, and the one that moves the demo's clock.

Apart from `jobs`, because the demo lives its days by means of it.
"""

from datetime import date
from typing import Final

from django.conf import settings
from procrastinate import App, Blueprint

from evenhand.site import demo_book, jobs
from evenhand.site.demo import MOVE

demo_tasks: Final = Blueprint()


@demo_tasks.task(name=MOVE)
def advance(since: str, until: str) -> None:
    """Live through the days; done again after a crash, it goes on where the clock stands."""
    demo_book.advance(date.fromisoformat(since), date.fromisoformat(until))


def install(app: App) -> None:
    """Give the job app our tasks once it is ready."""
    jobs.install(app)
    if settings.EVENHAND_DEMO:
        app.add_tasks_from(demo_tasks, namespace="")
