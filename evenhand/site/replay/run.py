"""The replay: the clients become borrowers, and every day is closed with the whole machine running.

Imported as a tape on 2026-03-01; every day from then to 2026-09-30 is lived (what is due sent from
08:00, payments at noon) and closed at 00:05; then both halves of the matrices are compared.
"""

import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
from django.db import connection

from evenhand.law.strategies import strategies
from evenhand.ledger import house, standing
from evenhand.lifecycle.takeover import steps
from evenhand.lifecycle.takeover.steps import Files, Progress, Refused
from evenhand.outbound.contact import made_up
from evenhand.people import persons
from evenhand.site import clock, queries, simulated_days
from evenhand.site.replay.behaviour import Behaviour, behave, month_ends
from evenhand.site.replay.clients import Clients
from evenhand.site.replay.matrices import Differing, first_difference, from_file, from_positions
from evenhand.site.replay.paying_up import pay
from evenhand.site.replay.report import Day, facts_so_far
from evenhand.site.replay.tape_making import DISBURSED_ON, write_tape
from evenhand.site.simulated_days import House

LAST = date(2026, 9, 30)


class NotEmpty(Exception):
    """The database holds streams already."""


class Replayed(NamedTuple):
    """What came of it: matrices of the months that ended, ours and the file's, and the days."""

    ours: list[np.ndarray]
    the_file: list[list[list[int]]]
    days: list[Day]

    @property
    def difference(self) -> Differing | None:
        """The first cell that differs."""
        return first_difference(self.ours, self.the_file[: len(self.ours)])


class Shown(NamedTuple):
    """Who is told how far it has come."""

    begin: Callable[[int, int], None]
    imported: Progress
    closed: Callable[[Day], None]


def require_empty() -> None:
    """Raise `NotEmpty` where anybody has a stream: a replay does not mix with a real book."""
    with connection.cursor() as cursor:
        cursor.execute(queries.EMPTY)
        if not cursor.fetchone()[0]:
            raise NotEmpty


def take_over(clients: Clients, progress: Progress) -> np.ndarray:
    """Import the clients as a tape; returns their borrower numbers in the order of the file."""
    at = clock.moment_of(DISBURSED_ON, 0, 1)
    with tempfile.TemporaryDirectory() as folder:
        tape = Path(folder) / "tape.csv"
        expected = write_tape(tape, clients)
        book = steps.read(Files(tape), DISBURSED_ON, strategies())
        if book.faults:
            raise Refused(f"the tape we made has bad rows: {book.faults[0]}")
        steps.write(book, expected, at=at, progress=progress)
    references = [f"T-{number}" for number in clients.number.tolist()]
    found = persons.find_many("loan", references)
    return np.array([found[reference][0].person for reference in references], np.int64)


def live_through(
    borrowers: np.ndarray, behaviour: Behaviour, last: date, closed: Callable[[Day], None]
) -> tuple[list[np.ndarray], list[Day]]:
    """Live and close every day to `last`; `closed` hears of each. Returns matrices and days."""
    ends = {after: month for month, after in month_ends(DISBURSED_ON, last)}
    late = _months_late(borrowers, DISBURSED_ON)
    ours: list[np.ndarray] = []
    days: list[Day] = []
    with simulated_days.standing_at(clock.moment_of(DISBURSED_ON, 0, 1)) as stood:
        for number in range((last - DISBURSED_ON).days + 1):
            day = DISBURSED_ON + timedelta(days=number)
            days.append(_live(stood, borrowers, behaviour, day))
            closed(days[-1])
            after = day + timedelta(days=1)
            if after in ends:
                was, late = late, _months_late(borrowers, after)
                ours.append(from_positions(was, late))
    return ours, days


def replay(path: Path, clients: Clients, last: date, shown: Shown) -> Replayed:
    """The whole replay of the clients read from `path`, on an empty database (`require_empty`)."""
    behaviour = behave(clients.pay)
    made_up.adopt(DISBURSED_ON)
    shown.begin(len(clients.number), (last - DISBURSED_ON).days + 1)
    borrowers = take_over(clients, shown.imported)
    ours, days = live_through(borrowers, behaviour, last, shown.closed)
    return Replayed(ours, from_file(path, len(clients.number)), days)


def _live(stood: House, borrowers: np.ndarray, behaviour: Behaviour, day: date) -> Day:
    """One day from its first sending to its close."""
    began, before = time.monotonic(), facts_so_far()
    tally = simulated_days.live(stood, day, partial(pay, stood.hands, borrowers, behaviour))
    lived = time.monotonic()
    simulated_days.close_day(stood, day)
    ended = time.monotonic()
    return Day(day, ended - lived, ended - began, facts_so_far() - before, tally.sent)


def _months_late(borrowers: np.ndarray, after: date) -> np.ndarray:
    """Due instalments unpaid at the close of the day before `after`, client by client."""
    stood = standing.stand(borrowers, house.day_number(after))
    order = np.searchsorted(stood.borrower, borrowers)
    return stood.position.past_due_count[order]
