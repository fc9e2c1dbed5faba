"""The book of rules in force: what the gate judges by, and what people read beside its verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from evenhand.core.gate_rules import UNKNOWNS, WORD, Rules, words_of
from evenhand.law.calendar import Calendar, calendar, together
from evenhand.law.clauses import Clause, clauses_of
from evenhand.law.loader import HOUSE, Pack, Rule, Value, load
from evenhand.law.pages import counter_columns, counters_of, pages
from evenhand.law.strictness import refuse_looser

A_DAY = timedelta(days=1)
"""Somewhere on earth it is already, or still, another day."""
LOOK_AHEAD = timedelta(days=402)
"""A book holds what comes into force as far ahead as the gate looks for a lawful moment."""
FAILS_CLOSED = "Evenhand"
NO_DAYS = np.array([], dtype=np.int64)
NO_CALENDAR = Calendar(NO_DAYS, NO_DAYS, 0, 0)
UNKNOWN_TEXTS = {
    "unknown.zone": {
        "zh-Hant": "不知道對方所在時區，不得聯絡",
        "zh-Hans": "不知道对方所在时区，不得联系",
        "en": "No zone is known for the person: no contact",
    },
    "unknown.facts": {
        "zh-Hant": "不知道有無投訴、爭議等情形，不得聯絡",
        "zh-Hans": "不知道有无投诉、争议等情形，不得联系",
        "en": "Complaints, disputes and other facts are not known: no contact",
    },
    "unknown.history": {
        "zh-Hant": "不知道此前的聯絡次數，不得聯絡",
        "zh-Hans": "不知道此前的联系次数，不得联系",
        "en": "Earlier contacts are not known: no contact",
    },
    "unknown.law": {
        "zh-Hant": "當日沒有可依據的規則，不得聯絡",
        "zh-Hans": "当日没有可依据的规则，不得联系",
        "en": "No rule is known for that day: no contact",
    },
}


@dataclass(frozen=True, slots=True)
class Cite:
    """A rule of a verdict with one of its sources."""

    rule: str
    instrument: str
    article: str
    url: str
    cite: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rule in force on a day, as people read it: one row for each of its sources."""

    rule: str
    title: str
    plain: str
    since: date
    start_unverified: bool
    effect: str
    law_effect: str
    force: str
    instrument: str
    article: str
    url: str
    read: str
    read_on: date
    note: str


def rules(packs: Sequence[str], on: date, until: date | None = None) -> Rules:
    """The rules of these packs for asks made from `on` up to and with `until` (`on` if left out).

    Strictest wins, since every refusal counts. PackError where a pack is unknown or out of order,
    or the house's own is looser than another named with it.
    """
    return _rules(tuple(packs), on, until or on)


def book(packs: Sequence[Pack], on: date, until: date) -> Rules:
    """The rules of packs at hand, drafts among them; nothing is asked of the house's own."""
    clauses = [each for pack in packs for each in clauses_of(pack, on - A_DAY, until + LOOK_AHEAD)]
    ids = (*UNKNOWNS, *dict.fromkeys(clause.rule for clause in clauses))
    counters = counters_of(clauses)
    warning = {clause.rule for clause in clauses if clause.warns}
    asks_calendar = any(clause.hours and clause.hours.asks_calendar for clause in clauses)
    free = _free_days(packs, clauses) if asks_calendar else NO_CALENDAR
    return Rules(
        ids=ids,
        warns=words_of(sum(1 << ids.index(rule) for rule in warning), -(-len(ids) // WORD)),
        pages=pages(clauses, ids, counters),
        counters=counter_columns(counters),
        asks_calendar=asks_calendar,
        holidays=free.holidays,
        calendar_from=free.since,
        calendar_until=free.until,
    )


def instead(other: Pack, in_force: Sequence[str]) -> list[Pack]:
    """The packs in force with another in the place of its namesake; where it has none, in the place
    of every law: beside the house's own alone."""
    if other.name in in_force:
        return [other if name == other.name else load(name) for name in in_force]
    return [other, *(load(name) for name in in_force if name == HOUSE)]


def cites_in(packs: Sequence[Pack], rule_id: str, on: date, language: str = "en") -> list[Cite]:
    """The sources of a rule of packs at hand; none where no pack has it."""
    if rule_id in UNKNOWN_TEXTS:
        return _cites(rule_id, on, language)
    named = [rule for pack in packs for rule in pack.rules if rule.id == rule_id]
    return [cite for rule in named for cite in _cites_of(rule, on, language)]


def cites(book: Rules, bitmap: int, on: date, language: str = "en") -> list[Cite]:
    """The rules of a verdict's bits (`gate.set_of`) with every source, in the order of the bits."""
    held = [rule for place, rule in enumerate(book.ids) if bitmap >> place & 1]
    return [cite for rule in held for cite in _cites(rule, on, language)]


def pack_hashes(packs: Sequence[str]) -> dict[str, str]:
    """SHA-256 (hex) of each pack's canonical text."""
    return {pack: load(pack).sha256 for pack in packs}


def canonical_text(pack: str) -> str:
    """The text a pack's hash is of; whoever keeps a hash keeps this beside it."""
    return load(pack).text


def in_force(pack: str, on: date, language: str) -> list[Row]:
    """What a pack says on a day, in plain words of a language (zh-Hant, zh-Hans, en)."""
    held = [(rule, rule.on(on)) for rule in load(pack).rules]
    return [row for rule, value in held if value for row in _rows(rule, value, language)]


@lru_cache(maxsize=256)
def _rules(packs: tuple[str, ...], on: date, until: date) -> Rules:
    named = [load(pack) for pack in packs]
    if HOUSE in packs:
        for law in named:
            refuse_looser(load(HOUSE), law)
    return book(named, on, until)


def _free_days(packs: Sequence[Pack], clauses: Sequence[Clause]) -> Calendar:
    """The holidays of every calendar that some pack names, known where all of them are; none is
    known where none is named, or a law asks for one and names none. The house goes by the law's."""
    asks = (each.rule for each in clauses if each.hours and each.hours.asks_calendar)
    asking = {rule.split(".")[0] for rule in asks}
    named = {pack.calendar for pack in packs if pack.calendar}
    nameless = any(pack.name in asking - {HOUSE} and not pack.calendar for pack in packs)
    return NO_CALENDAR if nameless or not named else together(map(calendar, sorted(named)))


def _cites(rule_id: str, on: date, language: str) -> list[Cite]:
    if rule_id in UNKNOWN_TEXTS:
        return [Cite(rule_id, FAILS_CLOSED, "", "", FAILS_CLOSED, UNKNOWN_TEXTS[rule_id][language])]
    return _cites_of(_rule(rule_id), on, language)


def _cites_of(rule: Rule, on: date, language: str) -> list[Cite]:
    said = [each for each in rule.binding if not each.ends]
    value = rule.on(on) or next((each for each in said if each.since > on), said[-1])
    why = rule.plain(value, language)
    return [
        Cite(rule.id, ref.instrument.title, ref.article, ref.url, ref.cite, why)
        for ref in value.refs
    ]


def _rule(rule_id: str) -> Rule:
    pack = load(rule_id.split(".")[0])
    return next(rule for rule in pack.rules if rule.id == rule_id)


def _rows(rule: Rule, value: Value, language: str) -> list[Row]:
    return [
        Row(
            rule=rule.id,
            title=rule.title[language],
            plain=rule.plain(value, language),
            since=value.since,
            start_unverified=value.start_unverified or ref.instrument.start_unverified,
            effect=rule.effect,
            law_effect=rule.law_effect,
            force=ref.instrument.force,
            instrument=ref.instrument.title,
            article=ref.article,
            url=ref.url,
            read=ref.read,
            read_on=ref.instrument.read_on,
            note=ref.note.get(language, ""),
        )
        for ref in value.refs
    ]
