"""From clauses to the gate's tables: a bit for every clause, 64 to a page."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import numpy as np

from evenhand.core import words
from evenhand.core.columns import Ints
from evenhand.core.gate_columns import DAY_MINUTES, MISSING, NEVER_SECOND, Bits
from evenhand.core.gate_rules import (
    CLAUSES_MAX,
    COUNT_MAX,
    DAY_KINDS,
    HOLIDAY,
    NOT_IN_CALENDAR,
    WORD,
    Counters,
    Narrowing,
    Page,
)
from evenhand.law.clauses import Clause, Counter, Hours
from evenhand.law.schema import ANSWERS

SAID = ("no", "yes")
WORDS: Mapping[str, tuple[str, ...]] = {
    "channel": words.CHANNELS,
    "mode": words.MODES,
    "to": words.RECIPIENTS,
    "purpose": words.PURPOSES,
    "by": words.COLLECTORS,
    "lender_kind": words.LENDER_KINDS,
    "place": words.PLACES,
    "line": words.LINES,
    "address_source": words.ADDRESS_SOURCES,
    "discloses_debt": SAID,
    "disclosed": SAID,
    "names_institution": SAID,
    "optout_line": SAID,
    "badged": SAID,
    "authority_shown": SAID,
    "entered": SAID,
    "invited": SAID,
    "told_to_leave": SAID,
}
SETS = {"approvals_missing": words.APPROVALS, "recorded_missing": words.RECORDINGS}
BELOW = {
    "staff_below": "staff",
    "notice_hours_below": "notice_minutes",
    "days_late_below": "days_late",
    "overdue_below": "overdue_minor",
}
FROM = {"days_late_from": "days_late"}
MINOR = 100


def pages(
    clauses: Sequence[Clause], ids: Sequence[str], counters: Sequence[Counter]
) -> tuple[Page, ...]:
    """The pages of these clauses; a rule's number is its place among `ids`. The rules of one page
    are all of one word of a verdict."""
    place = {rule: number for number, rule in enumerate(ids)}
    return tuple(
        _page(together[at : at + CLAUSES_MAX], word, place, counters)
        for word, those in groupby(clauses, key=lambda each: place[each.rule] // WORD)
        for together in [list(those)]
        for at in range(0, len(together), CLAUSES_MAX)
    )


def counters_of(clauses: Sequence[Clause]) -> list[Counter]:
    """Each counter the clauses need, once."""
    return list(dict.fromkeys(clause.counter for clause in clauses if clause.counter))


def counter_columns(counters: Sequence[Counter]) -> Counters:
    """The counters as columns."""

    def agrees(what: str) -> Any:
        return np.array([what in each.scope for each in counters], dtype=np.bool_)

    return Counters(
        channels=_sets([each.channels for each in counters], words.CHANNELS),
        directions=_sets([each.directions for each in counters], words.DIRECTIONS),
        outcomes=_sets([each.outcomes for each in counters], words.OUTCOMES),
        in_days=np.array([each.in_days for each in counters], dtype=np.bool_),
        span=np.array([each.span for each in counters], dtype=np.int64),
        same_to=agrees("debtor"),
        same_address=agrees("address"),
        same_channel=agrees("channel"),
        same_debt=agrees("debt"),
        same_line=agrees("line"),
        unnamed=np.array([each.unnamed for each in counters], dtype=np.bool_),
        same_collector=agrees("collector"),
        unanswered=np.array([each.unanswered for each in counters], dtype=np.bool_),
        but_consented=np.array([each.but_consented for each in counters], dtype=np.bool_),
    )


def _page(
    clauses: Sequence[Clause], word: int, place: Mapping[str, int], counters: Sequence[Counter]
) -> Page:
    rule = np.zeros(CLAUSES_MAX, dtype=np.int64)
    rule[: len(clauses)] = [place[clause.rule] % WORD for clause in clauses]
    clock = _clock(clauses)
    always = _those(clauses, lambda each: not (each.hours or each.counter or each.triggers))
    edges, in_force = _periods(clauses)
    return Page(
        word=word,
        rule=rule,
        narrowings=tuple(sorted(_narrowings(clauses), key=partial(_excluded, always))),
        always=always,
        clock=clock,
        clock_next=_next_turn(clock),
        caps=_caps(clauses, counters),
        stops=_by_kind(clauses, lambda each: each.triggers),
        excuses=_by_kind(clauses, lambda each: each.unless),
        both=_those(clauses, lambda each: bool(each.triggers and each.counter)),
        edges=edges,
        in_force=in_force,
        by_clock=_those(clauses, lambda each: each.hours is not None),
        by_count=_those(clauses, lambda each: each.most is not None),
        by_state=_those(clauses, lambda each: bool(each.triggers)),
        warned=_those(clauses, lambda each: each.warns),
    )


def _those(clauses: Sequence[Clause], holds: Any) -> np.uint64:
    """The bits of the clauses of which something holds."""
    return np.uint64(sum(1 << place for place, each in enumerate(clauses) if holds(each)))


def _by_kind(clauses: Sequence[Clause], kinds_of: Any) -> Bits:
    table = [
        _those(clauses, lambda each, kind=kind: kind in kinds_of(each))
        for kind in words.STATE_KINDS
    ]
    return np.array(table, dtype=np.uint64)


def _clock(clauses: Sequence[Clause]) -> Bits:
    table = np.zeros((DAY_KINDS, DAY_MINUTES), dtype=np.uint64)
    for place, clause in enumerate(clauses):
        if clause.hours is not None:
            table[shut(clause.hours)] |= np.uint64(1 << place)
    return table.reshape(-1)


def shut(hours: Hours) -> Any:
    """[kinds of day, minutes]: is a contact forbidden then?

    A holiday is like other days where the hours are the same all week and holidays are not named;
    hours that differ by weekday are on a holiday the narrowest, on a day the calendar does not
    reach too.
    """
    shut = np.ones((DAY_KINDS, DAY_MINUTES), dtype=np.bool_)
    for days, opens, closes in hours.allow:
        for day in days:
            shut[words.code(day, words.WEEKDAYS), opens:closes] = False
    narrowest = shut[:HOLIDAY].any(axis=0)
    for special in (HOLIDAY, NOT_IN_CALENDAR):
        shut[special] = True if hours.no_holidays else narrowest
    return shut


def _next_turn(clock: Bits) -> Ints:
    """For each minute the next one in which some clause may begin or end; midnight is one."""
    table = clock.reshape(DAY_KINDS, DAY_MINUTES)
    turns = np.flatnonzero((table[:, 1:] != table[:, :-1]).any(axis=0)) + 1
    ends = np.append(turns, DAY_MINUTES)
    return ends[np.searchsorted(ends, np.arange(DAY_MINUTES), side="right")]


def _caps(clauses: Sequence[Clause], counters: Sequence[Counter]) -> Bits:
    table = np.zeros((len(counters), COUNT_MAX + 1), dtype=np.uint64)
    for place, clause in enumerate(clauses):
        if clause.counter is None:
            continue
        row = table[counters.index(clause.counter)]
        if clause.most is not None:
            row[clause.most :] |= np.uint64(1 << place)
        if clause.least is not None:
            row[: clause.least] |= np.uint64(1 << place)
    return table


def _periods(clauses: Sequence[Clause]) -> tuple[Ints, Bits]:
    """The instants at which a clause begins or ends, and those in force around each."""
    turns = {clause.since for clause in clauses} | {clause.until for clause in clauses}
    edges = sorted(turns - {NEVER_SECOND})
    inside = [
        _those(clauses, lambda each, at=at: each.since <= at < each.until)
        for at in [-NEVER_SECOND, *edges]
    ]
    return np.array(edges, dtype=np.int64), np.array(inside, dtype=np.uint64)


def _narrowings(clauses: Sequence[Clause]) -> list[Narrowing]:
    """A table for each column that some clause narrows."""
    none = np.array([], dtype=np.int64)
    by_word = [
        Narrowing(key, none, _word_table(clauses, key))
        for key in WORDS
        if any(key in each.narrows for each in clauses)
    ]
    by_set = [
        Narrowing(key.removesuffix("_missing"), none, _set_table(clauses, key))
        for key in SETS
        if any(key in each.narrows for each in clauses)
    ]
    by_number = [
        _below(clauses, key) for key in BELOW if any(key in each.narrows for each in clauses)
    ]
    at_least = [_from(clauses, key) for key in FROM if any(key in each.narrows for each in clauses)]
    return [*by_word, *by_set, *by_number, *at_least]


def _excluded(always: np.uint64, narrowing: Narrowing) -> tuple[int, int]:
    """What rules out most comes first: most of the clauses always offended, then most of all."""
    some = np.bitwise_or.reduce(narrowing.bits) & ~np.bitwise_and.reduce(narrowing.bits)
    return -int(some & always).bit_count(), -int(some).bit_count()


def _word_table(clauses: Sequence[Clause], key: str) -> Bits:
    """By code; at the end UNKNOWN (-2) and ANY (-1), which concern every clause.

    Where a clause speaks of "unknown" itself, an unknown answer concerns only those that do.
    """
    answers = WORDS[key] is SAID or key == "place"

    def concerns(each: Clause, word: str) -> bool:
        return key not in each.narrows or word in each.narrows[key]

    known = [_those(clauses, lambda each, word=word: concerns(each, word)) for word in WORDS[key]]
    unsaid = _those(clauses, lambda each: not answers or concerns(each, ANSWERS[2]))
    every = _those(clauses, lambda each: True)
    return np.array([*known, unsaid, every], dtype=np.uint64)


def _set_table(clauses: Sequence[Clause], key: str) -> Bits:
    """By the set an ask has: the clauses that miss one of theirs in it. At the end UNKNOWN and ANY,
    as for words: nothing is in them."""

    def misses(each: Clause, held: int) -> bool:
        needed = sum(words.bit(word, SETS[key]) for word in each.narrows.get(key, ()))
        return key not in each.narrows or (needed & ~held) != 0

    sets = [*range(1 << len(SETS[key])), 0, 0]
    return np.array(
        [_those(clauses, lambda each, held=held: misses(each, held)) for held in sets],
        dtype=np.uint64,
    )


def _below(clauses: Sequence[Clause], key: str) -> Narrowing:
    """By how many of the rising thresholds a number has reached."""
    edges = sorted({_threshold(key, each.narrows) for each in clauses if key in each.narrows})

    def lies_below(each: Clause, reached: int) -> bool:
        return key not in each.narrows or reached <= edges.index(_threshold(key, each.narrows))

    table = [
        _those(clauses, lambda each, reached=reached: lies_below(each, reached))
        for reached in range(len(edges) + 1)
    ]
    return Narrowing(BELOW[key], np.array(edges, dtype=np.int64), np.array(table, dtype=np.uint64))


def _from(clauses: Sequence[Clause], key: str) -> Narrowing:
    """By how many of the rising thresholds a number has reached; one nobody gave reaches none."""
    edges = sorted({int(each.narrows[key]) for each in clauses if key in each.narrows})

    def is_reached(each: Clause, reached: int) -> bool:
        unknown = reached == 0
        return unknown or key not in each.narrows or reached - 2 >= edges.index(each.narrows[key])

    table = [
        _those(clauses, lambda each, reached=reached: is_reached(each, reached))
        for reached in range(len(edges) + 2)
    ]
    known = [MISSING + 1, *edges]
    return Narrowing(FROM[key], np.array(known, dtype=np.int64), np.array(table, dtype=np.uint64))


def _threshold(key: str, narrows: Mapping[str, Any]) -> int:
    """In the unit of the gate's column: minutes for hours, minor units for amounts."""
    if key == "notice_hours_below":
        return int(narrows[key]) * 60
    if key == "overdue_below":
        whole, cents = narrows[key].split(".")
        return int(whole) * MINOR + int(cents)
    return int(narrows[key])


def _sets(listed: Sequence[Sequence[str]], known: tuple[str, ...]) -> Ints:
    bits = [sum(words.bit(word, known) for word in each) for each in listed]
    return np.array(bits, dtype=np.int64)
