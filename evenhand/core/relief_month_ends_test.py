"""A month without the day takes its last one, and the next month has the day again, whatever is
changed, and however often."""

from datetime import date

import numpy as np
import pytest

from evenhand.core.days import NEVER, iso
from evenhand.core.deal_test import Deal, number, shape
from evenhand.core.position import Payments, stand
from evenhand.core.relief import (
    HOLIDAY,
    LATER_DUE_DAY,
    LONGER_TERM,
    LOWER_RATE,
    MORATORIUM,
    PREPAID_LOWER,
    PREPAID_SHORTER,
    RE_AMORTISE,
    Change,
    changed,
)
from evenhand.core.schedule import schedule
from evenhand.core.terms import Terms

APRIL = date(2026, 4, 10)
MONTHS_END = ["04-30", "05-31", "06-30", "07-31"]
NONE = Payments(*(np.array([], dtype=np.int64) for _column in range(3)))


def deal(day: int, **other: str) -> Deal:
    """Four of its seven instalments are left on 10 April."""
    return Deal(12_000_00, 120_000, date(2025, 12, day), 7, **other)  # type: ignore[arg-type]


def after(agreed: Deal, words: list[int], due_day: int = 0) -> Terms:
    """The terms after one change on top of another, of a loan paid as agreed until then."""
    of, one = shape([agreed]), np.array([1])
    plan = schedule(of)
    none = np.zeros_like(plan.due_on)
    terms = Terms(
        one, 0 * one, 360 * one, plan.count, plan.due_on, plan.principal_minor,
        plan.interest_minor, none, none,
    )  # fmt: skip
    n = np.flatnonzero(plan.due_on[0] <= number(APRIL))
    paid = Payments(0 * n, plan.due_on[0, n], plan.due_minor[0, n])
    for word in words:
        money = one * 500_00 * (word in (PREPAID_LOWER, PREPAID_SHORTER))
        count = one * (6 if word == LONGER_TERM else 1)
        until = one * number(date(2026, 5, 5))
        change = Change(one * word, count, one * due_day, one * 60_000, until, one > 0, money)
        terms, of = changed(terms, of, stand(terms, paid, number(APRIL)), change)
        paid = NONE
    return terms


def coming(terms: Terms) -> list[str]:
    left = terms.due_on[(terms.due_on > number(APRIL)) & (terms.due_on != NEVER)]
    return [str(day)[5:] for day in iso(left)]


@pytest.mark.parametrize(
    ("day", "words", "due_day", "expected"),
    [
        (31, [], 0, MONTHS_END),
        (31, [RE_AMORTISE], 0, MONTHS_END),
        (31, [RE_AMORTISE, LOWER_RATE, PREPAID_LOWER], 0, MONTHS_END),
        (31, [PREPAID_SHORTER], 0, MONTHS_END),
        (31, [HOLIDAY, RE_AMORTISE], 0, ["05-31", "06-30", "07-31", "08-31"]),
        (31, [LATER_DUE_DAY], 30, ["04-30", "05-30", "06-30", "07-30"]),
        (31, [LATER_DUE_DAY, RE_AMORTISE], 30, ["04-30", "05-30", "06-30", "07-30"]),
        (31, [LATER_DUE_DAY], 29, ["05-29", "06-29", "07-29", "08-29"]),
        (30, [LATER_DUE_DAY], 31, MONTHS_END),
        (30, [LATER_DUE_DAY, RE_AMORTISE], 31, MONTHS_END),
        (15, [LATER_DUE_DAY, LONGER_TERM], 31, [*MONTHS_END, "08-31", "09-30"]),
        (15, [LATER_DUE_DAY, MORATORIUM], 31, ["05-31", "06-30", "07-31", "08-31"]),
    ],
)
def test_the_next_month_has_the_day_again(
    day: int, words: list[int], due_day: int, expected: list[str]
) -> None:
    """What falls due on 30 April stays there where the 30th, or the month's end, is asked for."""
    assert coming(after(deal(day), words, due_day)) == expected


def test_a_day_asked_for_on_which_it_falls_due_already_costs_nothing() -> None:
    agreed = schedule(shape([deal(31)])).interest_minor
    assert after(deal(31), [LATER_DUE_DAY], 30).interest_minor[0, 3:].tolist() == (
        agreed[0, 3:].tolist()
    )
