"""A holiday in which interest runs, and another change on top of it: no day of it is given away by
that, and none is charged twice. Held against the days walked one by one in Decimal."""

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal, getcontext

import numpy as np
import pytest

from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.deal_test import Deal, number, shape
from evenhand.core.payoff import pay_off
from evenhand.core.position import Payments, stand
from evenhand.core.relief import (
    HOLIDAY,
    LONGER_TERM,
    LOWER_RATE,
    PREPAID_LOWER,
    PREPAID_SHORTER,
    RE_AMORTISE,
    Change,
    changed,
)
from evenhand.core.relief_month_ends_test import APRIL, NONE, deal
from evenhand.core.schedule import schedule
from evenhand.core.shape import Shape
from evenhand.core.terms import Terms

getcontext().prec = 40
ON = number(APRIL)
DEAL: Deal = replace(deal(31), day_count="actual/365")
RATE, LOWER = Decimal("0.12"), Decimal("0.06")
SKIPPED = 2


def agreed() -> tuple[Terms, Shape, int]:
    """The terms, the shape, and how many instalments are past on the day; all of them are paid."""
    of, one = shape([DEAL]), np.array([1])
    plan = schedule(of)
    none = np.zeros_like(plan.due_on)
    terms = Terms(
        one, 0 * one, 365 * one, plan.count, plan.due_on, plan.principal_minor,
        plan.interest_minor, none, none,
    )  # fmt: skip
    return terms, of, int((plan.due_on <= ON).sum())


def one_after_another(words: list[tuple[int, int]], money: int) -> tuple[Terms, Shape]:
    """Each word so many days after 10 April."""
    terms, of, past = agreed()
    n, one = np.arange(past), np.array([1])
    due = (terms.principal_minor + terms.interest_minor)[0, n]
    paid = Payments(0 * n, terms.due_on[0, n], due)
    for word, later in words:
        pays = one * money * (word in (PREPAID_LOWER, PREPAID_SHORTER))
        count = one * (SKIPPED if word == HOLIDAY else 9)
        change = Change(one * word, count, 0 * one, one * 60_000, 0 * one + NEVER, one > 0, pays)
        position = stand(terms, paid, ON + later)
        terms, of = changed(terms, of, position, change)
        paid = NONE
    return terms, of


def rounded(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))


def owes(terms: Terms, of: Shape, later: int) -> int:
    position = stand(terms, NONE, ON + later)
    return int(pay_off(terms, of.disbursed_on, position).total_minor[0])


@pytest.mark.parametrize("later", [0, 25, 50, 70])
@pytest.mark.parametrize(
    ("word", "money"),
    [
        (RE_AMORTISE, 0),
        (LONGER_TERM, 0),
        (LOWER_RATE, 0),
        (PREPAID_LOWER, 300_000),
        (PREPAID_SHORTER, 300_000),
    ],
)
def test_every_day_of_it_is_charged_on_what_was_left_at_the_rate_of_the_day(
    word: int, money: int, later: int
) -> None:
    """What pays the loan off on its next due day is what was owed on the day of the second change
    and each day since, on the principal then left; within the cents of rounding."""
    terms, of = one_after_another([(HOLIDAY, 0), (word, later)], money)
    then = owes(terms, of, later)
    left = int(terms.principal_minor.sum())
    rate = LOWER if word == LOWER_RATE else RATE
    coming: Ints = terms.due_on[(terms.principal_minor > 0) & (terms.due_on > ON + later)]
    until = int(coming.min())
    nights = rounded(left * rate * (until - ON - later) / 365)
    assert abs(owes(terms, of, until - ON) - then - nights) <= 4
    alone, of_alone = one_after_another([(HOLIDAY, 0)], 0)
    assert then + money == owes(alone, of_alone, later)


def test_by_hand() -> None:
    """The two periods skipped are 30 April to 30 June: 61 days of what is left at 12 %. Half of it
    paid back on the first day halves them, and half the rate as well."""
    left = int(one_after_another([(HOLIDAY, 0)], 0)[0].principal_minor.sum())
    whole = rounded(left * RATE * 61 / 365)
    earned = owes(*one_after_another([(HOLIDAY, 0)], 0), 0) - left
    for word, money, expected in (
        (RE_AMORTISE, 0, whole),
        (LOWER_RATE, 0, rounded(Decimal(whole) / 2)),
        (PREPAID_LOWER, left // 2 + earned, rounded(Decimal(whole) * (left - left // 2) / left)),
    ):
        waited = one_after_another([(HOLIDAY, 0), (word, 0)], money)[0].waited_minor
        assert waited is not None and int(waited.sum()) == expected
