"""States that meet an ask, and until when."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.gate_columns import NEVER_SECOND, Asks, Bits, States
from evenhand.core.gate_rules_test import DAY, EAST, HOUR, OPEN, PLUS_ONE, SMS, zones
from evenhand.core.gate_states import Live, lasts_until, live, next_beginning
from evenhand.core.gate_time import read_clock
from evenhand.core.words import STATE_KINDS, WEEKDAYS, bit, code

MONDAY = 109
"""A Monday in the spring of 1970."""
NOON = MONDAY * DAY + 4 * HOUR
WISH = code("inconvenient", STATE_KINDS)
HOME, WORK = 0, 1
MON, SUN = bit("mon", WEEKDAYS), bit("sun", WEEKDAYS)


def asked(at: int = NOON, zone: object = EAST, **columns: object) -> Asks:
    return Asks.of([at], zones(), zone, **({"channel": SMS, "address": 4} | columns))  # type: ignore[arg-type]


def met(states: States, at: int = NOON, zone: object = EAST, **columns: object) -> Live:
    return live(asked(at, zone, **columns), states)


def lasting(states: States) -> list[int]:
    found = lasts_until(asked(), live(asked(), states), states, read_clock(asked()))
    return found.tolist()  # type: ignore[no-any-return]


def stopped(found: Live, table: Bits, both: int = 0, counted: int = 0) -> int:
    """Which clauses an ask offends by the states it met."""
    offended: Bits = np.zeros(1, dtype=np.uint64)
    found.stop(table, np.uint64(both), np.array([counted], dtype=np.uint64), offended)
    return int(offended[0])


def excused(found: Live, table: Bits) -> list[int]:
    """Which of four clauses are excused."""
    offended: Bits = np.array([15], dtype=np.uint64)
    found.excuse(table, offended)
    return [15 - each for each in offended.tolist()]


def state(**columns: object) -> States:
    return States.of([0], [OPEN], [NOON - DAY], **columns)


def wish(**columns: object) -> States:
    return States.of([0], [WISH], [0], **columns)


def test_noon_is_on_a_monday() -> None:
    clock = read_clock(asked())
    assert ((clock.day[0, 0] + 3) % 7, clock.second[0, 0]) == (0, 12 * HOUR)


@pytest.mark.parametrize(
    ("what", "states", "meets"),
    [
        ("known since yesterday", state(), True),
        ("known this very second", States.of([0], [OPEN], [NOON]), True),
        ("known a second later", States.of([0], [OPEN], [NOON + 1]), False),
        ("its window opens now", state(start=NOON), True),
        ("its window opens later", state(start=NOON + 1), False),
        ("it ends in a second", state(end=NOON + 1), True),
        ("it ends now", state(end=NOON), False),
        ("of this channel", state(channel=SMS), True),
        ("of another channel", state(channel=0), False),
        ("of this address", state(address=4), True),
        ("of another address", state(address=5), False),
        ("of this place", state(place=HOME), True),
        ("of another place", state(place=WORK), False),
        ("of another place, but this address", state(place=WORK, address=4), True),
        ("about a debt of the ask", state(debts=0b10), True),
        ("about another debt", state(debts=0b01), False),
    ],
)
def test_a_state_meets_an_ask(what: str, states: States, meets: bool) -> None:
    assert (len(met(states, place=HOME, debts=0b110).row) == 1) == meets, what


@pytest.mark.parametrize(
    ("what", "states", "until"),
    [
        ("all day, Mondays", wish(weekdays=MON), NOON + 12 * HOUR),
        ("Sundays", wish(weekdays=SUN), None),
        ("from 12:00", wish(from_minute=720), NOON + 12 * HOUR),
        ("until 12:00", wish(until_minute=720), None),
        ("11:00 to 12:30", wish(from_minute=660, until_minute=750), NOON + HOUR // 2),
        ("from 12:01", wish(from_minute=721), None),
        ("22:00 to 13:00", wish(from_minute=1320, until_minute=780), NOON + HOUR),
        (
            "Sundays 22:00 to 13:00",
            wish(weekdays=SUN, from_minute=1320, until_minute=780),
            NOON + HOUR,
        ),
        ("Mondays 22:00 to 13:00", wish(weekdays=MON, from_minute=1320, until_minute=780), None),
        ("at every hour", wish(), NEVER_SECOND),
        ("until it is taken back", wish(end=NOON + 5), NOON + 5),
        ("all day, but taken back", wish(weekdays=MON, end=NOON + 5), NOON + 5),
    ],
)
def test_a_wish_meets_at_its_hours(what: str, states: States, until: int | None) -> None:
    assert lasting(states) == ([] if until is None else [until]), what


def test_a_wish_holds_in_any_zone_the_person_may_be_in() -> None:
    early = wish(from_minute=300, until_minute=301)  # 05:00 an hour east is 12:00 eight hours east
    assert len(met(early, zone=[[EAST]]).row) == 0
    assert len(met(early, zone=[[EAST, PLUS_ONE]]).row) == 1


def test_an_address_that_was_not_said_may_stop_and_never_excuses() -> None:
    found = met(state(address=4), address=-2)
    table: Bits = np.zeros(len(STATE_KINDS), dtype=np.uint64)
    table[OPEN] = 8
    assert stopped(found, table) == 8
    assert excused(found, table) == [0]
    assert excused(met(state(address=4)), table) == [8]


def test_states_of_one_ask_are_put_together() -> None:
    table: Bits = np.zeros(len(STATE_KINDS), dtype=np.uint64)
    table[OPEN], table[WISH] = 1, 2
    both = States.of([0, 0], [OPEN, WISH], [0, 0])
    assert stopped(met(both), table) == 3


def test_a_clause_of_a_state_and_a_count_wants_both() -> None:
    table: Bits = np.full(len(STATE_KINDS), 0b111, dtype=np.uint64)
    found = met(state())
    assert stopped(found, table, both=0b011, counted=0b010) == 0b110
    assert stopped(found, table, both=0b011, counted=0) == 0b100


def test_the_next_state_to_begin_is_found() -> None:
    ask = Asks.of([NOON], zones(), EAST, channel=SMS)
    coming = States.of(
        [0, 0, 0], [OPEN] * 3, [NOON + 50, NOON - 5, 0], start=[0, NOON + 40, NOON - 1]
    )
    assert next_beginning(ask, coming).tolist() == [NOON + 40]
    assert next_beginning(ask, States.none()).tolist() == [NEVER_SECOND]


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6))
def test_wishes_read_together_are_as_a_calendar_on_the_wall_says(seed: int) -> None:
    rng = np.random.default_rng(seed)
    at = int(NOON + rng.integers(-5 * DAY, 60 * DAY))
    local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at + 8 * HOUR)
    here = local.hour * 60 + local.minute
    minutes = rng.choice([0, 1, 720, 1439, 1440, here], (8, 2)).tolist()
    days = rng.integers(1, 127, 8).tolist()
    wishes = [
        wish(weekdays=named, from_minute=opens, until_minute=closes)
        for named, (opens, closes) in zip(days, minutes, strict=True)
    ]
    together = States.of(
        [0] * 8,
        [WISH] * 8,
        [0] * 8,
        weekdays=days,
        from_minute=[opens for opens, _ in minutes],
        until_minute=[closes for _, closes in minutes],
    )

    def held(named: int, opens: int, closes: int) -> bool:
        today, before = named >> local.weekday() & 1, named >> (local.weekday() - 1) % 7 & 1
        if opens < closes:
            return bool(today) and opens <= here < closes
        return bool(today and here >= opens) or bool(before and here < closes)

    expected = [held(named, *hours) for named, hours in zip(days, minutes, strict=True)]
    assert [len(met(each, at).row) == 1 for each in wishes] == expected
    assert np.isin(np.arange(8), met(together, at).entry).tolist() == expected
