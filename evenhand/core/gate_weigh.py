"""What asks offend at their own moment: tables read by columns, no clause looked at alone."""

from dataclasses import dataclass
from functools import reduce
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import Asks, Bits, States
from evenhand.core.gate_rules import (
    COUNT_MAX,
    UNKNOWN_FACTS,
    UNKNOWN_HISTORY,
    UNKNOWN_LAW,
    UNKNOWN_ZONE,
    Narrowing,
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
    counted, stopped = _by_counts(page, counts, len(asks)), met.stopping(page.stops, len(asks))
    either = (counted | stopped) & ~page.both | (counted & stopped)
    offended = page.always | _by_hour(page, clock) | either
    offended &= ~met.excusing(page.excuses, len(asks))
    offended &= _in_force(page, asks.at)
    concerned = (_concerned(narrowing, asks) for narrowing in page.narrowings)
    return reduce(np.bitwise_and, concerned, offended)


def _is_code(asks: Asks) -> Bools:
    """Is it a one-time code by text message, which its receiver asked for a moment ago?

    It is judged on number and rate, where it is sent: no hour, no count and no pause of other
    contacts stops it. Whom it may go to and what it must say stays the law's.
    """
    about = (asks.purpose == CODE) & (asks.channel == SMS) & (asks.by == LENDER)
    return np.asarray(about & np.isin(asks.to, PARTIES))


def _lapsing(page: Page) -> np.uint64:
    """The clauses offended by the hour, by a count or by a state."""
    return np.uint64(page.by_clock | page.by_count | page.by_state)


def _concerned(narrowing: Narrowing, asks: Asks) -> Bits:
    """The clauses that concern each ask by one column; a column of one value is read once."""
    values: npt.NDArray[Any] = getattr(asks, narrowing.column)
    values = values[:1] if values.strides == (0,) else values
    if narrowing.edges.size:
        values = np.searchsorted(narrowing.edges, values, side="right")
    return narrowing.bits.take(values)


def _by_hour(page: Page, clock: Clock) -> Bits:
    """The clauses offended by the hour in any zone the person may be in."""
    if not page.by_clock:
        return np.zeros(len(clock.known), dtype=np.uint64)
    return np.asarray(np.bitwise_or.reduce(by_hour_and_zone(page, clock), axis=1))


def by_hour_and_zone(page: Page, clock: Clock) -> Bits:
    minute = clock.kind_of_day * DAY_MINUTES + clock.second // 60
    return np.asarray(np.where(clock.known, page.clock[minute], np.uint64(0)))


def _by_counts(page: Page, counts: Counts, asked: int) -> Bits:
    """The clauses offended because a count has reached what they allow, or not what they want."""
    if not len(counts):
        return np.zeros(asked, dtype=np.uint64)
    first = np.arange(len(counts))[:, None] * (COUNT_MAX + 1)
    return np.asarray(np.bitwise_or.reduce(page.caps.take(first + counts), axis=0))


def _in_force(page: Page, at: Ints) -> Bits:
    """The clauses in force at each moment; looked up once where none begins or ends in between."""
    if at.size == 0:
        return np.zeros(0, dtype=np.uint64)
    first, last = np.searchsorted(page.edges, (at.min(), at.max()), side="right")
    if first == last:
        return np.broadcast_to(page.in_force[first], at.shape)
    return np.asarray(page.in_force[np.searchsorted(page.edges, at, side="right")])


def _unknown(asks: Asks, rules: Rules) -> Bits:
    """The first four rules: no zone, facts, history or law known."""
    lawful = reduce(
        np.bitwise_or,
        (_in_force(page, asks.at) for page in rules.pages),
        np.zeros(len(asks), dtype=np.uint64),
    )
    some_zone = np.asarray((asks.zone >= 0).any(axis=1))
    return np.asarray(
        _bit(~some_zone, UNKNOWN_ZONE)
        | _bit(~asks.facts_known, UNKNOWN_FACTS)
        | _bit(~asks.history_known, UNKNOWN_HISTORY)
        | _bit(lawful == 0, UNKNOWN_LAW)
    )


def _bit(holds: Bools, place: int) -> Bits:
    return holds.astype(np.uint64) << np.uint64(place)


def _by_rule(page: Page, clauses: Bits) -> Bits:
    """Rule bits for clause bits, looked up only where there are any."""
    found = np.zeros(len(clauses), dtype=np.uint64)
    rows = np.flatnonzero(clauses)
    if rows.size:
        places = np.arange(64, dtype=np.uint64)
        offended = (clauses[rows, None] >> places) & np.uint64(1)
        rule = np.uint64(1) << page.rule.astype(np.uint64)
        found[rows] = np.bitwise_or.reduce(offended * rule, axis=1)
    return found
