"""The machine's calendar day, for what is asked without a house; in a house, `site/clock.py`."""

from datetime import date, datetime


def today() -> date:
    """The day where the machine stands."""
    return datetime.now().astimezone().date()
