"""Whom a clause concerns: many asks read at once and each one alone say the same."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.gate_columns import Asks, Bits
from evenhand.core.gate_concern import CODES_MAX, MANY, concerning, joined
from evenhand.core.gate_rules import Narrowing
from evenhand.core.gate_rules_test import EAST, zones

NONE = np.zeros(0, dtype=np.int64)
COLUMNS = ("channel", "to", "purpose", "by")
SHARES = st.sampled_from([(1, 0, 0, 0), (990, 5, 5, 0), (500, 480, 15, 5), (1, 1, 1, 1)])
COUNTS = st.sampled_from([1, 3, MANY, MANY + 77])
NUMBERS = st.sampled_from([(0,), (0, 0, 0, 0, 90), (10, 20, 30, 40, 90)])


def narrowings(rng: np.random.Generator) -> tuple[Narrowing, ...]:
    """Tables of four words each, and of how many of two thresholds a number has reached."""
    by_word = [Narrowing(name, NONE, some(rng, 6) | some(rng, 6)) for name in COLUMNS]
    return (*by_word, Narrowing("days_late", np.array([20, 60]), some(rng, 3)))


def some(rng: np.random.Generator, count: int) -> Bits:
    return np.asarray(rng.integers(0, 1 << 63, count), dtype=np.uint64)


def asks_of(rng: np.random.Generator, count: int, shares: Any, days: Any) -> Asks:
    said: dict[str, Any] = {
        name: rng.choice(4, count, p=np.array(own) / sum(own)).astype(np.int8)
        for name, own in zip(COLUMNS, shares, strict=True)
    }
    return Asks.of(np.zeros(count, dtype=np.int64), zones(), EAST, **said,
                   days_late=rng.choice(days, count))  # fmt: skip


def one_by_one(tables: tuple[Narrowing, ...], asks: Asks, offended: Bits) -> list[int]:
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
    told = one_by_one(tables, asks, offended)
    found = np.zeros(count, dtype=np.uint64)
    rows, left = concerning(tables, asks, offended)
    found[rows] = left
    assert found.tolist() == told


def test_columns_are_read_together_as_far_as_there_is_room() -> None:
    rng = np.random.default_rng(5)
    words = ("channel", "to", "purpose", "mode", "by", "place")
    tables = tuple(Narrowing(name, NONE, some(rng, 14)) for name in words)
    number = Narrowing("days_late", np.array([20, 60]), some(rng, 3))
    found = joined((number, *tables))
    assert all(len(each.bits) <= CODES_MAX for each in found)
    read = [each.column for joint in found for each in joint.narrowings]
    assert sorted(read) == sorted([*words, "days_late"])


def test_numbers_are_read_last_and_only_what_is_left_to_do() -> None:
    every = np.uint64((1 << 64) - 1)
    by_word = Narrowing("to", NONE, np.array([1, 3, every, every], dtype=np.uint64))
    number = Narrowing("days_late", np.array([20]), np.array([1, every], dtype=np.uint64))
    (joint,) = joined((by_word, number))
    assert joint.bits.tolist() == [1, every, 1, every, 1, 1, 1, 3]
    assert int(joint.excludes) == int(every) ^ 1


@pytest.mark.parametrize("count", [1, MANY])
@pytest.mark.parametrize("word", [4, -5])
def test_a_word_there_is_none_of_is_never_judged(count: int, word: int) -> None:
    table = Narrowing("to", NONE, np.array([1, 2, 4, 8], dtype=np.uint64))
    asks = Asks.of(np.zeros(count), zones(), EAST, to=np.full(count, word, dtype=np.int8))
    with pytest.raises(IndexError):
        concerning((table,), asks, np.full(count, 15, dtype=np.uint64))
