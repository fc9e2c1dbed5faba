"""Work on many together; where one's data do not allow it, by halves, down to that one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Final, TypeVar

from evenhand.core.columns import KeyedError
from evenhand.ledger.parts import part_of
from evenhand.outbound.contact.outbox import Leaving, Waiting

FAULTS: Final = (ValueError, AssertionError, ArithmeticError, LookupError)
"""What a borrower's data may raise; whatever else goes wrong stops the work."""
Row = TypeVar("Row", Waiting, Leaving)
_log: Final = logging.getLogger(__name__)


def by_halves(rows: Sequence[Row], work: Callable[[Sequence[Row]], object]) -> set[Row]:
    """Do `work`, which does all its rows or none; returns those that could not be done.

    They stay as they were, so that every run tries them again, and keep nobody else waiting.
    """
    if not rows:
        return set()
    try:
        work(rows)
    except FAULTS as fault:
        if len(rows) == 1:
            _say(rows[0], fault)
            return {rows[0]}
        half = len(rows) // 2
        return by_halves(rows[:half], work) | by_halves(rows[half:], work)
    return set()


def _say(row: Waiting | Leaving, fault: BaseException) -> None:
    """One line for whoever looks after the house: whose data, and what they raised."""
    why = fault.key if isinstance(fault, KeyedError) else type(fault).__name__
    place = {"borrower": row.borrower, "seq": row.seq, "part": part_of(row.borrower)}
    _log.error("a contact is set aside", exc_info=fault, extra={**place, "kind": why})
