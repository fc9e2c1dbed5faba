"""The whole gate: one ask is a row of many, and the moment it names is the first lawful one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.gate import Verdict, judge, set_of
from evenhand.core.gate_columns import NEVER_SECOND, Asks, History, States
from evenhand.core.gate_rules_test import (
    AGREED,
    DAY,
    EAST,
    HOUR,
    OPEN,
    PLUS_ONE,
    SENT,
    SMS,
    book,
    named,
    zones,
)
from evenhand.core.words import CHANNELS, STATE_KINDS, code

NOON = 110 * DAY + 4 * HOUR
WISH = code("inconvenient", STATE_KINDS)
MOMENTS = st.one_of(
    st.integers(99 * DAY, 160 * DAY), st.integers(99 * 24, 160 * 24).map(lambda hour: hour * HOUR)
)
CHANNEL = st.sampled_from([SMS, SMS, SMS, code("email", CHANNELS), code("letter", CHANNELS)])
ASK = st.tuples(MOMENTS, st.sampled_from([(EAST,), (PLUS_ONE,), (EAST, PLUS_ONE), ()]), CHANNEL)
CONTACT = st.tuples(st.integers(0, 4), MOMENTS, CHANNEL)
STATE = st.tuples(
    st.integers(0, 4),
    st.sampled_from([OPEN, AGREED, WISH]),
    MOMENTS,
    st.one_of(MOMENTS, st.just(NEVER_SECOND)),
    st.sampled_from([(0, 1440), (480, 600), (1320, 300)]),
)
CASE = st.tuples(
    st.lists(ASK, min_size=1, max_size=5),
    st.lists(CONTACT, max_size=12),
    st.lists(STATE, max_size=6),
)
Case = tuple[list[tuple[int, tuple[int, ...], int]], list[tuple[int, int, int]], list[tuple]]  # type: ignore[type-arg]


def columns(case: Case) -> tuple[Asks, History, States]:
    """The case as columns; entries of rows there are none of are left away."""
    asked, made, known = case
    made = [each for each in made if each[0] < len(asked)]
    known = [each for each in known if each[0] < len(asked)]
    zone = [(*zones_of, *(-2,) * (2 - len(zones_of))) for _, zones_of, _ in asked]
    asks = Asks.of(
        [at for at, _, _ in asked],
        zones(),
        np.array(zone),
        channel=[channel for _, _, channel in asked],
        days_late=30,
    )
    past = History.of(
        [row for row, _, _ in made],
        [at for _, at, _ in made],
        channel=[channel for _, _, channel in made],
        outcome=SENT,
    )
    states = States.of(
        [row for row, *_ in known],
        [kind for _, kind, *_ in known],
        [at for _, _, at, *_ in known],
        end=[end for *_, end, _ in known],
        from_minute=[hours[0] for *_, hours in known],
        until_minute=[hours[1] for *_, hours in known],
    )
    return asks, past, states


def at_moments(case: Case, moments: list[int]) -> Verdict:
    asks, past, states = columns(case)
    rows = np.arange(len(asks))
    return judge(asks.take(rows, np.array(moments)), past, states, book())


@settings(max_examples=200, deadline=None)
@given(CASE)
def test_one_ask_is_a_row_of_many(case: Case) -> None:
    asks, past, states = columns(case)
    together = judge(asks, past, states, book())
    rows = np.arange(len(asks))
    for row in rows:
        one = asks.take(rows[row : row + 1], asks.at[row : row + 1])
        alone = judge(
            one,
            past.of_rows(rows[[row]], len(asks)),
            states.of_rows(rows[[row]], len(asks)),
            book(),
        )
        assert alone.allowed[0] == together.allowed[row]
        assert set_of(alone.refusals[:, 0]) == set_of(together.refusals[:, row])
        assert set_of(alone.warnings[:, 0]) == set_of(together.warnings[:, row])
        assert alone.not_before[0] == together.not_before[row]


@settings(max_examples=200, deadline=None)
@given(CASE, st.integers(0, 10**6))
def test_a_second_earlier_is_refused_and_at_the_moment_it_is_allowed(case: Case, part: int) -> None:
    asks, past, states = columns(case)
    verdict = judge(asks, past, states, book())
    assert (verdict.allowed == (verdict.refusals[0] == 0)).all()
    assert (verdict.allowed == (verdict.not_before == asks.at)).all()
    some = verdict.not_before != NEVER_SECOND
    then = np.where(some, verdict.not_before, asks.at)
    assert at_moments(case, then.tolist()).allowed[some].all()
    waits = some & ~verdict.allowed
    assert not at_moments(case, (then - 1).tolist()).allowed[waits].any()
    last = np.where(some, then, asks.at + 400 * DAY)
    between = asks.at + (last - asks.at) * part // 10**6
    inside = (between < last) & ~verdict.allowed
    assert not at_moments(case, between.tolist()).allowed[inside].any()


def test_a_verdict_names_rules_and_moment() -> None:
    asks = Asks.of([NOON + 10 * HOUR, NOON], zones(), EAST, channel=SMS, days_late=[30, 5])
    verdict = judge(asks, History.none(), States.none(), book())
    assert verdict.allowed.tolist() == [False, True]
    assert named(verdict.refusals[:, 0]) == {"night"}
    assert named(verdict.warnings[:, 1]) == {"young"}
    assert verdict.not_before.tolist() == [111 * DAY, NOON]
