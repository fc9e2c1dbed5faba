"""Which clauses concern an ask: the tables of a page, read by its words and numbers.

A few asks read every column's table, all in one. Many read tables of several columns at once: the
codes of these together make one small number, and its row says what is left of all of them. Where
few asks have anything left that a table could rule out, it is read for these alone. So the rules of
visits cost nothing where nobody is visited.
"""

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

    columns: tuple[Narrowing, ...]
    bits: Bits
    excludes: np.uint64


def concerning(narrowings: tuple[Narrowing, ...], asks: Asks, offended: Bits) -> tuple[Ints, Bits]:
    """Of the clauses offended [A] those that concern each ask; with the asks of which some may be
    left. `offended` is overwritten."""
    tables: list[Joint] = []
    if len(asks) < MANY:
        offended &= _of_every_column(narrowings, asks)
    else:
        tables += joined(narrowings)
    while tables and np.count_nonzero(offended & tables[0].excludes) * FEW > len(asks):
        joint = tables.pop(0)
        offended &= joint.bits.take(_key(joint, asks))
    rows: Ints = (offended != 0).nonzero()[0]
    left = offended.take(rows)
    for joint in tables:
        some = (left & joint.excludes != 0).nonzero()[0]
        left[some] &= joint.bits.take(_key(joint, asks, rows[some]))
    return rows, left


def _of_every_column(narrowings: tuple[Narrowing, ...], asks: Asks) -> Bits:
    """The clauses that concern each ask by all its columns."""
    if not narrowings:
        return np.array([EVERY])
    tables = _end_to_end(narrowings)
    columns = [getattr(asks, name) for name in tables.columns]
    for place, edges in tables.numbers:
        columns[place] = edges.searchsorted(columns[place], side="right")
    rows = np.concatenate(columns).reshape(len(columns), -1)
    rows = np.where(rows < 0, rows + tables.sizes, rows)
    if ((rows < 0) | (rows >= tables.sizes)).any():
        raise IndexError("a word there is none of")
    return np.asarray(np.bitwise_and.reduce(tables.bits.take(rows + tables.starts), axis=0))


@dataclass(frozen=True, slots=True)
class EndToEnd:
    """The tables of all columns one behind the other: each has its place in `columns`, its size and
    its start [T, 1]; `numbers` the edges of those that are read by number."""

    columns: tuple[str, ...]
    numbers: tuple[tuple[int, Ints], ...]
    bits: Bits
    sizes: Ints
    starts: Ints


@lru_cache(maxsize=BOOKS)
def _end_to_end(narrowings: tuple[Narrowing, ...]) -> EndToEnd:
    sizes = np.array([len(each.bits) for each in narrowings])
    return EndToEnd(
        columns=tuple(each.column for each in narrowings),
        numbers=tuple((at, each.edges) for at, each in enumerate(narrowings) if each.edges.size),
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

    groups = [first]
    rest = sorted(rest, key=to_do)
    while rest:
        group, rest = _together(rest)
        groups.append(group)
    return tuple(_joint(group) for group in groups)


def _together(narrowings: Sequence[Narrowing]) -> tuple[list[Narrowing], list[Narrowing]]:
    """The first of them, as many as there is room for in one table, and the others."""
    codes = np.cumprod([len(each.bits) for each in narrowings])
    room = int(np.searchsorted(codes, CODES_MAX, side="right"))
    return list(narrowings[:room]), list(narrowings[room:])


def _joint(columns: Sequence[Narrowing]) -> Joint:
    bits = np.array([EVERY])
    for each in columns:
        own = each.bits if each.edges.size else np.roll(each.bits, UNSAID)
        bits = (bits[:, None] & own).reshape(-1)
    return Joint(tuple(columns), bits, _excluded(bits))


def _excluded(bits: Bits) -> np.uint64:
    """The clauses that some of a table's rows rule out."""
    return np.uint64(EVERY ^ np.bitwise_and.reduce(bits))


def _key(joint: Joint, asks: Asks, rows: Ints | None = None) -> Key:
    """The rows of a joint table that the asks (those at `rows`) read."""
    key = np.zeros(len(asks) if rows is None else len(rows), dtype=np.uint16)
    for each in joint.columns:
        values = asks.said(each.column)
        if rows is not None and len(values) > 1:
            values = values[rows]
        key *= len(each.bits)
        key += _digits(each, values)
    return key


def _digits(narrowing: Narrowing, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The values as numbers from 0 on; IndexError for a word there is none of."""
    if narrowing.edges.size:
        return narrowing.edges.searchsorted(values, side="right").astype(np.uint16)
    digits = values.view(np.uint8) + np.uint8(UNSAID)
    if digits.size and np.maximum.reduce(digits) >= len(narrowing.bits):
        raise IndexError(f"no such word: {narrowing.column}")
    return digits
