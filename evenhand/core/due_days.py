"""On which days instalments fall due: the steps of the contract, a first day of choice, month ends,
and what happens where a due day is a holiday.

A month's step keeps the day of the month, or takes the month's last day where it has none; a fixed
day of 31 is every month's end. A first due day of choice makes the first period odd: longer or
shorter than the others, which step on from it. A holiday moves the day on which to pay, forward or
backward to the nearest open day, and never the interest: its periods run by the days unmoved.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core import days
from evenhand.core.columns import Bools, Ints, require

UNITS: Final = ("day", "week", "month")
DAY, WEEK, MONTH = range(3)
SHIFTS: Final = ("none", "forward", "backward")
NONE, FORWARD, BACKWARD = range(3)
WEEKEND: Final = (5, 6)
UNIT_DAYS: Final = (1, 7, 30)
SHORTEST_MONTH: Final = 28
TABLE_WORTH: Final = 64


@dataclass(frozen=True, slots=True)
class Closed:
    """The closed days of C calendars from `since` to before `until`: `closed` [C, days]."""

    since: int
    until: int
    closed: Bools


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the due days was chosen, [L]: `first_on` the first due day (NEVER: it follows from
    disbursal), `month_day` the fixed day of the month (0: none; 31: month's end), `shift` a code of
    SHIFTS, `calendar` the row of `holidays` by which it shifts. `begun_on` is the day on which the
    first period began, of what is left of a loan within one (NEVER: its first period is its own).
    """

    first_on: Ints
    month_day: Ints
    shift: Ints
    calendar: Ints
    begun_on: Ints
    holidays: Closed

    def take(self, rows: Ints | slice) -> "Chosen":
        """The same columns for the loans at `rows`, in that order."""
        return Chosen(
            self.first_on[rows],
            self.month_day[rows],
            self.shift[rows],
            self.calendar[rows],
            self.begun_on[rows],
            self.holidays,
        )


def nothing_chosen(loans: int) -> Chosen:
    """So many loans whose due days follow from their disbursal, holidays or not."""
    none = np.zeros(loans, dtype=np.int64)
    without = Closed(0, 0, np.zeros((1, 0), dtype=np.bool_))
    return Chosen(none + days.NEVER, none, none + NONE, none, none + days.NEVER, without)


def closed_days(since: int, until: int, holidays: Ints, worked: Ints) -> Closed:
    """One calendar: weekends and holidays are closed, but for weekend days that are worked.

    >>> at = days.of_iso(["2026-10-01", "2026-10-10"])  # a holiday, a Saturday worked instead
    >>> closed = closed_days(int(at[0]) - 1, int(at[1]) + 2, at[:1], at[1:])
    >>> closed.closed.astype(int).tolist()
    [[0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1]]
    """
    span = np.arange(since, until)
    closed = (np.isin(days.weekday(span), WEEKEND) & ~np.isin(span, worked)) | np.isin(
        span, holidays
    )
    return Closed(since, until, closed[None, :])


def unmoved(start: Ints, every: Ints, unit: Ints, ends: Ints, chosen: Chosen | None) -> Ints:
    """`ends` [L, N], filled with the due days before any holiday shift."""
    lead, base, fixed = 0 * every, start, 0 * every
    if chosen is not None:
        picked, fixed = chosen.first_on != days.NEVER, chosen.month_day
        lead, base = every * picked, np.where(picked, chosen.first_on, start)
    months, fewest = unit == MONTH, len(every) < TABLE_WORTH
    if fewest or not months.all() or not (every == every[0]).all():
        for n in range(ends.shape[1]):
            ends[:, n] = _stepped(base, every * (n + 1) - lead, unit, fixed)
        return ends
    return _by_table(base, int(every[0]), lead, fixed, ends)


def _by_table(base: Ints, every: int, lead: Ints, fixed: Ints, ends: Ints) -> Ints:
    """`unmoved` of many loans that step by the same months: first days are looked up."""
    here, into = days.to_month(base)
    into = np.where(fixed > 0, fixed - 1, into)
    here = here - lead
    earliest = int(here.min())
    firsts = days.first_days(earliest, int(here.max()) + every * ends.shape[1])
    here -= earliest
    late = np.flatnonzero(into >= SHORTEST_MONTH)
    into_late, after = into[late], here[late] + 1
    for n in range(ends.shape[1]):
        table, column = firsts[every * (n + 1) :], ends[:, n]
        np.take(table, here, out=column, mode="clip")
        column += into
        column[late] = np.minimum(table[after - 1] + into_late, table[after] - 1)
    return ends


def month_day_kept(due_on: Ints, lent_on: Ints) -> Ints:
    """The day of the month [L] on which all the due days [L, N] lie, or on its last day where a
    month has none such; that of `lent_on` [L] where it is one. 0: there is none.

    >>> due = days.of_iso([["2026-04-30", "2026-05-31"], ["2026-04-30", "2026-05-30"]])
    >>> month_day_kept(due, days.of_iso(["2026-01-15", "2026-01-31"])).tolist()
    [31, 30]
    """
    held, (_year, _month, day) = due_on != days.NEVER, days.to_civil(due_on)
    latest = np.where(held, day, 1).max(axis=1)
    here, _into = days.to_month(np.where(held, due_on, 0))
    found: Ints = 0 * latest
    for wanted in (latest, np.maximum(latest, days.to_civil(lent_on)[2])):
        falls = days.in_month(here, np.broadcast_to(wanted[:, None] - 1, here.shape)) == due_on
        found = np.where((falls | ~held).all(axis=1), wanted, found)
    return found


def step_before(day: Ints, every: Ints, unit: Ints, month_day: Ints) -> Ints:
    """One step before each day [L]; by months on the fixed day of the month, where there is one."""
    return _stepped(day, -every, unit, month_day)


def _stepped(base: Ints, steps: Ints, unit: Ints, month_day: Ints) -> Ints:
    """So many days, weeks or months from each base [L]; by months on the fixed day, if any."""
    months = unit == MONTH
    here, into = days.to_month(base)
    into = np.where(month_day > 0, month_day - 1, into)
    monthly = days.in_month(here + np.where(months, steps, 0), into)
    return np.where(months, monthly, base + steps * np.where(unit == WEEK, 7, 1))


def moved(due_on: Ints, chosen: Chosen | None) -> Ints:
    """The days on which to pay; NEVER stays. KeyedError where the calendar does not reach."""
    if chosen is None or not bool((chosen.shift != NONE).any()):
        return due_on
    held = (due_on != days.NEVER) & (chosen.shift != NONE)[:, None]
    book = chosen.holidays
    inside = (due_on >= book.since) & (due_on < book.until)
    require(inside | ~held, "holidays", "the calendar does not reach the due days")
    place = np.where(held, due_on - book.since, 0)
    open_on = _nearest_open(book)
    to = open_on[np.maximum(chosen.shift, FORWARD)[:, None] - 1, chosen.calendar[:, None], place]
    require((to >= 0) | ~held, "holidays", "the calendar knows no open day beside a due day")
    return np.where(held, book.since + to, due_on)


def _nearest_open(book: Closed) -> Ints:
    """[forward or backward, calendar, place]: the place of the nearest open day, -1 for none."""
    places = np.broadcast_to(np.arange(book.until - book.since), book.closed.shape)
    beyond = book.until - book.since
    forward = np.where(book.closed, beyond, places)
    forward = np.minimum.accumulate(forward[:, ::-1], axis=1)[:, ::-1]
    backward = np.maximum.accumulate(np.where(book.closed, -1, places), axis=1)
    return np.stack((np.where(forward == beyond, -1, forward), backward))


def require_chosen(start: Ints, unit: Ints, chosen: Chosen) -> None:
    """KeyedError naming the contract's key where the choice cannot be kept."""
    picked = chosen.first_on != days.NEVER
    require(~picked | (chosen.first_on > start), "first_due_on", "not after disbursal")
    month_day = chosen.month_day
    require((month_day >= 0) & (month_day <= 31), "due_day", "not a day of the month")
    require((month_day == 0) | (unit == MONTH), "due_day", "only where instalments step by months")
    known = np.where(picked, chosen.first_on, 0)
    _year, _month, day = days.to_civil(known)
    last = days.add_months(days.month_start(known), 1) - days.month_start(known)
    agrees = day == np.minimum(month_day, last)
    require(~picked | (month_day == 0) | agrees, "due_day", "first_due_on falls on another day")
    require((chosen.shift >= 0) & (chosen.shift < len(SHIFTS)), "holiday_shift", "unknown code")
    row = chosen.calendar
    held = (row >= 0) & (row < chosen.holidays.closed.shape[0])
    require(held, "holidays", "no such calendar")
