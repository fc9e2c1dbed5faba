"""What if another law had held? Contacts on record, judged again as at their own moment.

Each is judged with what was known when it was judged first: its borrower's facts up to the seq that
its verdict was bound to. Nothing is written.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, groupby
from operator import attrgetter
from typing import Final, NamedTuple

import numpy as np
from django.conf import settings

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import NEVER_SECOND
from evenhand.law import rulebook
from evenhand.law.loader import HOUSE, Pack
from evenhand.law.schema import PackError
from evenhand.law.strictness import refuse_looser
from evenhand.ledger import house, loans, standing, streams
from evenhand.ledger.columns import Records
from evenhand.ledger.contact_fold import STEPS, Counting
from evenhand.ledger.contact_story import Refusal, refusals
from evenhand.ledger.facts import Fact
from evenhand.ledger.recorded import contacts_on_record
from evenhand.outbound.contact import known, may
from evenhand.outbound.contact.again import loans_of, rows_of, wanted_of
from evenhand.outbound.contact.may import Law, Matter

SECOND: Final = 1_000_000
CHUNK: Final = 2_000
"""Borrowers whose facts are loaded at once."""
LEFT: Final = "contact.leaving"
SORTS: Final = ("refused", "allowed")
"""What another law makes of a contact: it left and would have been refused, or was refused and
would have been allowed."""


class Asked(NamedTuple):
    """A contact on record: the fact that it left or was refused, the one that says what was wanted,
    and the seq up to which its borrower's facts were known to who judged it."""

    told: Fact
    wanted: Fact
    known: int


class Finding(NamedTuple):
    """A contact that another law judges otherwise; `sort` is one of SORTS.

    `rules` are those that would refuse it, or that refused it then, with their sources. `at` and
    `not_before` (0 where there is no such moment, or it is allowed) are microseconds UTC.
    """

    sort: str
    borrower: int
    loans: tuple[int, ...]
    at: int
    channel: str
    purpose: str
    rules: tuple[Refusal, ...]
    not_before: int


@dataclass(slots=True)
class Tally:
    """How many contacts were judged again, and of the findings how many by (sort, rule, channel).

    `silent`: refusals on record that do not say what had been wanted.
    """

    left: int = 0
    refused: int = 0
    silent: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    by_rule: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    @property
    def judged(self) -> int:
        return self.left + self.refused

    def add(self, finding: Finding) -> None:
        """Count a finding, once by each of its rules."""
        self.findings[finding.sort] += 1
        for refusal in finding.rules:
            self.by_rule[finding.sort, refusal.rule, finding.channel] += 1


@dataclass(frozen=True, slots=True)
class Other:
    """Another law beside what stays of the packs in force.

    `looser`: where the house's own rules are looser than it and would have to be tightened first;
    the gate goes by the stricter of the two anyway.
    """

    packs: list[Pack]
    law: Law
    looser: list[str]
    _cited: dict[tuple[str, date], Refusal] = field(default_factory=dict)

    def cited(self, rule: str, on: date) -> Refusal:
        """A rule with where it stands on a day."""
        if (rule, on) not in self._cited:
            cites = [cite.cite for cite in rulebook.cites_in(self.packs, rule, on)]
            self._cited[rule, on] = Refusal(rule, cites)
        return self._cited[rule, on]


def other_law(pack: Pack, first: date, last: date) -> Other:
    """The law of these days had `pack` held, in the place of its namesake or of every other law."""
    packs = rulebook.instead(pack, settings.EVENHAND_PACKS)
    law = Law(rulebook.book(packs, first, last), {each.name: each.sha256 for each in packs})
    houses = [each for each in packs if each.name == HOUSE]
    return Other(packs, law, [why for house in houses for why in _looser(house, packs)])


def _looser(house: Pack, packs: Sequence[Pack]) -> Iterator[str]:
    for pack in packs:
        try:
            refuse_looser(house, pack)
        except PackError as reason:
            yield str(reason)


def count(since: int, until: int) -> int:
    """How many contacts are on record between two moments (microseconds UTC)."""
    return len(contacts_on_record(since, until))


def replay(other: Other, since: int, until: int, tally: Tally) -> Iterator[Finding]:
    """What another law makes of the contacts between two moments, by borrower and seq of chunks.

    `tally` grows as the findings are taken.
    """
    places = contacts_on_record(since, until)
    borrowers = np.unique(places["borrower"])
    for first in range(0, len(borrowers), CHUNK):
        some = borrowers[first : first + CHUNK]
        here = places[np.isin(places["borrower"], some)].tolist()
        with streams.uncollected():
            known_of = Known(some, known.reach_seconds(other.law.rules))
            asked = [_asked(known_of.streams[borrower], seq) for borrower, seq in here]
            rounds = list(_rounds([one for one in asked if one is not None]))
            findings = [list(_judged(other, each, known_of)) for each in rounds]
        for each, found in zip(rounds, findings, strict=True):
            for finding in found:
                tally.add(finding)
                yield finding
            left = sum(one.told.kind == LEFT for one in each)
            tally.left += left
            tally.refused += len(each) - left
        tally.silent += asked.count(None)


class Known:
    """The streams of some borrowers, and what was known of them at each seq, asked for in order.

    `reach` is how far back the law looks at contacts, in seconds.
    """

    def __init__(self, borrowers: Ints, reach: int) -> None:
        self._reach = reach * SECOND
        loaded = groupby(streams.streams(borrowers), key=attrgetter("borrower"))
        self.streams = {borrower: list(facts) for borrower, facts in loaded}
        self._other = {
            borrower: [fact for fact in facts if fact.kind not in STEPS]
            for borrower, facts in self.streams.items()
        }
        every = chain.from_iterable(self._other.values())
        self._rows, self._lines = loans.rows_of([fact for fact in every if loans.begins(fact)])
        self._learnt = dict.fromkeys(self.streams, 0)
        self._counting = Counting()

    def matter(self, asked: Sequence[Asked]) -> Matter:
        """All the gate reads of these contacts, at most one a borrower, as known to who judged each
        first; nobody's earlier contact after a later one."""
        kept = [self._until(one) for one in asked]
        facts = list(chain.from_iterable(kept))
        days = [house.day_number(house.day_of(one.told.at)) for one in asked]
        stood = standing.stand_of(self._standing(asked, facts), facts, np.array(days))
        wanted = [one.wanted for one in asked]
        borrowers = np.array([one.told.borrower for one in asked], dtype=np.int64)
        books = known.Books(stood.borrower, stood.loan)
        own = np.array([fact.seq for fact in wanted], dtype=np.int64)
        line = known.lines_by(facts, borrowers)
        zones, zone = known.zone_columns([str(each[0].body.get("zone", "")) for each in kept])
        return Matter(
            wanted_of(wanted, stood, rows_of(wanted, stood)),
            zones,
            zone,
            [str(each[0].body.get("lang", "")) for each in kept],
            known.history_of(self._contacts(asked), borrowers, books, own, line),
            known.states_of(known.states_by(facts), borrowers, books),
            line,
        )

    def _until(self, one: Asked) -> list[Fact]:
        """What was known beside contacts: facts up to the seq."""
        other = self._other[one.told.borrower]
        return other[: bisect_right(other, one.known, key=attrgetter("seq"))]

    def _contacts(self, asked: Sequence[Asked]) -> Records:
        """The contacts that counted then; what was learnt since the last time is worked in."""
        new = [
            fact
            for one in asked
            for fact in self.streams[one.told.borrower][self._learnt[one.told.borrower] : one.known]
            if fact.kind in STEPS
        ]
        self._counting.learn(new)
        self._learnt |= {one.told.borrower: one.known for one in asked}
        since = min(one.told.at for one in asked) - self._reach
        return self._counting.of((one.told.borrower for one in asked), since)

    def _standing(self, asked: Sequence[Asked], facts: Sequence[Fact]) -> tuple[Records, Records]:
        """The rows of the loans that had begun and were not taken back."""
        borrowers = np.array([one.told.borrower for one in asked], dtype=np.int64)
        known_to = np.array([one.known for one in asked], dtype=np.int64)
        place = np.minimum(np.searchsorted(borrowers, self._rows["borrower"]), len(asked) - 1)
        stands = borrowers[place] == self._rows["borrower"]
        stands &= self._rows["seq"] <= known_to[place]
        ended = [fact.loan for fact in facts if fact.kind == "loan.withdrawn"]
        stands &= ~np.isin(self._rows["loan"], ended)
        return self._rows[stands], self._lines[np.repeat(stands, self._rows["count"])]


def _asked(stream: Sequence[Fact], seq: int) -> Asked | None:
    """The contact of a leaving or a refusal; None where nothing says what was wanted."""
    told = stream[seq - 1]
    wanted = stream[told.cause - 1] if told.cause else told
    if "channel" not in wanted.body:
        return None
    return Asked(told, wanted, told.body.get("judged_seq", seq - 1))


def _rounds(asked: Sequence[Asked]) -> Iterator[list[Asked]]:
    """At most one of each borrower at a time, by borrower: the first of each, the second ..."""
    mine = [list(each) for _, each in groupby(asked, key=lambda one: one.told.borrower)]
    for nth in range(max(map(len, mine), default=0)):
        yield [each[nth] for each in mine if len(each) > nth]


def _judged(other: Other, asked: Sequence[Asked], known_of: Known) -> Iterator[Finding]:
    at = np.array([one.told.at // SECOND for one in asked], dtype=np.int64)
    judged = may.may(known_of.matter(asked), at, other.law)
    for row in np.flatnonzero(judged.allowed != _left(asked)).tolist():
        one, moment = asked[row], int(judged.not_before[row])
        refused = not judged.allowed[row]
        rules = _cited(judged.rules_of(row), other, one) if refused else refusals(one.told)
        yield Finding(
            SORTS[0] if refused else SORTS[1],
            one.told.borrower,
            tuple(loans_of(one.wanted)) or ((one.wanted.loan,) if one.wanted.loan else ()),
            one.told.at,
            one.wanted.body["channel"],
            one.wanted.body["purpose"],
            tuple(rules),
            moment * SECOND if refused and moment < NEVER_SECOND else 0,
        )


def _cited(rules: Sequence[str], other: Other, one: Asked) -> list[Refusal]:
    """The rules with where they stand on the day of the contact."""
    on = house.day_of(one.told.at)
    return [other.cited(rule, on) for rule in rules]


def _left(asked: Sequence[Asked]) -> Bools:
    return np.array([one.told.kind == LEFT for one in asked], dtype=np.bool_)
