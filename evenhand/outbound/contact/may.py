"""May these contacts be made? Asks the gate with all that is known and writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from django.conf import settings

from evenhand.core.columns import Bools, Ints
from evenhand.core.gate import judge, set_of
from evenhand.core.gate_columns import (
    NEVER_SECOND,
    NO,
    YES,
    Asks,
    Bits,
    Codes,
    History,
    States,
    Zones,
)
from evenhand.core.gate_consent import with_consents
from evenhand.core.gate_history import count
from evenhand.core.gate_rules import WORD, Rules, any_of
from evenhand.core.gate_time import key_of
from evenhand.core.gate_weigh import weigh
from evenhand.core.words import LENDER_KINDS, code
from evenhand.law import rulebook
from evenhand.outbound.contact import known, of_parties, unreachable
from evenhand.outbound.contact.of_parties import Asked
from evenhand.outbound.contact.wanted import Wanted

DAY_SECONDS: Final = 86_400


class Law(NamedTuple):
    """The rules of a day and the hash of each pack they come from."""

    rules: Rules
    packs: dict[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """Columns [A]: the gate's answer to each ask; `refusals` [W, A] are bits of
    `law.rules.ids`."""

    law: Law
    at: Ints
    allowed: Bools
    refusals: Bits
    not_before: Ints

    def rules_of(self, row: int) -> list[str]:
        """The ids of every rule that refuses this ask."""
        return rules_of(self.law.rules, self.bits(row))

    def bits(self, row: int) -> int:
        """The same as a set of bits: bit i is `law.rules.ids[i]`."""
        return set_of(self.refusals[:, row])

    def refused_by(self, place: int) -> Bools:
        """[A]: is it rule `law.rules.ids[place]` that refuses, it or others beside?"""
        word, bit = divmod(place, WORD)
        return np.asarray(self.refusals[word] >> np.uint64(bit) & np.uint64(1) == 1)


@dataclass(frozen=True, slots=True)
class Matter:
    """Everything the gate reads about some contacts but their moment."""

    wanted: Wanted
    zones: Zones
    zone: npt.NDArray[np.int16]
    langs: list[str]
    history: History
    states: States
    line: Codes


def law_of(day: date) -> Law:
    """The packs this lender works under, on a day."""
    packs = tuple(settings.EVENHAND_PACKS)
    return Law(rulebook.rules(packs, *_month_of(day)), rulebook.pack_hashes(packs))


def _month_of(day: date) -> tuple[date, date]:
    """The first and last day of a month: one book of rules serves every day of it."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def matter(
    wanted: Wanted,
    books: known.Books,
    law: Law,
    at: int,
    apart_from: Ints,
    others: Sequence[Asked] = (),
) -> Matter:
    """Load what is known of these borrowers for asks from `at` (whole seconds UTC) on.

    `others` are those among them who are asked for a loan of another's; whoever is asked as such
    and is not there answers for nothing, and is refused.
    """
    nobodys = of_parties.unanswering(wanted, others)
    more = np.concatenate([of_parties.states_of(others), nobodys, unreachable.states_of(wanted)])
    enrolled = known.enrolments(wanted.borrower)
    zones, zone = known.zone_columns([zone for _, zone in enrolled])
    since = at - known.reach_seconds(law.rules)
    line = known.lines(wanted.borrower, law.rules)
    return Matter(
        wanted,
        zones,
        zone,
        [lang for lang, _ in enrolled],
        known.history(wanted.borrower, books, since, apart_from=apart_from, line=line),
        known.facts_against(wanted.borrower, books, more),
        line,
    )


def may(known_of: Matter, at: Ints, law: Law) -> Judged:
    """Judge each contact at its own moment (whole seconds UTC)."""
    verdict = judge(asks(known_of, at), known_of.history, known_of.states, law.rules)
    return Judged(law, at, verdict.allowed, verdict.refusals, verdict.not_before)


def allowed(known_of: Matter, at: Ints, law: Law) -> Bools:
    """The same yes or no of each contact at its own moment, and nothing else: for asking often."""
    asked = asks(known_of, at)
    history, states = with_consents(asked, known_of.history, known_of.states)
    counts = count(asked, history, law.rules.counters)
    return ~any_of(weigh(asked, counts, states, law.rules).refusals)


def verdict(judged: Judged, row: int, due: int) -> dict[str, Any]:
    """What an intention for `due` (whole seconds UTC) carries: allowed (1) where that is the very
    moment the gate named. The ledger takes no other."""
    moment = int(judged.not_before[row])
    asked = len(judged.law.rules.ids)
    return {"allowed": int(moment == due), "not_before": moment, "rules_checked": asked}


def rules_of(rules: Rules, bits: int) -> list[str]:
    """Rule ids of a set of bits, in the order of the book."""
    return [rule for place, rule in enumerate(rules.ids) if bits >> place & 1]


def local_moment(known_of: Matter, day: int, minute: int) -> Ints:
    """[A] when every clock a person may go by has reached that minute of that day (seconds UTC).

    Without a known zone it is the UTC moment; the gate refuses such a contact anyway.
    """
    wall = day * DAY_SECONDS + minute * 60
    first_guess = wall - _least_offset(known_of, np.full(len(known_of.zone), wall))
    return wall - _least_offset(known_of, first_guess)


def _least_offset(known_of: Matter, at: Ints) -> Ints:
    """Seconds east of UTC of the westernmost zone each person may be in, at each moment."""
    zones, zone = known_of.zones, known_of.zone
    entry = np.searchsorted(zones.key, key_of(np.maximum(zone, 0), at[:, None]), side="right") - 1
    offset = np.where(zone >= 0, zones.offset[entry], NEVER_SECOND).min(axis=1)
    return np.where(offset == NEVER_SECOND, 0, offset)


def asks(known_of: Matter, at: Ints) -> Asks:
    """The contacts as the gate reads them, each at its own moment (whole seconds UTC)."""
    wanted = known_of.wanted
    return Asks.of(
        at,
        known_of.zones,
        known_of.zone,
        channel=wanted.channel,
        mode=wanted.mode,
        to=wanted.to,
        purpose=wanted.purpose,
        lender_kind=code(settings.EVENHAND_LENDER_KIND, LENDER_KINDS),
        address=wanted.address,
        line=known.line_of(wanted.address, known_of.line),
        debts=wanted.debts,
        discloses_debt=NO,
        disclosed=wanted.disclosed,
        names_institution=known.NAMES_INSTITUTION,
        optout_line=YES,  # put under a text message that lacks it where the law asks: stated.py
        days_late=wanted.days_late,
        overdue_minor=wanted.overdue_minor,
    )
