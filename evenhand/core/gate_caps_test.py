"""What counts offend: all turns read at once, as each cap in turn."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.gate_caps import TURNS_MAX, counted, turns_of
from evenhand.core.gate_rules import COUNT_MAX, Page
from evenhand.core.gate_rules_test import page

COUNTERS = 5
TURN = st.integers(1, COUNT_MAX)
CLAUSE = st.tuples(st.integers(0, COUNTERS - 1), st.one_of(st.none(), TURN), TURN)
Clauses = list[tuple[int, int | None, int]]
"""A counter each, and from which count on it is too many, or below which it is too few."""


def capped(clauses: Clauses) -> Page:
    caps = np.zeros((COUNTERS, COUNT_MAX + 1), dtype=np.uint64)
    for place, (counter, most, least) in enumerate(clauses):
        offended = slice(most, None) if most is not None else slice(None, least)
        caps[counter, offended] |= np.uint64(1 << place)
    return replace(page(), caps=caps)


def in_turn(clauses: Clauses, counts: list[int]) -> int:
    held = (
        counts[counter] >= most if most is not None else counts[counter] < least
        for counter, most, least in clauses
    )
    return sum(1 << place for place, holds in enumerate(held) if holds)


@settings(max_examples=60, deadline=None)
@given(st.lists(CLAUSE, max_size=20), st.integers(0, 10**6))
def test_all_at_once_are_as_each_in_turn(clauses: Clauses, seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = rng.choice([0, 1, 2, 3, 254, 255, *rng.integers(0, 256, 3)], (COUNTERS, 40))
    found = counted(capped(clauses), counts.astype(np.uint8))
    assert found.tolist() == [in_turn(clauses, each) for each in counts.T.tolist()]


def test_a_byte_says_which_turns_are_reached() -> None:
    turns = turns_of(capped([(0, most, 1) for most in range(1, TURNS_MAX + 2)]))
    assert [len(each.counter) for each in turns] == [TURNS_MAX, 1]


def test_a_page_that_counts_nothing_offends_nothing_by_counts() -> None:
    found = counted(replace(page(), caps=page().caps[:0]), np.zeros((0, 3), dtype=np.uint8))
    assert found.tolist() == [0, 0, 0]
