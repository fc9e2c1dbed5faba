"""A small book of rules for the tests of the gate, written by hand: no pack is needed."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from evenhand.core.columns import Ints
from evenhand.core.gate_columns import DAY_MINUTES, NEVER_SECOND, Bits, Zones
from evenhand.core.gate_rules import (
    CLAUSES_MAX,
    COUNT_MAX,
    DAY_KINDS,
    HOLIDAY,
    NOT_IN_CALENDAR,
    UNKNOWNS,
    Counters,
    Narrowing,
    Page,
    Rules,
    any_of,
    set_of,
    words_of,
)
from evenhand.core.gate_time import SPAN, key_of
from evenhand.core.words import CHANNELS, OUTCOMES, STATE_KINDS, bit, code

DAY = 86_400
HOUR = 3_600
NIGHT, DAILY, COMPLAINT, LETTER, YOUNG, HOLIDAYS = (1 << n for n in range(6))
"""Clauses of the book: no contact 22:00-08:00 unless agreed; two messages a day; nothing while a
complaint is open; no letters; nothing (a warning only) under 10 days late; nothing on holidays."""
RULES = ("night", "daily", "complaint", "letter", "young", "holidays")
SMS = code("sms", CHANNELS)
SENT = code("sent", OUTCOMES)
OPEN = code("complaint_open", STATE_KINDS)
AGREED = code("debtor_agreed", STATE_KINDS)
BEGINS = 100 * DAY
"""The rules are in force from this instant on."""
EAST, PLUS_ONE = 0, 1


def zones() -> Zones:
    """Two zones: eight hours east all year; one hour east, and two from day 150 01:00 UTC on."""
    turn = 150 * DAY + HOUR
    return Zones(
        names=("East", "Plus one"),
        key=np.array([*key_of(EAST, np.array([-SPAN])), *key_of(1, np.array([-SPAN, turn]))]),
        offset=np.array([8 * HOUR, HOUR, 2 * HOUR]),
        until=np.array([NEVER_SECOND, turn, NEVER_SECOND]),
    )


def counters(span: int = 1, in_days: bool = True, **same: bool) -> Counters:
    """One counter of outgoing messages; what must agree is named."""

    def agrees(what: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.array([same.get(what, False)])

    return Counters(
        channels=np.array([bit("sms", CHANNELS) | bit("email", CHANNELS)]),
        directions=np.array([1]),
        outcomes=np.array([bit("sent", OUTCOMES)]),
        in_days=np.array([in_days]),
        span=np.array([span]),
        same_to=agrees("to"),
        same_address=agrees("address"),
        same_channel=agrees("channel"),
        same_debt=agrees("debt"),
        same_line=agrees("line"),
        unnamed=agrees("unnamed"),
        same_collector=agrees("collector"),
        unanswered=agrees("unanswered"),
        but_consented=agrees("but_consented"),
    )


def page() -> Page:
    numbers: Ints = np.zeros(CLAUSES_MAX, dtype=np.int64)
    numbers[: len(RULES)] = len(UNKNOWNS) + np.arange(len(RULES))
    turns = np.array([480, 1320, DAY_MINUTES])
    return Page(
        word=0,
        rule=numbers,
        narrowings=(_letters(), _under_ten()),
        always=np.uint64(LETTER | YOUNG),
        clock=_clock(),
        clock_next=turns[np.searchsorted(turns, np.arange(DAY_MINUTES), side="right")],
        caps=_caps(),
        stops=_kinds(OPEN, COMPLAINT),
        excuses=_kinds(AGREED, NIGHT),
        both=np.uint64(0),
        edges=np.array([BEGINS]),
        in_force=np.array([0, (1 << len(RULES)) - 1], dtype=np.uint64),
        by_clock=np.uint64(NIGHT | HOLIDAYS),
        by_count=np.uint64(DAILY),
        by_state=np.uint64(COMPLAINT),
        warned=np.uint64(YOUNG),
    )


def book() -> Rules:
    """The page with a calendar of one holiday, day 120, known for days 0 to 999."""
    return Rules(
        ids=(*UNKNOWNS, *RULES),
        warns=words_of(1 << len(UNKNOWNS) + RULES.index("young"), 1),
        pages=(page(),),
        counters=counters(channel=True),
        asks_calendar=True,
        holidays=np.array([120]),
        calendar_from=0,
        calendar_until=1_000,
    )


def named(words: Bits) -> set[str]:
    """The rules of the words of a verdict on one ask."""
    bits = set_of(words)
    return {rule for place, rule in enumerate(book().ids) if bits >> place & 1}


def _clock() -> Bits:
    table = np.zeros((DAY_KINDS, DAY_MINUTES), dtype=np.uint64)
    table[:, :480] = NIGHT
    table[:, 1320:] = NIGHT
    table[[HOLIDAY, NOT_IN_CALENDAR]] |= np.uint64(HOLIDAYS)
    return table.reshape(-1)


def _caps() -> Bits:
    table = np.zeros((1, COUNT_MAX + 1), dtype=np.uint64)
    table[0, 2:] = DAILY
    return table


def _kinds(kind: int, clause: int) -> Bits:
    table = np.zeros(len(STATE_KINDS), dtype=np.uint64)
    table[kind] = clause
    return table


def _letters() -> Narrowing:
    table = np.full(len(CHANNELS) + 2, ~np.uint64(LETTER))
    table[[code("letter", CHANNELS), -2, -1]] |= np.uint64(LETTER)
    return Narrowing("channel", np.array([], dtype=np.int64), table)


def _under_ten() -> Narrowing:
    return Narrowing(
        "days_late", np.array([10]), np.array([~np.uint64(0), ~np.uint64(YOUNG)], dtype=np.uint64)
    )


def test_what_is_unknown_comes_first_in_every_book() -> None:
    assert book().ids[:4] == UNKNOWNS
    assert UNKNOWNS == ("unknown.zone", "unknown.facts", "unknown.history", "unknown.law")


@given(st.sets(st.integers(0, 199)))
def test_bits_of_rules_lie_in_words_of_64_and_come_back_as_one_set(places: set[int]) -> None:
    words = words_of(sum(1 << place for place in places), 4)
    assert words.shape == (4, 1)
    for place in range(256):
        assert bool(int(words[place // 64, 0]) >> place % 64 & 1) == (place in places)
    assert set_of(words[:, 0]) == sum(1 << place for place in places)
    assert any_of(words).tolist() == [bool(places)]
