"""One way to write a day, one to write a moment."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.law import written

LOOSE = (
    "20261109",
    "2026-W46-1",
    "2026W461",
    "2026-313",
    "2026-11-9",
    " 2026-11-09",
    "2026-11-09\n",
    "",
)
NONE_SUCH = ("2026-02-30", "2026-13-01", "0000-01-01", "２０２６-１１-０９")


@given(st.dates())
def test_a_day_is_read_as_it_is_written(day: date) -> None:
    assert written.day(day.isoformat()) == day


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_is_read_as_it_is_written(moment: datetime) -> None:
    assert written.moment(moment.isoformat()) == moment


@pytest.mark.parametrize("text", [*LOOSE, *NONE_SUCH])
def test_no_other_way_is_a_day_or_the_day_of_a_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|year|hour|moment|range"):
        written.day(text)
    with pytest.raises(ValueError, match=r"day|month|year|hour|moment|range"):
        written.moment(f"{text}T10:00:00+08:00")


@pytest.mark.parametrize(
    "text",
    ["2026-11-09", "2026-11-09T10", "2026-11-09T1000", "2026-11-09T10:00+0800", "2026-11-09T24:01",
     "2026-11-09T10:00:00,5+08:00", "2026-11-09T10:00+08"],
)  # fmt: skip
def test_no_other_way_is_a_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"day|month|year|hour|moment|range"):
        written.moment(text)


@pytest.mark.parametrize("text", ["2026-11-09T10:00+08:00", "2026-11-09 10:00:00Z"])
def test_what_is_short_of_seconds_or_in_utc_is_a_moment(text: str) -> None:
    assert written.moment(text).utcoffset() is not None
