"""Packs from their TOML files: checked, frozen, and bound by a hash.

`load("cn")` reads every file of `law/cn`; PackError where anything in them is not as `schema` says.
"""

import hashlib
import json
import string
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from evenhand.law import order, schema
from evenhand.law.order import Span
from evenhand.law.schema import PackError, check_keys, refuse_unless
from evenhand.law.sorts import check_value, numbers

HOME = Path(__file__).parent
HOUSE = "policy"
"""The pack of the house's own rules: it may only tighten."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A text with legal force, or the house's own; `until` is the first day it no longer holds."""

    title: str
    short: str
    kind: str
    force: str
    since: date
    until: date | None
    start_unverified: bool
    url: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Ref:
    """Where a value stands; `read` says how: seen, secondary, house; `note` by language, or {}."""

    instrument: Instrument
    article: str
    url: str
    read: str
    note: Mapping[str, str]

    @property
    def cite(self) -> str:
        """The short name and the article, as lawyers write it."""
        return f"{self.instrument.short} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Value:
    """What a rule says from a day on; `ends`: from that day it says nothing any more.

    `expected`: announced and not yet confirmed; it is shown as coming and binds nobody.
    """

    since: date
    ends: bool
    expected: bool
    start_unverified: bool
    says: Mapping[str, Any]
    refs: tuple[Ref, ...]
    sentence: Mapping[str, str]
    """By language, where the rule's own is not true of this value; else empty."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its values by rising day; titles and sentences by language."""

    id: str
    type: str
    effect: str
    law_effect: str
    title: Mapping[str, str]
    sentence: Mapping[str, str]
    values: tuple[Value, ...]

    def on(self, day: date) -> Value | None:
        """The value in force on a day, or None."""
        begun = [value for value in self.binding if value.since <= day]
        return None if not begun or begun[-1].ends else begun[-1]

    @property
    def binding(self) -> tuple[Value, ...]:
        """The values that are more than announced."""
        return tuple(value for value in self.values if not value.expected)

    def plain(self, value: Value, language: str) -> str:
        """The rule's sentence with the value's numbers in it."""
        said = value.sentence or self.sentence
        return said[language].format(**numbers(value.says))


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of law: its rules in the order of its files, and the hash of its canonical text."""

    name: str
    title: Mapping[str, str]
    jurisdiction: str
    zone: str
    calendar: str
    reviewed_on: date
    review_again_on: date
    rules: tuple[Rule, ...]
    text: str
    sha256: str


@lru_cache(maxsize=64)
def load(name: str) -> Pack:
    """The pack of that name as shipped; PackError where there is none or it is not in order."""
    folder = HOME / name
    known = name.isidentifier() or name.replace("-", "_").isidentifier()
    refuse_unless(known and (folder / "pack.toml").is_file(), f"there is no pack {name!r}")
    return read(folder)


def names() -> list[str]:
    """The packs that ship."""
    return sorted(path.parent.name for path in HOME.glob("*/pack.toml"))


def read(folder: Path) -> Pack:
    """A pack from a folder: `pack.toml` with its instruments, rules in the other files."""
    files = {path.name: path.read_text("utf-8") for path in folder.glob("*.toml")}
    return parse(files, folder.name)


def parse(files: Mapping[str, str], place: str) -> Pack:
    """A pack from the texts of its files by name; `place` is where they lie, for what is refused.

    PackError where there is no `pack.toml` among them, or anything is not as `schema` says.
    """
    refuse_unless("pack.toml" in files, f"there is no pack.toml in {place}")
    head = _toml(f"{place}/pack.toml", files["pack.toml"])
    instruments = head.pop("instrument", {})
    others = sorted(files.keys() - {"pack.toml"})
    listed = [(f"{place}/{name}", r) for name in others for r in _rules_of(place, name, files)]
    try:
        check_keys(head, schema.PACK)
        order.refuse_reviews(head)
        known = {key: _instrument(key, said) for key, said in instruments.items()}
    except PackError as error:
        raise PackError(f"{place}/pack.toml: {error}") from error
    rules = tuple(_rule(said, known, where) for where, said in listed)
    _refuse_twins(rules, head["pack"])
    said_rules = [said for _, said in listed]
    text = canonical({"pack": head, "instrument": instruments, "rule": said_rules})
    return Pack(
        name=head["pack"],
        title=head["name"],
        jurisdiction=head["jurisdiction"],
        zone=head["zone"],
        calendar=head.get("calendar", ""),
        reviewed_on=date.fromisoformat(head["reviewed_on"]),
        review_again_on=date.fromisoformat(head["review_again_on"]),
        rules=rules,
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def canonical(said: Mapping[str, Any]) -> str:
    """The text a pack's hash is of: JSON, keys sorted, no spaces, rules by id."""
    ordered = dict(said) | {"rule": sorted(said["rule"], key=lambda rule: str(rule["id"]))}
    return json.dumps(ordered, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _toml(place: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{place}: {error}") from error


def _rules_of(place: str, name: str, files: Mapping[str, str]) -> list[dict[str, Any]]:
    said = _toml(f"{place}/{name}", files[name])
    strange = sorted(said.keys() - {"rule"})
    refuse_unless(not strange, f"{place}/{name}: unknown key {strange[:1]}")
    rules = said.get("rule", [])
    tables = isinstance(rules, list) and all(isinstance(each, dict) for each in rules)
    refuse_unless(tables, f"{place}/{name}: rule is no list of tables")
    return list(rules)


def _instrument(key: str, said: Mapping[str, Any]) -> Instrument:
    try:
        check_keys(said, schema.INSTRUMENT)
        order.refuse_instrument(said)
    except PackError as error:
        raise PackError(f"instrument {key}: {error}") from error
    until = said.get("until")
    return Instrument(
        title=said["title"],
        short=said["short"],
        kind=said["kind"],
        force=said["force"],
        since=date.fromisoformat(said["from"]),
        until=date.fromisoformat(until) if until else None,
        start_unverified=said.get("start_unverified", False),
        url=said.get("url", ""),
        read_on=date.fromisoformat(said["read_on"]),
    )


def _rule(said: dict[str, Any], instruments: Mapping[str, Instrument], place: str) -> Rule:
    where = f"{place}: rule {said.get('id', '?')}"
    try:
        check_keys(said, schema.RULE)
        values = tuple(_value(each, said["type"], instruments) for each in said["value"])
        order.refuse_values([value.since for value in values])
        _refuse_unfounded(values)
        rule = Rule(
            said["id"],
            said["type"],
            said["effect"],
            said["law_effect"],
            said["title"],
            said["says"],
            values,
        )
        _refuse_empty_places(rule)
    except PackError as error:
        raise PackError(f"{where}: {error}") from error
    return rule


def _value(said: dict[str, Any], kind: str, instruments: Mapping[str, Instrument]) -> Value:
    try:
        check_value(said, kind, schema.VALUE)
        since = date.fromisoformat(said["from"])
        refs = tuple(_ref(each, instruments) for each in said["ref"])
    except PackError as error:
        raise PackError(f"{said.get('from', 'a value')}: {error}") from error
    says = {key: each for key, each in said.items() if key not in schema.VALUE}
    return Value(
        since=since,
        ends=said.get("ends", False),
        expected=said.get("expected", False),
        start_unverified=said.get("start_unverified", False),
        says=says,
        refs=refs,
        sentence=said.get("says", {}),
    )


def _ref(said: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> Ref:
    name = said["instrument"]
    refuse_unless(name in instruments, f"ref: unknown instrument {name!r}")
    instrument, house = instruments[name], instruments[name].force == "policy"
    refuse_unless(house == (said["read"] == "house"), "ref: only house policy is read as house")
    url = said.get("url", instrument.url)
    refuse_unless(house or bool(url), "ref: no link")
    article, note = said.get("article", ""), schema.tongues(said.get("note"))
    return Ref(instrument, article, url, said["read"], note)


def _refuse_unfounded(values: Sequence[Value]) -> None:
    """To the day another value binds, none rests on nothing but what is not in force."""
    for place, value in enumerate(values):
        later = (each.since for each in values[place + 1 :] if not each.expected)
        refs = [Span(ref.instrument.since, ref.instrument.until) for ref in value.refs]
        order.refuse_unfounded(Span(value.since, next(later, None)), refs, ends=value.ends)


def _refuse_empty_places(rule: Rule) -> None:
    """Every number a sentence wants is in every value."""
    for language, value in product(schema.LANGUAGES, rule.values):
        sentence = (value.sentence or rule.sentence)[language]
        wanted = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        missing = sorted(wanted - numbers(value.says).keys())
        told = value.ends or not missing
        refuse_unless(told, f"says.{language}: {value.since} has no {missing[:1]}")


def _refuse_twins(rules: Sequence[Rule], pack: str) -> None:
    ids = [rule.id for rule in rules]
    twins = sorted({each for each in ids if ids.count(each) > 1})
    refuse_unless(not twins, f"{pack}: rule {twins[:1]} stands twice")
    for each in ids:
        refuse_unless(each.startswith(f"{pack}."), f"{pack}: rule {each} is of another pack")
