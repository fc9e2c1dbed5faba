"""Whom a clause concerns: many asks read at once and each one alone say the same."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.gate_columns import Asks, Bits
from evenhand.core.gate_concern import EVERY, MANY, concerning, usual
from evenhand.core.gate_rules import Narrowing
from evenhand.core.gate_rules_test import EAST, zones

NONE = np.zeros(0, dtype=np.int64)
COLUMNS = ("channel", "to", "purpose", "by")
SHARES = st.sampled_from([(1, 0, 0, 0), (990, 5, 5, 0), (500, 480, 15, 5), (1, 1, 1, 1)])
COUNTS = st.sampled_from([1, 3, MANY, MANY + 77])
NUMBERS = st.sampled_from([(0,), (0, 0, 0, 0, 90), (10, 20, 30, 40, 90)])


def narrowings(rng: np.random.Generator) -> list[Narrowing]:
    """Tables of four words each, and of how many of two thresholds a number has reached."""
    by_word = [Narrowing(name, NONE, some(rng, 6) | some(rng, 6)) for name in COLUMNS]
    return [*by_word, Narrowing("days_late", np.array([20, 60]), some(rng, 3))]


def some(rng: np.random.Generator, count: int) -> Bits:
    return np.asarray(rng.integers(0, 1 << 63, count), dtype=np.uint64)


def asks_of(rng: np.random.Generator, count: int, shares: Any, days: Any) -> Asks:
    said: dict[str, Any] = {
        name: rng.choice(4, count, p=np.array(own) / sum(own)).astype(np.int8)
        for name, own in zip(COLUMNS, shares, strict=True)
    }
    return Asks.of(np.zeros(count, dtype=np.int64), zones(), EAST, **said,
                   days_late=rng.choice(days, count))  # fmt: skip


def one_by_one(tables: list[Narrowing], asks: Asks, offended: Bits) -> list[int]:
    """The same with no column at all: each ask and each table in turn."""
    found = []
    for row in range(len(asks)):
        left = int(offended[row])
        for table in tables:
            value = int(getattr(asks, table.column)[row])
            reached = sum(value >= edge for edge in table.edges.tolist())
            left &= int(table.bits[reached if len(table.edges) else value])
        found.append(left)
    return found


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), COUNTS, st.tuples(*[SHARES] * len(COLUMNS)), NUMBERS)
def test_many_at_once_are_as_each_alone(seed: int, count: int, shares: Any, days: Any) -> None:
    rng = np.random.default_rng(seed)
    tables, asks = narrowings(rng), asks_of(rng, count, shares, days)
    offended = some(rng, count)
    found = concerning(tables, asks, usual(tables, asks), offended.copy())
    assert found.tolist() == one_by_one(tables, asks, offended)


def test_what_all_have_is_read_once_and_only_others_are_looked_at() -> None:
    table = Narrowing("channel", NONE, np.array([1, 2, 4, 8], dtype=np.uint64))
    channel = np.zeros(MANY, dtype=np.int8)
    channel[7] = 3
    found = usual([table], Asks.of(np.zeros(MANY), zones(), EAST, channel=channel))
    assert (int(found.clauses), found.narrowings, found.apart.tolist()) == (1, (), [7])


@pytest.mark.parametrize(("count", "clauses"), [(MANY, 1), (MANY - 1, int(EVERY))])
def test_few_are_not_worth_the_guess(count: int, clauses: int) -> None:
    table = Narrowing("to", NONE, np.array([1, 2], dtype=np.uint64))
    assert usual([table], Asks.of(np.zeros(count), zones(), EAST)).clauses == clauses
