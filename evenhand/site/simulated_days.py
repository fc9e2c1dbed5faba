"""A house living through days of ours: the worker's functions, called with moments we choose.

Replay and demo share it. Nothing here decides anything: from 08:00 on what is due is sent at the
moment it is due, at noon people act, and at 00:05 of the next day the day is closed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from typing import Final

from evenhand.dayclose import close
from evenhand.ledger import columns, looks
from evenhand.ledger.house import day_number
from evenhand.outbound.contact import heard, send
from evenhand.outbound.contact.results import Tally
from evenhand.providers.sms.simulator import Simulator
from evenhand.site import clock, jobs, queries
from evenhand.site.hands import Hands
from evenhand.site.simulated_money import pay_until

OPENING: Final = (8, 0)
NOON: Final = (12, 0)


class House:
    """The moment it stands at, which reactions are told, and the hands that work in it."""

    def __init__(self, moment: int) -> None:
        self.moment = moment
        self.hands = Hands()


@contextmanager
def standing_at(moment: int) -> Iterator[House]:
    """A house whose reactions run in this process, right after the commit; then as before."""
    house = House(moment)
    jobs.install_inline(lambda: house.moment)
    try:
        yield house
    finally:
        house.hands.rest()
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
    due = len(looks.everybody_due(day_number(day) + 1))
    house.hands.work(due, lambda parts: close.close(day, house.moment, parts))


def send_until(house: House, first: int, last: int) -> Tally:
    """Send at every moment from `first` to `last` at which something is due, and pay what is; the
    phones answer, and the bank."""
    tally = Tally()
    while True:
        waiting, found = _waiting(last)
        moment = max(found, first) if waiting else last
        if pay_until(house, first, moment):
            continue
        if not waiting:
            break
        house.moment = moment
        operator = Simulator(partial(heard.hear, moment))
        for sent in house.hands.work(waiting, partial(_send, moment, operator)):
            tally.add(sent)
        while operator.call_back():
            continue
        first = moment + 1
    house.moment = last
    return tally


def _send(moment: int, operator: Simulator, parts: Sequence[int]) -> Tally:
    return send.send_due(moment, parts, provider=operator)


def _waiting(last: int) -> tuple[int, int]:
    """How many contacts are due up to `last`, and the moment the first of them is due."""
    count, first = columns.rows(queries.WAITING, {"last": last})[0]
    return int(count), int(first)
