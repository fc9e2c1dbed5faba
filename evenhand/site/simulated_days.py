"""A house living through days of ours: the worker's functions, called with moments we choose.

Replay and demo share it. Nothing here decides anything: from 08:00 on what is due is sent at the
moment it is due, at noon people act, and at 00:05 of the next day the day is closed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from typing import Final

from evenhand.dayclose import close
from evenhand.ledger import columns
from evenhand.outbound.contact import heard, send
from evenhand.outbound.contact.results import Tally
from evenhand.providers.sms.simulator import Simulator
from evenhand.site import clock, jobs, queries

OPENING: Final = (8, 0)
NOON: Final = (12, 0)


class House:
    """The moment it stands at, which reactions are told."""

    def __init__(self, moment: int) -> None:
        self.moment = moment


@contextmanager
def standing_at(moment: int) -> Iterator[House]:
    """A house whose reactions run in this process, right after the commit; then as before."""
    house = House(moment)
    jobs.install_inline(lambda: house.moment)
    try:
        yield house
    finally:
        jobs.install_deferred()


def live(house: House, day: date, at_noon: Callable[[date, int], object]) -> Tally:
    """One day from the opening to midnight; what was sent."""
    tally = send_until(house, clock.moment_of(day, *OPENING), clock.moment_of(day, *NOON))
    at_noon(day, house.moment)
    tally.add(send_until(house, house.moment, clock.moment_of(day + timedelta(days=1)) - 1))
    return tally


def close_day(house: House, day: date) -> None:
    """The day's close, at 00:05 of the next."""
    house.moment = clock.moment_of(day + timedelta(days=1), 0, 5)
    close.close(day, house.moment)


def send_until(house: House, first: int, last: int) -> Tally:
    """Send at every moment from `first` to `last` at which something is due; the phones answer."""
    tally = Tally()
    moment = _next_due(first, last)
    while moment is not None:
        house.moment = moment
        operator = Simulator(partial(heard.hear, moment))
        tally.add(send.send_due(moment, provider=operator))
        while operator.call_back():
            continue
        moment = _next_due(moment + 1, last)
    house.moment = last
    return tally


def _next_due(first: int, last: int) -> int | None:
    """The first moment from `first` on at which something is due; None without one up to `last`."""
    found = columns.rows(queries.NEXT_DUE, {"last": last})[0][0]
    return max(int(found), first) if found is not None else None
