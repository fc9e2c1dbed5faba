"""What asks offend at their own moment: tables read by columns, no clause looked at alone."""

from dataclasses import dataclass
from functools import reduce
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import Asks, Bits, States
from evenhand.core.gate_concern import Usual, concerning, usual
from evenhand.core.gate_rules import (
    CLAUSES_MAX,
    COUNT_MAX,
    UNKNOWN_FACTS,
    UNKNOWN_HISTORY,
    UNKNOWN_LAW,
    UNKNOWN_ZONE,
    Page,
    Rules,
)
from evenhand.core.gate_states import Live, live
from evenhand.core.gate_time import Clock, read_clock
from evenhand.core.words import CHANNELS, COLLECTORS, PURPOSES, RECIPIENTS, code

Counts: TypeAlias = npt.NDArray[np.uint8]

DAY_MINUTES: Final = 1440
CODE: Final = code("security_code", PURPOSES)
SMS: Final = code("sms", CHANNELS)
PARTIES: Final = tuple(code(to, RECIPIENTS) for to in ("debtor", "guarantor", "co_debtor"))
LENDER: Final = code("lender", COLLECTORS)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Rule bits [A] and, a page of the rules each, the clauses offended [A]."""

    refusals: Bits
    warnings: Bits
    clauses: tuple[Bits, ...]
    clock: Clock
    live: Live


def weigh(asks: Asks, counts: Counts, states: States, rules: Rules) -> Weighed:
    """What each ask offends at its own moment, its history counted by `gate_history.count`."""
    clock = read_clock(asks, rules)
    met = live(asks, states, clock)
    clauses = tuple(_offended(page, asks, counts, met, clock) for page in rules.pages)
    codes = _is_code(asks)
    if codes.any():
        clauses = tuple(
            np.where(codes, bits & ~_lapsing(page), bits)
            for page, bits in zip(rules.pages, clauses, strict=True)
        )
    bits = _unknown(asks, rules)
    offended = reduce(
        np.bitwise_or,
        (_by_rule(page, bits_of) for page, bits_of in zip(rules.pages, clauses, strict=True)),
        bits,
    )
    warnings = offended & rules.warns
    return Weighed(offended & ~rules.warns, warnings, clauses, clock, met)


def _offended(page: Page, asks: Asks, counts: Counts, met: Live, clock: Clock) -> Bits:
    """The clauses of a page that each ask offends."""
    common = usual(page.narrowings, asks)
    offended = _by_hour(page, clock)
    counted = _by_counts(page, counts, common)
    stopped = met.stopping(page.stops, len(asks))
    if page.both:
        offended |= (counted | stopped) & ~page.both | (counted & stopped)
    else:
        offended |= counted
        offended |= stopped
    met.excuse(page.excuses, offended)
    offended &= _in_force(page, asks.at)
    return concerning(page.narrowings, asks, common, offended)


def _is_code(asks: Asks) -> Bools:
    """Is it a one-time code by text message, which its receiver asked for a moment ago?

    It is judged on number and rate, where it is sent: no hour, no count and no pause of other
    contacts stops it. Whom it may go to and what it must say stays the law's.
    """
    found = np.asarray(asks.purpose == CODE)
    if found.any():
        found &= (asks.channel == SMS) & (asks.by == LENDER) & np.isin(asks.to, PARTIES)
    return found


def _lapsing(page: Page) -> np.uint64:
    """The clauses offended by the hour, by a count or by a state."""
    return np.uint64(page.by_clock | page.by_count | page.by_state)


def _by_hour(page: Page, clock: Clock) -> Bits:
    """The clauses always offended, and those by the hour in any zone the person may be in."""
    if not page.by_clock:
        return np.full(len(clock.known), page.always)
    shut = by_hour_and_zone(page, clock)
    in_any = shut[:, 0] if shut.shape[1] == 1 else np.bitwise_or.reduce(shut, axis=1)
    return np.asarray(in_any | page.always)


def by_hour_and_zone(page: Page, clock: Clock) -> Bits:
    minute = clock.kind_of_day * DAY_MINUTES + clock.second // 60
    shut = page.clock.take(minute)
    return shut if clock.known.all() else np.where(clock.known, shut, np.uint64(0))


def _by_counts(page: Page, counts: Counts, common: Usual) -> Bits:
    """The clauses offended because a count has reached what they allow, or not what they want."""
    if common.is_nothing:
        return _counted(page, counts)
    found = _usually_counted(page, counts, common.clauses)
    found[common.apart] = _counted(page, counts[:, common.apart])
    return found


def _counted(page: Page, counts: Counts) -> Bits:
    first = np.arange(len(counts))[:, None] * (COUNT_MAX + 1)
    return np.asarray(np.bitwise_or.reduce(page.caps.take(first + counts), axis=0))


def _usually_counted(page: Page, counts: Counts, clauses: np.uint64) -> Bits:
    """The same for some clauses, where most counts are too small to change anything; a clause
    counts by one counter."""
    found = np.full(counts.shape[1], np.bitwise_or.reduce(page.caps[:, 0]) & clauses)
    counters = len(page.caps)
    for counter in range(counters):
        turned = (page.caps[counter] ^ page.caps[counter, 0]) & clauses
        if turned.any():
            rows = np.flatnonzero(counts[counter] >= (turned != 0).argmax())
            found[rows] ^= turned.take(counts[counter, rows])
    return found


def _in_force(page: Page, at: Ints) -> Bits:
    """The clauses in force at each moment; one cell where none begins or ends in between."""
    if at.size == 0:
        return np.zeros(0, dtype=np.uint64)
    first, last = np.searchsorted(page.edges, (at.min(), at.max()), side="right")
    if first == last:
        return np.asarray(page.in_force[[first]])
    return np.asarray(page.in_force[np.searchsorted(page.edges, at, side="right")])


def _unknown(asks: Asks, rules: Rules) -> Bits:
    """The first four rules: no zone, facts, history or law known."""
    lawful = reduce(
        np.bitwise_or,
        (_in_force(page, asks.at) for page in rules.pages),
        np.zeros(1, dtype=np.uint64),
    )
    zoned = asks.zone >= 0
    some_zone = zoned[:, 0] if zoned.shape[1] == 1 else zoned.any(axis=1)
    found = np.zeros(len(asks), dtype=np.uint64)
    for place, holds in (
        (UNKNOWN_ZONE, some_zone),
        (UNKNOWN_FACTS, asks.facts_known),
        (UNKNOWN_HISTORY, asks.history_known),
        (UNKNOWN_LAW, lawful != 0),
    ):
        if not holds.all():
            found |= (~holds).astype(np.uint64) << np.uint64(place)
    return found


def _by_rule(page: Page, clauses: Bits) -> Bits:
    """Rule bits for clause bits; clauses that lie as far from their rule's bit move together."""
    found = np.zeros(len(clauses), dtype=np.uint64)
    rows = np.flatnonzero(clauses != 0)
    if not rows.size:
        return found
    offended = clauses[rows]
    left = int(np.bitwise_or.reduce(offended))
    together: dict[int, int] = {}
    for place in range(CLAUSES_MAX):
        if left >> place & 1:
            far = int(page.rule[place]) - place
            together[far] = together.get(far, 0) | 1 << place
    moved = np.zeros(len(rows), dtype=np.uint64)
    for far in range(min(together), max(together) + 1):
        if far in together:
            some = offended & np.uint64(together[far])
            moved |= some << np.uint64(far) if far >= 0 else some >> np.uint64(-far)
    found[rows] = moved
    return found
