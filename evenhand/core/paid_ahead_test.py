"""What a payment ahead of its day does, for every method and each way of paying ahead: held against
instalments written out in Decimal, one loan at a time.

The loan bears 10.8 % by actual days over 365. Something comes on the eighteenth day of the first
period of 28, or of the second of 31 where the first was paid on its day.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, getcontext
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pytest

from evenhand.core import by_day
from evenhand.core.columns import Ints
from evenhand.core.deal_test import Deal, due_days, number, shape
from evenhand.core.history import PAID, PAID_OFF, History, lowering
from evenhand.core.late_cap import NO_CAP
from evenhand.core.loan_fold import Agreed, Stood, stand_through
from evenhand.core.orders import ADVANCES, RE_AMORTISE, Order, house_order
from evenhand.core.payoff import pay_off
from evenhand.core.relief_words import Change
from evenhand.core.schedule import schedule
from evenhand.core.shape import METHODS
from evenhand.core.terms import Terms

START = date(2026, 1, 31)
LENT, COUNT, USED = 12_000_00, 6, 18
SUMS = ("half of it", "one less", "just it", "half more", "twice it and more")
getcontext().prec = 50


class Row(NamedTuple):
    principal: int
    interest: int

    @property
    def whole(self) -> int:
        return self.principal + self.interest


class Case(NamedTuple):
    """So many instalments were paid on their days; then money comes ahead of the next."""

    method: str
    rate: int
    passed: int

    @property
    def deal(self) -> Deal:
        return Deal(LENT, self.rate, START, COUNT, method=self.method, day_count="actual/365")

    @property
    def days(self) -> list[date]:
        return due_days(self.deal)

    @property
    def begin(self) -> date:
        return [START, *self.days][self.passed]

    @property
    def on(self) -> date:
        return self.begin + timedelta(USED)


def rounded(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))


def nights(principal: int, case: Case, begin: date, end: date) -> Decimal:
    return Decimal(principal) * case.rate * (end - begin).days / 1_000_000 / 365


def written(case: Case, principal: int, days: list[date], without: int = 0) -> list[Row]:
    """So much lent from the first of the days on, due on the others; the first so many pay none of
    the principal."""
    spans = list(pairwise(days))
    if case.method in ("bullet", "flat"):
        return as_a_whole(case, principal, days, without)
    rows, left = list[Row](), principal
    discount, worth = Decimal(1), Decimal(0)
    for begin, end in spans[without:]:
        discount /= 1 + nights(1, case, begin, end)
        worth += discount
    equal = rounded(principal / worth)
    for n, (begin, end) in enumerate(spans):
        interest = rounded(nights(left, case, begin, end))
        part = {
            "equal_instalment": equal - interest,
            "equal_principal": rounded(Decimal(principal) / (len(spans) - without)),
            "interest_only": 0,
        }[case.method]
        part = left if n == len(spans) - 1 else 0 if n < without else part
        rows.append(Row(part, interest))
        left -= part
    return rows


def as_a_whole(case: Case, principal: int, days: list[date], without: int) -> list[Row]:
    """Interest on all that was lent, for all the time: with the last, or spread."""
    count, interest = len(days) - 1, rounded(nights(principal, case, days[0], days[-1]))
    if case.method == "bullet":
        return [*[Row(0, 0)] * (count - 1), Row(principal, interest)]
    each = rounded(Decimal(interest) / count)
    equal = Decimal(principal) / (count - without) + Decimal(interest) / count
    part = rounded(equal) - each
    rows = [Row(0 if n < without else part, each) for n in range(count - 1)]
    gone = Row(sum(row.principal for row in rows), sum(row.interest for row in rows))
    return [*rows, Row(principal - gone.principal, interest - gone.interest)]


def ahead(case: Case, money: int, way: str) -> list[Row]:
    """What is still asked for with each instalment to come."""
    agreed = written(case, LENT, [START, *case.days])[case.passed :]
    if way != "re_amortise":
        rows = agreed if way == "next" else agreed[::-1]
        found = [emptied(row, max(money - sum(before.whole for before in rows[:n]), 0))
                 for n, row in enumerate(rows)]  # fmt: skip
        return found if way == "next" else found[::-1]
    begin, on, days = case.begin, case.on, case.days[case.passed :]
    if case.method == "bullet":
        begin = START
    owed = sum(row.principal for row in agreed)
    borne = nights(owed, case, begin, on)
    if case.method == "flat":
        borne = Decimal(agreed[0].interest) * USED / (days[0] - begin).days
    used = min(rounded(borne), money)
    left = owed - (money - used)

    def bears(until: date) -> int:
        """The nights used and those still to come on what is left, less what was paid of them."""
        kept = Decimal(rounded(borne)) if case.method == "flat" else borne
        return rounded(kept + nights(left, case, on, until)) - used

    if case.method == "bullet":
        return [*[Row(0, 0)] * (len(days) - 1), Row(left, bears(days[-1]))]
    if money >= agreed[0].whole:
        if case.method == "flat":
            first, second, *rest = written(case, left, [on, *days], without=1)
            return [Row(0, 0), Row(second.principal, first.interest + second.interest), *rest]
        _first, second, *rest = written(case, left, [on, *days], without=1)
        return [Row(0, 0), Row(second.principal, bears(days[1])), *rest]
    if case.method == "flat":
        first, *rest = written(case, left, [on, *days], without=int(left <= owed - agreed[0][0]))
        return [Row(first.principal, first.interest + rounded(borne) - used), *rest]
    if money - used < agreed[0].principal:
        return [Row(agreed[0].principal - (money - used), bears(days[0])), *agreed[1:]]
    _first, *rest = written(case, left, [on, *days], without=1)
    return [Row(0, bears(days[0])), *rest]


def emptied(row: Row, money: int) -> Row:
    interest = max(row.interest - money, 0)
    return Row(row.principal - min(row.principal, max(money - row.interest, 0)), interest)


def lived(case: Case, payments: list[tuple[date, int]], way: str, on: date,
          off: date | None = None) -> Stood:  # fmt: skip
    agreed = agreed_of(case, way)
    lines = [(number(day), PAID, minor) for day, minor in payments if minor]
    lines += [(number(off), PAID_OFF, 0)] if off else []
    day, what, money = np.array(lines, dtype=np.int64).reshape(-1, 3).T
    none, no = 0 * day, day[:0]
    history = History(none, day, what, money, none, none, Change(no, no, no, no, no, no > 0, no))
    return stand_through(agreed, lowering(history, agreed.order.advance == RE_AMORTISE), number(on))


def agreed_of(case: Case, way: str) -> Agreed:
    wanted, one = shape([case.deal]), np.array([1])
    plan, house = schedule(wanted), house_order(1)
    none = np.zeros_like(plan.due_on)
    order = Order(house.pairs, house.vertical, house.advance + ADVANCES.index(way))
    terms = Terms(
        one, 0 * one, 365 * one, plan.count, plan.due_on, plan.principal_minor,
        plan.interest_minor, none, none, by_day=by_day.counted(wanted, order),
    )  # fmt: skip
    return Agreed(terms, wanted, order, 0 * one + NO_CAP)


def before(case: Case) -> list[tuple[date, int]]:
    rows = written(case, LENT, [START, *case.days])
    return [(day, row.whole) for day, row in zip(case.days, rows, strict=True)][: case.passed]


def sum_of(case: Case, name: str) -> int:
    """A payment by the coming instalment; of a loan paid all at the end, by a twentieth of it."""
    coming = written(case, LENT, [START, *case.days])[case.passed].whole or LENT // 20
    return {SUMS[0]: coming // 2, SUMS[1]: coming - 1, SUMS[2]: coming,
            SUMS[3]: coming * 3 // 2, SUMS[4]: coming * 2 + 1}[name]  # fmt: skip


def rows_of(stood: Stood, passed: int) -> list[Row]:
    position = stood.position
    columns: list[Ints] = [position.owed_principal[0], position.owed_interest[0]]
    return [Row(*cells) for cells in np.stack(columns, axis=1)[passed:].tolist()]


CASES = [Case(method, rate, passed) for method in METHODS for rate in (108_000, 0)
         for passed in (0, 1)]  # fmt: skip
every = pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))


@every
@pytest.mark.parametrize("way", ["next", "last", "re_amortise"])
def test_what_is_still_asked_for_is_what_is_written_out(case: Case, way: str) -> None:
    for name in SUMS:
        money = sum_of(case, name)
        stood = lived(case, [*before(case), (case.on, money)], way, case.on)
        assert rows_of(stood, case.passed) == ahead(case, money, way), name


@every
@pytest.mark.parametrize("way", ["next", "re_amortise"])
def test_an_instalment_paid_early_is_not_asked_for_on_its_day(case: Case, way: str) -> None:
    """Nor is more of it than was not paid; and who goes on as asked owes nothing at last."""
    for name in SUMS:
        money, due = sum_of(case, name), case.days[case.passed]
        lives = [*before(case), (case.on, money)]
        coming = written(case, LENT, [START, *case.days])[case.passed].whole
        asked = int(lived(case, lives, way, due).position.due_minor[0])
        assert asked == 0 if money >= coming else asked > 0 or not coming, name
        for day in case.days[case.passed :]:
            lives.append((day, int(lived(case, lives, way, day).position.due_minor[0])))
        assert lived(case, lives, way, case.days[-1]).position.paid_off.all(), name


@every
@pytest.mark.parametrize("way", ["next", "last", "re_amortise"])
def test_whatever_it_paid_no_interest_of_days_to_come_is_kept(case: Case, way: str) -> None:
    """Paid off on the same day a loan costs the days used, however the payment ahead was counted:
    what it paid of days to come is held for them, and given back."""
    for name in SUMS:
        lives = [*before(case), (case.on, sum_of(case, name))]
        stood = lived(case, lives, way, case.on)
        begins = agreed_of(case, way).shape.disbursed_on
        without = lived(case, before(case), way, case.on)
        asked, all_of_it = (int(pay_off(each.terms, begins, each.position).total_minor[0])
                            for each in (stood, without))  # fmt: skip
        assert asked == all_of_it - sum_of(case, name)
        closed = lived(case, [*lives, (case.on, asked)], way, case.days[-1], case.on).position
        assert closed.paid_off.all() and not closed.overpaid_minor.any()


@every
def test_what_is_held_for_an_instalment_does_what_it_would_on_its_day(case: Case) -> None:
    due = case.days[case.passed]
    for name in SUMS:
        early, then = (lived(case, [*before(case), (day, sum_of(case, name))], "next", due)
                       for day in (case.on, due))  # fmt: skip
        assert rows_of(early, 0) == rows_of(then, 0)


def test_by_hand() -> None:
    """12,000.00 at 10.8 % over 365 bear 110.07 in 31 nights. They come after 18: 63.91 is interest,
    46.16 principal; 43 nights of 11,953.84 fall due with the next. docs/why/borrow-and-repay.md."""
    case = Case("interest_only", 108_000, 1)
    stood = lived(case, [*before(case), (case.on, 110_07)], "re_amortise", case.on)
    assert rows_of(stood, 1)[:3] == [Row(0, 0), Row(0, 152_09), Row(0, 109_65)]
