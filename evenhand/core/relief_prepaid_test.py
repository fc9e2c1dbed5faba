"""Paying in advance, against the rest written out slowly as a loan of its own."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.core.days import iso
from evenhand.core.deal_test import Deal, any_deal, due_days, number, shape
from evenhand.core.position import Payments, stand
from evenhand.core.relief import PREPAID_LOWER, PREPAID_SHORTER, Change, changed
from evenhand.core.schedule import schedule
from evenhand.core.schedule_oracle_test import annuity, lines, oracle, rates, written
from evenhand.core.terms import Terms

PLAIN = Deal(12_000_00, 120_000, date(2026, 1, 31), 12)
Rows = list[tuple[str, int, int, int]]


def asked(deal: Deal, on: date, money: int, way: int) -> Rows:
    """The day, principal and interest of each instalment left, and what is owed after it, of a loan
    paid as agreed that pays `money` more."""
    agreed, one, day = shape([deal]), np.array([1]), np.array([number(on)])
    plan = schedule(agreed)
    none = np.zeros_like(plan.due_on)
    terms = Terms(
        one, 0 * one, 360 * one, plan.count, plan.due_on,
        plan.principal_minor, plan.interest_minor, none, none,
    )  # fmt: skip
    n = np.flatnonzero((plan.due_on[0] <= day) & (plan.due_minor[0] > 0))
    paid = Payments(0 * n, plan.due_on[0, n], plan.due_minor[0, n])
    change = Change(way * one, 0 * one, 0 * one, 0 * one, 0 * one, one > 0, money * one)
    new = changed(terms, agreed, stand(terms, paid, day), change).terms
    left = slice(int((plan.due_on[0] <= day).sum()), None)
    principal = new.principal_minor[0, left]
    owed = principal.sum() - np.cumsum(principal)
    columns = (iso(new.due_on[0, left]), principal, new.interest_minor[0, left], owed)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def rest(deal: Deal, on: date, money: int, way: int) -> tuple[int, int, Deal]:
    """The interest of the days used that the money pays, what of it waits for the last instalment,
    and the rest as a deal of its own."""
    rows, days = lines(deal), [deal.disbursed_on, *due_days(deal)]
    paid = sum(day <= on for day in days[1:])
    begin, end, n = (0, -1, -1) if deal.method == "bullet" else (paid, paid + 1, paid)
    used, length = (on - days[begin]).days, (days[end] - days[begin]).days
    interest, waits = round(Fraction(rows[n].interest * used, length)), 0
    if deal.method == "bullet" and paid + 1 < deal.instalments:
        interest, waits = 0, interest
    owed = deal.principal - sum(line.principal for line in rows[:paid])
    left = replace(
        deal, principal=owed - (money - interest), disbursed_on=on, grace=(0, 0, 0),
        instalments=deal.instalments - paid, first_on=days[paid + 1],
        month_day=deal.disbursed_on.day if deal.unit == "month" else 0, begun_on=days[paid],
    )  # fmt: skip
    if way == PREPAID_LOWER:
        return interest, waits, left
    before = deal.to_multiple(annuity(deal, rates(deal)))
    for count in range(1, left.instalments):
        fewer = replace(left, instalments=count)
        if fewer.to_multiple(annuity(fewer, rates(fewer))) <= before:
            return interest, waits, fewer
    return interest, waits, left


@settings(derandomize=True, deadline=None, max_examples=200)
@given(any_deal(most=14), st.data())
def test_the_rest_is_a_loan_of_its_own(deal: Deal, data: st.DataObject) -> None:
    deal.grace, deal.last = (0, 0, 0), "takes_the_rest"
    rows = oracle(deal)
    assume(rows is not None and deal.principal > 100)
    assert rows is not None
    days = (due_days(deal)[-1] - deal.disbursed_on).days - 1
    on = deal.disbursed_on + timedelta(data.draw(st.integers(0, days)))
    owed = deal.principal - sum(line.principal for line in rows if line.due_on <= on)
    ways = [PREPAID_LOWER, PREPAID_SHORTER]
    way = data.draw(st.sampled_from(ways)) if deal.method == "equal_instalment" else PREPAID_LOWER
    assume(owed > 1)
    money = data.draw(st.integers(1, owed - 1))
    interest, waits, left = rest(deal, on, money, way)
    assume(money > interest)
    expected = oracle(left)
    assume(expected is not None)
    assert expected is not None
    expected[-1].interest += waits
    found = asked(deal, on, money, way)
    assert found == written(left, expected)
    paid = sum(line.principal for line in rows if line.due_on <= on)
    assert paid + money - interest + sum(row[1] for row in found) == deal.principal


def test_the_same_payment_both_ways() -> None:
    """docs/why/prepay.md: 3,000.00 on the third due day, beside the third instalment."""
    plain = schedule(shape([PLAIN]))
    on = date(2026, 4, 30)
    lower, shorter = (asked(PLAIN, on, 3_000_00, way) for way in (PREPAID_LOWER, PREPAID_SHORTER))
    assert plain.equal_minor.tolist() == [1_066_19]
    assert [principal + interest for _day, principal, interest, _owed in lower] == (
        [715_96] * 8 + [715_99]
    )
    assert [row[1] + row[2] for row in shorter][:5] == [1_058_23] * 5
    assert len(shorter) == 6
    saved = [
        int(plain.interest_minor[0, 3:].sum() - sum(row[2] for row in way))
        for way in (lower, shorter)
    ]
    assert saved == [151_99, 246_28]
    sooner = [asked(PLAIN, date(2026, 3, 31), 3_000_00, way) for way in (PREPAID_LOWER,
              PREPAID_SHORTER)]  # fmt: skip
    assert [len(rows) for rows in sooner] == [10, 7]


def test_between_two_due_days_the_days_used_are_paid_first() -> None:
    """16 of 28 days of the month's 120.00 are 68.57; the rest of the 1,000.00 is principal."""
    found = asked(PLAIN, date(2026, 2, 16), 1_000_00, PREPAID_LOWER)
    assert sum(row[1] for row in found) == 12_000_00 - 931_43


def test_a_fee_of_an_instalment_that_is_no_more_is_not_charged() -> None:
    """5.00 with each of twelve, three are past; six are left after 3,000.00, each with its 5.00.
    Two of the fees were paid before they were due: that money lowers the loan."""
    on, one = date(2026, 4, 30), np.array([1])
    agreed, position = shape([PLAIN]), np.array([number(on)])
    plan = schedule(agreed)
    none = np.zeros_like(plan.due_on)
    fee = none + 5_00
    terms = Terms(
        one, 0 * one, 360 * one, plan.count, plan.due_on, plan.principal_minor,
        plan.interest_minor, none, none, fee_minor=fee,
    )  # fmt: skip
    n = np.arange(3)
    paid = Payments(0 * n, plan.due_on[0, n], plan.due_minor[0, n])
    stood = stand(replace(terms, fee_minor=None), paid, position)
    owed = fee * (np.arange(12) >= 5)
    change = Change(PREPAID_SHORTER * one, 0 * one, 0 * one, 0 * one, 0 * one, one > 0,
                    (3_000_00 - 10_00) * one)  # fmt: skip
    new = changed(terms, agreed, replace(stood, owed_fee=owed), change).terms
    assert new.fee_minor is not None and new.count.tolist() == [9]
    assert new.fee_minor[0].tolist() == [0, 0, 0] + [5_00] * 6
    assert new.principal_minor.sum() == 6_132_95
