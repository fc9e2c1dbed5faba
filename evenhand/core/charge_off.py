"""The day on which an accounting rule takes a loan off the books (charge-off), as columns.

A loan's day is so many days after the due day of its oldest instalment past due, or so many after
the lender was told of a bankruptcy, whichever comes first. It is charged off once; a loan paid off
or caught up before its day is not. Nothing of what is owed changes.
"""

from typing import NamedTuple

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.days import NEVER
from evenhand.core.position import Position


class Due(NamedTuple):
    """Columns [L]: whether the loan's day has come, whether it came by the bankruptcy, and the next
    day on which it may come without a new fact, NEVER where none lies ahead."""

    now: Bools
    by_bankruptcy: Bools
    look_on: Ints


def due(position: Position, notified_on: Ints, done: Bools, age: int, notified: int) -> Due:
    """`notified_on` [L] is when a bankruptcy that stands was told of, NEVER without one; `done` [L]
    is charged off already; `age` and `notified` are the rule's days.

    Asking on every day, or only on the days it gives, on those of a new fact and on those on which
    something falls past due, finds the same loans on the same days.
    """
    old = np.minimum(position.past_due_since, NEVER - age) + age
    told = np.minimum(notified_on, NEVER - notified) + notified
    day = np.where(done | position.paid_off, NEVER, np.minimum(old, told))
    return Due(
        day <= position.on,
        (told < old) & (day <= position.on),
        np.where(day > position.on, day, NEVER),
    )
