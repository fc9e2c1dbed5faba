"""The first moment at which a refused ask is allowed, exact to the second.

Each round judges the asks still refused at a later moment: one before which nothing that refuses
them can have lapsed and nothing new can have begun. Between two such moments the verdict stands
still, so none is missed; moments only rise, so the rounds end at the horizon.
"""

from functools import reduce
from typing import Final

import numpy as np

from evenhand.core.columns import Ints
from evenhand.core.gate_columns import NEVER_SECOND, Asks, Bits, History, States
from evenhand.core.gate_history import count, next_release
from evenhand.core.gate_rules import UNKNOWNS, Page, Rules, any_of
from evenhand.core.gate_states import lasts_until, next_beginning
from evenhand.core.gate_time import (
    DAY_SECONDS,
    Clock,
    next_midnight,
    next_minute,
    read_clock,
)
from evenhand.core.gate_weigh import Offences, by_hour_and_zone, offences

HORIZON_SECONDS: Final = 400 * DAY_SECONDS
"""Further ahead no moment is looked for."""


def earliest(asks: Asks, history: History, states: States, rules: Rules, rows: Ints) -> Ints:
    """The first allowed moment of the asks at `rows`, NEVER_SECOND where there is none."""
    found = np.full(len(rows), NEVER_SECOND, dtype=np.int64)
    place = np.arange(len(rows))
    at = asks.at[rows]
    last = at + HORIZON_SECONDS
    while rows.size:
        each = asks.take(rows, at)
        past, met = history.of_rows(rows, len(asks)), states.of_rows(rows, len(asks))
        weighed = offences(each, count(each, past, rules.counters), met, rules)
        allowed = ~any_of(weighed.rules & ~rules.warns)
        found[place[allowed]] = at[allowed]
        until = _refused_until(each, past, met, rules, weighed)
        then = np.minimum(until, _next_new(each, past, met, rules))
        on = ~allowed & (then <= last)
        rows, place, last, at = rows[on], place[on], last[on], then[on]
    return found


def _refused_until(
    asks: Asks, past: History, states: States, rules: Rules, found: Offences
) -> Ints:
    """A moment, later than the ask's own, before which what refuses it goes on refusing it."""
    clock = read_clock(asks)
    lasts = lasts_until(asks, found.live, states, clock)
    unknown = found.rules[0] & np.uint64((1 << len(UNKNOWNS)) - 1)
    until = np.where(unknown != 0, NEVER_SECOND, asks.at + 1)
    by_count = np.zeros(len(asks), dtype=np.bool_)
    for page, (rows, clauses) in zip(rules.pages, found.clauses, strict=True):
        refused = np.zeros(len(asks), dtype=np.uint64)
        refused[rows] = clauses & ~page.warned
        until = np.maximum(until, _by_clock_until(page, asks, refused, found.shown, clock))
        stopping = (page.stops[found.live.kind] & refused[found.live.row]) != 0
        np.maximum.at(until, found.live.row[stopping], lasts[stopping])
        by_count |= (refused & page.by_count) != 0
    if not by_count.any():
        return until
    lapses = np.minimum(next_midnight(asks, clock), next_release(asks, past, rules.counters))
    return np.where(by_count, np.maximum(until, lapses), until)


def _by_clock_until(
    page: Page, asks: Asks, refused: Bits, shown: tuple[Ints, Ints], clock: Clock
) -> Ints:
    """As above, for what one page refuses by hours or until a fact comes."""
    until = np.where((refused & ~page.lapsing) != 0, NEVER_SECOND, 0)
    if page.by_clock:
        by_zone = by_hour_and_zone(page, asks, shown)
        minute = page.clock_next[clock.second // 60]
        opens = np.where((by_zone & refused[:, None]) != 0, next_minute(asks.at, clock, minute), 0)
        until = np.maximum(until, opens.max(axis=1, initial=0))
    return until


def _next_new(asks: Asks, past: History, states: States, rules: Rules) -> Ints:
    """The first moment after the ask at which a rule, a state or a contact already given begins."""
    soonest = next_beginning(asks, states)
    coming = past.at > asks.at[past.row]
    np.minimum.at(soonest, past.row[coming], past.at[coming])
    return reduce(np.minimum, (_next_edge(page, asks.at) for page in rules.pages), soonest)


def _next_edge(page: Page, at: Ints) -> Ints:
    edges = np.append(page.edges, NEVER_SECOND)
    return edges[np.searchsorted(page.edges, at, side="right")]
