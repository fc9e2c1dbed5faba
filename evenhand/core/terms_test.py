"""The days on which late interest runs, and which spans of stopped days are refused."""

from dataclasses import replace

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.position_oracle_test import START, Loan, columns
from evenhand.core.terms import Terms, checked


def of(*stopped: list[tuple[int, int]]) -> Terms:
    """A loan a list of its stopped spans."""
    row = (START, 50_000, 500, 0, 0)
    return columns([Loan([row], 180_000, 360, [], spans) for spans in stopped])[0]


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [(0, 10, 10), (0, 12, 10), (0, 20, 15), (11, 14, 0), (13, 18, 3), (15, 40, 25), (20, 10, 0)],
    ids=["before", "into it", "over it", "inside", "out of it", "after", "backwards"],
)
def test_days_within_a_span_do_not_count(since: int, until: int, days: int) -> None:
    terms = of([(10, 15)])
    assert terms.late_days(np.array([0]), np.array([since]), np.array([until])) == days


def test_each_loan_has_its_own_spans_and_taken_rows_keep_theirs() -> None:
    terms = of([(10, 15), (20, NEVER)], [])
    rows, since, until = np.array([0, 1]), np.array([0, 0]), np.array([30, 30])
    assert terms.late_days(rows, since, until).tolist() == [15, 30]
    assert terms.take(np.array([1, 0])).late_days(rows, since, until).tolist() == [30, 15]
    assert of([]).late_days(rows[:1], since[:1], until[:1]).tolist() == [30]


def test_spans_out_of_order_or_over_each_other_are_refused() -> None:
    terms = of([(10, 15), (20, 25)])
    assert checked(terms) is terms
    with pytest.raises(KeyedError, match="spans out of order"):
        checked(replace(terms, stopped=np.array([[[10, 21], [20, 25]]])))
