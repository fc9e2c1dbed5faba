"""Paying in advance, against the rest written out slowly as a loan of its own."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.deal_test import Deal, any_deal, due_days, number, shape
from evenhand.core.prepay import LOWER, SHORTER, WAYS, Prepaid, prepaid
from evenhand.core.schedule import schedule
from evenhand.core.schedule_oracle_test import annuity, lines, oracle, rates, written
from evenhand.core.schedule_test import told

PLAIN = Deal(12_000_00, 120_000, date(2026, 1, 31), 12)


def asked(deal: Deal, on: date, money: int, way: int) -> Prepaid:
    wanted = shape([deal])
    columns = (np.array([value], dtype=np.int64) for value in (number(on), money, way))
    return prepaid(wanted, schedule(wanted), *columns)


def rest(deal: Deal, on: date, money: int, way: int) -> tuple[int, Deal]:
    """The interest of the days used, and the rest as a deal of its own."""
    rows, days = lines(deal), [deal.disbursed_on, *due_days(deal)]
    paid = sum(day <= on for day in days[1:])
    used, length = (on - days[paid]).days, (days[paid + 1] - days[paid]).days
    interest = round(Fraction(rows[paid].interest * used, length))
    owed = deal.principal - sum(line.principal for line in rows[:paid])
    left = replace(
        deal, principal=owed - (money - interest), disbursed_on=on, grace=(0, 0, 0),
        instalments=deal.instalments - paid, first_on=days[paid + 1],
        month_day=deal.disbursed_on.day if deal.unit == "month" else 0,
    )  # fmt: skip
    if way == LOWER:
        return interest, left
    before = deal.to_multiple(annuity(deal, rates(deal)))
    for count in range(1, left.instalments):
        fewer = replace(left, instalments=count)
        if fewer.to_multiple(annuity(fewer, rates(fewer))) <= before:
            return interest, fewer
    return interest, left


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
    way = data.draw(st.sampled_from([LOWER, SHORTER])) if deal.method == "equal_instalment" else 0
    assume(owed > 1)
    money = data.draw(st.integers(1, owed - 1))
    interest, left = rest(deal, on, money, way)
    assume(money > interest)
    expected = oracle(left)
    assume(expected is not None)
    assert expected is not None
    found = asked(deal, on, money, way)
    assert found.interest_minor.tolist() == [interest]
    assert told(found.plan, 0) == written(left, expected)
    paid = sum(line.principal for line in rows if line.due_on <= on)
    assert paid + money - interest + found.plan.principal_minor.sum() == deal.principal


def test_the_same_payment_both_ways() -> None:
    """docs/why/prepay.md: 3,000.00 on the third due day, beside the third instalment."""
    plain = schedule(shape([PLAIN]))
    on = date(2026, 4, 30)
    lower, shorter = (asked(PLAIN, on, 3_000_00, way) for way in (LOWER, SHORTER))
    assert plain.equal_minor.tolist() == [1_066_19]
    assert (lower.plan.count.tolist(), lower.plan.equal_minor.tolist()) == ([9], [715_96])
    assert (shorter.plan.count.tolist(), shorter.plan.equal_minor.tolist()) == ([6], [1_058_23])
    saved = [
        int(plain.interest_minor[0, 3:].sum() - way.plan.interest_minor.sum())
        for way in (lower, shorter)
    ]
    assert saved == [151_99, 246_28]


def test_between_two_due_days_the_days_used_are_paid_first() -> None:
    """16 of 28 days of the month's 120.00 are 68.57; the rest of the 1,000.00 is principal."""
    found = asked(PLAIN, date(2026, 2, 16), 1_000_00, LOWER)
    assert (found.interest_minor.tolist(), found.principal_minor.tolist()) == (
        [68_57],
        [931_43],
    )


@pytest.mark.parametrize(
    ("key", "on", "money", "way", "deal"),
    [
        ("on", date(2026, 1, 30), 100_00, LOWER, PLAIN),
        ("on", date(2027, 1, 31), 100_00, LOWER, PLAIN),
        ("on", date(2026, 2, 1), 100_00, LOWER, replace(PLAIN, grace=(3, 0, 0))),
        ("on", date(2026, 5, 2), 1_000_00, LOWER,
         replace(PLAIN, disbursed_on=date(2026, 4, 1), shift="forward")),
        ("way", date(2026, 2, 1), 100_00, len(WAYS), PLAIN),
        ("way", date(2026, 2, 1), 100_00, SHORTER, replace(PLAIN, method="equal_principal")),
        ("amount", date(2026, 2, 1), 13_000_00, LOWER, PLAIN),
        ("amount", date(2026, 2, 27), 10_00, LOWER, PLAIN),
    ],
)  # fmt: skip
def test_what_cannot_be_paid_in_advance_is_named(
    key: str, on: date, money: int, way: int, deal: Deal
) -> None:
    with pytest.raises(KeyedError) as refused:
        asked(deal, on, money, way)
    assert refused.value.key == key
