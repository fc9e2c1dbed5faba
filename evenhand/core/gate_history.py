"""Counting: a history becomes one small number per counter of the rules and ask.

Kept apart from judging, so that whoever judges a book counts once. Where a person may be in several
zones, the days of each are counted and the greatest count stands.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import NEVER_SECOND, Asks, History
from evenhand.core.gate_rules import COUNT_MAX, Counters
from evenhand.core.gate_time import local_days
from evenhand.core.words import CHANNELS, DIRECTIONS, code

CHANNELS_MAX: Final = len(CHANNELS)
OUT: Final = code("out", DIRECTIONS)
WORDS_MAX: Final = 32
"""More than there are channels or outcomes."""
BY_WORD: Final = ("channel", "direction", "outcome")
ADDRESS: Final = "address"
AGREEING: Final = ("to", ADDRESS, "channel", "by")
BOOKS: Final = 64
"""So many books' sorts are kept."""
BLOCK: Final = 1 << 15
"""Entries counted at once: more of them no longer fit into a processor's own memory."""


def count(asks: Asks, history: History, counters: Counters) -> npt.NDArray[np.uint8]:
    """How often, [C, A]: entries made up to the ask's own moment; counts stop at 255."""
    if len(history) <= BLOCK or len(asks) <= 1:
        return _count(asks, history, counters)
    order = np.argsort(history.row, kind="stable")
    ends = np.cumsum(np.bincount(history.row, minlength=len(asks)))
    starts = np.flatnonzero(np.diff((ends - 1) // BLOCK, prepend=-2))
    turns = np.append(starts, len(asks))
    until = np.append(0, ends)[turns]
    found = np.zeros((len(counters), len(asks)), dtype=np.uint8)
    blocks = len(starts)
    for block in range(blocks):
        rows = np.arange(turns[block], turns[block + 1])
        own = history.of_entries(order[until[block] : until[block + 1]], -int(rows[0]))
        found[:, rows] = _count(asks.take(rows, asks.at[rows]), own, counters)
    return found


def _count(asks: Asks, history: History, counters: Counters) -> npt.NDArray[np.uint8]:
    """The same, all of it at once."""
    zones = max(asks.zone.shape[1], 1)
    if len(history) == 0 or len(counters) == 0:
        return np.zeros((len(counters), len(asks)), dtype=np.uint8)
    agreeing = _agreeing(asks, history, counters)
    if sorts(counters).answer:
        agreeing &= ~counters.unanswered[:, None] | _unanswered(asks, history)
    found = agreeing[:, :, None] & _recent(asks, history, counters)
    counter, entry, zone = found.nonzero()
    cell = (counter * len(asks) + history.row[entry]) * zones + zone
    totals = np.bincount(cell, minlength=len(counters) * len(asks) * zones)
    most = totals.reshape(len(counters), len(asks), zones).max(axis=2)
    return np.asarray(np.minimum(most, COUNT_MAX), dtype=np.uint8)


def next_release(asks: Asks, history: History, counters: Counters) -> Ints:
    """The first instant [A] at which an entry leaves a counter of seconds; NEVER_SECOND if none."""
    soonest = np.full(len(asks), NEVER_SECOND, dtype=np.int64)
    if len(history) == 0 or not sorts(counters).seconds:
        return soonest
    leaves = np.where(counters.in_days, NEVER_SECOND, counters.span)[:, None] + history.at
    leaves = np.where(leaves > asks.at[history.row], leaves, NEVER_SECOND).min(axis=0)
    np.minimum.at(soonest, history.row, leaves)
    return soonest


@dataclass(frozen=True, slots=True)
class Sorts:
    """What counters count: by each word [C, 32] of BY_WORD, is it in the set? By each column of
    AGREEING, which counters [C, 1] do not want it to agree with the ask (None: none wants it). And
    which of the other conditions some counter has at all."""

    words: tuple[Bools, ...]
    same: tuple[Bools | None, ...]
    debt: bool
    line: bool
    consent: bool
    answer: bool
    seconds: bool


@lru_cache(maxsize=BOOKS)
def sorts(counters: Counters) -> Sorts:
    """Of these counters."""
    return Sorts(
        words=(
            _sets(counters.channels),
            _sets(counters.directions),
            _sets(counters.outcomes),
        ),
        same=tuple(
            ~asked[:, None] if asked.any() else None
            for asked in (
                counters.same_to,
                counters.same_address,
                counters.same_channel,
                counters.same_collector,
            )
        ),
        debt=bool(counters.same_debt.any()),
        line=bool(counters.same_line.any()),
        consent=bool(counters.but_consented.any()),
        answer=bool(counters.unanswered.any()),
        seconds=not counters.in_days.all(),
    )


def _sets(sets: Ints) -> Bools:
    """[C, 32]: is the code in the set? A word that was not said (ANY, UNKNOWN: read from the end)
    is in every set: it counts."""
    table = (sets[:, None] >> np.arange(WORDS_MAX)) & 1 == 1
    table[:, -2:] = True
    return np.asarray(table, dtype=np.bool_)


def _agreeing(asks: Asks, history: History, counters: Counters) -> Bools:
    """[C, H]: is the entry of the sort counted, and about the same person, address, debt ...?"""
    row = history.row
    wanted = sorts(counters)
    agreeing = np.ones((len(counters), len(history)), dtype=np.bool_)
    for column, in_set in zip(BY_WORD, wanted.words, strict=True):
        agreeing &= in_set.take(getattr(history, column), axis=1)
    for column, unasked in zip(AGREEING, wanted.same, strict=True):
        if unasked is not None:
            own = getattr(history, column)
            same = unasked | (own == getattr(asks, column).take(row))
            agreeing &= (
                same | (counters.unnamed[:, None] & (own < 0)) if column == ADDRESS else same
            )
    if wanted.debt:
        agreeing &= ~counters.same_debt[:, None] | ((history.debts & asks.debts.take(row)) != 0)
    if wanted.line:
        agreeing &= ~counters.same_line[:, None] | _on_such_a_line(asks, history)
    if wanted.consent:
        agreeing &= ~(counters.but_consented[:, None] & history.consented)
    return agreeing


def _on_such_a_line(asks: Asks, history: History) -> Bools:
    """[H]: was it on a line such as the ask's, or may it have been?"""
    asked, was = asks.line.take(history.row), history.line
    return np.asarray((asked == was) | (asked < 0) | (was < 0))


def _unanswered(asks: Asks, history: History) -> Bools:
    """[H]: has nothing gone out by the entry's channel between it and the ask's moment?"""
    group = history.row * CHANNELS_MAX + np.maximum(history.channel, 0)
    up_to = np.where(history.at <= asks.at[history.row], history.at, -NEVER_SECOND)
    went_out = np.where(history.direction == OUT, up_to, -NEVER_SECOND)
    last = np.full(len(asks) * CHANNELS_MAX, -NEVER_SECOND, dtype=np.int64)
    np.maximum.at(last, group, went_out)
    return np.asarray(history.at >= last[group])


def _recent(asks: Asks, history: History, counters: Counters) -> Bools:
    """[C, H, Z]: was it made up to the ask's moment and within the counter's span?"""
    row = history.row
    zone = asks.zone if asks.zone.shape[1] else np.zeros((len(asks), 1), dtype=np.int16)
    known = zone[row] >= 0
    today = local_days(asks.zones, zone, asks.at).take(row, axis=0)
    ago_days = today - local_days(asks.zones, zone[row], history.at)
    ago = asks.at.take(row) - history.at
    span = counters.span[:, None, None]
    recent = (ago_days < span) & known
    if sorts(counters).seconds:
        in_seconds = ago[:, None] < span
        recent = np.where(counters.in_days[:, None, None], recent, in_seconds)
    recent &= (ago >= 0)[:, None]
    return recent
