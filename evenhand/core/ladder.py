"""The next step for a loan that has something due, and the next day on which it may change.

A strategy is a row of rungs, each a number of days counted from an anchor:
- a rung of 0 or less is a due notice (purpose due_reminder); its anchor is the coming due day. It
  is taken only while nothing is past due: a loan past due hears of that first;
- a rung of 1 or more is a reminder (purpose collect); its anchor is past_due_since, the due day of
  the oldest past-due instalment, so the rung is the days past due on which it opens.

With days = on - anchor, a rung is open where rung <= days < rung + LAPSE_DAYS (a due notice also
only while days <= 0). A rung not taken while open lapses: someone who pays one of two late
instalments is not told tomorrow what was said of the first one long ago. A rung is taken once for
one anchor, and taking it passes over the rungs below it. Of the open rungs not yet taken the
highest is the step. While a plan holds the loan (`held_until` > on) there is no step.

A step is per borrower: the loan with the most serious step leads (collect before due_reminder, then
the oldest anchor, then the higher rung, then the first row), and every loan of that borrower with a
step of the same purpose is named in it and takes its own rung by it. A loan whose step is of the
other purpose waits, and is looked at again the next day.

Nothing here depends on a clock or on how often it is asked: without a new fact a step changes only
on a day that `look_on` gave (see `next_step`).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints, require
from evenhand.core.days import NEVER
from evenhand.core.position import AGE_EDGES, Position
from evenhand.core.words import PURPOSES, code

LAPSE_DAYS: Final = 3
NONE: Final = -NEVER
COLLECT: Final = code("collect", PURPOSES)
DUE_REMINDER: Final = code("due_reminder", PURPOSES)


@dataclass(frozen=True, slots=True)
class Progress:
    """Columns [L]: what was said already about each loan, and what holds it.

    `rung` is the last rung taken and `since` its anchor, from the last intended contact that names
    the loan (rung NONE and since NEVER where there is none); `held_until` the first day on which no
    plan holds the loan any more (0 where none does, NEVER until a fact ends it).
    """

    rung: Ints
    since: Ints
    held_until: Ints


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of L loans of B borrowers on a day.

    [L]: `rung` the rung to take (NONE without a step), `purpose` its code in words.PURPOSES (-1
    without), `since` its anchor (NEVER without), `look_on` the next day on which this loan's step,
    age band or due sums may change without a new fact, `named` whether its borrower's step names
    it.
    [B]: `first` row of each borrower, `lead` the row that leads (-1 where no loan has a step),
    `borrower_look_on` the earliest of its loans' days.
    """

    rung: Ints
    purpose: Ints
    since: Ints
    look_on: Ints
    named: Bools
    first: Ints
    lead: Ints
    borrower_look_on: Ints


def fresh(loans: int) -> Progress:
    """Nothing said yet, nothing held, for `loans` loans.

    >>> fresh(1).rung.tolist() == [NONE]
    True
    """
    zero = np.zeros(loans, dtype=np.int64)
    return Progress(zero + NONE, zero + NEVER, zero)


def next_step(rungs: Ints, position: Position, progress: Progress, borrower: Ints) -> Steps:
    """The steps on the day the position stands on.

    `rungs` [L, K] are each loan's strategy, rising, padded with NEVER; `borrower` [L] is sorted, so
    that a borrower's loans lie together. Raises KeyedError where either is out of order.

    `look_on` is after `on`; NEVER where nothing lies ahead. Asking on every day, or only on the
    days it gives and on days with a new fact, takes the same steps on the same days.

    >>> from evenhand.core.position import Payments, stand
    >>> from evenhand.core.terms import Terms
    >>> one, none = np.array([1]), np.array([], dtype=np.int64)
    >>> terms = Terms(one, one * 180_000, one * 360, one, np.array([[100]]), np.array([[50_000]]),
    ...               np.array([[500]]), np.array([[0]]), np.array([[0]]))
    >>> rungs = np.array([[-3, 0, 1, 3, 7, 14]])
    >>> def on(day, progress):
    ...     position = stand(terms, Payments(none, none, none), day)
    ...     steps = next_step(rungs, position, progress, one)
    ...     return int(steps.rung[0]), int(steps.purpose[0]), int(steps.look_on[0])
    >>> on(97, fresh(1))  # three days before the due day: a due notice; look again on the due day
    (-3, 1, 100)
    >>> on(101, fresh(1))  # one day past due: the first reminder; look again when the next opens
    (1, 0, 103)
    >>> on(101, Progress(one, one * 100, one * 0)) == (NONE, -1, 103)  # it was taken already
    True
    >>> on(106, fresh(1)) == (NONE, -1, 107)  # the reminder of day 3 lapsed, that of day 7 comes
    True
    """
    require(rungs[:, 1:] >= rungs[:, :-1], "strategy", "rungs out of order")
    require(np.diff(borrower, prepend=borrower[:1]) >= 0, "borrower", "not sorted")
    past_due = position.past_due_since != NEVER
    anchor = np.where(past_due, position.past_due_since, position.next_due_on)
    taken = np.where(progress.since == anchor, progress.rung, NONE)
    rung = _rung(rungs, position.on - anchor, past_due, taken)
    rung = np.where(progress.held_until > position.on, NONE, rung)
    purpose = np.where(rung == NONE, -1, np.where(past_due, COLLECT, DUE_REMINDER))
    since = np.where(rung == NONE, NEVER, anchor)
    released = _after(progress.held_until, position.on)
    look_on = np.minimum(_look_on(rungs, position, anchor), released)
    first = np.flatnonzero(np.diff(borrower, prepend=borrower[:1] - 1))
    lead, named = _lead(rung, purpose, since, first)
    waits = (rung != NONE) & ~named
    look_on = np.where(waits, np.minimum(look_on, position.on + 1), look_on)
    earliest = np.minimum.reduceat(look_on, first) if len(first) else first
    return Steps(rung, purpose, since, look_on, named, first, lead, earliest)


def _rung(rungs: Ints, days: Ints, past_due: Bools, taken: Ints) -> Ints:
    """The highest open rung above `taken`, NONE without one."""
    since = days[:, None]
    is_open = (rungs <= since) & (since < rungs + LAPSE_DAYS) & (rungs > taken[:, None])
    is_open &= (rungs >= 1) == past_due[:, None]
    highest: Ints = np.where(is_open, rungs, NONE).max(axis=1, initial=NONE)
    return highest


def _look_on(rungs: Ints, position: Position, anchor: Ints) -> Ints:
    """The first day after `on` on which a rung opens or lapses, an age band begins, or a due sum
    changes: a superset of the days on which the step changes."""
    on, due = position.on, position.next_due_on
    opens = np.where(anchor[:, None] == NEVER, NEVER, anchor[:, None] + rungs)
    ahead = np.minimum(_after(opens, on[:, None]), _after(opens + LAPSE_DAYS, on[:, None]))
    bands = _after(position.past_due_since[:, None] + np.array(AGE_EDGES), on[:, None])
    sums = np.minimum(_after(due, on), _after(due + 1, on))
    turns = np.minimum(ahead.min(axis=1, initial=NEVER), bands.min(axis=1))
    return np.asarray(np.minimum(turns, sums), dtype=np.int64)


def _after(days: Ints, on: Ints) -> Ints:
    return np.where((days > on) & (days < NEVER), days, NEVER)


def _lead(rung: Ints, purpose: Ints, since: Ints, first: Ints) -> tuple[Ints, Bools]:
    """The leading row of each borrower (-1 without a step), and the rows its step names."""
    rows = np.arange(len(rung))
    group = np.searchsorted(first, rows, side="right") - 1
    weight = np.where(purpose == COLLECT, 0, np.where(purpose == DUE_REMINDER, 1, 2))
    order = np.lexsort((rows, -rung, since, weight, group))
    lead = order[first]
    stepless = rung[lead] == NONE
    named = (rung != NONE) & (purpose == purpose[lead][group])
    return np.where(stepless, -1, lead), named
