"""What is known of borrowers, as the gate reads it: contacts made, states, where they may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate_columns import (
    ALL_DEBTS,
    NEVER_SECOND,
    YES,
    Bits,
    Codes,
    History,
    States,
    Zones,
)
from evenhand.core.gate_rules import Rules
from evenhand.core.words import FROM_ATTEMPTS, LINES, STATE_KINDS, UNKNOWN, code
from evenhand.law import zones
from evenhand.ledger import contacts, states, streams
from evenhand.ledger.columns import Records
from evenhand.ledger.facts import Fact
from evenhand.outbound.contact import reach
from evenhand.outbound.contact.wanted import rank_of
from evenhand.people import persons

SECOND: Final = 1_000_000
DAY_SECONDS: Final = 86_400
UNREACHABLE: Final = code(FROM_ATTEMPTS, STATE_KINDS)
OWN: Final = code("own", LINES)
PLACED: Final = code("placed_with_agency", STATE_KINDS)
NO_ENROLMENT: Final = ("", "")
NAMES_INSTITUTION: Final = YES
"""Every contact of ours says which institution is speaking: the templates do."""
REMEMBERED_MAX: Final = 500_000
_enrolled: dict[int, tuple[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Books:
    """The loans of borrowers by (borrower, loan): which bit of a set of debts a loan is."""

    borrower: Ints
    loan: Ints

    def bits(self, borrower: Ints, loan: Ints) -> Bits:
        """The bit of each loan of its borrower; every bit where a row names none of these."""
        order = np.argsort(self.loan, kind="stable")
        place = np.searchsorted(self.loan, loan, sorter=order)
        if not len(self.loan):
            return np.full(len(loan), ALL_DEBTS, dtype=np.uint64)
        row = order[np.minimum(place, len(order) - 1)]
        here = (self.loan[row] == loan) & (self.borrower[row] == borrower)
        bit = np.uint64(1) << rank_of(self.borrower)[row].astype(np.uint64)
        return np.where(here, bit, np.uint64(ALL_DEBTS))


def history(borrowers: Ints, books: Books, since: int, *, apart_from: Ints, line: Codes) -> History:
    """The contacts that count, from `since` (whole seconds UTC) on; `row` is the borrower's place.

    `apart_from` [A] is the seq of a contact not to be counted, 0 for none: an intention that is
    judged again is no contact before itself. `line` [A] is whose their numbers are (`lines`).
    """
    found = contacts.contact_history(borrowers, since * SECOND)
    return history_of(found, borrowers, books, apart_from, line)


def history_of(
    found: Records, borrowers: Ints, books: Books, apart_from: Ints, line: Codes
) -> History:
    """The same from contacts (`contacts.CONTACT`) at hand."""
    row = np.searchsorted(borrowers, found["borrower"])
    other = found["seq"] != apart_from[row]
    found, row = found[other], row[other]
    return History.of(
        row,
        found["at"] // SECOND,
        channel=found["channel"],
        direction=found["direction"],
        outcome=found["outcome"],
        to=found["recipient"],
        by=found["collector"],
        address=found["address"],
        line=line_of(found["address"], line[row]),
        debts=books.bits(found["borrower"], found["loan"]),
    )


def lines(borrowers: Ints, rules: Rules) -> Codes:
    """[A] whose the numbers of these borrowers are (`words.LINES`): their own where they hold an
    account with us, for which they gave a number as theirs and proved it; else it is not known.
    Asked only where the rules count by it."""
    if not rules.counters.same_line.any():
        return np.full(len(borrowers), UNKNOWN, dtype=np.int8)
    return _own_where(reach.with_account(borrowers))


def lines_by(facts: Iterable[Fact], borrowers: Ints) -> Codes:
    """The same from facts alone: of what was known once, say."""
    online = [fact.borrower for fact in facts if reach.opens_account(fact)]
    return _own_where(np.isin(borrowers, np.array(online, dtype=np.int64)))


def line_of(address: Ints, line: Codes) -> Codes:
    """Whose number it is that these contacts go to; not known where no address is said."""
    return np.where(address > 0, line, UNKNOWN).astype(np.int8)


def _own_where(online: Bools) -> Codes:
    return np.where(online, OWN, UNKNOWN).astype(np.int8)


def facts_against(borrowers: Ints, books: Books, more: Records | None = None) -> States:
    """Every state of these borrowers, ended or not, and `more` of theirs; `row` is the borrower's
    place."""
    found = _not_hearsay(states.states(borrowers))
    if more is not None and len(more):
        found = np.concatenate([found, more])
    if chosen := reach.chosen(borrowers):
        found = np.concatenate([found, reach.states(chosen)])
    return states_of(found, borrowers, books)


def states_by(facts: Sequence[Fact]) -> Records:
    """The same (`states.STATE`) from facts alone: of what was known once, say."""
    found = _not_hearsay(states.states_by(facts))
    return np.concatenate([found, reach.states(reach.chosen_by(facts))])


def _not_hearsay(found: Records) -> Records:
    """Without what is told from attempts alone (`unreachable`), whoever brought it in."""
    return np.asarray(found[found["kind"] != UNREACHABLE])


def states_of(found: Records, borrowers: Ints, books: Books) -> States:
    """The same from states (`states.STATE`) at hand."""
    untold = (found["kind"] == PLACED) & (found["since"] == 0)
    return States.of(
        np.searchsorted(borrowers, found["borrower"]),
        found["kind"],
        found["at"] // SECOND,
        start=np.where(untold, NEVER_SECOND, found["since"] // SECOND),
        end=np.minimum(found["until"] // SECOND, NEVER_SECOND),
        channel=found["channel"],
        place=found["place"],
        address=found["address"],
        debts=books.bits(found["borrower"], found["loan"]),
        weekdays=found["weekdays"],
        from_minute=found["from_minute"],
        until_minute=found["until_minute"],
    )


def enrolments(borrowers: Ints) -> list[tuple[str, str]]:
    """(lang, zone) of each borrower, from the fact each stream begins with; else empty words.

    What a first fact says never changes, so it is remembered by this process. A language that the
    person has chosen since takes the place of the first.
    """
    wanted = borrowers.tolist()
    chosen = persons.langs(wanted)
    new = [borrower for borrower in wanted if borrower not in _enrolled]
    if new:
        if len(_enrolled) > REMEMBERED_MAX:
            _enrolled.clear()
        begun = streams.facts_at((borrower, 1) for borrower in new)
        for fact in begun:
            if fact.kind == "borrower.enrolled":
                _enrolled[fact.borrower] = (fact.body["lang"], fact.body["zone"])
    begun_with = [_enrolled.get(borrower, NO_ENROLMENT) for borrower in wanted]
    return [
        (chosen.get(borrower, lang) if lang else lang, zone)
        for borrower, (lang, zone) in zip(wanted, begun_with, strict=True)
    ]


def zone_columns(names: Iterable[str]) -> tuple[Zones, npt.NDArray[np.int16]]:
    """The zones people may be in; a name the zone database does not hold is no zone: it refuses."""
    known = [[name] if _is_zone(name) else [] for name in names]
    table = zones.table(name for person in known for name in person)
    return table, zones.codes(table, known)


def reach_seconds(rules: Rules) -> int:
    """How far back a verdict on our contacts may look, with two days for zones and midnights."""
    counters = rules.counters
    spans = np.where(counters.in_days, counters.span * DAY_SECONDS, counters.span)
    return int(spans[_that_matter(rules)].max(initial=0)) + 2 * DAY_SECONDS


def _that_matter(rules: Rules) -> Bools:
    """[C]: the counters some clause reads that concerns a contact which names the institution.

    All of ours do. "The first contact says who is speaking" counts a whole life, but concerns only
    those that do not: without this, every judgement would load every contact ever made.
    """
    matter = np.zeros(len(rules.counters), dtype=np.bool_)
    for page in rules.pages:
        read = np.bitwise_or.reduce(page.caps, axis=1)
        for each in page.narrowings:
            if each.column == "names_institution":
                read &= each.bits[NAMES_INSTITUTION]
        matter |= read != 0
    return matter


def _is_zone(name: str) -> bool:
    try:
        zones.table([name] if name else [])
    except zones.UnknownZoneError:
        return False
    return bool(name)
