"""Periods against the calendar night by night, and every bound by its name."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import iso
from evenhand.core.deal_test import (
    Deal,
    any_deal,
    chosen_deal,
    due_days,
    shape,
    unmoved_days,
    year_fraction,
)
from evenhand.core.schedule import schedule
from evenhand.core.shape import checked, periods_of

steady = settings(derandomize=True, deadline=None, max_examples=150)


@steady
@given(st.one_of(any_deal(), chosen_deal()))
def test_due_days_and_fractions_of_a_year(deal: Deal) -> None:
    periods = periods_of(checked(shape([deal])))
    assert iso(periods.due_on[0]).tolist() == [end.isoformat() for end in due_days(deal)]
    found = [Fraction(part, int(periods.year[0])) for part in periods.parts[0].tolist()]
    expected = [
        Fraction(0) if n < deal.grace[2] else year_fraction(deal, begin, end)
        for n, (begin, end) in enumerate(pairwise([deal.disbursed_on, *unmoved_days(deal)]))
    ]
    assert found == expected


def test_actual_actual_splits_on_the_last_of_december() -> None:
    """12 December to 12 January: 19 nights end in 2023, 12 in the leap year 2024."""
    deal = Deal(1, 0, date(2023, 12, 12), 1, day_count="actual/actual")
    periods = periods_of(shape([deal]))
    assert periods.parts.tolist() == [[19 * 366 + 12 * 365]]


def test_a_batch_is_padded_with_nothing() -> None:
    short, long = Deal(1, 0, date(2026, 1, 1), 1), Deal(1, 0, date(2026, 1, 1), 3)
    periods = periods_of(shape([short, long]))
    assert iso(periods.due_on[0]).tolist() == ["2026-02-01", "9999-12-31", "9999-12-31"]
    assert periods.parts[0].tolist() == [30, 0, 0]
    assert periods.take(np.array([1])).parts.tolist() == [[30, 30, 30]]


GOOD = Deal(1_000_00, 120_000, date(2026, 1, 1), 12)


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("principal", {"principal": 0}),
        ("principal", {"principal": 10**13 + 1}),
        ("annual_rate", {"rate": -1}),
        ("annual_rate", {"rate": 10_000_001}),
        ("instalments", {"instalments": 0}),
        ("instalments", {"instalments": 601}),
        ("every", {"every": 0}),
        ("every", {"every": 200}),
        ("instalment_multiple", {"multiple": 0}),
        ("grace.principal", {"grace": (12, 0, 0)}),
        ("grace.interest", {"grace": (0, 12, 0)}),
        ("grace.interest_free", {"grace": (0, 0, 13)}),
        ("last_instalment", {"method": "bullet", "last": "smoothed"}),
        ("instalment_multiple", {"multiple": 1_000_000}),
        ("first_due_on", {"first_on": date(2026, 1, 1)}),
        ("first_due_on", {"first_on": date(2150, 1, 1)}),
        ("due_day", {"month_day": 32}),
        ("due_day", {"month_day": 5, "unit": "week"}),
        ("due_day", {"month_day": 5, "first_on": date(2026, 2, 6)}),
        ("holidays", {"disbursed_on": date(2159, 1, 1), "shift": "forward"}),
        (
            "holiday_shift",
            {"first_on": date(2026, 1, 3), "shift": "backward", "disbursed_on": date(2026, 1, 2)},
        ),
        ("annual_rate", {"rate": 10_000_000, "instalments": 600, "day_count": "actual/365"}),
    ],
)
def test_what_cannot_be_computed_is_named(key: str, changed: dict[str, Any]) -> None:
    with pytest.raises(KeyedError) as refused:
        schedule(shape([GOOD, replace(GOOD, **changed)]))
    assert (refused.value.key, refused.value.row) == (key, 1)
