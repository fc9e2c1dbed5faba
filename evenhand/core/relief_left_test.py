"""What is left when terms change: nothing owed is lost, nothing of days to come is asked for."""

from datetime import date
from itertools import product

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evenhand.core.columns import Ints, KeyedError
from evenhand.core.deal_test import Deal, number, shape
from evenhand.core.payoff import pay_off
from evenhand.core.position import Payments, Position, stand
from evenhand.core.relief import (
    HOLIDAY,
    INTEREST_PAUSE,
    LONGER_TERM,
    MORATORIUM,
    RE_AGE,
    RE_AMORTISE,
    Change,
    changed,
)
from evenhand.core.relief_rules_test import Case, cases, columns
from evenhand.core.shape import Shape
from evenhand.core.terms import Terms

ALWAYS = (HOLIDAY, LONGER_TERM, INTEREST_PAUSE, RE_AGE, RE_AMORTISE, MORATORIUM)
"""Words that can be wherever something is left."""
PAIRS = np.array(list(product(ALWAYS, ALWAYS)))
UNCOVERED = Deal(100_07, 10_000_000, date(2000, 1, 1), 1, unit="week", multiple=100)
"""At 1000 % a week bears 19.46; over many weeks an instalment in whole dollars is but 19.00."""
NONE = Payments(*(np.array([], dtype=np.int64) for _column in range(3)))


def wanted(case: Case, words: Ints, on: int, count: int) -> Change:
    one = np.ones_like(words)
    until = one * on + (case.until - case.on).days
    return Change(words, one * count, one, one, until, one == case.runs, one * 0)


def whole(terms: Terms, of: Shape, position: Position) -> list[int]:
    return [int(sum_minor) for sum_minor in pay_off(terms, of.disbursed_on, position).total_minor]


def possible(terms: Terms, of: Shape, position: Position, change: Change) -> Ints:
    """The loans of which the change can be: the others are named one after another."""
    rows = np.arange(len(change.word))
    while len(rows):
        try:
            changed(terms.take(rows), of.take(rows), position.take(rows), change.take(rows))
        except KeyedError as wrong:
            assert wrong.key in ("from_day", "count", "change")
            rows = np.delete(rows, wrong.row)
        else:
            break
    return rows


@settings(derandomize=True, deadline=None, max_examples=30)
@given(cases(), st.integers(0, 60))
@example(Case(UNCOVERED, date(2000, 1, 1), 0, 1, 1, 0, date(2000, 1, 2), False), 0)
def test_two_changes_cost_nothing_on_their_days(case: Case, days: int) -> None:
    """The pay-off of the day is the same to the cent, whatever the two changes; what cannot be is
    refused."""
    loan, paid, _change = columns(case, "holiday", 0)
    every, on, pairs = np.arange(len(PAIRS)), number(case.on), PAIRS
    terms, of = loan.take(every * 0), shape([case.deal]).take(every * 0)
    paid = (
        Payments(every, paid.day[every * 0], paid.amount_minor[every * 0]) if case.purse else NONE
    )
    for word in (0, 1):
        change = wanted(case, pairs[:, word], on, (word + 1) * 12)
        position = stand(terms, paid, on)
        rows = possible(terms, of, position, change)
        terms, of, position, pairs = (
            terms.take(rows), of.take(rows), position.take(rows), pairs[rows],
        )  # fmt: skip
        if not len(rows):
            return
        before = whole(terms, of, position)
        owed = position.outstanding_minor
        terms, of = changed(terms, of, position, change.take(rows))
        paid, again = NONE, stand(terms, NONE, on)
        assert whole(terms, of, again) == before
        assert (again.outstanding_minor <= owed).all()
        on += days
