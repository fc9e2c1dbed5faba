"""Public holidays as columns, and the lender's own table over them."""

from datetime import date

import pytest

from evenhand.law.calendar import calendar, day_of, together, with_own


@pytest.mark.parametrize(
    ("day", "free"),
    [
        ("2026-01-01", True),
        ("2026-02-17", True),
        ("2026-05-01", True),
        ("2026-10-01", True),
        ("2026-10-08", False),
        ("2026-11-23", False),
    ],
)
def test_a_public_holiday_in_china(day: str, free: bool) -> None:
    assert (day_of(date.fromisoformat(day)) in calendar("cn").holidays.tolist()) == free


def test_a_weekend_day_worked_instead_is_known() -> None:
    assert day_of(date(2026, 10, 10)) in calendar("cn").worked.tolist()


def test_the_calendar_says_how_far_it_reaches_and_is_in_order() -> None:
    public = calendar("cn")
    assert public.since == day_of(date(2020, 1, 1))
    assert public.until == day_of(date(2036, 1, 1))
    assert (public.holidays[1:] > public.holidays[:-1]).all()
    assert public.since <= public.holidays[0] and public.holidays[-1] < public.until


def test_the_lender_adds_a_free_day_and_works_another() -> None:
    own = with_own(calendar("cn"), [date(2026, 11, 23)], [date(2026, 10, 1)])
    assert day_of(date(2026, 11, 23)) in own.holidays.tolist()
    assert day_of(date(2026, 10, 1)) not in own.holidays.tolist()
    assert day_of(date(2026, 10, 1)) in own.worked.tolist()


def test_whoever_keeps_two_calendars_is_free_where_either_is() -> None:
    both = together([calendar("ie"), calendar("cn")])
    free = set(both.holidays.tolist())
    assert free == set(calendar("cn").holidays.tolist()) | set(calendar("ie").holidays.tolist())
    assert day_of(date(2026, 10, 26)) in free and day_of(date(2026, 10, 1)) in free
    assert both.worked.tolist() == []
    own = with_own(calendar("cn"), [], [])
    assert together([own]).worked.tolist() == own.worked.tolist()


def test_a_calendar_we_do_not_hold_is_no_calendar() -> None:
    with pytest.raises(KeyError):
        calendar("atlantis")
