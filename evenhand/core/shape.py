"""What a loan's instalments are to look like, as columns, and the periods that follow from it.

The words and their meaning are those of the command-line contract (`evenhand schedule`); a word's
code is its place in its tuple.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core import days, due_days
from evenhand.core.columns import Bools, Ints, require
from evenhand.core.columns import with_rows as put_rows
from evenhand.core.daycount import DAY_COUNTS, NOMINAL, YEARS
from evenhand.core.daycount import parts as counted
from evenhand.core.due_days import DAY, MONTH, UNIT_DAYS, UNITS, WEEK, Chosen
from evenhand.core.money import ROUNDINGS
from evenhand.core.terms import INSTALMENTS_MAX, PRINCIPAL_MAX, RATE_PPM_MAX

__all__ = [
    "BULLET", "CHOSEN", "DAY", "DAY_COUNTS", "EQUAL_INSTALMENT", "EQUAL_PRINCIPAL", "FLAT",
    "INTEREST_ONLY", "INTEREST_PER", "LASTS", "METHODS", "MONTH", "SMOOTHED", "TAKES_THE_REST",
    "TERM_DAYS_MAX", "UNITS", "WEEK", "Periods", "Shape", "checked", "from_here", "month_day_of",
    "monthly_equal", "period_ends", "periods_of", "with_rows",
]  # fmt: skip

METHODS: Final = ("equal_instalment", "equal_principal", "flat", "interest_only", "bullet")
INTEREST_PER: Final = ("day", "period")
LASTS: Final = ("takes_the_rest", "smoothed")
EQUAL_INSTALMENT, EQUAL_PRINCIPAL, FLAT, INTEREST_ONLY, BULLET = range(5)
PER_DAY, PER_PERIOD = range(2)
TAKES_THE_REST, SMOOTHED = range(2)

TERM_DAYS_MAX: Final = 36_600
CODES: Final = tuple(range(len(DAY_COUNTS)))
CHOSEN: Final = ("first_on", "month_day", "shift", "calendar", "begun_on")
"""The columns of what was chosen."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Columns [L]: principal and multiple in minor units, rate in ppm a year, the rest codes and
    counts. The first due day is `every` `unit`s after disbursed_on, unless `chosen` says another;
    grace counts first instalments.
    """

    principal_minor: Ints
    rate_ppm: Ints
    disbursed_on: Ints
    count: Ints
    every: Ints
    unit: Ints
    method: Ints
    day_count: Ints
    interest_per: Ints
    multiple_minor: Ints
    last: Ints
    rounding: Ints
    grace_principal: Ints
    grace_interest: Ints
    interest_free: Ints
    chosen: Chosen | None = None

    def take(self, rows: Ints | slice) -> "Shape":
        """The same columns for the loans at `rows`, in that order (views, of a slice)."""
        return Shape(
            principal_minor=self.principal_minor[rows],
            rate_ppm=self.rate_ppm[rows],
            disbursed_on=self.disbursed_on[rows],
            count=self.count[rows],
            every=self.every[rows],
            unit=self.unit[rows],
            method=self.method[rows],
            day_count=self.day_count[rows],
            interest_per=self.interest_per[rows],
            multiple_minor=self.multiple_minor[rows],
            last=self.last[rows],
            rounding=self.rounding[rows],
            grace_principal=self.grace_principal[rows],
            grace_interest=self.grace_interest[rows],
            interest_free=self.interest_free[rows],
            chosen=None if self.chosen is None else self.chosen.take(rows),
        )


class Periods(NamedTuple):
    """The periods of L loans: `due_on` [L, N] (NEVER beyond the count), and the fraction of a year
    each bears interest for: `parts` [L, N] over `year` [L] (0 beyond the count and where free;
    an instalment's column lies together in memory, because they are walked one by one)."""

    due_on: Ints
    parts: Ints
    year: Ints

    @property
    def alike(self) -> bool:
        """Whether each loan's periods are sure to be all of one length (one column says it)."""
        return self.parts.strides[1] == 0

    def take(self, rows: Ints) -> "Periods":
        """The same for the loans at `rows`, at the same padded width."""
        return Periods(self.due_on[rows], self.parts[rows], self.year[rows])


def with_rows(shape: Shape, rows: Ints, new: Shape) -> Shape:
    """The shape, with another for the loans at `rows`, by the same calendars."""
    loans = len(shape.count)
    own = shape.chosen or due_days.nothing_chosen(loans)
    now = new.chosen or due_days.nothing_chosen(len(rows))

    def column(old: Shape | Chosen, fresh: Shape | Chosen, name: str) -> Ints:
        return put_rows(getattr(old, name), rows, getattr(fresh, name), loans, 0)

    chosen: dict[str, Any] = {name: column(own, now, name) for name in CHOSEN}
    names = [field.name for field in fields(Shape) if field.name != "chosen"]
    return Shape(
        **{name: column(shape, new, name) for name in names}, chosen=replace(own, **chosen)
    )


def monthly_equal(principal: Ints, rate_ppm: Ints, disbursed_on: Ints, count: Ints) -> Shape:
    """The plain consumer loan: equal monthly instalments, 30/360 by day, to the minor unit half to
    even, the last taking the rest, no grace."""
    zero = np.zeros(len(principal), dtype=np.int64)
    return Shape(
        principal_minor=principal,
        rate_ppm=rate_ppm,
        disbursed_on=disbursed_on,
        count=count,
        every=zero + 1,
        unit=zero + MONTH,
        method=zero + EQUAL_INSTALMENT,
        day_count=zero + NOMINAL,
        interest_per=zero + PER_DAY,
        multiple_minor=zero + 1,
        last=zero + TAKES_THE_REST,
        rounding=zero,
        grace_principal=zero,
        grace_interest=zero,
        interest_free=zero,
    )


def checked(shape: Shape) -> Shape:
    """The shape itself where it can be computed exactly, else KeyedError naming the contract's key.

    Bounds: principal 1 to 10**13 minor units, rate 0 to 1000 % a year, 1 to 600 instalments, the
    last due at most 36,600 days (a hundred years) after disbursal.
    """
    principal, rate, count = shape.principal_minor, shape.rate_ppm, shape.count
    multiple = shape.multiple_minor
    require((principal >= 1) & (principal <= PRINCIPAL_MAX), "principal", "not 1 to 10**13 units")
    require((rate >= 0) & (rate <= RATE_PPM_MAX), "annual_rate", "not 0 to 1000 %")
    require((count >= 1) & (count <= INSTALMENTS_MAX), "instalments", "not 1 to 600")
    require((shape.every >= 1) & (shape.every <= TERM_DAYS_MAX), "every", "not 1 to 36600")
    require((multiple >= 1) & (multiple <= PRINCIPAL_MAX), "instalment_multiple", "not 1 to 10**13")
    _require_codes(shape)
    _require_grace(shape)
    start = shape.disbursed_on
    require((start >= -days.NEVER // 8) & (start <= days.NEVER // 8), "disbursed_on", "too far off")
    length = np.array([1, 7, 28])[shape.unit] * shape.every * count
    require(length <= TERM_DAYS_MAX, "every", "the last instalment lies beyond a hundred years")
    if shape.chosen is not None:
        due_days.require_chosen(start, shape.unit, shape.chosen)
        first = np.where(shape.chosen.first_on == days.NEVER, start, shape.chosen.first_on)
        require(first - start <= TERM_DAYS_MAX, "first_due_on", "more than a hundred years off")
    return shape


def periods_of(shape: Shape, room: Ints | None = None) -> Periods:
    """The due days of a checked shape and the fraction of a year each period bears interest for;
    the due days lie in `room` [L, N], where it is given, padded to its width."""
    width = int(shape.count.max(initial=1))
    due_on = np.empty((width, len(shape.count)), np.int64).T if room is None else room
    ends = due_days.unmoved(shape.disbursed_on, shape.every, shape.unit, due_on, shape.chosen)
    ragged = int(shape.count.min(initial=ends.shape[1])) < ends.shape[1]
    parts, year = _year_parts(shape, ends)
    if ragged or shape.interest_free.any():
        numbers = np.arange(1, ends.shape[1] + 1)[None, :]
        held = numbers <= shape.count[:, None]
        bears = held & (numbers > shape.interest_free[:, None])
        parts = np.asfortranarray(np.where(bears, parts, 0))
        due_on[~held] = days.NEVER
    if shape.chosen is not None:
        due_on[:] = due_days.moved(due_on, shape.chosen)
    require(due_on[:, 0] > shape.disbursed_on, "holiday_shift", "an instalment due at disbursal")
    return Periods(due_on, parts, year)


def month_day_of(shape: Shape) -> Ints:
    """The day of the month on which monthly instalments fall due where the month has it."""
    chosen = shape.chosen
    if chosen is None:
        return days.to_civil(shape.disbursed_on)[2]
    base = np.where(chosen.first_on == days.NEVER, shape.disbursed_on, chosen.first_on)
    return np.where(chosen.month_day > 0, chosen.month_day, days.to_civil(base)[2])


def period_ends(shape: Shape) -> Ints:
    """The ends of the periods [L, N] whatever the holidays, NEVER beyond the count."""
    ends = np.empty((len(shape.count), int(shape.count.max(initial=1))), dtype=np.int64)
    due_days.unmoved(shape.disbursed_on, shape.every, shape.unit, ends, shape.chosen)
    return np.where(np.arange(ends.shape[1]) < shape.count[:, None], ends, days.NEVER)


def from_here(shape: Shape, first_on: Ints) -> Chosen:
    """The due days of loans that go on as they were agreed, from a next one [L] on, in a first
    period of their own."""
    wanted = shape.chosen or due_days.nothing_chosen(len(first_on))
    fixed = np.where(shape.unit == MONTH, month_day_of(shape), 0)
    begun_on = np.full_like(first_on, days.NEVER)
    return replace(wanted, first_on=first_on, month_day=fixed, begun_on=begun_on)


def _year_parts(shape: Shape, ends: Ints) -> tuple[Ints, Ints]:
    """Each period as parts of a year (its `year` parts): whole ones counted by their unit where the
    contract counts so (30/360, or interest by period), an odd first one and all others by date. Of
    what is left of a period so counted, the days left of its days: it costs no more than it did.
    """
    per_period = shape.interest_per == PER_PERIOD
    nominal = np.where(shape.unit == MONTH, 360, 365)
    year = np.where(per_period, nominal, np.array(YEARS)[shape.day_count])
    whole = per_period | (shape.day_count == NOMINAL)
    each = np.where(whole, np.array(UNIT_DAYS)[shape.unit] * shape.every, 0)
    parts = np.broadcast_to(each[:, None], ends.shape)
    dated = np.flatnonzero(~whole)
    begun_on = _begun_on(shape)
    odd = np.flatnonzero(whole & _odd(shape, begun_on, ends[:, 0]))
    within = np.flatnonzero(whole & (begun_on != shape.disbursed_on))
    if len(dated) or len(odd) or len(within):
        parts = parts.copy(order="F")
    if len(dated):
        begin = np.concatenate((shape.disbursed_on[dated, None], ends[dated, :-1]), axis=1)
        parts[dated] = _by_date(begin, ends[dated], shape.day_count[dated])
    if len(odd):
        begun, first = begun_on[odd], ends[odd, 0]
        thirties = counted(begun, first, NOMINAL)
        parts[odd, 0] = np.where(shape.unit[odd] == MONTH, thirties, first - begun)
    if len(within):
        length = ends[within, 0] - begun_on[within]
        first = parts[within, 0] * (ends[within, 0] - shape.disbursed_on[within])
        parts[within] *= length[:, None]
        parts[within, 0] = first
        year[within] *= length
    return parts, year


def _by_date(begin: Ints, ends: Ints, day_count: Ints) -> Ints:
    parts = np.zeros(ends.shape, dtype=np.int64)
    for count in CODES:
        rows = np.flatnonzero(day_count == count)
        if len(rows):
            parts[rows] = counted(begin[rows], ends[rows], count)
    return parts


def _begun_on(shape: Shape) -> Ints:
    """The day on which the first period began."""
    if shape.chosen is None:
        return shape.disbursed_on
    begun_on = shape.chosen.begun_on
    return np.where(begun_on == days.NEVER, shape.disbursed_on, begun_on)


def _odd(shape: Shape, begun_on: Ints, first: Ints) -> Bools:
    """Whether a loan's first period is no whole step of the contract: neither is the first due day
    one step after it began, nor did it begin one step before it by the fixed day of the month."""
    if shape.chosen is None:
        return np.zeros(len(first), dtype=np.bool_)
    after = np.empty((len(first), 1), dtype=np.int64)
    due_days.unmoved(begun_on, shape.every, shape.unit, after, None)
    before = due_days.step_before(first, shape.every, shape.unit, shape.chosen.month_day)
    return np.asarray((after[:, 0] != first) & (before != begun_on), dtype=np.bool_)


def _require_codes(shape: Shape) -> None:
    _require_word(shape.unit, "unit", UNITS)
    _require_word(shape.method, "method", METHODS)
    _require_word(shape.day_count, "day_count", DAY_COUNTS)
    _require_word(shape.interest_per, "interest_per", INTEREST_PER)
    _require_word(shape.last, "last_instalment", LASTS)
    _require_word(shape.rounding, "rounding", ROUNDINGS)
    equal: Bools = (shape.method == EQUAL_INSTALMENT) | (shape.method == FLAT)
    reason = "smoothed needs a method with an equal instalment"
    require((shape.last != SMOOTHED) | equal, "last_instalment", reason)


def _require_word(codes: Ints, key: str, words: tuple[str, ...]) -> None:
    require((codes >= 0) & (codes < len(words)), key, "unknown code")


def _require_grace(shape: Shape) -> None:
    principal, interest, free = shape.grace_principal, shape.grace_interest, shape.interest_free
    reason = "not 0 to one less than the instalments"
    require((principal >= 0) & (principal < shape.count), "grace.principal", reason)
    require((interest >= 0) & (interest < shape.count), "grace.interest", reason)
    require((free >= 0) & (free <= shape.count), "grace.interest_free", "not 0 to the instalments")
