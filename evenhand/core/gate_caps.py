"""What counts offend: a table read once by up to eight turns at which a count changes something."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints
from evenhand.core.gate_columns import Bits
from evenhand.core.gate_rules import Page

Counts: TypeAlias = npt.NDArray[np.uint8]

TURNS_MAX: Final = 8
"""As many as there are bits in a byte."""
PAGES: Final = 64
"""So many pages' tables are kept."""


@dataclass(frozen=True, slots=True)
class Turns:
    """Up to eight counts [T] of some `counter` from which on other clauses are offended, each with
    its `place` among the bits of a byte; `offended` [256] by which of them are reached. `turns`:
    counter, least and place of each."""

    counter: Ints
    least: Counts
    place: Counts
    offended: Bits
    turns: tuple[tuple[int, int, int], ...]


def counted(page: Page, counts: Counts) -> Bits:
    """The clauses offended [A] because a count has reached what they allow, or not what they
    want."""
    turns = turns_of(page)
    if counts.shape[1] == 1:
        return np.array([_counted_one(turns, counts[:, 0].tolist())], dtype=np.uint64)
    found = np.zeros(1, dtype=np.uint64)
    for each in turns:
        reached = (counts[each.counter] >= each.least) * each.place
        found = found ^ each.offended.take(np.bitwise_or.reduce(reached, axis=0))
    return found


def _counted_one(turns: tuple[Turns, ...], counts: list[int]) -> int:
    """The same for the only ask, without a column."""
    found = 0
    for each in turns:
        reached = sum(place for counter, least, place in each.turns if counts[counter] >= least)
        found ^= int(each.offended[reached])
    return found


@lru_cache(maxsize=PAGES)
def turns_of(page: Page) -> tuple[Turns, ...]:
    """The turns of a page's caps. A clause counts by one counter, so each changes bits of its own:
    what is offended with some of them reached is what is offended at first, changed by each."""
    counter, before = (page.caps[:, 1:] ^ page.caps[:, :-1]).nonzero()
    first = np.bitwise_or.reduce(page.caps[:, 0], initial=0)
    count = max(counter.size, 1)
    return tuple(
        _turns(page, counter[at : at + TURNS_MAX], before[at : at + TURNS_MAX], 0 if at else first)
        for at in range(0, count, TURNS_MAX)
    )


def _turns(page: Page, counter: Ints, before: Ints, first: int) -> Turns:
    changes = page.caps[counter, before + 1] ^ page.caps[counter, before]
    places = np.arange(len(counter))
    reached = (np.arange(1 << TURNS_MAX)[:, None] >> places) & 1 == 1
    offended = np.bitwise_xor.reduce(np.where(reached, changes, np.uint64(0)), axis=1)
    return Turns(
        counter,
        (before + 1).astype(np.uint8)[:, None],
        (1 << places).astype(np.uint8)[:, None],
        offended ^ np.uint64(first),
        tuple(zip(counter.tolist(), (before + 1).tolist(), (1 << places).tolist(), strict=True)),
    )
