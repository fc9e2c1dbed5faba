"""Days in order."""

from datetime import date

import pytest

from evenhand.law.order import Span, refuse_unfounded, refuse_values
from evenhand.law.schema import PackError

Y20, Y23, Y25 = date(2020, 1, 1), date(2023, 1, 1), date(2025, 1, 1)


def test_the_day_an_end_is_reached_is_no_longer_held() -> None:
    assert [Span(Y20, Y23).holds_on(day) for day in (Y20, date(2022, 12, 31), Y23)] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("value", "instruments", "why"),
    [
        (Span(Y20, None), [Span(Y23, None)], "begins before"),
        (Span(Y23, None), [Span(Y20, Y23)], "has ended"),
        (Span(Y20, None), [Span(Y20, Y23)], "goes on after"),
        (Span(Y20, Y25), [Span(Y20, Y23)], "goes on after"),
        (Span(Y20, Y25), [Span(Y20, Y23), Span(Y23, None)], ""),
        (Span(Y20, Y23), [Span(Y20, Y23)], ""),
    ],
)
def test_a_value_rests_on_what_is_in_force(value: Span, instruments: list[Span], why: str) -> None:
    if not why:
        return refuse_unfounded(value, instruments, ends=False)
    with pytest.raises(PackError, match=why):
        refuse_unfounded(value, instruments, ends=False)


def test_what_ends_a_rule_may_cite_what_ends_with_it() -> None:
    refuse_unfounded(Span(Y23, None), [Span(Y20, Y23)], ends=True)


@pytest.mark.parametrize("days", [[], [Y20, Y20], [Y23, Y20]])
def test_days_that_do_not_rise_are_refused(days: list[date]) -> None:
    with pytest.raises(PackError):
        refuse_values(days)
