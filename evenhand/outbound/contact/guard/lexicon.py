"""The lexicon as compiled patterns: per category what must not be said, and what excuses it."""

import hashlib
import re
import tomllib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.law.schema import CONTENT
from evenhand.outbound.contact.guard.pieces import alternatives, ways
from evenhand.outbound.contact.guard.rarest import Clause
from evenhand.outbound.contact.guard.sounds import apart, coded, heard_apart, heard_line, sound_of

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
    say: tuple[str, ...]
    heard: tuple[str, ...]
    spelt: tuple[str, ...]
    unless: tuple[re.Pattern[str], ...]
    why: Mapping[str, str]


class Saying(NamedTuple):
    """One alternative of a pattern of a category."""

    category: Category
    at: int
    """The place of the pattern among all."""
    pattern: re.Pattern[str]
    clauses: tuple[Clause, ...]


def said(
    sayings: Iterable[Saying], text: str, known: Container[str] = ()
) -> Iterator[tuple[Category, tuple[int, int]]]:
    """Where what may be in a text is, pattern by pattern, but for categories that are `known`: of
    the alternatives of a pattern, at each place the first, as if they were looked for as one."""
    for _, some in groupby(sayings, key=attrgetter("at")):
        first, *others = some
        if first.category.name in known:
            continue
        found = _first_of([first, *others], text) if others else first.pattern.finditer(text)
        yield from ((first.category, each.span()) for each in found)


def _first_of(sayings: Sequence[Saying], text: str) -> Iterator[re.Match[str]]:
    at = 0
    while found := [each for one in sayings if (each := one.pattern.search(text, at))]:
        first = min(found, key=re.Match.start)
        yield first
        at = first.end()


class Heard(NamedTuple):
    """The phrases of a language that are taken by their sound, and where there are some, a quick
    look for any of them in a text as one line of sounds (`heard_line`)."""

    phrases: tuple[tuple[Category, str, bool], ...]
    """Each with its category, and whether it is taken only where Latin letters are in it."""
    any_of: re.Pattern[str]
    truly: re.Pattern[str]
    """The same in a line that tells Latin letters apart (`heard_apart`), where they are needed."""

    def are_in(self, text: str) -> bool:
        """Is any of them in a plain text? At a glance first."""
        if not self.phrases or not self.any_of.search(heard_line(text)):
            return False
        return bool(self.truly.search(heard_apart(text)))


@cache
def heard(lang: str) -> Heard:
    """What a language hears."""
    known = categories(lang)
    heard = [(each, said, said.count(" ") - 1 <= SHORT) for each in known for said in each.heard]
    spelt = [(each, said, True) for each in known for said in each.spelt]
    phrases = (*heard, *spelt)
    return Heard(
        phrases,
        re.compile("|".join(coded(said) for _, said, _ in phrases)),
        re.compile("|".join(apart(said, is_strange) for _, said, is_strange in phrases)),
    )


@cache
def sayings(lang: str) -> tuple[Saying, ...]:
    """All that is looked for in a language."""
    wholes = ((each, whole) for each in categories(lang) for whole in each.say)
    return tuple(
        Saying(each, at, re.compile(way.written), way.clauses)
        for at, (each, whole) in enumerate(wholes)
        for way in ways(whole)
    )


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
    def patterns(key: str) -> list[str]:
        gap = GAPS[lang] if key == "say" else "."
        return [_filled(each, sets).replace(".{", f"{gap}{{") for each in said.get(key, ())]

    say = patterns("say")
    if lang == "zh":  # each alternative is looked for where it may be, alone
        say = [way for each in say for way in alternatives(each)]
    return Category(
        name=name,
        say=tuple(say),
        heard=tuple(sound_of(each) for each in said.get("heard", ())),
        spelt=tuple(sound_of(each) for each in said.get("spelt", ())),
        unless=tuple(map(re.compile, patterns("unless"))),
        why=said["why"],
    )


def _filled(pattern: str, sets: Mapping[str, str]) -> str:
    """The pattern with its sets put in; `{0,8}` and the like stay what they are."""
    return re.sub(r"\{([a-z]+)\}", lambda found: sets[found[1]], pattern)
