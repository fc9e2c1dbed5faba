"""One loan's shape in plain words, its calendar night by night: what the columns are held against.

Dates in place of day numbers, fractions in place of parts, one instalment after the other.
"""

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from evenhand.core import due_days as chosen_days
from evenhand.core.columns import Ints
from evenhand.core.daycount import DAY_COUNTS
from evenhand.core.days import NEVER
from evenhand.core.due_days import Chosen, closed_days
from evenhand.core.money import ROUNDINGS
from evenhand.core.shape import INTEREST_PER, LASTS, METHODS, UNITS, Shape

EPOCH = date(1970, 1, 1)
HOLIDAYS = {
    date(year, month, day)
    for year in range(1999, 2160)
    for month, day in ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
}
WORKED = {date(2026, 10, 10), date(2026, 2, 28)}


@dataclass
class Deal:
    """One loan's shape in the words of the contract, amounts in minor units."""

    principal: int
    rate: int
    disbursed_on: date
    instalments: int
    every: int = 1
    unit: str = "month"
    method: str = "equal_instalment"
    day_count: str = "30/360"
    interest_per: str = "day"
    multiple: int = 1
    last: str = "takes_the_rest"
    rounding: str = "half_even"
    grace: tuple[int, int, int] = (0, 0, 0)
    first_on: date | None = None
    month_day: int = 0
    shift: str = "none"
    begun_on: date | None = None

    def round(self, exact: Fraction) -> int:
        if self.rounding == "half_even":
            return round(exact)
        return math.floor(exact + Fraction(1, 2))

    def to_multiple(self, exact: Fraction) -> int:
        return self.round(exact / self.multiple) * self.multiple


def unmoved_days(deal: Deal) -> list[date]:
    """The due days before any holiday is looked at."""
    base = deal.first_on or deal.disbursed_on
    steps = range(0 if deal.first_on else 1, deal.instalments + (0 if deal.first_on else 1))
    if deal.unit != "month":
        step = timedelta(deal.every * (7 if deal.unit == "week" else 1))
        return [base + step * n for n in steps]
    return [months_later(base, n * deal.every, deal.month_day or base.day) for n in steps]


def months_later(base: date, months: int, day: int) -> date:
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


def due_days(deal: Deal) -> list[date]:
    return [to_open(day, deal.shift) for day in unmoved_days(deal)]


def to_open(day: date, shift: str) -> date:
    while shift != "none" and closed(day):
        day += timedelta(1 if shift == "forward" else -1)
    return day


def closed(day: date) -> bool:
    return day in HOLIDAYS or (day.weekday() >= 5 and day not in WORKED)


def year_fraction(deal: Deal, begin: date, end: date) -> Fraction:
    """The fraction of a year for which a period bears interest."""
    if deal.interest_per == "period" or deal.day_count == "30/360":
        if deal.begun_on and begin == deal.disbursed_on:
            own = replace(deal, disbursed_on=deal.begun_on, begun_on=None)
            left = Fraction((end - begin).days, (end - deal.begun_on).days)
            return year_fraction(own, deal.begun_on, end) * left
        days = whole_days(deal, begin, end)
        month_like = deal.unit == "month" or deal.interest_per == "day"
        return Fraction(days, 360 if month_like else 365)
    if deal.day_count.startswith("30/360"):
        return Fraction(thirties(deal.day_count, begin, end), 360)
    if deal.day_count.startswith("actual/actual"):
        late = 0 if deal.day_count.endswith("isda") else 1
        nights = [begin + timedelta(n + late) for n in range((end - begin).days)]
        leap = sum(calendar.isleap(night.year) for night in nights)
        return Fraction(leap, 366) + Fraction(len(nights) - leap, 365)
    return Fraction((end - begin).days, 360 if deal.day_count == "actual/360" else 365)


def whole_days(deal: Deal, begin: date, end: date) -> int:
    """A whole step counts by its unit; an odd first period by date."""
    plain = Deal(1, 0, deal.disbursed_on, 1, deal.every, deal.unit)
    whole = [unmoved_days(plain)[0] == end]
    if deal.unit == "month":
        whole += [months_later(end, -deal.every, deal.month_day or end.day) == begin]
    if begin == deal.disbursed_on and not any(whole):
        return thirties("30/360 bond", begin, end) if deal.unit == "month" else (end - begin).days
    return deal.every * {"month": 30, "week": 7, "day": 1}[deal.unit]


def thirties(day_count: str, begin: date, end: date) -> int:
    first, last = begin.day, end.day
    if day_count.endswith("us") and (begin + timedelta(1)).day == 1 and begin.month == 2:
        if (end + timedelta(1)).day == 1 and end.month == 2:
            last = 30
        first = 30
    if first == 31:
        first = 30
    if last == 31 and (day_count.endswith("european") or first == 30):
        last = 30
    return (end.year - begin.year) * 360 + (end.month - begin.month) * 30 + last - first


@st.composite
def any_deal(draw: st.DrawFn, most: int = 30) -> Deal:
    count = draw(st.integers(1, most))
    method = draw(st.sampled_from(METHODS))
    lasts = LASTS if method in ("equal_instalment", "flat") else LASTS[:1]
    grace = [draw(st.sampled_from([0, 0, draw(st.integers(0, count - 1))])) for _ in range(3)]
    return Deal(
        draw(st.integers(1, 10 ** draw(st.integers(2, 13)))),
        draw(st.sampled_from([0, 1, 94_822, 108_000, 360_000, 10_000_000])),
        draw(st.dates(date(1999, 1, 1), date(2030, 12, 31))),
        count,
        draw(st.integers(1, 3)),
        draw(st.sampled_from(UNITS)),
        method,
        draw(st.sampled_from(DAY_COUNTS)),
        draw(st.sampled_from(INTEREST_PER)),
        draw(st.sampled_from([1, 1, 5, 100])),
        draw(st.sampled_from(lasts)),
        draw(st.sampled_from(ROUNDINGS)),
        (grace[0], grace[1], grace[2]),
    )


@st.composite
def chosen_deal(draw: st.DrawFn, most: int = 30) -> Deal:
    """A deal whose due days somebody chose: the first, the day of the month, a holiday's way."""
    deal = draw(any_deal(most))
    if draw(st.booleans()):
        deal.first_on = deal.disbursed_on + timedelta(draw(st.integers(7, 100)))
    if deal.unit == "month" and draw(st.booleans()):
        deal.month_day = draw(st.integers(1, 31))
        if deal.first_on:
            deal.first_on = months_later(deal.first_on, 1, deal.month_day)
    deal.shift = draw(st.sampled_from(chosen_days.SHIFTS))
    if due_days(deal)[0] <= deal.disbursed_on:
        deal.shift = "none"
    return deal


@st.composite
def smoothed_deal(draw: st.DrawFn) -> Deal:
    """Long enough, and by multiples wide enough, that the last instalment wants smoothing."""
    return Deal(
        draw(st.integers(10**6, 10**8)),
        draw(st.sampled_from([0, 60_000, 180_000, 360_000])),
        date(2026, 1, 31),
        draw(st.integers(12, 40)),
        method=draw(st.sampled_from(["equal_instalment", "flat"])),
        multiple=draw(st.sampled_from([1, 1, 7, 100])),
        last="smoothed",
        rounding=draw(st.sampled_from(ROUNDINGS)),
    )


def number(day: date) -> int:
    return (day - EPOCH).days


def shape(deals: Sequence[Deal]) -> Shape:
    def column(*values: int) -> Ints:
        return np.array(values, dtype=np.int64)

    return Shape(
        column(*(deal.principal for deal in deals)),
        column(*(deal.rate for deal in deals)),
        column(*(number(deal.disbursed_on) for deal in deals)),
        column(*(deal.instalments for deal in deals)),
        column(*(deal.every for deal in deals)),
        column(*(UNITS.index(deal.unit) for deal in deals)),
        column(*(METHODS.index(deal.method) for deal in deals)),
        column(*(DAY_COUNTS.index(deal.day_count) for deal in deals)),
        column(*(INTEREST_PER.index(deal.interest_per) for deal in deals)),
        column(*(deal.multiple for deal in deals)),
        column(*(LASTS.index(deal.last) for deal in deals)),
        column(*(ROUNDINGS.index(deal.rounding) for deal in deals)),
        column(*(deal.grace[0] for deal in deals)),
        column(*(deal.grace[1] for deal in deals)),
        column(*(deal.grace[2] for deal in deals)),
        chosen(deals),
    )


def chosen(deals: Sequence[Deal]) -> Chosen | None:
    if not any(deal.first_on or deal.month_day or deal.shift != "none" for deal in deals):
        return None
    numbers = [np.array([number(day) for day in days]) for days in (HOLIDAYS, WORKED)]
    return Chosen(
        np.array([number(deal.first_on) if deal.first_on else NEVER for deal in deals]),
        np.array([deal.month_day for deal in deals]),
        np.array([chosen_days.SHIFTS.index(deal.shift) for deal in deals]),
        np.zeros(len(deals), dtype=np.int64),
        np.array([number(deal.begun_on) if deal.begun_on else NEVER for deal in deals]),
        closed_days(number(min(HOLIDAYS)), number(max(HOLIDAYS)), *numbers),
    )


def test_the_calendar_itself_by_hand() -> None:
    """Month's ends; Friday 1 May 2026 is a holiday before a weekend: forward to Monday the 4th."""
    deal = Deal(1, 0, date(2026, 1, 31), 3, month_day=31)
    assert due_days(deal) == [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30)]
    moved = Deal(1, 0, date(2026, 4, 1), 1, shift="forward")
    assert due_days(moved) == [date(2026, 5, 4)]
    assert due_days(Deal(1, 0, date(2026, 4, 1), 1, shift="backward")) == [date(2026, 4, 30)]
