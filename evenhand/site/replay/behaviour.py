"""From the file's PAY columns to payments: months late, instalments paid, the day of paying.

The rule, per client and month t = 1 (April) … 6 (September):

- months late l_0 = 0, l_t = min(max(PAY_t, 0), l_(t-1) + 1);
- instalments paid in the month k_t = l_(t-1) + 1 − l_t, which is never below 0;
- paid on the month's due day if l_(t-1) = 0 and k_t = 1, else ten days after it; nothing when
  k_t = 0.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.core.days import NEVER
from evenhand.site.replay.clients import MONTHS

EPOCH = date(1970, 1, 1)
DUE_DAYS = tuple(date(2026, month, 1) for month in range(4, 4 + MONTHS))
DAYS_AFTER = 10


class Behaviour(NamedTuple):
    """`late[C, 7]` months late (column 0 is the start), `paid[C, 6]` instalments paid in the
    month, `paying_on[C, 6]` days since 1970 (NEVER where nothing is paid)."""

    late: np.ndarray
    paid: np.ndarray
    paying_on: np.ndarray


class Paying(NamedTuple):
    """Who pays on a day: `row` of the client, `instalments` (how many of the oldest unpaid)."""

    row: np.ndarray
    instalments: np.ndarray


def behave(pay: np.ndarray) -> Behaviour:
    """Months late, instalments paid and paying days of every client, from `pay[C, 6]`.

    >>> behave(np.array([[2, 0, -1, 0, 0, 0]])).paid.tolist()
    [[0, 2, 1, 1, 1, 1]]
    """
    late = np.zeros((len(pay), MONTHS + 1), np.int64)
    for month in range(MONTHS):
        late[:, month + 1] = np.minimum(np.maximum(pay[:, month], 0), late[:, month] + 1)
    before, after = late[:, :-1], late[:, 1:]
    paid = before + 1 - after
    due_on = np.array([(day - EPOCH).days for day in DUE_DAYS])
    in_time = (before == 0) & (paid == 1)
    paying_on = np.where(in_time, due_on, due_on + DAYS_AFTER)
    return Behaviour(late, paid, np.where(paid > 0, paying_on, NEVER))


def paying(behaviour: Behaviour, on: int) -> Paying:
    """Who pays on day `on`, and how many instalments."""
    row, month = np.nonzero(behaviour.paying_on == on)
    return Paying(row, behaviour.paid[row, month])


def month_ends(first: date, last: date) -> Iterator[tuple[int, date]]:
    """(t, the first day after month t) for each month that ends within [first, last]."""
    for index, due in enumerate(DUE_DAYS):
        after = date(due.year, due.month + 1, 1)
        if first < after and (after - last).days <= 1:
            yield index + 1, after
