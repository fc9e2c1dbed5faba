"""Schedules against a slow oracle: one loan, fractions, the calendar night by night."""

import calendar
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import Ints, KeyedError
from evenhand.core.days import iso
from evenhand.core.money import ROUNDINGS
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.shape import (
    DAY_COUNTS,
    INTEREST_PER,
    LASTS,
    METHODS,
    UNITS,
    Shape,
    monthly_equal,
)

EPOCH = date(1970, 1, 1)
steady = settings(derandomize=True, deadline=None, max_examples=150)


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
    assert instalment >= each
    balance, left, rows = deal.principal, total, []
    for n, due_on in enumerate(due_days(deal)):
        interest = min(each, left) if n >= deal.grace[2] else 0
        principal = min(instalment - each, balance) if n >= deal.grace[0] else 0
        if n == deal.instalments - 1:
            interest, principal = left, balance
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


def oracle(deal: Deal) -> list[Line] | None:
    """The lines, or None where an instalment would not cover its interest."""
    try:
        return lines(deal)
    except AssertionError:
        return None


def told(plan: Schedule, loan: int) -> list[tuple[str, int, int, int]]:
    count = int(plan.count[loan])
    return list(
        zip(
            iso(plan.due_on[loan, :count]).tolist(),
            plan.principal_minor[loan, :count].tolist(),
            plan.interest_minor[loan, :count].tolist(),
            plan.balance_minor[loan, :count].tolist(),
            strict=True,
        )
    )


def written(deal: Deal, rows: list[Line]) -> list[tuple[str, int, int, int]]:
    balance, found = deal.principal, []
    for line in rows:
        balance -= line.principal
        found.append((line.due_on.isoformat(), line.principal, line.interest, balance))
    return found


@steady
@given(any_deal())
def test_a_schedule_is_what_fractions_say(deal: Deal) -> None:
    expected = oracle(deal)
    if expected is None:
        with pytest.raises(KeyedError, match="not cover the interest"):
            schedule(shape([deal]))
        return
    plan = schedule(shape([deal]))
    assert told(plan, 0) == written(deal, expected)
    assert plan.principal_minor.sum() == deal.principal
    assert (plan.principal_minor >= 0).all()
    assert (plan.interest_minor >= 0).all()
    assert plan.balance_minor[0, -1] == 0


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(any_deal(most=12), min_size=2, max_size=5))
def test_one_loan_is_a_batch_of_one(deals: list[Deal]) -> None:
    sound = [deal for deal in deals if oracle(deal) is not None]
    if not sound:
        return
    together = schedule(shape(sound))
    for loan, deal in enumerate(sound):
        assert told(together, loan) == told(schedule(shape([deal])), 0)


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.integers(10**11, 10**13),
    st.sampled_from([1_000, 36_000, 120_000, 360_000]),
    st.integers(100, 600),
    st.sampled_from(ROUNDINGS),
)
def test_great_equal_instalments_are_exact(
    principal: int, rate: int, count: int, rounding: str
) -> None:
    """Here a float is off by more than a unit: the exact way must take over."""
    deal = Deal(principal, rate, date(2026, 1, 1), count, rounding=rounding)
    exact = annuity(deal, rates(deal))
    assert schedule(shape([deal])).equal_minor.tolist() == [deal.round(exact)]


@pytest.mark.parametrize("rate", [60_000, 108_000, 120_000, 240_000])
@pytest.mark.parametrize("count", [3, 12, 24])
def test_an_equal_instalment_a_hair_from_half_a_unit(rate: int, count: int) -> None:
    """Principals chosen (by continued fractions) so that the instalment lies within a few
    billionths of a half, nearer than floats can tell."""
    unit = Deal(1, rate, date(2026, 1, 1), count)
    doubled = 2 * annuity(unit, rates(unit))
    for principal in near_halves(doubled, 10**12):
        deal = Deal(principal, rate, date(2026, 1, 1), count)
        exact = annuity(deal, rates(deal))
        assert abs(exact - math.floor(exact) - Fraction(1, 2)) < Fraction(1, 10**4)
        assert schedule(shape([deal])).equal_minor.tolist() == [round(exact)]


def near_halves(doubled: Fraction, most: int) -> list[int]:
    """Denominators of convergents with an odd numerator: there doubled x q is nearly odd."""
    found, rest = [], doubled
    before, now = (0, 1), (1, 0)
    while now[1] <= most:
        whole = math.floor(rest)
        before, now = now, (whole * now[0] + before[0], whole * now[1] + before[1])
        if 10**4 < now[1] <= most and now[0] % 2:
            found.append(now[1])
        if rest == whole:
            break
        rest = 1 / (rest - whole)
    return found


def test_a_half_exactly_goes_by_the_rounding() -> None:
    evenly = Deal(101, 0, date(2026, 1, 1), 2)
    upward = Deal(101, 0, date(2026, 1, 1), 2, rounding="half_up")
    assert schedule(shape([evenly, upward])).equal_minor.tolist() == [50, 51]


def test_the_last_instalment_takes_the_odd_cents() -> None:
    plan = schedule(shape([Deal(100_00, 0, date(2026, 1, 31), 3)]))
    assert told(plan, 0) == [
        ("2026-02-28", 3333, 0, 6667),
        ("2026-03-31", 3333, 0, 3334),
        ("2026-04-30", 3334, 0, 0),
    ]


def test_the_bound_is_exact_over_a_leap_year_under_actual_actual() -> None:
    deal = Deal(10**13, 360_000, date(2023, 7, 1), 2, 12, "month", "interest_only", "actual/actual")
    assert told(schedule(shape([deal])), 0) == written(deal, lines(deal))


GOOD = Deal(1_000_00, 120_000, date(2026, 1, 1), 12)


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("principal", {"principal": 0}),
        ("principal", {"principal": 10**13 + 1}),
        ("annual_rate", {"rate": -1}),
        ("annual_rate", {"rate": 10_000_001}),
        ("instalments", {"instalments": 0}),
        ("instalments", {"instalments": 601}),
        ("every", {"every": 0}),
        ("every", {"every": 200}),
        ("instalment_multiple", {"multiple": 0}),
        ("grace.principal", {"grace": (12, 0, 0)}),
        ("grace.interest", {"grace": (0, 12, 0)}),
        ("grace.interest_free", {"grace": (0, 0, 13)}),
        ("last_instalment", {"method": "bullet", "last": "smoothed"}),
        ("instalment_multiple", {"multiple": 1_000_000}),
        ("annual_rate", {"rate": 10_000_000, "instalments": 600, "day_count": "actual/365"}),
    ],
)
def test_what_cannot_be_computed_is_named(key: str, changed: dict[str, object]) -> None:
    with pytest.raises(KeyedError) as refused:
        schedule(shape([GOOD, Deal(**{**vars(GOOD), **changed})]))  # type: ignore[arg-type]
    assert (refused.value.key, refused.value.row) == (key, 1)


def test_monthly_equal_is_the_plain_loan() -> None:
    one = np.array([1])
    day = np.array([(GOOD.disbursed_on - EPOCH).days])
    plain = monthly_equal(one * GOOD.principal, one * GOOD.rate, day, one * 12)
    assert told(schedule(plain), 0) == written(GOOD, lines(GOOD))
