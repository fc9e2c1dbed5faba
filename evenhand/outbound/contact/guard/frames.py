"""Offences by what they are made of: words of several meanings that stand near each other.

A pattern of the lexicon knows a turn of phrase; a frame knows an act: somebody (a relative) is told
something (of the debt) by us, in whatever words, forms and order. Which meanings make an offence is
`frames.toml`; which words have a meaning, `concepts_en.toml` and `concepts_zh.toml`.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.net import Net

HERE: Final = Path(__file__).parent
VOWELS: Final = "aeiou"
DOUBLES: Final = re.compile("[^aeiou]*[aeiou][bdgklmnprt]")
"""Verbs that double their last letter: tag, tagged."""
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


Rows = tuple[str, int, tuple[tuple[int, Frame], ...]]
"""The frames of a need that few others have, under it and its bit, each with its needs as bits."""


class Frames(NamedTuple):
    """The frames of a language, and what the concepts are found by."""

    frames: tuple[Rows, ...]
    net: Net
    patterns: Mapping[str, re.Pattern[str]]


@cache
def frames(language: str) -> Frames:
    """What is read in a language, zh or en."""
    concepts = _concepts(language)
    names = tuple(concepts)
    read = tomllib.loads((HERE / "frames.toml").read_text("utf-8"))["frame"]
    known = [_frame(each, language) for each in read]
    known = [each for each in known if concepts.keys() >= set(each.needs)]
    return Frames(
        _by_need(known, names),
        Net(tuple(concepts.values())),
        {name: re.compile(said) for name, said in concepts.items()},
    )


def _by_need(known: Sequence[Frame], names: Sequence[str]) -> tuple[Rows, ...]:
    often = Counter(name for each in known for name in each.needs)
    under: list[list[tuple[int, Frame]]] = [[] for _ in names]
    for each in known:
        rarest = min(each.needs, key=lambda name: often[name])
        under[names.index(rarest)].append((_bits(each.needs, names), each))
    return tuple((names[at], 1 << at, tuple(rows)) for at, rows in enumerate(under) if rows)


def framed(
    words: Words, language: str, of_it: set[str], found: Container[str] = ()
) -> Iterator[Filled]:
    """The frames that sentences of a text fill, of categories that are not `found` yet; `of_it`
    are the things of the text (`pieces`)."""
    known = frames(language)
    there = _filled(known, words.text, of_it, found)
    for first, last in words.sentences() if there else ():
        sentence = words.text[first:last]
        for rarest, frame in there:
            if frame.category not in found and known.patterns[rarest].search(sentence):
                yield from _found(known, frame, sentence, first)


def _found(known: Frames, frame: Frame, sentence: str, first: int) -> Iterator[Filled]:
    """The frame, where its needs are near enough; `first` is where the sentence begins."""
    if any(known.patterns[name].search(sentence) for name in frame.lacks):
        return
    places = []
    for name in frame.needs:
        some = [found.span() for found in known.patterns[name].finditer(sentence)]
        if not some:
            return
        places.append(some)
    place = _in_order(places, frame.gap) if frame.gap else _nearest(places)
    if place and place[1] - place[0] <= frame.within:
        at = first + place[0], first + place[1]
        yield Filled(frame, at, _rest(sentence, place, places))


def _filled(
    known: Frames, text: str, of_it: set[str], found: Container[str]
) -> list[tuple[str, Frame]]:
    """The frames all of whose needs a text may have, each with the need that is rarest."""
    there = known.net.may(text, of_it)
    return [
        (name, frame)
        for name, rarest, rows in known.frames
        if there & rarest
        for needs, frame in rows
        if there & needs == needs and frame.category not in found
    ]


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
def _concepts(language: str) -> dict[str, str]:
    """Each concept's pattern."""
    read = tomllib.loads((HERE / f"concepts_{language}.toml").read_text("utf-8"))
    irregular = read.pop("irregular", {})
    before, behind = EDGE[language]
    return {
        name: before + "|".join([*_said(said, irregular)]) + behind for name, said in read.items()
    }


def _said(said: Mapping[str, str], irregular: Mapping[str, str]) -> Iterator[str]:
    for verb in said.get("verbs", "").split():
        yield from forms(verb, irregular)
    if "words" in said:
        yield said["words"]


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


def _bits(names: Sequence[str], known: Sequence[str]) -> int:
    return sum(1 << known.index(name) for name in names)
