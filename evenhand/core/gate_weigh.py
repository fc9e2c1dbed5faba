"""What asks offend at their own moment: tables read by columns, no clause looked at alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_caps import Counts, counted
from evenhand.core.gate_columns import Asks, Bits, States
from evenhand.core.gate_concern import EVERY, concerning
from evenhand.core.gate_rules import (
    CLAUSES_MAX,
    UNKNOWN_FACTS,
    UNKNOWN_HISTORY,
    UNKNOWN_LAW,
    UNKNOWN_ZONE,
    Page,
    Rules,
)
from evenhand.core.gate_states import Live, live
from evenhand.core.gate_time import FEW, minutes
from evenhand.core.words import CHANNELS, COLLECTORS, PURPOSES, RECIPIENTS, code

BLOCK: Final = 1 << 18
"""Asks weighed at once: the columns of more no longer fit into a processor's own memory."""
PAGES: Final = 64
"""So many pages' shifts are kept."""
CODE: Final = code("security_code", PURPOSES)
SMS: Final = code("sms", CHANNELS)
PARTIES: Final = tuple(code(to, RECIPIENTS) for to in ("debtor", "guarantor", "co_debtor"))
LENDER: Final = code("lender", COLLECTORS)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Rule bits, words and asks [W, A]."""

    refusals: Bits
    warnings: Bits


@dataclass(frozen=True, slots=True)
class Offences:
    """Rule bits [W, A], refusals and warnings; why: a page of the rules each, some asks and the
    clauses these offend (others offend none), the states that were met, and the minutes that clocks
    showed (`gate_time.minutes`)."""

    rules: Bits
    clauses: tuple[tuple[Ints, Bits], ...]
    live: Live
    shown: tuple[Ints, Ints]


def weigh(asks: Asks, counts: Counts, states: States, rules: Rules) -> Weighed:
    """What each ask offends at its own moment, its history counted by `gate_history.count`."""
    if len(asks) <= BLOCK:
        offended = offences(asks, counts, states, rules).rules
        return Weighed(offended & ~rules.warns, offended & rules.warns)
    starts = range(0, len(asks), BLOCK)
    rising = _in_order(states)
    turns = rising.row.searchsorted(np.array([*starts, len(asks)]))
    refusals, warnings = np.empty((2, rules.words, len(asks)), dtype=np.uint64)
    for at, first, last in zip(starts, turns, turns[1:], strict=False):
        part = slice(at, at + BLOCK)
        own = rising.of_entries(slice(first, last), -at)
        offended = offences(asks.take(part, asks.at[part]), counts[:, part], own, rules).rules
        np.bitwise_and(offended, ~rules.warns, out=refusals[:, part])
        np.bitwise_and(offended, rules.warns, out=warnings[:, part])
    return Weighed(refusals, warnings)


def _in_order(states: States) -> States:
    """The same states by their rows."""
    is_rising = (states.row[1:] >= states.row[:-1]).all()
    return states if is_rising else states.of_entries(np.argsort(states.row, kind="stable"))


def offences(asks: Asks, counts: Counts, states: States, rules: Rules) -> Offences:
    """The same, all at once, and why."""
    shown = minutes(asks, rules)
    met = live(asks, states)
    in_force = [_in_force(page, asks.at) for page in rules.pages]
    found = np.zeros((rules.words, len(asks)), dtype=np.uint64)
    found[0] = _unknown(asks, in_force)
    clauses = []
    for page, held in zip(rules.pages, in_force, strict=True):
        offended = _offended(page, asks, counts, met, shown)
        rows, left = concerning(page.narrowings, asks, offended)
        left &= held if held.size == 1 else held.take(rows)
        found[page.word][rows] |= _by_rule(page, left)
        clauses.append((rows, left))
    return Offences(found, tuple(clauses), met, shown)


def _offended(page: Page, asks: Asks, counts: Counts, met: Live, shown: tuple[Ints, Ints]) -> Bits:
    """The clauses of a page that each ask would offend if they concerned it."""
    offended = _shut(page, asks, shown)
    reached = counted(page, counts)
    offended |= reached & ~page.both if page.both else reached
    met.stop(page.stops, page.both, reached, offended)
    met.excuse(page.excuses, offended)
    codes = _is_code(asks)
    if codes.any():
        offended &= np.where(codes, ~page.lapsing, EVERY)
    return offended


def _is_code(asks: Asks) -> Bools:
    """Is it a one-time code by text message, which its receiver asked for a moment ago?

    It is judged on number and rate, where it is sent: no hour, no count and no pause of other
    contacts stops it. Whom it may go to and what it must say stays the law's.
    """
    found = np.asarray(asks.purpose == CODE)
    if found.any():
        found &= (asks.channel == SMS) & (asks.by == LENDER) & np.isin(asks.to, PARTIES)
    return found


def _shut(page: Page, asks: Asks, shown: tuple[Ints, Ints]) -> Bits:
    """The clauses always offended, and those by the hour in any zone the person may be in."""
    if not page.by_clock:
        return np.full(len(asks), page.always)
    by_zone = by_hour_and_zone(page, asks, shown)
    if by_zone.shape[1] != 1:
        by_zone = np.bitwise_or.reduce(by_zone, axis=1)
    offended = by_zone.reshape(-1)
    offended |= page.always
    return offended


def by_hour_and_zone(page: Page, asks: Asks, shown: tuple[Ints, Ints]) -> Bits:
    """The clauses [A, Z] offended by the hour of each clock."""
    places, minute = shown
    shut = page.clock.take(places).take(minute)
    known = asks.zone >= 0
    return shut if known.all() else np.where(known, shut, np.uint64(0))


def _in_force(page: Page, at: Ints) -> Bits:
    """The clauses in force at each moment; one cell where none begins or ends in between."""
    if at.size >= FEW:
        first, last = page.edges.searchsorted((at.min(), at.max()), side="right")
        if first == last:
            return page.in_force[[first]]
    return page.in_force.take(page.edges.searchsorted(at, side="right"))


def _unknown(asks: Asks, in_force: Sequence[Bits]) -> Bits:
    """The first four rules: no zone, facts, history or law known."""
    found = np.zeros(len(asks), dtype=np.uint64)
    by_zone = asks.zone >= 0
    lawful = reduce(np.bitwise_or, in_force, np.zeros(1, dtype=np.uint64)) != 0
    for place, holds in (
        (UNKNOWN_ZONE, by_zone[:, 0] if by_zone.shape[1] == 1 else np.any(by_zone, axis=1)),
        (UNKNOWN_FACTS, asks.said("facts_known")),
        (UNKNOWN_HISTORY, asks.said("history_known")),
        (UNKNOWN_LAW, lawful),
    ):
        if not np.logical_and.reduce(holds):
            found |= (~holds).astype(np.uint64) << np.uint64(place)
    return found


def _by_rule(page: Page, offended: Bits) -> Bits:
    """Rule bits of the page's word for clause bits; those as far from theirs move together."""
    some = np.bitwise_or.reduce(offended)
    moved = np.zeros(len(offended), dtype=np.uint64)
    clauses = _by_distance(page)
    for far, together in clauses.items():
        if some & together:
            those = offended & together
            moved |= those << np.uint64(far) if far >= 0 else those >> np.uint64(-far)
    return moved


@lru_cache(maxsize=PAGES)
def _by_distance(page: Page) -> dict[int, np.uint64]:
    """By how far they lie from their rule's bit, the clauses that lie so far."""
    held = int(np.bitwise_or.reduce(page.in_force))
    clauses: dict[int, np.uint64] = {}
    for place in range(CLAUSES_MAX):
        if held >> place & 1:
            far = int(page.rule[place]) - place
            clauses[far] = clauses.get(far, np.uint64(0)) | np.uint64(1 << place)
    return clauses
