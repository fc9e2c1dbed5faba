"""Days a text names, each with every day it may mean: 12/9 is the ninth of December or the twelfth
of September.

Read are 2026年12月9日, 12月9号, 十二月九日, 民国115年12月9日, 2026-12-9, 2026/12/9, 12/9,
9.12.2026, 9 December 2026, 9th of Dec, December 9, the ninth of December. A day without its month
is none.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from evenhand.outbound.contact.guard.figures import NUMERALS, numeral

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NTH: Final = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]
OF_MONTH: Final = {
    **{name: n for n, name in enumerate(NTH, 1)},
    **{f"twenty{sep}{name}": 20 + n for n, name in enumerate(NTH[:9], 1) for sep in "- "},
    "thirtieth": 30,
    "thirty-first": 31,
    "thirty first": 31,
}
MONTH: Final = r"(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
NUMBER: Final = rf"(?:\d{{1,2}}|[{NUMERALS}十廿]{{1,3}})"
IN_WORDS: Final = "|".join(sorted(OF_MONTH, key=len, reverse=True))
DAY: Final = rf"(?:the )?(?P<day>\d{{1,2}}|{IN_WORDS})(?:st|nd|rd|th)?"
WRITTEN: Final = (
    re.compile(
        rf"(?:(?P<year>\d{{2,4}}|[{NUMERALS}〇]{{4}})年)?(?P<month>{NUMBER})月(?P<day>{NUMBER})(?:[日号]|(?![\d个天]))"
    ),
    re.compile(rf"\b{DAY}(?: of)?[ -]{MONTH}(?:,?[ -](?P<year>\d{{4}}))?"),
    re.compile(rf"\b{MONTH}[ -]{DAY}\b(?:,?[ -](?P<year>\d{{4}}))?"),
)
FIGURES: Final = re.compile(
    r"(?<![\d./-])(?:(\d{4})(?P<a>[-/.])(\d{1,2})(?P=a)(\d{1,2})|(\d{1,2})(?P<b>[-/.])(\d{1,2})(?P=b)(\d{4}|\d{2})"
    r"|(\d{1,2})[/-](\d{1,2}))(?![\d/%]|[.-]\d)"
)
"""Year first; year last; no year. 12.9 is an amount."""
DIGITS: Final = {"〇": 0, **{sign: n for n, sign in enumerate(NUMERALS)}}
CENTURY: Final = 2000
MINGUO: Final = 1911


class Day(NamedTuple):
    """A day as a text may mean it; `year` is 0 where none is named."""

    year: int
    month: int
    day: int


class Named(NamedTuple):
    """A day named in a text: what it may mean, and where it stands."""

    readings: tuple[Day, ...]
    first: int
    last: int


def named(text: str) -> list[Named]:
    """Every day a plain text names, by place.

    >>> [each.readings for each in named("on 12/9")]
    [(Day(year=0, month=12, day=9), Day(year=0, month=9, day=12))]
    """
    found = [*_written(text), *_in_figures(text)]
    return sorted(found, key=lambda each: each.first)


def _written(text: str) -> Iterator[Named]:
    for pattern in WRITTEN:
        for found in pattern.finditer(text):
            said = found.groupdict()
            month = (
                MONTHS.index(said["name"][:3]) + 1 if said.get("name") else _number(said["month"])
            )
            day = Day(_year(said["year"] or ""), month, _number(said["day"]))
            if _is_one(day):
                yield Named((day,), *found.span())


def _in_figures(text: str) -> Iterator[Named]:
    for found in FIGURES.finditer(text):
        y1, _a, m1, d1, one, _b, two, y2, first, second = found.groups()
        if y1:
            some = [Day(int(y1), int(m1), int(d1))]
        else:
            a, b, year = int(one or first), int(two or second), _year(y2 or "")
            some = [Day(year, a, b), Day(year, b, a)]
        readings = tuple(dict.fromkeys(filter(_is_one, some)))
        if readings:
            yield Named(readings, *found.span())


def _is_one(day: Day) -> bool:
    return 1 <= day.month <= 12 and 1 <= day.day <= 31


def _number(said: str) -> int:
    if said.isdecimal():
        return int(said)
    return OF_MONTH.get(said) or numeral(said.replace("廿", "二十"))


def _year(said: str) -> int:
    """A year as it is written: 2026, 二〇二六, 26, 115 of the Republic; 0 for none."""
    if not said:
        return 0
    plain = "".join(str(DIGITS.get(sign, sign)) for sign in said)
    return int(plain) + {2: CENTURY, 3: MINGUO}.get(len(plain), 0)
