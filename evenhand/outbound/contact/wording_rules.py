"""What a wording must and must not say before anybody may approve it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.outbound.contact import crisis, stated, words
from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.screen import Finding, screen
from evenhand.outbound.contact.words import Fields

TEXT: Final = "text"
SAMPLE: Final[Mapping[str, str]] = {
    "lender": "Evenhand",
    "hotline": "95000",
    "reference": "0a1b2c3d4e5f",
    "amount": "CNY\u00a01,234.56",
    "code": "123456",
    "number": "D001",
}
"""Values a wording is screened with; other placeholders stand for words of ours."""
SAMPLE_MINOR: Final = 123_456
DIGITS: Final = re.compile(r"\d")


class Fault(NamedTuple):
    """Why a wording cannot be used. `code` is fields, placeholders, begins, never, says, digits,
    long or guard; `about` the words or names it is about, `why` the guard's own."""

    code: str
    field: str
    about: str = ""
    why: str = ""


def faults(key: str, fields: Fields) -> list[Fault]:
    """Everything that is wrong with a wording for this key; nothing where it may be approved."""
    sort, template, lang = key.split("/")
    readable = {name: text for name, text in fields.items() if _named(text) is not None}
    return list(_misfits(key, fields)) + [
        fault
        for name, text in readable.items()
        for fault in (*_ruled(sort, template, name, text), *_guarded(name, text, lang))
    ]


def fits(key: str, fields: Fields) -> bool:
    """Has the wording the texts and placeholders that this release fills?"""
    return next(_misfits(key, fields), None) is None


def _misfits(key: str, fields: Fields) -> Iterator[Fault]:
    shipped = words.shipped().get(key, {})
    for name in sorted(shipped.keys() ^ fields.keys()):
        yield Fault("fields", name)
    for name in shipped.keys() & fields.keys():
        wanted = words.named_in(shipped[name])
        if _named(fields[name]) != wanted or not fields[name].strip():
            yield Fault("placeholders", name, " ".join(f"{{{each}}}" for each in sorted(wanted)))


def _named(text: str) -> set[str] | None:
    """The placeholders of a text; None where its braces say something else."""
    try:
        text.format(**dict.fromkeys(words.named_in(text), ""))
    except (ValueError, LookupError, AttributeError):
        return None
    return words.named_in(text)


def _ruled(sort: str, template: str, name: str, text: str) -> Iterator[Fault]:
    rules = _rules()[sort]
    if len(text) > rules["letters_most"]:
        yield Fault("long", name, str(rules["letters_most"]))
    for word in rules["never"]:
        if word in text.lower():
            yield Fault("never", name, word)
    for said in stated.missing(sort, template, name, text):
        yield Fault("says", name, " / ".join(said))
    if name != TEXT:
        return
    if not text.startswith(tuple(rules["begins"])):
        yield Fault("begins", name, "{lender}")
    if not rules["digits"] and DIGITS.search(text):
        yield Fault("digits", name)


def _guarded(name: str, text: str, lang: str) -> Iterator[Fault]:
    for found in screened(text, lang):
        filled = _filled(text)
        yield Fault("guard", name, filled[slice(*found.span)], found.why)


def screened(text: str, lang: str) -> list[Finding]:
    """What the guard finds in a wording filled with samples."""
    return screen(_filled(text), lexicon.named(lang), {SAMPLE_MINOR})


def _filled(text: str) -> str:
    named = words.named_in(text)
    values = {name: SAMPLE.get(name, "…") for name in named} | {"help_line": crisis.help_line()}
    return text.format(**values)


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
