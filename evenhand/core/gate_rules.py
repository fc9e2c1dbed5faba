"""What the gate judges by: rules compiled into lookup tables, a bit for every clause.

A clause is one sentence of a rule ("a nominated contact may not be told of the debt"). Up to 64 of
them make a page: to judge an ask a table is read once by each of its words, and the clauses that
meet it are what is left when the words read are put together. So the time to judge hardly grows
with the number of rules. `law.pages` writes these tables from the packs; nothing here knows a
number of the law.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import Bits

UNKNOWN_ZONE: Final = 0
UNKNOWN_FACTS: Final = 1
UNKNOWN_HISTORY: Final = 2
UNKNOWN_LAW: Final = 3
UNKNOWNS: Final = ("unknown.zone", "unknown.facts", "unknown.history", "unknown.law")
"""The first four rule ids of every book: what is not known refuses."""

CLAUSES_MAX: Final = 64
WORD: Final = 64
"""Rules to a word of a verdict; a book of more has several."""
WORDS: Final = np.dtype("<u8")
BYTES: Final = WORDS.itemsize
COUNT_MAX: Final = 255
HOLIDAY: Final = 7
NOT_IN_CALENDAR: Final = 8
DAY_KINDS: Final = 9
"""Kinds of day: Monday 0 to Sunday 6, a public holiday, a day the calendar does not reach."""


@dataclass(frozen=True, slots=True, eq=False)
class Narrowing:
    """Which clauses concern an ask whose `column` holds a value.

    Without `edges` the value is a code and reads `bits` directly (UNKNOWN and ANY read from the
    end). With rising `edges` the value reads the entry numbered by how many edges it has reached.
    """

    column: str
    edges: Ints
    bits: Bits


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Up to 64 clauses; a bit of every table stands for one of them.

    word: the rules of all its clauses are of this word of a verdict
    rule [64] the rule (its bit in that word) a clause belongs to
    always: offended by every ask they concern, unless excused
    clock [9 * 1440]: offended in that minute of that kind of day; clock_next [1440]: the next
      minute of the day in which that may change (1440 is midnight)
    caps [C, 256]: offended at that count of counter C
    stops [kinds]: offended while such a state is in effect; excuses [kinds]: excused then
    both: offended only by such a state and such a count together
    edges [E] rising instants, in_force [E + 1]: in force before, between and after them
    by_clock, by_count, by_state: offended by the hour, by a count too great, by a state; the rest
      is offended until a fact comes
    warned: only warn
    """

    word: int
    rule: Ints
    narrowings: tuple[Narrowing, ...]
    always: np.uint64
    clock: Bits
    clock_next: Ints
    caps: Bits
    stops: Bits
    excuses: Bits
    both: np.uint64
    edges: Ints
    in_force: Bits
    by_clock: np.uint64
    by_count: np.uint64
    by_state: np.uint64
    warned: np.uint64

    @property
    def lapsing(self) -> np.uint64:
        """The clauses offended by the hour, by a count or by a state."""
        return np.uint64(self.by_clock | self.by_count | self.by_state)


@dataclass(frozen=True, slots=True, eq=False)
class Counters:
    """Columns [C]: what is counted of the history.

    Sets of codes as bits: `channels`, `directions`, `outcomes`. `in_days`: over the last `span`
    calendar days of the debtor, the ask's own day among them; else over the last `span` seconds.
    `same_*`: only entries that agree with the ask in this (debts: share one; line:
    or either is not known). `unnamed`: what names no address may have been to any, and counts;
    without it, where at least so many are wanted, it does not. `unanswered`: only
    what came in and nothing went out to since, by the same channel. `but_consented`: none made
    under a prior consent.
    """

    channels: Ints
    directions: Ints
    outcomes: Ints
    in_days: Bools
    span: Ints
    same_to: Bools
    same_address: Bools
    same_channel: Bools
    same_debt: Bools
    same_line: Bools
    unnamed: Bools
    same_collector: Bools
    unanswered: Bools
    but_consented: Bools

    def __len__(self) -> int:
        return len(self.span)


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """A book of rules: `ids[i]` is the rule of bit i % 64 of word i // 64 in a verdict.

    `warns` [W, 1]: rules that only warn. `asks_calendar`: some rule wants the kind of day; then
    `holidays` are rising days, known for `calendar_from` <= day < `calendar_until`.
    """

    ids: tuple[str, ...]
    warns: Bits
    pages: tuple[Page, ...]
    counters: Counters
    asks_calendar: bool
    holidays: Ints
    calendar_from: int
    calendar_until: int

    @property
    def words(self) -> int:
        """How many words a verdict has."""
        return max(-(-len(self.ids) // WORD), 1)


def words_of(bits: int, words: int) -> Bits:
    """A set of rules, bit i being `Rules.ids[i]`, as a column of words [W, 1]."""
    return np.frombuffer(bits.to_bytes(BYTES * words, "little"), dtype=WORDS)[:, None]


def set_of(words: Bits) -> int:
    """The rules of one ask, its words [W] put together: bit i is `Rules.ids[i]`."""
    return int.from_bytes(words.astype(WORDS).tobytes(), "little")


def any_of(words: Bits) -> Bools:
    """[A]: has any word [W, A] a bit?"""
    return np.asarray(np.bitwise_or.reduce(words, axis=0) != 0)
