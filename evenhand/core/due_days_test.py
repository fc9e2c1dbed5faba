"""Due days by hand: month ends, a calendar's holidays, and where it does not reach."""

from datetime import date

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER, iso, of_iso
from evenhand.core.deal_test import Deal, shape
from evenhand.core.due_days import (
    BACKWARD,
    FORWARD,
    MONTH,
    NONE,
    Chosen,
    Closed,
    closed_days,
    moved,
    nothing_chosen,
    step_before,
    unmoved,
)
from evenhand.core.shape import periods_of

SPRING = of_iso(["2026-02-15", "2026-03-01"])
FESTIVAL = of_iso(["2026-02-17", "2026-02-18", "2026-02-19"])


def shifting(shifts: list[int], calendars: list[int], holidays: Closed) -> Chosen:
    none = np.zeros(len(shifts), dtype=np.int64)
    return Chosen(none + NEVER, none, np.array(shifts), np.array(calendars), none + NEVER, holidays)


def test_the_festival_of_2026_forward_and_backward() -> None:
    """Three days from Tuesday on; Sunday the 15th is worked, Saturday the 28th is not."""
    holidays = closed_days(int(SPRING[0]), int(SPRING[1]), FESTIVAL, SPRING[:1])
    due = np.tile(of_iso(["2026-02-15", "2026-02-18", "2026-02-21"]), (3, 1))
    told = iso(moved(due, shifting([NONE, FORWARD, BACKWARD], [0, 0, 0], holidays))).tolist()
    assert told == [
        ["2026-02-15", "2026-02-18", "2026-02-21"],
        ["2026-02-15", "2026-02-20", "2026-02-23"],
        ["2026-02-15", "2026-02-16", "2026-02-20"],
    ]


def test_each_loan_moves_by_its_own_calendar() -> None:
    closed = np.zeros((2, 10), dtype=np.bool_)
    closed[1, 3] = True
    due = np.array([[3], [3]])
    assert moved(due, shifting([FORWARD, FORWARD], [0, 1], Closed(0, 10, closed))).tolist() == [
        [3], [4],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "shift", "why"),
    [
        (10, FORWARD, "does not reach"),
        (-1, FORWARD, "does not reach"),
        (9, FORWARD, "no open day"),
        (0, BACKWARD, "no open day"),
    ],
)
def test_a_calendar_that_ends_too_soon_is_named(day: int, shift: int, why: str) -> None:
    closed = np.ones((1, 10), dtype=np.bool_)
    with pytest.raises(KeyedError, match=f"holidays: .*{why}"):
        moved(np.array([[day]]), shifting([shift], [0], Closed(0, 10, closed)))


def test_padding_is_never_moved() -> None:
    closed = Closed(0, 1, np.zeros((1, 1), dtype=np.bool_))
    assert moved(np.array([[0, NEVER]]), shifting([FORWARD], [0], closed)).tolist() == [[0, NEVER]]


def test_a_step_before_a_month_end_is_a_month_end() -> None:
    one = np.array([1])
    before = step_before(of_iso(["2026-02-28"]), one, one * MONTH, one * 31)
    assert iso(before).tolist() == ["2026-01-31"]


def test_nothing_chosen_changes_nothing() -> None:
    one, room = np.array([1]), np.zeros((1, 3), dtype=np.int64)
    start = of_iso(["2026-01-31"])
    plain = unmoved(start, one, one * MONTH, room, None).tolist()
    assert unmoved(start, one, one * MONTH, room, nothing_chosen(1)).tolist() == plain
    assert iso(plain).tolist() == [["2026-02-28", "2026-03-31", "2026-04-30"]]


def test_a_shift_leaves_the_periods_as_they_are() -> None:
    deal = Deal(1, 0, date(2026, 4, 1), 2, day_count="actual/365", shift="forward")
    periods = periods_of(shape([deal]))
    assert iso(periods.due_on[0]).tolist() == ["2026-05-04", "2026-06-01"]
    assert periods.parts[0].tolist() == [30, 31]
