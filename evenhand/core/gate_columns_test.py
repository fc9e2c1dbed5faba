"""Columns of asks, history and states: what is left out, and picking rows."""

import numpy as np
import pytest

from evenhand.core.gate_columns import (
    ALL_DEBTS,
    EVERY_WEEKDAY,
    MISSING,
    NEVER_SECOND,
    Asks,
    History,
    States,
)
from evenhand.core.gate_rules_test import EAST, OPEN, PLUS_ONE, SMS, zones
from evenhand.core.words import ANY, UNKNOWN


def test_an_ask_that_says_little_is_an_ordinary_one_with_much_unknown() -> None:
    asks = Asks.of([5, 6], zones(), EAST, channel=SMS)
    assert len(asks) == 2
    assert asks.channel.tolist() == [SMS, SMS]
    assert asks.zone.tolist() == [[EAST], [EAST]]
    assert (asks.mode[0], asks.to[0], asks.purpose[0], asks.by[0]) == (0, 0, 0, 0)
    assert (asks.days_late[0], asks.overdue_minor[0], asks.staff[0]) == (MISSING,) * 3
    assert (asks.names_institution[0], asks.disclosed[0], asks.place[0]) == (UNKNOWN,) * 3
    assert int(asks.debts[0]) == ALL_DEBTS
    assert asks.facts_known.all() and asks.history_known.all()


def test_a_single_moment_is_a_batch_of_one() -> None:
    assert len(Asks.of(5, zones(), [[EAST, PLUS_ONE]])) == 1


def test_a_column_there_is_none_of_is_a_bug() -> None:
    with pytest.raises(AssertionError, match="no such column"):
        Asks.of([5], zones(), EAST, mood=1)


def test_asks_are_taken_at_other_moments() -> None:
    asks = Asks.of([5, 6, 7], zones(), [EAST, PLUS_ONE, EAST], address=[10, 11, 12])
    taken = asks.take(np.array([2, 1]), np.array([70, 60]))
    assert taken.at.tolist() == [70, 60]
    assert taken.address.tolist() == [12, 11]
    assert taken.zone.tolist() == [[EAST], [PLUS_ONE]]


def test_history_left_out_is_outgoing_to_the_debtor_about_every_debt() -> None:
    past = History.of([0, 1], [5, 6], channel=SMS)
    assert (past.direction[0], past.to[0], past.by[0], past.address[0]) == (0, 0, 0, UNKNOWN)
    assert int(past.debts[1]) == ALL_DEBTS
    assert len(History.none()) == 0


def test_entries_follow_their_asks() -> None:
    past = History.of([2, 0, 2, 1], [50, 10, 51, 20]).of_rows(np.array([1, 2]), 3)
    assert list(zip(past.row.tolist(), past.at.tolist(), strict=True)) == [
        (1, 50),
        (1, 51),
        (0, 20),
    ]


def test_a_state_left_out_is_not_narrowed_and_does_not_end() -> None:
    states = States.of([0], [OPEN], [5])
    assert (states.start[0], states.end[0]) == (0, NEVER_SECOND)
    assert (states.channel[0], states.place[0], states.address[0]) == (ANY, ANY, ANY)
    assert (states.weekdays[0], states.from_minute[0], states.until_minute[0]) == (
        EVERY_WEEKDAY,
        0,
        1440,
    )
    assert len(States.none()) == 0


def test_states_are_picked_by_entry_and_by_ask() -> None:
    states = States.of([0, 1, 2], [OPEN] * 3, [5, 6, 7])
    assert states.of_entries(np.array([2, 0])).at.tolist() == [7, 5]
    assert states.of_rows(np.array([2]), 3).row.tolist() == [0]
