"""Consequences named in a text: each is planned in the file for a day, and the text names that day.

What is denied, told of others, or over is no consequence. Named is what a sentence says is to come
(`to_come` stands in it), and what we do without any word of time (`now`: 我们上门找您). Days are
read by `days`; one that may be two days is taken for the one the file has.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.outbound.contact.guard import days, excuses
from evenhand.outbound.contact.guard.days import Named
from evenhand.outbound.contact.guard.excuses import Words

MEASURES: Final = ("bureau", "court", "agency", "visit", "call_in")
LANGUAGES: Final = ("zh", "en")


class Planned(NamedTuple):
    """A consequence the file has for a day. `measure` is one of MEASURES."""

    measure: str
    day: date


class Unplanned(NamedTuple):
    """Where a text names what the file does not have so. `fault` is unplanned, undated, other_day
    or two_ways (the day named may be two, the file has neither); `day` is the file's, if any."""

    place: tuple[int, int]
    fault: str
    day: date | None

    def why(self, lang: str) -> str:
        """In plain words."""
        said: str = _read()["why"][self.fault][lang]
        return said.format(day=self.day)


def unplanned(words: Words, planned: Collection[Planned]) -> Iterator[Unplanned]:
    """Where the text names what is to come and the file has no such thing for the day it names."""
    for language in LANGUAGES:
        for measure in MEASURES:
            for place in _named(words, measure, language):
                fault = _fault(words, place[0], measure, planned)
                if fault:
                    yield Unplanned(place, *fault)


def _named(words: Words, measure: str, language: str) -> Iterator[tuple[int, int]]:
    """Where a sentence says that the measure is to come, or that it is taken."""
    known = _patterns()
    for found in known["measure"][measure, language].finditer(words.text):
        at = found.start()
        come = known["to_come"][measure, language].search(words.text, *words.sentence_of(at))
        behind = excuses.is_denied_behind(words, found.end(), language)
        if come and not behind and not _is_excused(words, at, language):
            yield found.span()
    for found in known["now"][measure, language].finditer(words.text):
        at, last = found.span()
        begins = words.sentence_of(at)[0]
        free = known["free"][measure, language].search(words.text[begins:last])
        if not free and not any(_is_excused(words, each, language) for each in (at, last - 1)):
            yield at, last


def _is_excused(words: Words, at: int, language: str) -> bool:
    return excuses.is_denied(words, at, language) or excuses.is_told_of_others(words, at, language)


def _fault(
    words: Words, at: int, measure: str, planned: Collection[Planned]
) -> tuple[str, date | None] | None:
    """What is wrong with naming the measure in that sentence, and the day the file has."""
    first, last = words.sentence_of(at)
    has = sorted(one.day for one in planned if one.measure == measure)
    said = days.named(words.text[first:last])
    if not has:
        return "unplanned", None
    if not said:
        return "undated", has[0]
    if any(_is_it(each, day) for each in said for day in has):
        return None
    return ("two_ways" if any(len(each.readings) > 1 for each in said) else "other_day"), has[0]


def _is_it(named: Named, day: date) -> bool:
    return any(
        (one.month, one.day) == (day.month, day.day) and one.year in (0, day.year)
        for one in named.readings
    )


@cache
def _read() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("consequences.toml").read_text("utf-8"))


@cache
def _patterns() -> Mapping[str, Mapping[tuple[str, str], re.Pattern[str]]]:
    """By what they are for, measure and language; what is the same for all measures stands under
    each."""
    read = _read()
    return {
        part: {
            (measure, language): re.compile("|".join(_said(read[part], measure)[language]))
            for measure in MEASURES
            for language in LANGUAGES
        }
        for part in ("to_come", "free", "measure", "now")
    }


def _said(part: Mapping[str, Any], measure: str) -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = part.get(measure, part)
    return found
