"""Local days and minutes, across a change of the clocks too."""

import numpy as np
import pytest

from evenhand.core.gate_columns import DAY_MINUTES, NEVER_SECOND, Asks
from evenhand.core.gate_rules import HOLIDAY, NOT_IN_CALENDAR
from evenhand.core.gate_rules_test import DAY, EAST, HOUR, PLUS_ONE, book, zones
from evenhand.core.gate_time import local_days, minutes, next_midnight, next_minute, read_clock
from evenhand.core.words import UNKNOWN

TURN = 150 * DAY + HOUR
"""Plus one: 02:00 becomes 03:00 at this instant."""


def asks(*at: int, zone: object = EAST) -> Asks:
    return Asks.of(list(at), zones(), zone)  # type: ignore[arg-type]


def shown(ask: Asks) -> list[int]:
    """The minute of its kind of day that each ask's clock shows."""
    places, minute = minutes(ask, book())
    return [int(each) for each in places[minute[:, 0]]]


@pytest.mark.parametrize(
    ("at", "day", "hour", "kind"),
    [
        (110 * DAY, 110, 8, (110 + 3) % 7),
        (110 * DAY + 15 * HOUR, 110, 23, (110 + 3) % 7),
        (110 * DAY + 16 * HOUR, 111, 0, (111 + 3) % 7),
        (119 * DAY + 16 * HOUR, 120, 0, HOLIDAY),
        (999 * DAY + 16 * HOUR, 1000, 0, NOT_IN_CALENDAR),
        (-DAY, -1, 8, NOT_IN_CALENDAR),
    ],
)
def test_a_wall_clock_eight_hours_east(at: int, day: int, hour: int, kind: int) -> None:
    clock = read_clock(asks(at))
    assert (clock.day[0, 0], clock.second[0, 0] // HOUR) == (day, hour)
    assert shown(asks(at)) == [kind * DAY_MINUTES + hour * 60]


@pytest.mark.parametrize("apart", [60, DAY, 500 * DAY])
def test_minutes_of_many_are_read_as_each_alone(apart: int) -> None:
    moments = (100 * DAY + apart * np.arange(200)).tolist()
    assert shown(asks(*moments)) == [shown(asks(at))[0] for at in moments]


def test_many_moments_read_as_each_alone() -> None:
    moments = [TURN - 1, TURN, TURN + 5 * DAY]
    together = read_clock(asks(*moments, zone=PLUS_ONE)).second[:, 0]
    alone = [read_clock(asks(at, zone=PLUS_ONE)).second[0, 0] for at in moments]
    assert together.tolist() == alone == [2 * HOUR - 1, 3 * HOUR, 3 * HOUR]


def test_the_next_minute_is_never_past_the_jump() -> None:
    ask = asks(TURN - HOUR, zone=PLUS_ONE)
    clock = read_clock(ask)
    assert next_minute(ask.at, clock, np.array([[480]])).tolist() == [[TURN]]
    assert next_minute(ask.at, clock, np.array([[90]])).tolist() == [[TURN - HOUR // 2]]


def test_midnight_is_the_first_of_any_zone_and_unknown_zones_have_none() -> None:
    ask = asks(110 * DAY, zone=[[EAST, PLUS_ONE]])
    assert next_midnight(ask, read_clock(ask)).tolist() == [110 * DAY + 16 * HOUR]
    lost = asks(110 * DAY, zone=[[UNKNOWN, UNKNOWN]])
    clock = read_clock(lost)
    assert not clock.known.any()
    assert next_midnight(lost, clock).tolist() == [NEVER_SECOND]


def test_days_of_contacts_are_the_persons_own() -> None:
    moments = np.array([110 * DAY + 15 * HOUR, 110 * DAY + 16 * HOUR])
    zone = np.array([[EAST, PLUS_ONE], [EAST, PLUS_ONE]], dtype=np.int16)
    assert local_days(zones(), zone, moments).tolist() == [[110, 110], [111, 110]]
