"""Screen a text before it leaves: every finding with its category, its place and why.

A text passes where nothing is found. What is found blocks: the guard would rather have a sentence
written again than a person threatened.
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from evenhand.outbound.contact.guard import (
    amounts,
    consequences,
    excuses,
    frames,
    lexicon,
    likeness,
)
from evenhand.outbound.contact.guard.consequences import Planned
from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.frames import Filled, Frame
from evenhand.outbound.contact.guard.lexicon import Category
from evenhand.outbound.contact.guard.normal import Normal, normal
from evenhand.outbound.contact.guard.reading import There, reading
from evenhand.outbound.contact.guard.sounds import sounds
from evenhand.outbound.contact.guard.things import SIGN, Found, found_in, things

MISSTATED = "misstate_amount"
UNPLANNED = "false_consequence"
LETTERS_MAX = 20_000
LETTERS = {
    "zh-Hans": re.compile("[\u3400-\u9fff]"),
    "en": re.compile("[a-z](?<![a-z][a-z])(?!(?<=a)pps?(?![a-z]))[a-z]{2}"),
}
"""Without such letters a text says nothing in that language."""
READ = "zh-Hans"
"""The language in which sentences are weighed (`likeness`)."""
STOP = re.compile("。(?<=[\u3400-\u9fff]。)(?=[\u3400-\u9fff])")
BROKEN = 5
"""The most letters of a word that a full stop was put into."""


Place = tuple[int, int]
"""The first letter of a stretch of the plain text, and the one behind it."""


Stop = tuple[int, int, str, Found]
"""Where the words around a full stop begin, how many of their letters stand before it, the words,
and what they have."""


class Finding(NamedTuple):
    """What a text does that it may not: `span` in the text as it was given."""

    category: str
    span: tuple[int, int]
    why: str


def screen(
    text: str,
    lang: str,
    known_minor: Collection[int] | None = None,
    planned: Collection[Planned] | None = None,
) -> list[Finding]:
    """Every finding in a text of a language (zh-Hant, zh-Hans, en), one a category, by place.

    `known_minor`: the amounts the ledger has for this person; where they are given, each amount
    of the text must be among them to the cent. `planned`: the consequences in the person's file;
    where they are given, each one the text names must be among them, on the day it names.
    ValueError for a text of more than 20,000 letters.

    >>> [each.category for each in screen("Pay tonight or you will be in a c e l l.", "en")]
    ['threat_arrest']
    >>> screen("Nobody goes to jail for a missed instalment.", "en")
    []
    """
    if len(text) > LETTERS_MAX:
        raise ValueError(f"a text of more than {LETTERS_MAX} letters")
    said = normal(text)
    found: dict[str, Finding] = {}
    spoken = [read for read, letters in LETTERS.items() if letters.search(said.text)]
    words = Words(said.text)
    there = {read: reading(read).may(words.found()) for read in spoken}
    for category, place in _offences(said, words, there, found):
        found[category] = _finding(said, category, place, lang)
    for frame, place in _framed(words, there, found):
        found.setdefault(
            frame.category, Finding(frame.category, said.span(*place), frame.why[lang])
        )
    for category, place in _like(words) if READ in spoken and not found else ():
        found.setdefault(category, _finding(said, category, place, lang))
    for place in _misstated(said, known_minor):
        found.setdefault(MISSTATED, _finding(said, MISSTATED, place, lang))
    for each in () if planned is None else consequences.unplanned(words, planned):
        found.setdefault(UNPLANNED, Finding(UNPLANNED, said.span(*each.place), each.why(lang)))
    return sorted(found.values(), key=lambda finding: finding.span)


def _finding(said: Normal, category: str, place: Place, lang: str) -> Finding:
    return Finding(category, said.span(*place), lexicon.category(lang, category).why[lang])


def _offences(
    said: Normal, words: Words, there: Mapping[str, There], found: Container[str]
) -> Iterator[tuple[str, Place]]:
    """Every category offended and not `found` yet, with where, that nothing excuses; both
    languages, as people mix."""
    stops = [*_stops(words.text)]
    for read, may in there.items():
        sayings = lexicon.said(may.sayings, words.text, found)
        for category, place in chain(sayings, _heard(said, read)):
            known = category.name in found
            if not known and not _is_excused(words, place, category.unless, read):
                yield category.name, place
        for category, place in _broken(stops, read):
            if category.name not in found:
                yield category.name, place


def _is_denied(words: Words, place: Place, unless: Iterable[re.Pattern[str]], read: str) -> bool:
    """Does the sentence say what excuses it, or a negation stand before or behind the words?"""
    at, last = place
    language, sentence = lexicon.FILES[read], words.sentence_of(at)
    return (
        excuses.is_denied(words, at, language)
        or any(each.search(words.text, *sentence) for each in unless)
        or excuses.is_denied_behind(words, last, language)
    )


def _is_excused(words: Words, place: Place, unless: Iterable[re.Pattern[str]], read: str) -> bool:
    (at, last), language = place, lexicon.FILES[read]
    return (
        _is_denied(words, place, unless, read)
        or excuses.is_refused(words.text, at, last, language)
        or excuses.is_told_of_others(words, at, language)
        or excuses.is_told_of_others(words, last - 1, language)
    )


def _framed(
    words: Words, there: Mapping[str, There], found: Container[str]
) -> Iterator[tuple[Frame, Place]]:
    """The frames a text fills that nothing excuses."""
    for read, may in there.items():
        for filled in frames.framed(words, lexicon.FILES[read], may.frames, found):
            if not _is_frame_excused(words, filled, read):
                yield filled.frame, filled.place


def _is_frame_excused(words: Words, filled: Filled, read: str) -> bool:
    language, unless = lexicon.FILES[read], lexicon.category(read, filled.frame.category).unless
    return (
        _is_denied(words, filled.place, unless, read)
        or excuses.is_denied_among(filled.rest, language)
        or excuses.is_about_others(words, filled.place[0], language)
    )


def _like(words: Words) -> Iterator[tuple[str, Place]]:
    """Sentences too like an offence, that nothing excuses; not asked where a pattern has found."""
    for name, place in likeness.likest(words):
        unless = chain.from_iterable(each.unless for each in lexicon.categories(READ))
        others = excuses.is_about_others(words, place[0], lexicon.FILES[READ])
        if not others and not _is_excused(words, place, unless, READ):
            yield name, place


def _stops(text: str) -> Iterator[Stop]:
    """Where a full stop stands between characters, and what is read there without it."""
    for stop in STOP.finditer(text):
        first = max(stop.start() - BROKEN, 0)
        joined = text[first : stop.start()] + text[stop.end() : stop.end() + BROKEN]
        has = found_in(joined, [things(f"{SIGN}{joined}{SIGN}")])
        yield first, stop.start() - first, joined, has


def _broken(stops: Iterable[Stop], read: str) -> Iterator[tuple[Category, Place]]:
    """Short words a full stop was put into, as in 坐。牢; a stop ends a sentence otherwise."""
    for first, middle, joined, has in stops:
        for category, (begin, end) in lexicon.said(reading(read).may(has).sayings, joined):
            if begin < middle < end <= begin + BROKEN:
                yield category, (first + begin, first + end + 1)


def _heard(said: Normal, read: str) -> Iterator[tuple[Category, Place]]:
    """Phrases by sound: long ones always, short ones only where Latin letters stand among them."""
    heard = lexicon.heard(read)
    if not heard.are_in(said.text):
        return
    by_sound = sounds(said)
    for category, phrase, is_strange in heard.phrases:
        at = by_sound.line.find(phrase)
        while at >= 0:
            first = by_sound.line.count(" ", 0, at + 1) - 1
            last = first + phrase.count(" ") - 2
            if not is_strange or any(by_sound.latin[first : last + 1]):
                yield category, (by_sound.at[first], by_sound.to[last])
            at = by_sound.line.find(phrase, at + 1)


def _misstated(said: Normal, known_minor: Collection[int] | None) -> Iterator[Place]:
    if not amounts.SPEAKS.search(said.text):
        return
    for each in amounts.unequal(said):
        yield each.first, each.last
    if known_minor is not None:
        for each in amounts.unknown(said, known_minor):
            yield each.first, each.last
