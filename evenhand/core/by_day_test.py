"""Borrow once, repay any part on any day: held against a loan walked night by night in fractions.

The walk knows nothing of instalments made anew: each night bears principal x rate / year, exactly;
what was borne of a period is rounded where it is read, and ends where it falls due. Whoever pays
the coming instalment before its day has paid it: the nights up to that day fall due with the next.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evenhand.core import by_day
from evenhand.core.daily import Moves, stand_daily
from evenhand.core.days import NEVER
from evenhand.core.deal_test import Deal, due_days, number, shape
from evenhand.core.history import CHANGED, PAID, PAID_OFF, History, lowering
from evenhand.core.late_cap import NO_CAP
from evenhand.core.loan_fold import Agreed, Stood, stand_through
from evenhand.core.orders import RE_AMORTISE, Order, house_order
from evenhand.core.payoff import PayOff, pay_off
from evenhand.core.relief_words import LOWER_RATE, Change
from evenhand.core.schedule import schedule
from evenhand.core.terms import Terms

START = date(2026, 1, 31)
Paid = tuple[int, int]
"""Days after the money came, minor units."""


def deal(principal: int, rate: int, count: int, **other: str) -> Deal:
    said = {"method": "interest_only", "day_count": "actual/360"} | other
    return Deal(principal, rate, START, count, **said)  # type: ignore[arg-type]


@dataclass
class Walk:
    """The loan as a borrower would reckon it."""

    deal: Deal
    principal: int = 0
    borne: int = 0
    """Of the nights since interest fell due: their principals x rate, over 10**6 x year. A sum of
    decimals would not do: each night loses its last digits, and half a cent is less than half."""
    paid_of_it: int = 0
    due: int = 0
    """Interest that has fallen due, unpaid; at last the principal too."""
    over: int = 0
    charged: int = 0
    today: int = 0
    asks: list[int] = field(default_factory=list)
    """The days on which interest falls due, those of instalments paid whole before left out."""

    def to(self, paid: list[Paid], until: int) -> "Walk":
        self.principal = self.deal.principal
        days = [(day - START).days for day in due_days(self.deal)]
        self.asks = days[-1:] if self.deal.method == "bullet" else days
        purse = sorted(paid, key=lambda one: one[0])
        for self.today in range(until + 1):
            day = self.today
            if 0 < day <= days[-1]:
                self.borne += self.principal * self.deal.rate
            if day in self.asks:
                self.due += self.ended() + (self.principal if day == days[-1] else 0)
                self.principal = 0 if day == days[-1] else self.principal
            for on, money in purse:
                if on == day:
                    self.pay(money)
        return self

    @property
    def year(self) -> int:
        return int(self.deal.day_count.removeprefix("actual/"))

    @property
    def open(self) -> int:
        return self.rounded(self.borne) - self.paid_of_it

    def rounded(self, borne: int) -> int:
        exact = Fraction(borne, 1_000_000 * self.year)
        up = self.deal.rounding == "half_up"
        return floor(exact + Fraction(1, 2)) if up else round(exact)

    def counts(self, money: int) -> None:
        """Money that pays the coming instalment whole: its day asks for nothing any more."""
        borne, paid, begin = self.borne, self.paid_of_it, self.today
        later = [day for day in self.asks if day > self.today]
        for day in later[:-1]:
            nights = self.principal * self.deal.rate * (day - begin)
            if wanted := self.rounded(borne + nights) - paid:
                if money >= wanted:
                    self.asks = [each for each in self.asks if not self.today < each <= day]
                return
            borne, paid, begin = 0, 0, day

    def ended(self) -> int:
        """What is unpaid of the interest of a period that ends."""
        left = self.open
        self.charged += left + self.paid_of_it
        self.borne, self.paid_of_it = 0, 0
        return left

    def pay(self, money: int) -> None:
        to_due = min(money, self.due)
        self.due -= to_due
        self.counts(money - to_due)
        interest = min(money - to_due, self.open)
        self.paid_of_it += interest
        rest = money - to_due - interest
        if rest:
            assert not self.open
            principal = min(rest, self.principal)
            self.principal -= principal
            self.over += rest - principal

    @property
    def pays_off(self) -> int:
        return self.principal + self.open + self.due


def stood(one: Deal, paid: list[Paid], on: int, off: int | None = None) -> Stood:
    """Where the loan stands on a day; `off` the day from which unused interest is waived."""
    agreed = terms_of(one)
    lines = [(day, 0, PAID, money) for day, money in paid]
    lines += [] if off is None else [(off, 1, PAID_OFF, 0)]
    in_order = sorted(lines, key=lambda line: line[:2])
    day, _turn, what, money = np.array(in_order, dtype=np.int64).reshape(-1, 4).T
    none, no = 0 * day, day[:0]
    unchanged = Change(no, no, no, no, no, no > 0, no)
    history = History(none, day + number(START), what, money, none, none, unchanged)
    lowers = agreed.order.advance == RE_AMORTISE
    return stand_through(agreed, lowering(history, lowers), on + number(START))


def terms_of(one: Deal) -> Agreed:
    wanted, each = shape([one]), np.array([1])
    plan = schedule(wanted)
    none = np.zeros_like(plan.due_on)
    house = house_order(1)
    order = Order(house.pairs, house.vertical, house.advance + RE_AMORTISE)
    terms = Terms(
        each, 0 * each, 360 * each, plan.count, plan.due_on, plan.principal_minor,
        plan.interest_minor, none, none, by_day=by_day.counted(wanted, order),
    )  # fmt: skip
    return Agreed(terms, wanted, order, 0 * each + NO_CAP)


def off(found: Stood) -> PayOff:
    return pay_off(found.terms, found.shape.disbursed_on, found.position)


@st.composite
def any_deal(draw: st.DrawFn) -> Deal:
    return deal(
        draw(st.integers(1_000, 10 ** draw(st.integers(4, 10)))),
        draw(st.one_of(st.integers(1, 360_000), st.integers(1, 5_000))),
        draw(st.integers(1, 8)),
        method=draw(st.sampled_from(["interest_only", "bullet"])),
        day_count=draw(st.sampled_from(["actual/360", "actual/365"])),
        rounding=draw(st.sampled_from(["half_even", "half_up"])),
    )


@st.composite
def lives(draw: st.DrawFn) -> tuple[Deal, list[Paid], int]:
    """A loan, what was paid of it that pays it off nowhere, and a day."""
    one = draw(any_deal())
    last = (due_days(one)[-1] - START).days
    whole = st.integers(1, max(one.principal // 4, 2))
    small = st.integers(1, max(one.principal // 5_000, 2))
    payment = st.tuples(st.integers(0, last - 1), st.one_of(whole, small))
    paid = sorted(draw(st.lists(payment, max_size=12)), key=lambda each: each[0])
    on = draw(st.integers(paid[-1][0] if paid else 0, last + 20))
    while Walk(one).to(paid, paid[-1][0] if paid else 0).principal == 0:
        paid.pop()
    return one, paid, on


@settings(derandomize=True, deadline=None, max_examples=50)
@given(lives())
@example((deal(1000, 4287, 2, method="bullet"), [(15, 1), (27, 1)], 27))
@example((deal(9_875_00, 279_200, 2, method="bullet", rounding="half_up"), [], 54))
@example((
    deal(20_079, 348, 8, day_count="actual/365", rounding="half_up"),
    [(55, 756), (57, 245), (61, 1), (178, 2), (230, 3), (240, 3)],
    244,
))  # fmt: skip
def test_it_stands_where_every_night_counted_says(life: tuple[Deal, list[Paid], int]) -> None:
    one, paid, on = life
    walk = Walk(one).to(paid, on)
    found, asked = stood(one, paid, on), off(stood(one, paid, on))
    if START + timedelta(on) < due_days(one)[-1]:
        assert int(found.position.outstanding_minor[0]) == walk.principal
    assert int(asked.total_minor[0]) == walk.pays_off
    assert int(found.position.overpaid_minor[0]) == walk.over == 0


@settings(derandomize=True, deadline=None, max_examples=50)
@given(lives())
@example((deal(1143, 2102, 3, method="bullet"), [(1, 1)], 73))
@example((deal(223_326, 31, 1), [(2, 1)], 26))
@example((deal(1000, 1054, 6, method="bullet"), [(11, 1)], 171))
@example((deal(5_192, 5_858, 4), [(0, 2), (5, 5), (6, 7), (6, 1)], 95))
@example((
    deal(20_079, 348, 8, day_count="actual/365", rounding="half_up"),
    [(55, 756), (57, 245), (61, 1), (178, 2), (230, 3), (240, 3)],
    244,
))  # fmt: skip
def test_the_pay_off_of_any_day_closes_it_and_all_paid_is_what_was_lent_and_its_nights(
    life: tuple[Deal, list[Paid], int],
) -> None:
    one, paid, on = life
    total = int(off(stood(one, paid, on)).total_minor[0])
    if not total:
        return
    after = stood(one, [*paid, (on, total)], on + 40, on).position
    owed = sum(int(part.sum()) for part in (after.owed_principal, after.owed_interest))
    assert (owed, int(after.overpaid_minor[0])) == (0, 0)
    walk = Walk(one).to([*paid, (on, total)], on)
    charged = walk.charged + walk.open + walk.paid_of_it
    assert sum(money for _day, money in paid) + total == one.principal + charged
    assert Walk(one).to(paid, on).pays_off == total


@pytest.mark.parametrize(("rounding", "interest"), [("half_up", 413_57), ("half_even", 413_56)])
def test_half_a_cent_after_54_nights(rounding: str, interest: int) -> None:
    """9,875.00 at 27.92 % over 360: 54 nights bear 413.565 exactly, though no night is decimal."""
    one = deal(9_875_00, 279_200, 2, method="bullet", rounding=rounding)
    assert int(off(stood(one, [], 54)).total_minor[0]) == 9_875_00 + interest


def test_a_table_by_hand() -> None:
    """10,000.00 at 10.8 % over 360 are 3.00 a night. On day 10 4,000.00 come: 30.00 interest, the
    rest principal; on day 20 6,030.00 have borne 18.09; 10.00 then pay interest alone. The 4,000.00
    have paid the first instalment too: day 28 asks for nothing, day 59 for all 49 nights."""
    one = deal(10_000_00, 108_000, 12)
    lived = [(10, 4_000_00), (20, 10_00)]
    at = [int(off(stood(one, lived, on)).total_minor[0]) for on in (0, 9, 10, 20, 21)]
    assert at == [10_000_00, 10_027_00, 6_030_00, 6_038_09, 6_039_90]
    asked = off(stood(one, lived, 21))
    told = (asked.bearing_minor, asked.rate_ppm, asked.year_days, asked.used_days)
    assert [int(each[0]) for each in told] == [6_030_00, 108_000, 360, 11]
    next_due = stood(one, lived, 21).position
    assert int(next_due.next_due_on[0]) == number(START) + 59
    assert int(next_due.next_due_minor[0]) == 6_030_00 * 49 * 3 // 10_000 - 10_00


def test_however_many_parts_it_is_repaid_in_it_never_costs_more_than_as_agreed() -> None:
    """30.5 hundredths a night, and a hundredth repaid every night: rounded each time they would be
    31; the nights are kept exactly, as `core.daily` keeps them."""
    one = deal(1_016_67, 108_000, 12, method="bullet")
    agreed = int(terms_of(one).terms.interest_minor.sum())
    lived: list[Paid] = []
    for day in range(1, 60):
        lived.append((day, Walk(one).to(lived, day).open + 1))
    total = int(off(stood(one, lived, 60)).total_minor[0])
    paid = sum(money for _day, money in lived)
    drawn = Moves(np.zeros(60, np.int64), np.arange(60), np.array(
        [one.principal, *(-money for _day, money in lived)]))  # fmt: skip
    line = stand_daily(np.array([108_000]), np.array([360]), drawn, 60)
    assert total == int(line.payoff_minor[0]) and paid + total - one.principal < 60 * 31
    assert agreed * 60 // 365 - 20 < paid + total - one.principal <= agreed * 60 // 365 + 1


def test_a_loan_that_is_not_counted_by_the_day_earns_as_before() -> None:
    one = deal(10_000_00, 108_000, 12, day_count="30/360")
    assert by_day.counted(shape([one]), terms_of(one).order).tolist() == [[0, 0, 0, 0, 0]]
    assert off(stood(one, [], 14)).bearing_minor.tolist() == [0]
    assert int(off(stood(one, [], 14)).running_minor[0]) == round(90_00 * 14 / 28)


@pytest.mark.parametrize("method", ["interest_only", "bullet"])
def test_a_lower_rate_counts_by_the_day_from_its_day_on(method: str) -> None:
    one = deal(10_000_00, 108_000, 3, method=method)
    agreed, first, each = terms_of(one), number(START), np.array([1])
    change = Change(each * LOWER_RATE, 0 * each, 0 * each, 54_000 * each, 0 * each + NEVER,
                    each > 0, 0 * each)  # fmt: skip
    history = History(0 * each, each * (first + 10), 0 * each + CHANGED, 0 * each, 0 * each,
                      0 * each, change)  # fmt: skip
    found = stand_through(agreed, history, first + 20)
    assert int(off(found).total_minor[0]) == 10_000_00 + 30_00 + 15_00
    by_rate = found.terms.by_day
    assert by_rate is not None and by_rate[0, : by_day.CARRY].tolist() == [54_000, 360, 0]
