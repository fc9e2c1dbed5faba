"""What may happen and what may not, as told to the person whom the rules protect.

Made from packs alone: each rule in force under the heading it belongs to, the hours at which every
rule leaves open to reach the person, and whether anybody else may be told. `told.toml` has a rule's
sentence in the person's words; a rule without one is told by its own.
"""

import string
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.columns import Bools
from evenhand.core.gate_columns import DAY_MINUTES
from evenhand.core.gate_rules import DAY_KINDS, HOLIDAY
from evenhand.core.words import WEEKDAYS
from evenhand.law.clauses import hours_of
from evenhand.law.loader import Pack, Ref, Rule, Value
from evenhand.law.pages import shut
from evenhand.law.schema import CONTENT, LANGUAGES, refuse_unless
from evenhand.law.sorts import numbers

SECTIONS: Final = ("when", "often", "how", "whom", "visit", "never", "stops", "complain", "record")
"""The headings of the page, in its order."""
OF_TYPE: Final[Mapping[str, str]] = {
    "hours": "when",
    "place": "when",
    "frequency": "often",
    "gap": "often",
    "precondition": "often",
    "disclosure": "how",
    "consent": "how",
    "party": "whom",
    "visit": "visit",
    "content": "never",
    "pause": "stops",
    "preference": "stops",
    "deadline": "record",
    "limitation": "record",
    "bureau": "record",
    "duty": "record",
    "cap": "record",
    "rate": "record",
    "payout": "record",
    "retention": "record",
}
VISIT: Final = "visit"
COMPLAINT: Final = "complaint_received"
WAYS: Final = ("call", "sms", "email", "im", "push", "in_app", "letter", "visit")
"""Channels by which a person may hear from us, in the order of the page."""
OTHERS: Final = ("nominated_contact", "relative", "neighbour", "colleague", "employer", "stranger")
"""Who answers for nothing."""
_FILE: Final = Path(__file__).parent / "told.toml"


class Statement(NamedTuple):
    """A rule as it is told on a day. `sentence` by language; `house` where it is our own."""

    rule: str
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    refs: tuple[Ref, ...]
    house: bool


class Ban(NamedTuple):
    """What no word may do (of schema.CONTENT), and the rules that say so."""

    name: str
    by: tuple[Statement, ...]


class Hours(NamedTuple):
    """Channels that may be used at the same times: `weekdays` (of core's words) from and until
    which minute of the day, weekdays alike together; without windows at no time."""

    channels: tuple[str, ...]
    windows: tuple[tuple[tuple[str, ...], int, int], ...]
    holidays: bool
    """On public holidays too."""


@dataclass(frozen=True, slots=True)
class Told:
    """The page: statements by heading, hours, who may never be told, what no word may do."""

    sections: Mapping[str, tuple[Statement, ...]]
    hours: tuple[Hours, ...]
    never_told: tuple[str, ...]
    bans: tuple[Ban, ...]

    @property
    def nobody(self) -> bool:
        """Nobody who does not answer for the loan may be told, or asked."""
        return set(OTHERS) <= set(self.never_told)


def told(packs: Sequence[Pack], on: date) -> Told:
    """What these packs say on a day, the laws' rules before the house's under each heading."""
    held = [(rule, rule.on(on)) for pack in packs for rule in pack.rules]
    in_force = [(rule, value) for rule, value in held if value is not None]
    shown = [(rule, value) for rule, value in in_force if rule.id not in not_told()]
    sections: dict[str, list[Statement]] = {name: [] for name in SECTIONS}
    for rule, value in shown:
        sections[section_of(rule, value)].append(_statement(rule, value))
    return Told(
        {name: tuple(sorted(said, key=lambda one: one.house)) for name, said in sections.items()},
        tuple(_hours(in_force)),
        tuple(who for who in OTHERS if _never(who, in_force)),
        tuple(_bans(shown)),
    )


def section_of(rule: Rule, value: Value) -> str:
    """The heading a rule belongs to: by its type, but what is about visits stands with them."""
    if rule.type == "deadline" and value.says["event"] == COMPLAINT:
        return "complain"
    return VISIT if _only_visits(value.says) else OF_TYPE[rule.type]


def not_told() -> Mapping[str, str]:
    """Rules that are not told, with the reason."""
    reasons: Mapping[str, str] = _said()["not_told"]
    return reasons


def sentence(rule: Rule, value: Value, language: str) -> str:
    """The rule in the person's words with the value's numbers; in its own where it has no other, or
    where those want a number that the value has not."""
    own = _said()["tell"].get(rule.id, {}).get(language, "")
    known = numbers(value.says)
    wanted = {name for _, name, _, _ in string.Formatter().parse(own) if name}
    return (
        str(own.format(**known)) if own and wanted <= known.keys() else rule.plain(value, language)
    )


def _statement(rule: Rule, value: Value) -> Statement:
    said = {language: sentence(rule, value, language) for language in LANGUAGES}
    house = all(ref.read == "house" for ref in value.refs)
    return Statement(rule.id, rule.title, said, value.refs, house)


def _only_visits(says: Mapping[str, Any]) -> bool:
    concerned = _listed(says.get("on", {})) + _listed(says.get("refuse", []))
    channels = [each["channel"] for each in concerned if "channel" in each]
    return bool(channels) and all(each == [VISIT] for each in channels)


def _listed(said: Any) -> list[Mapping[str, Any]]:
    return list(said) if isinstance(said, list) else [said] if said else []


def _hours(in_force: Sequence[tuple[Rule, Value]]) -> Iterator[Hours]:
    """The ways of contact, those open at the same times together."""
    alike: dict[bytes, tuple[list[str], Bools]] = {}
    for channel in WAYS:
        closed = np.zeros((DAY_KINDS, DAY_MINUTES), dtype=np.bool_)
        for rule, value in in_force:
            if rule.type == "hours" and rule.effect == "deny" and _concerns(value.says, channel):
                closed |= shut(hours_of(value.says))
        alike.setdefault(closed.tobytes(), ([], closed))[0].append(channel)
    for channels, closed in alike.values():
        windows = tuple(_windows(closed[: len(WEEKDAYS)]))
        yield Hours(tuple(channels), windows, not closed[HOLIDAY].all())


def _windows(closed: Bools) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """[7, minutes] to (weekdays, from, until), weekdays alike together."""
    found: dict[tuple[int, int], list[str]] = {}
    for place, day in enumerate(closed):
        edges = np.flatnonzero(np.diff(np.concatenate([[True], day, [True]]).astype(np.int8)))
        for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            found.setdefault((begin, end), []).append(WEEKDAYS[place])
    for (begin, end), days in found.items():
        yield tuple(days), begin, end


def _concerns(says: Mapping[str, Any], channel: str) -> bool:
    """Does a value concern collecting from the person by this channel?"""
    asked = {"purpose": "collect", "to": "debtor", "channel": channel}
    return any(
        all(word in each.get(key, [word]) for key, word in asked.items())
        for each in _listed(says.get("on", {})) or [{}]
    )


def _never(who: str, in_force: Sequence[tuple[Rule, Value]]) -> bool:
    """Does some rule refuse every contact with such a person, whatever it is about?"""
    return any(
        rule.type == "party" and rule.effect == "deny" and _refuses_always(each, who)
        for rule, value in in_force
        for each in _listed(value.says.get("refuse", []))
    )


def _refuses_always(clause: Mapping[str, Any], who: str) -> bool:
    return set(clause) == {"to"} and who in clause["to"]


def _bans(in_force: Sequence[tuple[Rule, Value]]) -> Iterator[Ban]:
    banning = [(set(v.says["ban"]), _statement(r, v)) for r, v in in_force if r.type == "content"]
    for name in CONTENT:
        by = tuple(statement for names, statement in banning if name in names)
        if by:
            yield Ban(name, by)


@cache
def _said() -> dict[str, Any]:
    """The file; PackError where it is not in order."""
    said = tomllib.loads(_FILE.read_text("utf-8"))
    refuse_unless(set(said) == {"not_told", "tell"}, "told.toml: not_told and tell, nothing else")
    for rule, words in said["tell"].items():
        refuse_unless(sorted(words) == sorted(LANGUAGES), f"told.toml: {rule}: three languages")
    return said
