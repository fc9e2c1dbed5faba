"""Close a day: look at everybody whose day has come, and say once that it is done.

`close` works the same for one part (a job) and for all of them (replay, demo, the command line).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from time import perf_counter
from typing import Final

import numpy as np

from evenhand.core.columns import Ints, KeyedError
from evenhand.dayclose import planning, progress
from evenhand.dayclose.progress import Counts
from evenhand.ledger import house, looks, roots, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.parts import PARTS, part_of

ALL: Final = tuple(range(PARTS))
CHUNK: Final = 5_000
ROUNDS: Final = 8
"""How often borrowers whose heads keep moving are judged in one go; then by the next close."""
LOOK_BACK: Final = 16
"""Facts of the house stream among which its last `day.closed` lies."""
FROM_MINUTE: Final = 5
"""Minutes after the house's midnight from which the day before may be closed by itself."""
FAULTS: Final = (ValueError, AssertionError, ArithmeticError, LookupError)
"""What a borrower's data may raise; whatever else goes wrong stops the close."""

Report = Callable[[int, int], None]


class DayOutOfOrder(Exception):
    """A day is closed only after the one before it."""


def close(day: date, at: int, parts: Sequence[int] = ALL, report: Report | None = None) -> Counts:
    """Close these parts of a day, and with the last of them the day; returns what they have done.

    `at` is now, microseconds UTC; intentions are for the day after `day`, the day on which this
    runs. `report(done, of)` hears how many borrowers are through. A part that is closed is not done
    again, one that was cut off goes on. Raises DayOutOfOrder.
    """
    if not _in_order(day):
        return progress.total(day, parts)
    done = progress.closed(day)
    open_parts = [part for part in parts if part not in done]
    on = house.day_number(day) + 1
    borrowers = _due(open_parts, on)
    through = 0
    for chunk in _chunks(borrowers):
        _close_some(day, chunk, at)
        through += len(chunk)
        if report is not None:
            report(through, len(borrowers))
    progress.close(day, open_parts)
    _say_closed(day, at)
    return progress.total(day, parts)


def last_closed() -> date | None:
    """The last day that is closed, None before the first."""
    head = streams.head(house.DAYCLOSE)
    first = max(1, head.seq - LOOK_BACK + 1)
    facts = streams.facts_at((house.DAYCLOSE, seq) for seq in range(first, head.seq + 1))
    days = [fact.day for fact in facts if fact.kind == "day.closed"]
    return max(days, default=None)


def next_to_close(now: int) -> date | None:
    """The day to be closed at `now` by the house clock, None while there is none.

    The day after the last closed one, or yesterday before the first close.
    """
    ended = house.day_of(now - FROM_MINUTE * 60_000_000) - timedelta(days=1)
    last = last_closed()
    day = ended if last is None else last + timedelta(days=1)
    return day if day <= ended else None


def _in_order(day: date) -> bool:
    """Is this the day to close? False where it is closed already; raises DayOutOfOrder."""
    last = last_closed()
    if last is not None and day > last + timedelta(days=1):
        raise DayOutOfOrder(f"{day} is to be closed after {last + timedelta(days=1)}")
    return last is None or day > last


def _due(parts: Sequence[int], on: int) -> Ints:
    """Whose day has come in these parts, in order."""
    if len(parts) == PARTS:
        return looks.everybody_due(on)
    due = [looks.due_borrowers(part, on) for part in parts]
    return np.sort(np.concatenate(due)) if due else np.zeros(0, dtype=np.int64)


def _close_some(day: date, borrowers: Ints, at: int) -> None:
    """Close borrowers together; where their data do not allow it, by halves, down to the one."""
    try:
        _judge_and_write(day, borrowers, at)
    except FAULTS as fault:
        if len(borrowers) == 1:
            _set_aside(day, int(borrowers[0]), fault)
            return
        half = len(borrowers) // 2
        _close_some(day, borrowers[:half], at)
        _close_some(day, borrowers[half:], at)


def _judge_and_write(day: date, borrowers: Ints, at: int) -> None:
    on = house.day_number(day) + 1
    for _round in range(ROUNDS):
        if not len(borrowers):
            break
        began = perf_counter()
        made = planning.plan(borrowers, on, at)
        borrowers = planning.write(day, made, at, int((perf_counter() - began) * 1000))


def _set_aside(day: date, borrower: int, fault: BaseException) -> None:
    """Note a borrower whose data could not be worked out; stays due, so every close tries again."""
    why = fault.key if isinstance(fault, KeyedError) else type(fault).__name__
    progress.add(day, {part_of(borrower): Counts(looked=1, set_aside={borrower: why})})


def _say_closed(day: date, at: int) -> None:
    """Write the day's root and `day.closed`, together and once, when every part is done.

    The root is over what was learnt before the planning day began: what this close wrote, and
    whatever else came since, is in the next one.
    """
    while len(progress.closed(day)) == PARTS:
        head = streams.head(house.DAYCLOSE)
        last = last_closed()
        if last is not None and last >= day:
            return
        drafts = [roots.draft(day, cut=house.midnight(day + timedelta(days=1))), _closed_draft(day)]
        try:
            streams.append(house.DAYCLOSE, drafts, at=at, expected_seq=head.seq)
            return
        except streams.Moved:
            continue


def _closed_draft(day: date) -> Draft:
    whole = progress.total(day, ALL)
    body = {
        "day": day.isoformat(),
        "looked": whole.looked,
        "steps": whole.steps,
        "intended": whole.intended,
        "refusals": dict(sorted(whole.refusals.items())),
        "facts": whole.facts,
        "set_aside": len(whole.set_aside),
    }
    return Draft("day.closed", day, "dayclose", body=body)


def _chunks(borrowers: Ints) -> Iterator[Ints]:
    return (borrowers[first : first + CHUNK] for first in range(0, len(borrowers), CHUNK))
