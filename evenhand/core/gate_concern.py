"""Which clauses concern an ask: the tables of a page, read by its words and numbers.

One ask reads every column's table in turn, a few read them all in one. Many read tables of several
columns at once: the codes of these together make one small number, and its row says what is left of
all of them. Where few asks have anything left that a table could rule out, it is read for these
alone. So the rules of visits cost nothing where nobody is visited.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints
from evenhand.core.gate_columns import Asks, Bits
from evenhand.core.gate_rules import Narrowing

Key: TypeAlias = npt.NDArray[np.uint16]

MANY: Final = 2_048
"""Fewer asks than these are not worth a table of several columns."""
CODES_MAX: Final = 1 << 14
"""A table of several columns has no more rows."""
FEW: Final = 4
"""Fewer than one ask in so many are looked at alone."""
UNSAID: Final = 2
"""UNKNOWN and ANY, the codes below 0: in a joint table they come first."""
BOOKS: Final = 16
"""Of so many books the tables of several columns are kept."""
EVERY: Final = np.uint64((1 << 64) - 1)


@dataclass(frozen=True, slots=True)
class Joint:
    """One table for several columns: `bits` by their codes, those of the last column next to each
    other; `excludes` the clauses that some of its rows rule out."""

    narrowings: tuple[Narrowing, ...]
    bits: Bits
    excludes: np.uint64


def concerning(narrowings: tuple[Narrowing, ...], asks: Asks, offended: Bits) -> tuple[Ints, Bits]:
    """Of the clauses offended [A] those that concern each ask; with the asks of which some may be
    left. `offended` is overwritten."""
    together: tuple[Joint, ...] = ()
    if len(asks) == 1:
        offended &= _of_one(narrowings, asks)
    elif len(asks) < MANY:
        offended &= _of_every_column(narrowings, asks)
    else:
        together = _after_all(joined(narrowings), asks, offended)
    rows: Ints = (offended != 0).nonzero()[0]
    left = offended.take(rows)
    _narrow_some(together, asks, rows, left)
    return rows, left


def _after_all(narrowings: tuple[Joint, ...], asks: Asks, offended: Bits) -> tuple[Joint, ...]:
    """Read the tables for all asks while they may rule out something for many; those left."""
    for nth, joint in enumerate(narrowings):
        if np.count_nonzero(offended & joint.excludes) * FEW <= len(asks):
            return narrowings[nth:]
        offended &= joint.bits.take(_key(joint, asks))
    return ()


def _narrow_some(narrowings: tuple[Joint, ...], asks: Asks, rows: Ints, left: Bits) -> None:
    """Read the tables for those of the asks at `rows` for whom they may rule out what is left."""
    for joint in narrowings:
        some = (left & joint.excludes != 0).nonzero()[0]
        left[some] &= joint.bits.take(_key(joint, asks, rows[some]))


def _of_one(narrowings: tuple[Narrowing, ...], asks: Asks) -> np.uint64:
    """The clauses that concern the only ask, without a column: what is called once costs least."""
    bits = int(EVERY)
    for each, (edges, table) in zip(narrowings, _in_turn(narrowings), strict=True):
        value = getattr(asks, each.column)[0]
        bits &= table[bisect_right(edges, value) if edges else value]
    return np.uint64(bits)


@lru_cache(maxsize=BOOKS)
def _in_turn(narrowings: tuple[Narrowing, ...]) -> list[tuple[list[int], list[int]]]:
    """Edges and bits of each, as plain numbers."""
    return [(each.edges.tolist(), each.bits.tolist()) for each in narrowings]


def _of_every_column(narrowings: tuple[Narrowing, ...], asks: Asks) -> Bits:
    """The clauses that concern each ask by all its columns."""
    if not narrowings:
        return np.array([EVERY])
    tables = _end_to_end(narrowings)
    columns = [_place(each, getattr(asks, each.column)) for each in narrowings]
    rows = np.concatenate(columns).reshape(len(columns), -1)
    rows = np.where(rows < 0, rows + tables.sizes, rows)
    if ((rows < 0) | (rows >= tables.sizes)).any():
        raise IndexError("a word there is none of")
    return np.asarray(np.bitwise_and.reduce(tables.bits.take(rows + tables.starts), axis=0))


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """The tables of all columns one behind the other, each with its size and its start [T, 1]."""

    bits: Bits
    sizes: Ints
    starts: Ints


@lru_cache(maxsize=BOOKS)
def _end_to_end(narrowings: tuple[Narrowing, ...]) -> EndToEnd:
    sizes = np.array([len(each.bits) for each in narrowings])
    return EndToEnd(
        bits=np.concatenate([each.bits for each in narrowings]),
        sizes=sizes[:, None],
        starts=(np.cumsum(sizes) - sizes)[:, None],
    )


@lru_cache(maxsize=BOOKS)
def joined(narrowings: tuple[Narrowing, ...]) -> tuple[Joint, ...]:
    """The same tables put together, as many columns in one as there is room for.

    After the first words the columns follow for which these leave most to do, numbers last.
    """
    first, rest = _together(narrowings)
    said = _joint(first).bits

    def to_do(each: Narrowing) -> tuple[bool, int]:
        return bool(each.edges.size), -int(np.count_nonzero(said & _excluded(each.bits)))

    return tuple(map(_joint, [first, *_groups(sorted(rest, key=to_do))]))


def _groups(narrowings: Sequence[Narrowing]) -> list[list[Narrowing]]:
    """As few groups as their order allows."""
    first, rest = _together(narrowings)
    return [first, *_groups(rest)] if first else []


def _together(narrowings: Sequence[Narrowing]) -> tuple[list[Narrowing], list[Narrowing]]:
    """The first of them, as many as there is room for in one table, and the others."""
    codes = np.cumprod([len(each.bits) for each in narrowings])
    room = int(np.searchsorted(codes, CODES_MAX, side="right"))
    return list(narrowings[:room]), list(narrowings[room:])


def _joint(narrowings: Sequence[Narrowing]) -> Joint:
    bits = np.array([EVERY])
    for each in narrowings:
        own = each.bits if each.edges.size else np.roll(each.bits, UNSAID)
        bits = (bits[:, None] & own).reshape(-1)
    return Joint(tuple(narrowings), bits, _excluded(bits))


def _excluded(bits: Bits) -> np.uint64:
    """The clauses that some of a table's rows rule out."""
    return np.uint64(EVERY ^ np.bitwise_and.reduce(bits))


def _key(joint: Joint, asks: Asks, rows: Ints | None = None) -> Key:
    """The rows of a joint table that the asks (those at `rows`) read."""
    key = np.zeros(len(asks) if rows is None else len(rows), dtype=np.uint16)
    for each in joint.narrowings:
        values = asks.said(each.column)
        if rows is not None and len(values) > 1:
            values = values[rows]
        key *= len(each.bits)
        key += _digits(each, values)
    return key


def _digits(narrowing: Narrowing, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The values as numbers from 0 on; IndexError for a word there is none of."""
    if narrowing.edges.size:
        return _place(narrowing, values).astype(np.uint16)
    digits = values.view(np.uint8) + np.uint8(UNSAID)
    if digits.size and np.maximum.reduce(digits) >= len(narrowing.bits):
        raise IndexError(f"no such word: {narrowing.column}")
    return digits


def _place(narrowing: Narrowing, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Where each value is in the table of its column."""
    edges = narrowing.edges
    return edges.searchsorted(values, side="right") if edges.size else values
