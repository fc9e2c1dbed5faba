"""What each part of each day has done: written with the work itself, so it survives a crash.

Counts of a chunk are added in the transaction that writes the chunk's facts. A day that was cut
off and goes on ends with the same counts as one that was not.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db import connection

_OPEN: Final = """
    insert into dayclose_progress (day, part) select %s, unnest(%s::smallint[])
    on conflict (day, part) do nothing
"""
_READ: Final = """
    select part, closed, looked, steps, intended, facts, milliseconds, refusals::text,
           set_aside::text
    from dayclose_progress where day = %s and part = any(%s) order by part
"""
_LOCKED: Final = f"{_READ} for update"
"""What is read to be added to: whoever adds to the same part waits until this is written."""
_WRITE: Final = """
    update dayclose_progress p
    set looked = n.looked, steps = n.steps, intended = n.intended, facts = n.facts,
        milliseconds = n.milliseconds, refusals = n.refusals, set_aside = n.set_aside
    from unnest(%s::smallint[], %s::int[], %s::int[], %s::int[], %s::int[], %s::bigint[],
                %s::jsonb[], %s::jsonb[])
         as n (part, looked, steps, intended, facts, milliseconds, refusals, set_aside)
    where p.day = %s and p.part = n.part
"""
_CLOSE: Final = """
    insert into dayclose_progress (day, part, closed) select %s, unnest(%s::smallint[]), true
    on conflict (day, part) do update set closed = true
"""
_CLOSED: Final = "select part from dayclose_progress where day = %s and closed"
_DAYS: Final = """
    select day, count(*) filter (where closed), sum(looked), sum(steps), sum(intended), sum(facts),
           sum(milliseconds), count(*) filter (where set_aside <> '{}')
    from dayclose_progress group by day order by day desc limit %s
"""


@dataclass(slots=True)
class Counts:
    """What was done for some borrowers on one day."""

    looked: int = 0
    steps: int = 0
    intended: int = 0
    facts: int = 0
    milliseconds: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    """Rule id to how many asks it refused in planning."""
    set_aside: dict[int, str] = field(default_factory=dict)
    """Borrower to the reason their data could not be worked out."""

    def add(self, other: Counts) -> None:
        """Take another's counts into these."""
        self.looked += other.looked
        self.steps += other.steps
        self.intended += other.intended
        self.facts += other.facts
        self.milliseconds += other.milliseconds
        self.refusals.update(other.refusals)
        self.set_aside |= other.set_aside


@dataclass(frozen=True, slots=True)
class Line:
    """One day for the page that lists days."""

    day: date
    parts_closed: int
    looked: int
    steps: int
    intended: int
    facts: int
    milliseconds: int
    parts_with_set_aside: int


def add(day: date, by_part: Mapping[int, Counts]) -> None:
    """Add to what those parts have done; in the transaction of the work counted."""
    if not by_part:
        return
    parts = sorted(by_part)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [day, parts])
    stood = _counted(_LOCKED, day, parts)
    for part in parts:
        stood[part].add(by_part[part])
    _write(day, stood)


def of(day: date, parts: Iterable[int]) -> dict[int, Counts]:
    """What those parts have done so far; parts not begun are missing."""
    return _counted(_READ, day, parts)


def total(day: date, parts: Iterable[int]) -> Counts:
    """The sum over parts."""
    whole = Counts()
    for counts in of(day, parts).values():
        whole.add(counts)
    return whole


def close(day: date, parts: Sequence[int]) -> None:
    """Those parts are done for that day."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [day, list(parts)])


def closed(day: date) -> set[int]:
    """The parts that are done for that day."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED, [day])
        return {part for (part,) in cursor.fetchall()}


def days(limit: int = 60) -> list[Line]:
    """The newest days first."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [limit])
        return [Line(row[0], *map(int, row[1:])) for row in cursor.fetchall()]


def _counted(statement: str, day: date, parts: Iterable[int]) -> dict[int, Counts]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [day, list(parts)])
        return {row[0]: _counts(row) for row in cursor.fetchall()}


def _counts(row: Sequence[Any]) -> Counts:
    _part, _closed, looked, steps, intended, facts, milliseconds, refusals, set_aside = row
    return Counts(
        looked,
        steps,
        intended,
        facts,
        milliseconds,
        Counter(json.loads(refusals)),
        {int(borrower): why for borrower, why in json.loads(set_aside).items()},
    )


def _write(day: date, stood: Mapping[int, Counts]) -> None:
    rows = [
        (
            part,
            c.looked,
            c.steps,
            c.intended,
            c.facts,
            c.milliseconds,
            json.dumps(c.refusals),
            json.dumps(c.set_aside),
        )
        for part, c in stood.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*map(list, zip(*rows, strict=True)), day])
