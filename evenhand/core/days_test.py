"""The calendar as columns agrees with the standard library's, day by day."""

import calendar
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import days

EPOCH = date(1970, 1, 1)
steady = settings(derandomize=True, deadline=None, max_examples=200)
dates = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def number(day: date) -> int:
    return (day - EPOCH).days


def test_never_is_the_last_day_of_the_year_9999() -> None:
    assert number(date(9999, 12, 31)) == days.NEVER


@steady
@given(dates)
def test_a_day_there_and_back(day: date) -> None:
    column = np.array([number(day)])
    assert tuple(int(part[0]) for part in days.to_civil(column)) == (day.year, day.month, day.day)
    assert days.of_civil(day.year, day.month, day.day) == number(day)
    assert days.iso(column).tolist() == [day.isoformat()]
    assert days.of_iso([day.isoformat()]).tolist() == column.tolist()
    assert days.weekday(column).tolist() == [day.weekday()]
    assert days.month_start(column).tolist() == [number(day.replace(day=1))]
    assert days.year_start(column).tolist() == [number(date(day.year, 1, 1))]


@steady
@given(dates, st.integers(-1200, 1200))
def test_a_month_keeps_its_day_or_takes_its_last(day: date, months: int) -> None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    expected = number(date(year, month + 1, min(day.day, last)))
    assert days.add_months([number(day)], months).tolist() == [expected]


@steady
@given(dates, st.integers(0, 1500))
def test_days_of_leap_years(day: date, length: int) -> None:
    nights = [day + timedelta(offset) for offset in range(length)]
    expected = sum(calendar.isleap(night.year) for night in nights)
    ends = days.leap_days_before([number(day), number(day) + length])
    assert int(ends[1] - ends[0]) == expected
