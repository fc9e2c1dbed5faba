"""Day counts against ISDA's published tables, and night by night.

The 30/360 tables are those of ISDA's workbook "30-360-2006ISDADefs" (22 December 2008). The
actual/actual ones are ISDA's memorandum "EMU and Market Conventions: Recent Developments" (1998);
its figure for 15 July 2003 to 15 January 2004 has a known misprint, the one here is recomputed.
"""

import calendar
from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import daycount
from evenhand.core.days import of_iso

ONES = [("2006-08-20", "2007-02-20", 180), ("2007-02-20", "2007-08-20", 180)]
ENDS_OF_FEBRUARY = {
    daycount.BOND: [
        ("2006-08-31", "2007-02-28", 178), ("2007-02-28", "2007-08-31", 183),
        ("2007-08-31", "2008-02-29", 179), ("2008-02-29", "2008-08-31", 182),
        ("2008-08-31", "2009-02-28", 178), ("2009-02-28", "2009-08-31", 183),
    ],
    daycount.EUROPEAN: [
        ("2006-02-28", "2006-08-31", 182), ("2006-08-31", "2007-02-28", 178),
        ("2007-02-28", "2007-08-31", 182), ("2007-08-31", "2008-02-29", 179),
        ("2008-02-29", "2008-08-31", 181), ("2008-08-31", "2009-02-28", 178),
        ("2011-08-31", "2012-02-29", 179),
    ],
}  # fmt: skip
MISCELLANEOUS = [
    ("2006-01-31", "2006-02-28", 28, 28), ("2006-01-30", "2006-02-28", 28, 28),
    ("2006-02-28", "2006-03-03", 5, 5), ("2006-02-14", "2006-02-28", 14, 14),
    ("2006-09-30", "2006-10-31", 30, 30), ("2006-10-31", "2006-11-28", 28, 28),
    ("2007-08-31", "2008-02-28", 178, 178), ("2008-02-28", "2008-08-28", 180, 180),
    ("2008-02-28", "2008-08-30", 182, 182), ("2008-02-28", "2008-08-31", 183, 182),
    ("2007-02-26", "2008-02-28", 362, 362), ("2007-02-26", "2008-02-29", 363, 363),
    ("2008-02-29", "2009-02-28", 359, 359), ("2008-02-28", "2008-03-30", 32, 32),
    ("2008-02-28", "2008-03-31", 33, 32),
]  # fmt: skip
US_CASES = [  # last of February to last of February and on; else as bond
    ("2006-02-28", "2007-02-28", 360), ("2007-02-28", "2008-02-29", 360),
    ("2006-02-28", "2006-08-31", 180), ("2008-02-29", "2008-03-31", 30),
    ("2008-02-28", "2008-03-31", 33), ("2006-08-31", "2007-02-28", 178),
]  # fmt: skip
ACTUAL_ACTUAL = [
    ("2003-11-01", "2004-05-01", "0.497724380567"), ("1999-02-01", "1999-07-01", "0.410958904110"),
    ("1999-07-01", "2000-07-01", "1.001377348600"), ("2002-08-15", "2003-07-15", "0.915068493151"),
    ("2003-07-15", "2004-01-15", "0.504004790778"), ("1999-07-30", "2000-01-30", "0.503892506924"),
    ("2000-01-30", "2000-06-30", "0.415300546448"), ("1999-11-30", "2000-04-30", "0.415540085336"),
]  # fmt: skip


def counted(begin: str, end: str, count: int) -> int:
    return int(daycount.parts(of_iso([begin]), of_iso([end]), count)[0])


@pytest.mark.parametrize("count", [daycount.BOND, daycount.EUROPEAN])
def test_the_published_thirties(count: int) -> None:
    for begin, end, expected in [*ONES, *ENDS_OF_FEBRUARY[count]]:
        assert counted(begin, end, count) == expected, (begin, end)
    for begin, end, bond, european in MISCELLANEOUS:
        expected = bond if count == daycount.BOND else european
        assert counted(begin, end, count) == expected, (begin, end)


@pytest.mark.parametrize(("begin", "end", "expected"), US_CASES)
def test_the_last_of_february_is_the_thirtieth_in_the_us(
    begin: str, end: str, expected: int
) -> None:
    assert counted(begin, end, daycount.US) == expected


@pytest.mark.parametrize(("begin", "end", "expected"), ACTUAL_ACTUAL)
def test_isdas_published_actual_actual(begin: str, end: str, expected: str) -> None:
    found = Fraction(counted(begin, end, daycount.ISDA), daycount.BOTH_YEARS)
    assert abs(found - Fraction(expected)) < Fraction(1, 10**11)


def test_the_peers_tables_give_new_years_night_to_the_new_year() -> None:
    """12 December 2023 to 12 January 2024: ISDA counts 20 days of 2023, the peer 19."""
    begin, end = "2023-12-12", "2024-01-12"
    assert counted(begin, end, daycount.ISDA) == 20 * 366 + 11 * 365
    assert counted(begin, end, daycount.ACTUAL_ACTUAL) == 19 * 366 + 12 * 365


dates = st.dates(date(1999, 1, 1), date(2033, 1, 1))


def day_of(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def plainly(begin: date, end: date, count: int) -> Fraction:
    """The fraction of a year in the words of the definitions."""
    if count in (daycount.ACTUAL_ACTUAL, daycount.ISDA):
        shift = 0 if count == daycount.ISDA else 1
        nights = [begin + timedelta(n + shift) for n in range((end - begin).days)]
        return sum((Fraction(1, 366 if calendar.isleap(n.year) else 365) for n in nights),
                   Fraction(0))  # fmt: skip
    if count in (daycount.ACTUAL_360, daycount.ACTUAL_365):
        return Fraction((end - begin).days, 360 if count == daycount.ACTUAL_360 else 365)
    first, last = begin.day, end.day
    if count == daycount.US and (begin + timedelta(1)).month == 3 and begin.month == 2:
        if (end + timedelta(1)).month == 3 and end.month == 2:
            last = 30
        first = 30
    if first == 31:
        first = 30
    if last == 31 and (count == daycount.EUROPEAN or first == 30):
        last = 30
    months = (end.year - begin.year) * 12 + end.month - begin.month
    return Fraction(months * 30 + last - first, 360)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(dates, dates, st.integers(0, len(daycount.YEARS) - 1))
def test_any_two_days(one: date, other: date, count: int) -> None:
    begin, end = min(one, other), max(one, other)
    found = daycount.parts(np.array([day_of(begin)]), np.array([day_of(end)]), count)
    assert Fraction(int(found[0]), daycount.YEARS[count]) == plainly(begin, end, count)
