"""Offences by what they are made of: words of several meanings that stand near each other.

A pattern of the lexicon knows a turn of phrase; a frame knows an act: somebody (a relative) is told
something (of the debt) by us, in whatever words, forms and order. Which meanings make an offence is
`frames.toml`; which words have a meaning, `concepts_en.toml` and `concepts_zh.toml`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.pieces import LETTER, alternatives, one_of, ways
from evenhand.outbound.contact.guard.rarest import Clause

HERE: Final = Path(__file__).parent
VOWELS: Final = "aeiou"
DOUBLES: Final = re.compile("[^aeiou]*[aeiou][bdgklmnprt]")
"""Verbs that double their last letter: tag, tagged."""
REPEATED: Final = ("?", "*", "+", "{")
EDGE: Final = {"zh": ("", ""), "en": (r"\b(?:", r")\b")}


class Frame(NamedTuple):
    """What an offence is made of: concepts it needs and lacks, and within how many letters."""

    category: str
    why: Mapping[str, str]
    needs: tuple[str, ...]
    lacks: tuple[str, ...]
    within: int
    gap: int
    """Where it is not 0 the needs stand in their order, at most so many letters apart."""


class Filled(NamedTuple):
    """A frame that a sentence fills: where, and what stands there beside the words it needs."""

    frame: Frame
    place: tuple[int, int]
    rest: str


Spans = Sequence[tuple[int, int]]


class Frames(NamedTuple):
    """The frames of a language, each with the need that few others have and what a sentence must
    have to fill it, and what the concepts are found by."""

    frames: tuple[tuple[str, Frame], ...]
    clauses: tuple[tuple[Clause, ...], ...]
    patterns: Mapping[str, re.Pattern[str]]


@cache
def frames(language: str) -> Frames:
    """What is read in a language, zh or en."""
    concepts = _concepts(language)
    names = tuple(concepts)
    read = tomllib.loads((HERE / "frames.toml").read_text("utf-8"))["frame"]
    known = [_frame(each, language) for each in read]
    known = [each for each in known if concepts.keys() >= set(each.needs)]
    often = Counter(name for each in known for name in each.needs)
    rows = [(min(each.needs, key=lambda name: often[name]), each) for each in known]
    rows.sort(key=lambda row: names.index(row[0]))
    has = {
        name: one_of([way.clauses for way in ways(_pattern(said, language))])
        for name, said in concepts.items()
    }
    return Frames(
        tuple(rows),
        tuple(tuple(chain.from_iterable(has[name] for name in each.needs)) for _, each in rows),
        {name: re.compile(_pattern(by_letter(said), language)) for name, said in concepts.items()},
    )


class _Sentence:
    """A sentence, and where in it each concept stands that was asked for."""

    def __init__(self, text: str, patterns: Mapping[str, re.Pattern[str]]) -> None:
        self.text, self.patterns = text, patterns
        self._spans: dict[str, Spans] = {}

    def spans(self, name: str) -> Spans:
        """Where the concept stands."""
        if name not in self._spans:
            found = self.patterns[name].finditer(self.text)
            self._spans[name] = [each.span() for each in found]
        return self._spans[name]


def framed(
    words: Words,
    language: str,
    may: Iterable[int],
    found: Container[str] = (),
) -> Iterator[Filled]:
    """The frames that sentences of a text fill, of categories that are not `found` yet; `may` are
    the places of those it may fill."""
    known = frames(language)
    there = [known.frames[at] for at in may]
    for first, last in words.sentences() if there else ():
        sentence = _Sentence(words.text[first:last], known.patterns)
        for rarest, frame in there:
            if frame.category not in found and sentence.spans(rarest):
                yield from _found(frame, sentence, first)


def _found(frame: Frame, sentence: _Sentence, first: int) -> Iterator[Filled]:
    """The frame, where its needs are near enough; `first` is where the sentence begins."""
    if any(sentence.spans(name) for name in frame.lacks):
        return
    places = []
    for name in frame.needs:
        places.append(sentence.spans(name))
        if not places[-1]:
            return
    place = _in_order(places, frame.gap) if frame.gap else _nearest(places)
    if place and place[1] - place[0] <= frame.within:
        at = first + place[0], first + place[1]
        yield Filled(frame, at, _rest(sentence.text, place, places))


def _rest(
    sentence: str, place: tuple[int, int], places: Sequence[Sequence[tuple[int, int]]]
) -> str:
    """What stands there, the needed words blotted out: won't in "won't get" denies nothing."""
    letters = list(sentence)
    for first, last in (each for some in places for each in some):
        letters[first:last] = "~" * (last - first)
    return "".join(letters[slice(*place)])


def _nearest(places: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, int] | None:
    """The shortest stretch with one of each."""
    best: tuple[int, int] | None = None
    for first in sorted({each[0] for some in places for each in some}):
        ends = [min((e[1] for e in some if e[0] >= first), default=None) for some in places]
        if any(end is None for end in ends):
            break
        last = max(end for end in ends if end is not None)
        if best is None or last - first < best[1] - best[0]:
            best = first, last
    return best


def _in_order(places: Sequence[Sequence[tuple[int, int]]], gap: int) -> tuple[int, int] | None:
    """The first stretch with one of each in their order, none far behind the one before."""
    for first, last in places[0]:
        ends = [last]
        for some in places[1:]:
            ends = [e[1] for e in some if any(end <= e[0] <= end + gap for end in ends)]
        if ends:
            return first, min(ends)
    return None


@cache
def _concepts(language: str) -> dict[str, list[str]]:
    """Each concept's wordings."""
    read = tomllib.loads((HERE / f"concepts_{language}.toml").read_text("utf-8"))
    irregular = read.pop("irregular", {})
    return {name: [*_said(said, irregular)] for name, said in read.items()}


def _said(said: Mapping[str, str], irregular: Mapping[str, str]) -> Iterator[str]:
    for verb in said.get("verbs", "").split():
        yield from forms(verb, irregular)
    if "words" in said:
        yield from alternatives(said["words"])


def _pattern(wordings: Iterable[str], language: str) -> str:
    before, behind = EDGE[language]
    return before + "|".join(wordings) + behind


def by_letter(wordings: Iterable[str]) -> Iterator[str]:
    """The same wordings, those that begin with the same letter as one: fewer to try at a place.
    They stay in their order; what begins otherwise stays where it is.

    >>> list(by_letter(["tell", "call", "tax?", "[tc]all", "t+", "to"]))
    ['t(?:ell|ax?)', 'call', '[tc]all', 't+', 'to']
    """
    under: dict[str, list[str]] = {}
    for each in chain(wordings, [""]):
        if each and LETTER.match(each) and each[1:2] not in REPEATED:
            under.setdefault(each[0], []).append(each[1:])
            continue
        for letter, rest in under.items():
            yield letter + (f"(?:{'|'.join(rest)})" if len(rest) > 1 else rest[0])
        under = {}
        if each:
            yield each


def forms(verb: str, irregular: Mapping[str, str]) -> list[str]:
    """A verb as it is said: the regular forms, and what else it has.

    >>> forms("tag", {}), forms("carry", {}), forms("take", {"take": "took taken"})
    (['tag', 'tags', 'tagging', 'tagged'], ['carry', 'carries', 'carrying', 'carried'], \
['take', 'takes', 'taking', 'took', 'taken'])
    """
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "ye")) else verb
    stem += verb[-1] if DOUBLES.fullmatch(verb) else ""
    in_y = verb.endswith("y") and verb[-2] not in VOWELS
    third = "es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s"
    present = [verb, f"{verb[:-1]}ies" if in_y else verb + third, f"{stem}ing"]
    past = f"{verb[:-1]}ied" if in_y else f"{stem}ed"
    return [*present, *irregular.get(verb, past).split()]


def _frame(said: Mapping[str, Any], language: str) -> Frame:
    return Frame(
        said["category"],
        said["why"],
        tuple(said["needs"]),
        tuple(name for name in said.get("lacks", ()) if name in _concepts(language)),
        said["within"][language],
        said.get("gap", {}).get(language, 0),
    )
