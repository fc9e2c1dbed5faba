"""The first lawful moment, exact to the second."""

from typing import Any

import numpy as np
import pytest

from evenhand.core.gate_columns import NEVER_SECOND, Asks, History, States
from evenhand.core.gate_rules_test import (
    AGREED,
    BEGINS,
    DAY,
    EAST,
    HOUR,
    OPEN,
    PLUS_ONE,
    SENT,
    SMS,
    book,
    zones,
)
from evenhand.core.gate_search import HORIZON_SECONDS, earliest
from evenhand.core.words import CHANNELS, STATE_KINDS, code

NOON = 110 * DAY + 4 * HOUR
NIGHT = 110 * DAY + 14 * HOUR
MORNING = 111 * DAY
"""08:00 of day 111 eight hours east."""
WISH = code("inconvenient", STATE_KINDS)


def first(
    at: int = NOON,
    zone: Any = EAST,
    past: History | None = None,
    states: States | None = None,
    **columns: Any,
) -> int:
    asks = Asks.of([at], zones(), zone, **({"channel": SMS, "days_late": 30} | columns))
    rows = np.array([0])
    found = earliest(asks, past or History.none(), states or States.none(), book(), rows)
    return int(found[0])


def state(kind: int, **columns: Any) -> States:
    return States.of([0], [kind], [NOON - DAY], **columns)


def sent(*at: int) -> History:
    return History.of([0] * len(at), list(at), channel=SMS, outcome=SENT)


@pytest.mark.parametrize(
    ("what", "ask", "then"),
    [
        ("allowed already", {}, NOON),
        ("night: at 08:00", {"at": NIGHT}, MORNING),
        ("agreed until now: at 08:00", {"at": NIGHT, "states": state(AGREED, end=NIGHT)}, MORNING),
        (
            "agreed from 23:00: then",
            {"at": NIGHT, "states": state(AGREED, start=NIGHT + HOUR, end=NIGHT + 2 * HOUR)},
            NIGHT + HOUR,
        ),
        ("two today: at 08:00, not at midnight", {"past": sent(NOON, NOON - 5)}, MORNING),
        (
            "a complaint closed at 15:00",
            {"states": state(OPEN, end=NOON + 3 * HOUR)},
            NOON + 3 * HOUR,
        ),
        ("a complaint closed at 23:00", {"states": state(OPEN, end=NIGHT + HOUR)}, MORNING),
        ("a complaint open", {"states": state(OPEN)}, NEVER_SECOND),
        ("a letter", {"channel": code("letter", CHANNELS)}, NEVER_SECOND),
        ("nothing known", {"facts_known": False}, NEVER_SECOND),
        ("no zone", {"zone": -2}, NEVER_SECOND),
        ("before the rules: when they begin", {"at": BEGINS - 5 * DAY}, BEGINS),
        ("a holiday: the morning after", {"at": NOON + 10 * DAY}, MORNING + 10 * DAY),
        ("beyond the calendar", {"at": NOON + 2_000 * DAY}, NEVER_SECOND),
        (
            "closed within 400 days",
            {"states": state(OPEN, end=NOON + HORIZON_SECONDS)},
            NOON + HORIZON_SECONDS,
        ),
        (
            "closed later than that",
            {"states": state(OPEN, end=NOON + HORIZON_SECONDS + 1)},
            NEVER_SECOND,
        ),
    ],
)
def test_the_first_moment_at_which_nothing_refuses(
    what: str, ask: dict[str, Any], then: int
) -> None:
    assert first(**ask) == then, what


def test_the_clocks_going_forward_bring_eight_oclock_an_hour_sooner() -> None:
    eve = 149 * DAY + 22 * HOUR  # 23:00 an hour east; at 02:00 it becomes 03:00
    assert first(at=eve, zone=PLUS_ONE) == 150 * DAY + 6 * HOUR


def test_the_time_must_suit_both_zones() -> None:
    assert first(zone=[[EAST, PLUS_ONE]]) == 110 * DAY + 7 * HOUR


def test_asks_are_found_each_for_itself() -> None:
    asks = Asks.of([NIGHT, NOON, NIGHT + 1], zones(), EAST, channel=SMS, days_late=30)
    states = States.of([2], [OPEN], [NOON], end=[NIGHT + 20 * HOUR])
    found = earliest(asks, History.none(), states, book(), np.array([0, 2]))
    assert found.tolist() == [MORNING, NIGHT + 20 * HOUR]


def test_a_contact_dated_later_counts_from_then_on() -> None:
    coming = sent(NOON - 60, NIGHT + 11 * HOUR, NIGHT + 12 * HOUR)  # two of them tomorrow
    asks = Asks.of([NIGHT], zones(), EAST, channel=SMS, days_late=30)
    found = earliest(asks, coming, States.none(), book(), np.array([0]))
    assert found.tolist() == [MORNING]
    assert first(at=MORNING + 5 * HOUR, past=coming) == MORNING + DAY
