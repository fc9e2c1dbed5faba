"""The lexicon as compiled patterns: per category what must not be said, and what excuses it."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.law.schema import CONTENT
from evenhand.outbound.contact.guard.net import Net
from evenhand.outbound.contact.guard.normal import coded, sound_of
from evenhand.outbound.contact.guard.pieces import ways

FILES: Final = {"zh-Hant": "zh", "zh-Hans": "zh", "en": "en"}
"""Both scripts are one: the text is made simplified before it is read."""


def named(lang: str) -> str:
    """The guard's name for one of our languages.

    >>> named("zh-hant"), named("en")
    ('zh-Hant', 'en')
    """
    return {name.lower(): name for name in FILES}.get(lang.lower(), "en")


SHORT: Final = 2
"""Syllables of a phrase that is taken by its sound only where it is written in a strange way."""
GAPS: Final = {"zh": r"[^,。;!?\n]", "en": r"[^;!?\n]"}
"""What may stand in a gap of a pattern: words of one clause, in English of one sentence."""


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of offence in one language.

    `say` are patterns over the plain text, `heard` phrases by sound (`Sounds.line`), `spelt` those
    that are lawful in characters and not in Latin letters, `unless` what excuses a whole sentence,
    `why` plain words by language.
    """

    name: str
    say: tuple[re.Pattern[str], ...]
    heard: tuple[str, ...]
    spelt: tuple[str, ...]
    unless: tuple[re.Pattern[str], ...]
    why: Mapping[str, str]


class Patterns(NamedTuple):
    """All patterns of a language, and a net that knows which of them may be in a text."""

    patterns: tuple[tuple[Category, re.Pattern[str]], ...]
    net: Net

    def catch(self, text: str, found: set[str]) -> list[tuple[Category, re.Pattern[str]]]:
        """The patterns that may be in a text of these things, in their order."""
        there, some = self.net.may(text, found), []
        while there:
            lowest = there & -there
            some.append(self.patterns[lowest.bit_length() - 1])
            there ^= lowest
        return some


class Heard(NamedTuple):
    """The phrases of a language that are taken by their sound, and where there are some, a quick
    look for any of them in a text as one line of sounds (`heard_line`)."""

    phrases: tuple[tuple[Category, str, bool], ...]
    """Each with its category, and whether it is taken only where Latin letters are in it."""
    any_of: re.Pattern[str]


@cache
def heard(lang: str) -> Heard:
    """What a language hears."""
    known = categories(lang)
    heard = [(each, said, said.count(" ") - 1 <= SHORT) for each in known for said in each.heard]
    spelt = [(each, said, True) for each in known for said in each.spelt]
    phrases = (*heard, *spelt)
    return Heard(phrases, re.compile("|".join(coded(said) for _, said, _ in phrases)))


@cache
def patterns(lang: str) -> Patterns:
    """The patterns of a language; one net for both Chinese scripts."""
    known = tuple((each, said) for each in categories(lang) for said in each.say)
    return Patterns(known, Net([said.pattern for _, said in known]))


@cache
def fingerprint() -> str:
    """The SHA-256 of everything the guard goes by."""
    here = Path(__file__).parent
    files = sorted([*here.glob("*.toml"), *here.glob("*.txt")])
    return hashlib.sha256(b"\0".join(each.read_bytes() for each in files)).hexdigest()


@cache
def categories(lang: str) -> tuple[Category, ...]:
    """The categories of a language (zh-Hant, zh-Hans or en), in the order of the law's list."""
    path = Path(__file__).with_name(f"{FILES[lang]}.toml")
    read: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    sets = read.pop("sets")
    assert set(read) == set(CONTENT), f"{path.name}: categories are not those of the law"
    return tuple(_category(name, read[name], sets, FILES[lang]) for name in CONTENT)


@cache
def category(lang: str, name: str) -> Category:
    """One category of a language."""
    return next(each for each in categories(lang) if each.name == name)


def _category(name: str, said: Mapping[str, Any], sets: Mapping[str, str], lang: str) -> Category:
    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        gap = GAPS[lang] if key == "say" else "."
        known = [_filled(each, sets).replace(".{", f"{gap}{{") for each in said.get(key, ())]
        if key == "say" and lang == "zh":  # each alternative is looked for where it may be, alone
            known = [way.written for each in known for way in ways(each)]
        return tuple(map(re.compile, known))

    return Category(
        name=name,
        say=patterns("say"),
        heard=tuple(sound_of(each) for each in said.get("heard", ())),
        spelt=tuple(sound_of(each) for each in said.get("spelt", ())),
        unless=patterns("unless"),
        why=said["why"],
    )


def _filled(pattern: str, sets: Mapping[str, str]) -> str:
    """The pattern with its sets put in; `{0,8}` and the like stay what they are."""
    return re.sub(r"\{([a-z]+)\}", lambda found: sets[found[1]], pattern)
