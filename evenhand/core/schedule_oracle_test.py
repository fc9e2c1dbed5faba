"""One loan's schedule written out slowly: what the columns are held against.

Fractions in place of limbs, the calendar night by night, one instalment after the other.
"""

import calendar
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
from hypothesis import strategies as st

from evenhand.core.columns import Ints
from evenhand.core.money import ROUNDINGS
from evenhand.core.shape import DAY_COUNTS, INTEREST_PER, LASTS, METHODS, UNITS, Shape

EPOCH = date(1970, 1, 1)


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

    def round(self, exact: Fraction) -> int:
        if self.rounding == "half_even":
            return round(exact)
        return math.floor(exact + Fraction(1, 2))

    def to_multiple(self, exact: Fraction) -> int:
        return self.round(exact / self.multiple) * self.multiple


@dataclass
class Line:
    due_on: date
    principal: int
    interest: int


def due_days(deal: Deal) -> list[date]:
    if deal.unit != "month":
        step = timedelta(deal.every * (7 if deal.unit == "week" else 1))
        return [deal.disbursed_on + step * n for n in range(1, deal.instalments + 1)]
    found = []
    for n in range(1, deal.instalments + 1):
        months = deal.disbursed_on.month - 1 + n * deal.every
        year, month = deal.disbursed_on.year + months // 12, months % 12 + 1
        day = min(deal.disbursed_on.day, calendar.monthrange(year, month)[1])
        found.append(date(year, month, day))
    return found


def year_fraction(deal: Deal, begin: date, end: date) -> Fraction:
    if deal.interest_per == "period":
        month, week, day = Fraction(1, 12), Fraction(7, 365), Fraction(1, 365)
        return deal.every * {"month": month, "week": week, "day": day}[deal.unit]
    if deal.day_count == "30/360":
        return Fraction(deal.every * {"month": 30, "week": 7, "day": 1}[deal.unit], 360)
    nights = [begin + timedelta(n + 1) for n in range((end - begin).days)]
    if deal.day_count == "actual/actual":
        leap = sum(calendar.isleap(night.year) for night in nights)
        return Fraction(leap, 366) + Fraction(len(nights) - leap, 365)
    return Fraction(len(nights), 360 if deal.day_count == "actual/360" else 365)


def rates(deal: Deal) -> list[Fraction]:
    """The rate of each period; 0 where it is interest-free."""
    days = [deal.disbursed_on, *due_days(deal)]
    found = [
        Fraction(deal.rate, 10**6) * year_fraction(deal, begin, end)
        for begin, end in pairwise(days)
    ]
    return [Fraction(0)] * deal.grace[2] + found[deal.grace[2] :]


def annuity(deal: Deal, periods: list[Fraction]) -> Fraction:
    """The sum that leaves nothing after the last period, found from the end: what one unit paid
    in every later period is worth at the start of each."""
    worth = Fraction(0)
    for rate in reversed(periods[deal.grace[0] :]):
        worth = (worth + 1) / (1 + rate)
    return deal.principal / worth


def lines(deal: Deal) -> list[Line]:
    periods = rates(deal)
    if deal.method == "bullet":
        rows = bullet(deal, periods)
    elif deal.method == "flat":
        rows = smoothed(deal, flat_instalment(deal, periods), flat)
    elif deal.method == "equal_instalment":
        rows = smoothed(deal, deal.to_multiple(annuity(deal, periods)), declining)
    else:
        rows = declining(deal, None)
    carried = sum(line.interest for line in rows[: deal.grace[1]])
    for line in rows[: deal.grace[1]]:
        line.interest = 0
    rows[deal.grace[1]].interest += carried
    return rows


def declining(deal: Deal, instalment: int | None) -> list[Line]:
    """Interest on the balance; the principal by the method."""
    balance, rows = deal.principal, []
    part = deal.round(Fraction(deal.principal, deal.instalments - deal.grace[0]))
    for n, (due_on, rate) in enumerate(zip(due_days(deal), rates(deal), strict=True)):
        interest = deal.round(balance * rate)
        if n == deal.instalments - 1:
            principal = balance
        elif n < deal.grace[0] or deal.method == "interest_only":
            principal = 0
        elif instalment is None:
            principal = min(part, balance)
        else:
            assert instalment >= interest
            principal = min(instalment - interest, balance)
        rows.append(Line(due_on, principal, interest))
        balance -= principal
    return rows


def flat_total(deal: Deal, periods: list[Fraction]) -> int:
    return deal.round(deal.principal * sum(periods, Fraction(0)))


def flat_instalment(deal: Deal, periods: list[Fraction]) -> int:
    bearing = max(deal.instalments - deal.grace[2], 1)
    principal = Fraction(deal.principal, deal.instalments - deal.grace[0])
    return deal.to_multiple(principal + Fraction(flat_total(deal, periods), bearing))


def flat(deal: Deal, instalment: int) -> list[Line]:
    total = flat_total(deal, rates(deal))
    each = deal.round(Fraction(total, max(deal.instalments - deal.grace[2], 1)))
    balance, left, rows = deal.principal, total, []
    for n, due_on in enumerate(due_days(deal)):
        interest = min(each, left) if n >= deal.grace[2] else 0
        principal = min(instalment - each, balance) if n >= deal.grace[0] else 0
        if n == deal.instalments - 1:
            interest, principal = left, balance
        assert principal >= 0
        balance, left = balance - principal, left - interest
        rows.append(Line(due_on, principal, interest))
    return rows


def bullet(deal: Deal, periods: list[Fraction]) -> list[Line]:
    rows = [Line(due_on, 0, 0) for due_on in due_days(deal)]
    rows[-1] = Line(rows[-1].due_on, deal.principal, flat_total(deal, periods))
    return rows


def smoothed(deal: Deal, instalment: int, build: Callable[[Deal, int], list[Line]]) -> list[Line]:
    rows = build(deal, instalment)
    if deal.last == "takes_the_rest":
        return rows
    for _ in range(3):
        gap = rows[-1].principal + rows[-1].interest - instalment
        if abs(gap) <= deal.instalments // 2:
            return rows
        step = deal.round(Fraction(abs(gap), deal.instalments)) * (1 if gap > 0 else -1)
        raised = deal.to_multiple(Fraction(max(instalment + step, 0)))
        try:
            tried = build(deal, raised)
        except AssertionError:
            return rows
        if abs(tried[-1].principal + tried[-1].interest - raised) >= abs(gap):
            return rows
        rows, instalment = tried, raised
    return rows


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


def oracle(deal: Deal) -> list[Line] | None:
    """The lines, or None where an instalment would not cover its interest."""
    try:
        return lines(deal)
    except AssertionError:
        return None


def written(deal: Deal, rows: list[Line]) -> list[tuple[str, int, int, int]]:
    balance, found = deal.principal, []
    for line in rows:
        balance -= line.principal
        found.append((line.due_on.isoformat(), line.principal, line.interest, balance))
    return found


def shape(deals: list[Deal]) -> Shape:
    def column(*values: int) -> Ints:
        return np.array(values, dtype=np.int64)

    return Shape(
        column(*(deal.principal for deal in deals)),
        column(*(deal.rate for deal in deals)),
        column(*((deal.disbursed_on - EPOCH).days for deal in deals)),
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
    )


def test_the_oracle_itself_by_hand() -> None:
    """300.00 at 1 % a month in three: 102.01 (102.0066), and 3.00 + 2.01 + 1.01 of interest."""
    rows = lines(Deal(300_00, 120_000, date(2026, 1, 31), 3))
    assert [(line.due_on, line.principal, line.interest) for line in rows] == [
        (date(2026, 2, 28), 9901, 300),
        (date(2026, 3, 31), 10000, 201),
        (date(2026, 4, 30), 10099, 101),
    ]
