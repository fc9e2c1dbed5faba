"""Series of flows and the periods between them, by hand."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.apr_times_test import laid
from evenhand.core.days import iso
from evenhand.core.deal_test import months_later, number
from evenhand.core.flows import FLOW_UNITS, first_advance, months_back, periods


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("1978-03-01", ["1978-03-01", "1978-03-16", "1978-04-01", "1978-04-16"]),
        ("1978-01-15", ["1978-01-15", "1978-01-30", "1978-02-15", "1978-02-28"]),
        ("1978-03-16", ["1978-03-16", "1978-04-01", "1978-04-16", "1978-05-01"]),
        ("1978-01-31", ["1978-01-31", "1978-02-16", "1978-02-28", "1978-03-16"]),
    ],
)
def test_twice_a_month(first: str, expected: list[str]) -> None:
    flows = laid([], [(first, 1, 4, 1, "half_month")])
    assert iso(flows.day).tolist() == expected


def test_a_series_keeps_its_day_of_the_month() -> None:
    flows = laid([], [("1978-01-31", 1, 4, 1, "month")])
    assert iso(flows.day).tolist() == ["1978-01-31", "1978-02-28", "1978-03-31", "1978-04-30"]
    assert flows.month_day.tolist() == [31] * 4


def test_flows_lie_in_order_whatever_the_order_of_the_series() -> None:
    flows = laid([("1978-02-01", 9), ("1978-01-01", 8)], [("1978-03-01", 2, 1, 1, "day")])
    assert flows.amount_minor.tolist() == [8, 9, 2]
    assert iso(first_advance(flows)).tolist() == ["1978-01-01"]


def test_periods_between_flows() -> None:
    """An odd fortnight and a day, then months; an advance has its own period before it."""
    flows = laid(
        [("1978-01-01", 9), ("1978-03-12", 9)],
        [("1978-01-16", 1, 3, 1, "month"), ("1978-04-30", 1, 1, 1, "day")],
    )
    told = periods(flows)
    held = [
        (str(iso(day)), int(every), FLOW_UNITS[unit])
        for day, every, unit, stands in zip(flows.day, *told[:2], told.held, strict=True)
        if stands
    ]
    assert held == [
        ("1978-01-16", 15, "day"), ("1978-02-16", 1, "month"), ("1978-03-12", 10, "week"),
        ("1978-03-16", 1, "month"), ("1978-04-30", 45, "day"),
    ]  # fmt: skip


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.dates(date(1999, 1, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_months_back_and_the_days_left_join_begin_and_end(begin: date, length: int) -> None:
    start = np.array([number(begin)])
    end = date.fromordinal(begin.toordinal() + length)
    day = 31 if number(end) == number(months_later(end, 0, 31)) else 0
    full, left = months_back(start, start + length, np.array([day]))
    assert full[0] >= 0 and 0 <= left[0] <= 31
    if left[0]:
        stepped = months_later(end, -int(full[0]), day or end.day)
        assert number(stepped) == start[0] + left[0]
