"""The civil calendar as columns: a day is an int64, days since 1970-01-01 (proleptic Gregorian).

NEVER (9999-12-31) stands where there is no day; it sorts after every real one. Days computed from
other days are to stay below NEVER; `add_months` does not check it, its callers' bounds do.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints

NEVER: Final = 2_932_896
TABLE_WORTH: Final = 1_000


def of_iso(texts: npt.ArrayLike) -> Ints:
    """Days of ISO texts ("2024-02-29"); ValueError where a text is no day.

    >>> of_iso(["1970-01-01", "2024-02-29", "9999-12-31"]).tolist()
    [0, 19782, 2932896]
    """
    return np.asarray(texts, dtype="datetime64[D]").astype(np.int64)


def iso(days: npt.ArrayLike) -> npt.NDArray[np.str_]:
    """ISO texts of days.

    >>> iso([0, 19782]).tolist()
    ['1970-01-01', '2024-02-29']
    """
    return np.datetime_as_string(np.asarray(days, dtype=np.int64).astype("datetime64[D]"))


def of_civil(year: npt.ArrayLike, month: npt.ArrayLike, day: npt.ArrayLike) -> Ints:
    """The day of a year, month (any integer: 13 is next January) and day of the month.

    >>> int(of_civil(2024, 13, 1)) == int(of_iso("2025-01-01"))
    True
    """
    months = (np.asarray(year, dtype=np.int64) - 1970) * 12 + np.asarray(month, dtype=np.int64) - 1
    return _first_of(months) + np.asarray(day, dtype=np.int64) - 1


def to_civil(days: npt.ArrayLike) -> tuple[Ints, Ints, Ints]:
    """Year, month (1 to 12) and day of the month (1 to 31) of days.

    >>> tuple(int(part) for part in to_civil(19782))
    (2024, 2, 29)
    """
    at = np.asarray(days, dtype=np.int64)
    months = _month_of(at)
    return months // 12 + 1970, months % 12 + 1, at - _first_of(months) + 1


def add_months(days: npt.ArrayLike, months: npt.ArrayLike) -> Ints:
    """`months` later: the same day of the month, or the month's last day where it has none.

    >>> iso(add_months(of_iso("2024-01-31"), [0, 1, 2, 13])).tolist()
    ['2024-01-31', '2024-02-29', '2024-03-31', '2025-02-28']
    """
    here, into = to_month(days)
    return in_month(here + np.asarray(months, dtype=np.int64), into)


def to_month(days: npt.ArrayLike) -> tuple[Ints, Ints]:
    """Months since January 1970, and days since the month's first.

    >>> [int(part) for part in to_month(19782)]
    [649, 28]
    """
    at = np.asarray(days, dtype=np.int64)
    if at.size < TABLE_WORTH or int(at.max()) - int(at.min()) > at.size:
        months = _month_of(at)
        return months, at - _first_of(months)
    earliest = int(at.min())
    span = np.arange(earliest, int(at.max()) + 1)
    months = _month_of(span)
    place = at - earliest
    return np.take(months, place), np.take(span - _first_of(months), place)


def in_month(months: Ints, into: Ints) -> Ints:
    """So many days into each month since January 1970, or the month's last day.

    >>> iso(in_month(np.array([649]), np.array([30]))).tolist()
    ['2024-02-29']
    """
    day: Ints = np.minimum(_first_of(months) + into, _first_of(months + 1) - 1)
    return day


def month_start(days: npt.ArrayLike) -> Ints:
    """The first day of each day's month.

    >>> int(month_start(of_iso("2024-02-29"))) == int(of_iso("2024-02-01"))
    True
    """
    return _first_of(_month_of(np.asarray(days, dtype=np.int64)))


def weekday(days: npt.ArrayLike) -> Ints:
    """Monday is 0, Sunday 6, the order of `words.WEEKDAYS`.

    >>> int(weekday(0))  # a Thursday
    3
    """
    return (np.asarray(days, dtype=np.int64) + 3) % 7


def year_start(days: npt.ArrayLike) -> Ints:
    """The first day of each day's year.

    >>> int(year_start(of_iso("2024-02-29"))) == int(of_iso("2024-01-01"))
    True
    """
    months = _month_of(np.asarray(days, dtype=np.int64))
    return _first_of(months - months % 12)


def leap_days_before(days: npt.ArrayLike) -> Ints:
    """Days since 1970-01-01 that lie in leap years and before each day (negative before 1970).

    The days of a period that lie in leap years are the difference of its ends, whatever its length.

    >>> int(leap_days_before(of_iso("2024-03-01")) - leap_days_before(of_iso("2023-12-01")))
    60
    """
    at = np.asarray(days, dtype=np.int64)
    year = to_civil(at)[0]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    whole = 366 * (_leap_years_to(year - 1) - _leap_years_to(np.int64(1969)))
    return np.asarray(whole + np.where(leap, at - year_start(at), 0), dtype=np.int64)


def _leap_years_to(year: Ints | np.int64) -> Ints | np.int64:
    return year // 4 - year // 100 + year // 400


def _month_of(days: Ints) -> Ints:
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_days(earliest: int, latest: int) -> Ints:
    """The first days of consecutive months since January 1970, both ends and one more.

    >>> iso(first_days(649, 649)).tolist()
    ['2024-02-01', '2024-03-01']
    """
    return _first_of(np.arange(earliest, latest + 2))


def _first_of(months: Ints) -> Ints:
    return months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
