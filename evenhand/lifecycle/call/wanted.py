"""Whom to call today and why: what was promised for today, a time asked for, a rung of the ladder.

Only loans past due give a call anything to be about. Whether it may be made is the gate's to say:
a loan under a plan or a complaint stands here too, and the refusal says why nobody calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.days import NEVER, iso
from evenhand.core.ladder import LAPSE_DAYS, NONE, Progress, next_step
from evenhand.core.words import CHANNELS, STATE_KINDS, code
from evenhand.law import strategies
from evenhand.ledger import columns, contacts, house, standing, streams
from evenhand.ledger.calls import CALL, promises
from evenhand.ledger.facts import Fact
from evenhand.ledger.kinds_contact import CALLED_FOR
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.call import queries
from evenhand.people import persons

LIST_MAX: Final = 500
"""The most people one day's list holds: more than a team calls."""
AGREED: Final = code("debtor_agreed", STATE_KINDS)
PHONE: Final = "phone"


class Sum(NamedTuple):
    """What is past due in one currency."""

    minor: int
    currency: str


class Todo(NamedTuple):
    """Somebody to call today. `why` is one of CALLED_FOR, the weightiest first; `window` when they
    asked to be called (0, 0 where they did not); `address` 0 where no phone is known."""

    borrower: int
    why: tuple[str, ...]
    loans: list[list[Any]]
    days: int
    since: str
    sums: list[Sum]
    address: int
    window: tuple[int, int]

    def early(self, at: int) -> bool:
        """Did the person ask for a time that has not come? Then nobody calls before."""
        return self.window[0] > at

    @property
    def amounts(self) -> list[int]:
        return [one.minor for one in self.sums]


def today(at: int) -> list[Todo]:
    """Everybody to call on the day of `at` (microseconds UTC): promises, then times asked for, then
    the ladder, the longest past due first."""
    by_ladder, promised, called_back = _by_ladder(at), _promised(at), call_backs(at)
    everybody = sorted({*by_ladder, *promised, *called_back})
    found = todos(everybody, at, promised=promised, windows=called_back)
    return sorted(found, key=_weight)


def todo(borrower: int, facts: Sequence[Fact], at: int) -> Todo | None:
    """The same of one person; None where there is nothing to call about today."""
    promised = {borrower} if _open_promise(facts, at) else set()
    windows = {who: when for who, when in call_backs(at).items() if who == borrower}
    found = todos([borrower], at, promised=promised, windows=windows)
    return found[0] if found else None


def todos(
    borrowers: Sequence[int],
    at: int,
    *,
    promised: Iterable[int],
    windows: Mapping[int, tuple[int, int]],
) -> list[Todo]:
    """Those of the borrowers (rising) with something past due and a reason to call, by borrower."""
    on = house.day_number(house.day_of(at))
    stood = standing.stand(np.array(borrowers, dtype=np.int64), on)
    taken = _taken(stood)
    steps = _steps(stood, taken)
    phones = {p.person: p.point for p in persons.points(borrowers) if p.kind == PHONE}
    found = []
    for borrower in borrowers:
        rows = np.flatnonzero((stood.borrower == borrower) & (stood.position.past_due_minor > 0))
        has = {
            "promise": borrower in promised,
            "call_back": borrower in windows,
            "rung": any(steps[row] != NONE for row in rows.tolist()),
        }
        why = tuple(reason for reason in CALLED_FOR if has[reason])
        if len(rows) and why:
            loans = _loans(stood, rows.tolist(), steps, taken)
            window = windows.get(borrower, (0, 0))
            found.append(_todo(stood, rows, loans, why, phones.get(borrower, 0), window))
    return found


def call_backs(at: int) -> dict[int, tuple[int, int]]:
    """Who asked to be called at a time of today that is not over: borrower to (from, until)."""
    asked = {
        "kind": AGREED,
        "channel": code(CALL, CHANNELS),
        "at": at,
        "end": house.midnight(house.day_of(at) + timedelta(days=1)),
        "limit": LIST_MAX,
    }
    found: dict[int, tuple[int, int]] = {}
    for borrower, _seq, since, until in columns.rows(queries.CALL_BACKS, asked):
        found.setdefault(borrower, (since, until))
    return found


def _weight(one: Todo) -> tuple[int, int, int, int]:
    return CALLED_FOR.index(one.why[0]), one.window[0], -one.days, one.borrower


def _by_ladder(at: int) -> list[int]:
    pairs = [(name, day) for name, days in strategies.calls().items() for day in days]
    asked = {
        "strategies": [name for name, _day in pairs],
        "days": [day for _name, day in pairs],
        "on": house.day_of(at),
        "lapse": LAPSE_DAYS,
        "limit": LIST_MAX,
    }
    return [int(row[0]) for row in columns.rows(queries.PAST_DUE, asked)]


def _promised(at: int) -> set[int]:
    """Who has promised to pay by today and has not paid it all yet."""
    asked = {"by": house.day_of(at).isoformat(), "limit": LIST_MAX}
    borrowers = [int(row[0]) for row in columns.rows(queries.PROMISED, asked)]
    facts: dict[int, list[Fact]] = {borrower: [] for borrower in borrowers}
    for fact in streams.streams(borrowers) if borrowers else ():
        facts[fact.borrower].append(fact)
    return {borrower for borrower in borrowers if _open_promise(facts[borrower], at)}


def _open_promise(facts: Sequence[Fact], at: int) -> bool:
    day = house.day_of(at)
    return any(one.by == day and one.state(day) == "open" for one in promises(facts))


def _taken(stood: Standing) -> list[tuple[int, int]]:
    """The last rung of each loan and the day it counts from."""
    known = contacts.progress(np.unique(stood.borrower))
    rows = zip(known["loan"].tolist(), known["rung"].tolist(), known["since"].tolist(), strict=True)
    by_loan = {loan: (rung, since) for loan, rung, since in rows}
    return [by_loan.get(loan, (NONE, NEVER)) for loan in stood.loan.tolist()]


def _steps(stood: Standing, taken: Sequence[tuple[int, int]]) -> list[int]:
    """The rung of calls each loan has open and not taken, NONE without. Plans are the gate's."""
    if not len(stood.loan):
        return []
    rung, since = (np.array(column, dtype=np.int64) for column in zip(*taken, strict=True))
    progress = Progress(rung, since, np.zeros(len(rung), dtype=np.int64))
    rungs = strategies.calls_of(stood.rows["strategy"])
    return list(next_step(rungs, stood.position, progress, stood.borrower).rung.tolist())


def _loans(
    stood: Standing, rows: Sequence[int], steps: Sequence[int], taken: Sequence[tuple[int, int]]
) -> list[list[Any]]:
    """[loan, rung, since] of what is past due, the oldest first: the rung the call takes, else the
    one taken already, so that a call for another reason takes none."""
    found = []
    for row in sorted(rows, key=lambda row: int(stood.position.past_due_since[row])):
        since = int(stood.position.past_due_since[row])
        before, counted_from = taken[row]
        stands = max(before, 0) if counted_from == since else 0
        rung = steps[row] if steps[row] != NONE else stands
        found.append([int(stood.loan[row]), rung, str(iso(np.array([since]))[0])])
    return found


def _todo(
    stood: Standing,
    rows: np.ndarray[Any, np.dtype[np.intp]],
    loans: list[list[Any]],
    why: tuple[str, ...],
    address: int,
    window: tuple[int, int],
) -> Todo:
    sums: dict[str, int] = {}
    for row in rows.tolist():
        currency = stood.rows["currency"][row].decode()
        sums[currency] = sums.get(currency, 0) + int(stood.position.past_due_minor[row])
    return Todo(
        int(stood.borrower[rows[0]]),
        why,
        loans,
        int(stood.position.past_due_days[rows].max()),
        loans[0][2],
        [Sum(minor, currency) for currency, minor in sorted(sums.items())],
        address,
        window,
    )
