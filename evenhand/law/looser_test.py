"""One figure beside another, and the windows of counts beside every lawful history."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.law import looser
from evenhand.law.looser import APART, Beside, Says
from evenhand.law.sorts import TYPES

DAY = "calendar_day"


def talks(
    most: int, n: int = 1, unit: str = DAY, count: str = "conversation_outbound", *also: str
) -> dict[str, Any]:
    window = {"unit": unit, "n": n}
    scope = ["lender_group", "debtor", *also]
    return {"count": count, "max": most, "min": most, "window": window, "scope": scope}


def lawful_most(most: int, n: int, days: int) -> int:
    """As many as may be made in so many days with at most `most` in any `n`: every way tried."""
    ways = product(range(most + 1), repeat=days)
    return max(
        sum(way)
        for way in ways
        if all(sum(way[max(0, day - n + 1) : day + 1]) <= most for day in range(days))
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(1, 2), st.integers(0, 9))
def test_a_count_is_looser_where_no_lawful_history_reaches_it(
    days: int, n: int, law: int, ours: int
) -> None:
    reach = lawful_most(law, n, days)
    beside = looser.most(talks(ours, days), talks(law, n, "rolling_days"))
    assert bool(beside.looser) == (ours > reach)
    assert beside.no_tighter == (ours == reach)


@pytest.mark.parametrize(
    ("mine", "other", "is_looser"),
    [
        (talks(4), talks(3), True),
        (talks(4, 60, "minutes"), talks(3), False),  # three before midnight, and one after
        (talks(7, 60, "minutes"), talks(3), True),
        (talks(4, 1, DAY, "conversation_outbound", "address"), talks(3), True),
        (talks(4), talks(3, 1, DAY, "conversation_outbound", "address"), False),
        (talks(4), talks(3, 1, DAY, "call_outbound"), True),
        (talks(4, 1, DAY, "call_outbound"), talks(3), False),
        (talks(4), talks(3, 1, DAY, "initiated_outbound"), False),
        (talks(301), talks(1, 5, "minutes"), True),
        (talks(300), talks(1, 5, "minutes"), False),
    ],
)
def test_only_what_counts_no_more_is_looser_by_allowing_more(
    mine: Says, other: Says, is_looser: bool
) -> None:
    assert bool(looser.most(mine, other).looser) is is_looser


@pytest.mark.parametrize(
    ("mine", "other", "is_looser"),
    [
        (talks(1), talks(2), True),
        (talks(1, 9), talks(2), True),
        (talks(1), talks(2, 9), False),
        (talks(3), talks(2), False),
    ],
)
def test_a_least_is_looser_where_it_is_reached_sooner(
    mine: Says, other: Says, is_looser: bool
) -> None:
    assert bool(looser.least(mine, other).looser) is is_looser


def visit(**clause: Any) -> Says:
    return {"refuse": [{"channel": ["visit"], **clause}]}


@pytest.mark.parametrize(
    ("mine", "other", "beside"),
    [
        (visit(staff_below=1), visit(staff_below=2), Beside("staff_below 1, the law 2")),
        (visit(staff_below=2), visit(staff_below=2), Beside(no_tighter=True)),
        (
            visit(overdue_below="900.00"),
            visit(overdue_below="1000.00"),
            Beside("overdue_below 900.00, the law 1000.00"),
        ),
        (visit(days_late_from=5), visit(days_late_from=1), Beside("days_late_from 5, the law 1")),
        (
            visit(recorded_missing=["audio"]),
            visit(recorded_missing=["audio", "video"]),
            Beside("recorded_missing audio, the law audio, video"),
        ),
        (visit(unless=["debtor_agreed"]), visit(), Beside("excused by debtor_agreed")),
        (visit(place=["work"]), visit(), APART),
        ({"refuse": [{"channel": ["letter"]}]}, visit(), APART),
    ],
)
def test_clauses_are_compared_where_they_speak_of_the_same(
    mine: Says, other: Says, beside: Beside
) -> None:
    assert looser.refused(mine, other) == beside


def test_every_type_of_rule_is_compared_or_adds_up() -> None:
    assert TYPES.keys() - looser.COMPARED.keys() == {"content", "rate", "bureau", "duty", "payout"}
