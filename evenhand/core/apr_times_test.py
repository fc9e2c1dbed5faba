"""The yearly cost of two laws: their published examples, and a slow oracle in plain dates.

Examples (c)(1) to (c)(5) of 12 CFR 1026 Appendix J; the worked examples of Directive 98/7/EC, Annex
III (the equation is that of 2008/48/EC, Annex I).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import apr
from evenhand.core.columns import KeyedError
from evenhand.core.deal_test import months_later, number
from evenhand.core.flows import FLOW_UNITS, Flows, Series, flows_of

Payments = list[tuple[str, int, int, int, str]]


def laid(advances: list[tuple[str, int]], payments: Payments) -> Flows:
    rows = [(first, amount, 1, 1, "month", True) for first, amount in advances]
    rows += [(*payment, False) for payment in payments]
    columns = [
        [number(date.fromisoformat(row[0])) for row in rows],
        *([row[n] for row in rows] for n in (1, 2, 3)),
        [FLOW_UNITS.index(row[4]) for row in rows],
    ]
    first_on, amount, count, every, unit = (np.array(one, dtype=np.int64) for one in columns)
    advance = np.array([row[5] for row in rows])
    return flows_of(Series(0 * amount, first_on, amount, count, every, unit, advance))


US = [
    ("c1i", "1978-01-10", 5000_00, [("1978-02-10", 230_00, 24, 1, "month")], 969),
    ("c1ii", "1978-02-10", 6000_00, [("1978-04-01", 200_00, 36, 1, "month")], 1182),
    ("c1iii", "1978-02-23", 5000_00, [("1978-03-01", 219_17, 24, 1, "half_month")], 1034),
    ("c1iv", "1978-05-23", 10000_00, [("1978-10-01", 385_00, 40, 3, "month")], 897),
    ("c1v", "1978-03-20", 500_00, [("1978-04-21", 17_60, 30, 1, "week")], 1496),
    ("c2i", "1978-01-10", 5000_00,
     [("1978-02-10", 250_00, 1, 1, "month"), ("1978-03-10", 230_00, 23, 1, "month")], 1008),
    ("c2ii", "1978-03-18", 400_00,
     [("1978-04-20", 39_50, 1, 4, "week"), ("1978-05-18", 38_31, 11, 4, "week")], 2850),
    ("c3i", "1978-01-10", 5000_00,
     [("1978-02-10", 230_00, 23, 1, "month"), ("1980-01-10", 280_00, 1, 1, "month")], 1050),
    ("c3ii", "1978-04-03", 200_00,
     [("1978-04-11", 9_50, 19, 2, "week"), ("1979-01-02", 30_00, 1, 2, "week")], 1222),
    ("c4i", "1978-01-10", 5000_00,
     [("1978-02-10", 250_00, 1, 1, "month"), ("1978-03-10", 230_00, 22, 1, "month"),
      ("1980-01-10", 280_00, 1, 1, "month")], 1090),
    ("c4ii", "1978-01-10", 8000_00,
     [("1978-03-01", 449_36, 1, 2, "month"), ("1978-05-01", 465_00, 18, 2, "month"),
      ("1981-05-01", 200_00, 1, 2, "month")], 730),
    ("c5i", "1978-01-03", 1000_00, [("1978-09-15", 1080_00, 1, 1, "day")], 1145),
    ("c5ii", "1978-01-15", 1000_00, [("1978-07-15", 1044_00, 1, 1, "month")], 880),
    ("c5iii", "1978-01-17", 1000_00, [("1979-07-17", 1135_19, 1, 1, "month")], 876),
    ("c5iv", "1978-01-03", 1000_00, [("1980-01-03", 1240_00, 1, 1, "month")], 1136),
]  # fmt: skip
EU = [
    ("1", "1994-01-01", 1000_00, [("1995-07-01", 1200_00, 1, 1, "day")], 1296),
    ("2", "1994-01-01", 950_00, [("1995-07-01", 1200_00, 1, 1, "day")], 1690),
    ("3", "1994-01-01", 1000_00,
     [("1995-01-01", 600_00, 1, 12, "month"), ("1996-01-01", 600_00, 1, 12, "month")], 1307),
    ("4", "1994-01-01", 1000_00,
     [("1994-04-01", 272_00, 2, 3, "month"), ("1995-01-01", 544_00, 1, 12, "month")], 1319),
]  # fmt: skip


@pytest.mark.parametrize(("name", "lent_on", "lent", "payments", "rate"), US)
def test_the_published_examples_of_appendix_j(
    name: str, lent_on: str, lent: int, payments: Payments, rate: int
) -> None:
    assert apr.us_hundredths(laid([(lent_on, lent)], payments), 1).tolist() == [rate], name


@pytest.mark.parametrize(("name", "lent_on", "lent", "payments", "rate"), EU)
def test_the_published_examples_of_the_directive(
    name: str, lent_on: str, lent: int, payments: Payments, rate: int
) -> None:
    assert apr.eu_hundredths(laid([(lent_on, lent)], payments), 1).tolist() == [rate], name


@dataclass
class Loan:
    """One advance, a series of payments, perhaps another advance between."""

    lent_on: date
    lent: int
    first_on: date
    amount: int
    count: int
    every: int
    unit: str
    later: tuple[date, int] | None = None

    def days(self) -> list[date]:
        return [self.nth(n * self.every) for n in range(self.count)]

    def nth(self, step: int) -> date:
        first = self.first_on
        if self.unit == "month":
            return months_later(first, step, first.day)
        if self.unit != "half_month":
            return first + timedelta(step * (7 if self.unit == "week" else 1))
        whole = months_later(first, step // 2, first.day)
        if step % 2 == 0:
            return whole
        if first.day > 15:
            return months_later(whole, 1, first.day - 15)
        return months_later(whole, 0, first.day + 15)

    def flows(self) -> list[tuple[date, int]]:
        later = [(self.later[0], -self.later[1])] if self.later else []
        return [(self.lent_on, -self.lent), *later, *((day, self.amount) for day in self.days())]

    def columns(self) -> Flows:
        advances = [(day.isoformat(), -sum_) for day, sum_ in self.flows() if sum_ < 0]
        first = self.first_on.isoformat()
        return laid(advances, [(first, self.amount, self.count, self.every, self.unit)])


def back(begin: date, end: date, day_of_month: int) -> tuple[int, int]:
    """Months measured back one by one, and the days that are left."""
    between = (end.year - begin.year) * 12 + end.month - begin.month
    if months_later(begin, between, begin.day) == end:
        return between, 0
    months = 0
    while months_later(end, -months - 1, day_of_month) >= begin:
        months += 1
    return months, (months_later(end, -months, day_of_month) - begin).days


def us_place(loan: Loan, day: date) -> tuple[int, Fraction]:
    nights = (day - loan.lent_on).days
    if loan.unit in ("day", "week"):
        full, left = divmod(nights, loan.every * (7 if loan.unit == "week" else 1))
        return full, Fraction(left, loan.every * (7 if loan.unit == "week" else 1))
    in_series = loan.unit == "month" and day in loan.days()
    months, left = back(loan.lent_on, day, loan.first_on.day if in_series else day.day)
    if loan.unit == "month" and loan.every == 12:
        year_back = months_later(day, -(months // 12 * 12), day.day)
        if not left:
            return months // 12, Fraction(months % 12, 12)
        return months // 12, Fraction((year_back - loan.lent_on).days, 365)
    unit = 15 if loan.unit == "half_month" else 30 * loan.every
    full, left = divmod(30 * months + left, unit)
    return full, Fraction(left, unit)


def years_to(loan: Loan, day: date) -> Fraction:
    nights, by_month = (day - loan.lent_on).days, loan.unit in ("month", "half_month")
    stated = by_month or day not in loan.days()
    anchor = loan.first_on.day if loan.unit == "month" and day in loan.days() else day.day
    months, left = back(loan.lent_on, day, anchor)
    if stated and not left and months:
        return Fraction(months, 12)
    if loan.unit == "week" and nights % 7 == 0 and day in loan.days():
        return Fraction(nights // 7, 52)
    return Fraction(nights, 365)


def a_year(loan: Loan) -> Fraction:
    return Fraction({"day": 365, "week": 52, "month": 12, "half_month": 24}[loan.unit], loan.every)


def decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def root(terms: list[tuple[int, Decimal, Decimal]]) -> Decimal:
    """Where sum of amount / ((1 + simple x r) (1 + r) ** full) is nothing."""
    low, high = Decimal(0), Decimal(2) ** 40
    for _ in range(110):
        rate = (low + high) / 2
        worth = sum(a / ((1 + f * rate) * (1 + rate) ** t) for a, t, f in terms)
        low, high = (rate, high) if worth > 0 else (low, rate)
    return low


def slowly(loan: Loan, law: str) -> int:
    with localcontext(prec=40):
        terms = []
        for day, sum_ in loan.flows():
            full, odd = us_place(loan, day) if law == "us" else (years_to(loan, day), Fraction(0))
            terms.append((sum_, decimal(Fraction(full)), decimal(odd)))
        yearly = root(terms) * (1 if law == "eu" else decimal(a_year(loan)))
        return int((yearly * 10_000).quantize(Decimal(1), rounding=ROUND_HALF_UP))


@st.composite
def any_loan(draw: st.DrawFn) -> Loan:
    unit, most = draw(st.sampled_from([("day", 60), ("week", 8), ("month", 12), ("half_month", 1)]))
    every, count = draw(st.integers(1, most)), draw(st.integers(3, 12))
    lent_on = draw(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
    first_on = lent_on + timedelta(draw(st.integers(5, 60)))
    lent = draw(st.integers(100_00, 10**8))
    loan = Loan(lent_on, lent, first_on, 0, count, every, unit)
    if draw(st.booleans()):
        loan.later = loan.days()[0] + timedelta(draw(st.integers(1, 20))), lent // 2
    total = lent + (loan.later[1] if loan.later else 0)
    loan.amount = total * draw(st.integers(101, 180)) // 100 // count + 1
    return loan


@settings(derandomize=True, deadline=None, max_examples=30)
@given(any_loan())
def test_any_loan_is_what_decimals_say(loan: Loan) -> None:
    flows = loan.columns()
    assert apr.us_hundredths(flows, 1).tolist() == [slowly(loan, "us")]
    expected = slowly(loan, "eu")
    if expected < TEN_DIGITS:  # a few days' interest compounded to a year knows no bounds
        assert apr.eu_hundredths(flows, 1).tolist() == [expected]


@settings(derandomize=True, deadline=None, max_examples=10)
@given(st.lists(any_loan(), min_size=2, max_size=4))
def test_one_loan_is_a_batch_of_one(loans: list[Loan]) -> None:
    alone = [one.columns() for one in loans]
    together = Flows(
        np.concatenate([one.row + place for place, one in enumerate(alone)]),
        *(np.concatenate([getattr(one, name) for one in alone]) for name in COLUMNS),
    )
    each = [int(apr.us_hundredths(one, 1)[0]) for one in alone]
    assert apr.us_hundredths(together, len(loans)).tolist() == each
    if all(slowly(loan, "eu") < TEN_DIGITS for loan in loans):
        each = [int(apr.eu_hundredths(one, 1)[0]) for one in alone]
        assert apr.eu_hundredths(together, len(loans)).tolist() == each


TEN_DIGITS = 10**10
COLUMNS = ("day", "amount_minor", "advance", "every", "unit", "month_day", "previous")


def test_no_common_period_is_counted_by_the_average() -> None:
    """31 and 45 days: the average of 38 lies nearest to five weeks, of 52 in a year."""
    payments = [("2026-02-01", 500_00, 1, 1, "day"), ("2026-03-18", 520_00, 1, 1, "day")]
    flows = laid([("2026-01-01", 1000_00)], payments)
    with localcontext(prec=50):
        five = [(-1000_00, Decimal(0), Decimal(0)), (500_00, Decimal(0), Decimal(31) / 35),
                (520_00, Decimal(2), Decimal(6) / 35)]  # fmt: skip
        expected = root(five) * 52 / 5 * 10_000
    assert apr.us_hundredths(flows, 1).tolist() == [round(expected)]


def test_months_from_month_end_to_month_end_are_whole() -> None:
    ends = [(day, 340_00, 1, 1, "month") for day in ("2026-02-28", "2026-03-31", "2026-04-30")]
    plain = [("2026-02-15", 340_00, 3, 1, "month")]
    for law in (apr.us_hundredths, apr.eu_hundredths):
        whole = law(laid([("2026-01-15", 1000_00)], plain), 1)
        assert law(laid([("2026-01-31", 1000_00)], ends), 1).tolist() == whole.tolist()


@pytest.mark.parametrize(
    ("key", "advances", "payments"),
    [
        ("payments", [("2026-01-02", 100)], [("2026-01-01", 100, 1, 1, "day")]),
        ("payments", [("2026-01-02", 100)], [("2026-02-01", 99, 1, 1, "day")]),
        ("payments", [("2026-01-02", 100)], []),
        ("advances", [], [("2026-02-01", 99, 1, 1, "day")]),
        ("payments", [("2026-01-01", 1)], [("2026-01-02", 10**14, 1, 1, "day")]),
    ],
)
def test_where_no_cost_can_be_stated_the_key_is_named(
    key: str, advances: list[tuple[str, int]], payments: Payments
) -> None:
    with pytest.raises(KeyedError) as refused:
        apr.us_hundredths(laid(advances, payments), 1)
    assert refused.value.key == key
