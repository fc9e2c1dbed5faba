"""Amounts in words to a person: their parts sum to the whole, and the ledger knows each of them."""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from evenhand.outbound.contact.guard.normal import Normal

FIGURE: Final = r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)"
SIGN: Final = r"(?:cny|usd|eur|gbp|¥|\$|€|£|人民币)"
PART: Final = r"(?:本金|利息|罚息|手续费|principal|late interest|interest|fees?)"
ALL_OF_IT: Final = (
    r"(?:合计|总计|共计|总额|应还|应付|需还|全部|一次性还清|结清|要还|现在还"
    r"|total|due(?: today| now)?|amount due|in all|altogether|you owe|pay)"
)
PARTS: Final = re.compile(rf"{PART}\s*(?:of|为|是|:|：)?\s*{SIGN}?\s*{FIGURE}")
WHOLE: Final = re.compile(rf"{ALL_OF_IT}\s*(?:款|金额|为|是|of|is|:|：)?\s*{SIGN}?\s*{FIGURE}")
MONEY: Final = re.compile(
    rf"{SIGN}\s*{FIGURE}|{FIGURE}\s*(?:元|块钱|块|yuan|dollars|euros?|pounds)"
    r"|(?<![\d.,-])(\d{1,3}(?:,\d{3})*\.\d{2})(?![\d.%])"
)


class Amount(NamedTuple):
    """An amount of a text in minor units, and where its figure stands in the plain text."""

    minor: int
    first: int
    last: int


def unequal(said: Normal) -> Iterator[Amount]:
    """A whole that is not what its parts sum to; at least two parts, named beside the whole."""
    parts = {each.first: each for each in _found(PARTS, said.text)}
    wholes = [each for each in _found(WHOLE, said.text) if each.first not in parts]
    if len(parts) < 2 or len(wholes) != 1:
        return
    if sum(each.minor for each in parts.values()) != wholes[0].minor:
        yield wholes[0]


def unknown(said: Normal, known_minor: Collection[int]) -> Iterator[Amount]:
    """Amounts the ledger does not have, to the cent."""
    for each in _found(MONEY, said.text):
        if each.minor not in known_minor:
            yield each


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Amount]:
    for found in pattern.finditer(text):
        group = next(at for at, figure in enumerate(found.groups(), 1) if figure)
        yield Amount(minor_of(found[group]), found.start(group), found.end(group))


def minor_of(figure: str) -> int:
    """A figure in major units as minor units.

    >>> minor_of("1,530.5"), minor_of("75")
    (153050, 7500)
    """
    whole, _, cents = figure.replace(",", "").partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0") or 0)
