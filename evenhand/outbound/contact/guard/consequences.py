"""Consequences named in a text: each is planned in the file for a day, and the text names that day.

What is denied, told of others, or over is no consequence. Days are read as 2026年12月9日, 12月9日,
2026-12-09, 9 December 2026, 9 Dec, December 9.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from evenhand.outbound.contact.guard import excuses
from evenhand.outbound.contact.guard.excuses import Words

MEASURES: Final = ("bureau", "court", "agency", "visit", "call_in")
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = rf"({'|'.join(MONTHS)})[a-z]*"
DAYS: Final = (
    (re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]"), (1, 2, 3)),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), (1, 2, 3)),
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? {MONTH}\.?(?:,? (\d{{4}}))?"), (3, 2, 1)),
    (re.compile(rf"\b{MONTH}\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?\b"), (3, 1, 2)),
)
"""Ways a day is written, each with the groups of year, month and day."""


class Planned(NamedTuple):
    """A consequence the file has for a day. `measure` is one of MEASURES."""

    measure: str
    day: date


def unplanned(words: Words, planned: Collection[Planned]) -> Iterator[tuple[int, int]]:
    """Where the text names what is to come and the file has no such thing for the day it names."""
    for language, patterns in _patterns().items():
        for measure in MEASURES:
            for found in patterns[measure].finditer(words.text):
                at = found.start()
                named = _is_to_come(words, at, language)
                if named and not _is_planned(words, at, measure, planned):
                    yield found.span()


def _is_to_come(words: Words, at: int, language: str) -> bool:
    first, last = words.sentence_of(at)
    return (
        _patterns()[language]["to_come"].search(words.text, first, last) is not None
        and not excuses.is_denied(words, at, language)
        and not excuses.is_told_of_others(words, at, language)
    )


def _is_planned(words: Words, at: int, measure: str, planned: Collection[Planned]) -> bool:
    first, last = words.sentence_of(at)
    named = list(_days(words.text[first:last]))
    days = [one.day for one in planned if one.measure == measure]
    return any(
        (month, number) == (day.month, day.day) and year in (0, day.year)
        for year, month, number in named
        for day in days
    )


def _days(sentence: str) -> Iterator[tuple[int, int, int]]:
    """Year (0 where none is named), month and day of each day named."""
    for pattern, (year, month, day) in DAYS:
        for found in pattern.finditer(sentence):
            named = found[month]
            number = int(named) if named.isdecimal() else MONTHS.index(named[:3]) + 1
            yield int(found[year] or 0), number, int(found[day])


@cache
def _patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    read = tomllib.loads(Path(__file__).with_name("consequences.toml").read_text("utf-8"))
    return {
        language: {name: re.compile("|".join(said[language])) for name, said in read.items()}
        for language in ("zh", "en")
    }
