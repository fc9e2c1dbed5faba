"""A day is read however it is written, and one that may be two is read as both."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.outbound.contact.guard.days import MONTHS, named

WRITTEN = [
    ("2026年12月9日", {(2026, 12, 9)}),
    ("12月9号上午", {(0, 12, 9)}),
    ("12月9上午", {(0, 12, 9)}),
    ("十二月九日", {(0, 12, 9)}),
    ("二〇二六年十二月二十一日", {(2026, 12, 21)}),
    ("十二月廿一日", {(0, 12, 21)}),
    ("民国115年12月9日", {(2026, 12, 9)}),
    ("26年12月9日", {(2026, 12, 9)}),
    ("on 12/9", {(0, 12, 9), (0, 9, 12)}),
    ("on 13/12", {(0, 12, 13)}),
    ("09/12/2026", {(2026, 9, 12), (2026, 12, 9)}),
    ("9.12.26", {(2026, 9, 12), (2026, 12, 9)}),
    ("2026/12/9", {(2026, 12, 9)}),
    ("9 december", {(0, 12, 9)}),
    ("the 9th of december, 2026", {(2026, 12, 9)}),
    ("december the ninth", {(0, 12, 9)}),
    ("dec. 9", {(0, 12, 9)}),
    ("twenty-first of may", {(0, 5, 21)}),
    ("9-dec-2026", {(2026, 12, 9)}),
]


@pytest.mark.parametrize(("said", "readings"), WRITTEN)
def test_a_day_is_read(said: str, readings: set[tuple[int, int, int]]) -> None:
    (found,) = named(said)
    assert {tuple(each) for each in found.readings} == readings
    assert said[found.first : found.last].strip() in said


@pytest.mark.parametrize("said", ["9号", "12月9天", "50/50", "12.9", "1.5%", "tomorrow", "13/13"])
def test_what_is_no_day_of_a_month_is_none(said: str) -> None:
    assert named(said) == []


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_way_of_writing_a_day_has_it_among_its_readings(day: date) -> None:
    word = MONTHS[day.month - 1]
    for said in (
        f"{day:%Y}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%d/%m/%Y}",
        f"{day:%m/%d/%y}",
        f"{day.day} {word} {day.year}",
        f"{word} {day.day}, {day.year}",
    ):
        (found,) = named(said)
        assert (day.year, day.month, day.day) in found.readings, said
