"""Amounts in words to a person: their parts sum to the whole, and the ledger knows each of them."""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from evenhand.outbound.contact.guard.normal import Normal

FIGURE: Final = r"(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)"
SIGN: Final = r"(?:cny|rmb|usd|hkd|twd|eur|gbp|¥|\$|€|£|人民币)"
PART: Final = r"(?:本金|利息|罚息|手续费|principal|late interest|interest|fees?)"
ALL_OF_IT: Final = (
    r"(?:合计|总计|共计|总共|一共|合共|小计|共(?!\s*\d+\s*[期笔天个次日])|总额|应还|应付|需还|全部|一次性还清|结清|要还|现在还"
    r"|total|due(?: today| now)?|amount due|in all|altogether|you owe|pay)"
)
PARTS: Final = re.compile(rf"{PART}\s*(?:of|为|是|:|：)?\s*{SIGN}?\s*{FIGURE}")
WHOLE: Final = re.compile(rf"{ALL_OF_IT}\s*(?:款|金额|为|是|of|is|:|：)?\s*{SIGN}?\s*{FIGURE}")
TIMES: Final = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
TENS: Final = {"十": 10, **TIMES}
NUMERALS: Final = "零一二三四五六七八九"
WRITTEN: Final = re.compile(
    rf"(?<![\d.,])([{NUMERALS}〇两十][{NUMERALS}〇两十百千万]*)(?:元|块钱|圆)"
)
"""Amounts in Chinese numerals; 一块 alone means together."""
SMALL: Final = re.compile(
    rf"[零又]?(?:([{NUMERALS}两\d])[角毛])?[零又]?(?:([{NUMERALS}两\d])分(?![钟期之秒]))?"
)
"""Tenths and hundredths said behind an amount."""
MULTIPLE: Final = re.compile(r"(?<![\d.,])(\d+(?:\.\d{1,6})?)\s*([百千万亿])\s*(?:元|块钱|块)?")
MONEY: Final = re.compile(
    rf"{SIGN}\s*{FIGURE}(?![\d百千万亿])|{FIGURE}\s*(?:元|块钱|块|yuan|rmb|cny|dollars|euros?|pounds)"
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
    if len(parts) < 2:
        return
    wholes = [each for each in _found(WHOLE, said.text) if each.first not in parts]
    if len(wholes) != 1:
        return
    if sum(each.minor for each in parts.values()) != wholes[0].minor:
        yield wholes[0]


def unknown(said: Normal, known_minor: Collection[int]) -> Iterator[Amount]:
    """Amounts the ledger does not have, to the cent."""
    for each in (*_found(MONEY, said.text), *_multiples(said.text), *_written(said.text)):
        if each.minor not in known_minor:
            yield each


def _found(pattern: re.Pattern[str], text: str) -> Iterator[Amount]:
    for found in pattern.finditer(text):
        group = next(at for at, figure in enumerate(found.groups(), 1) if figure)
        minor = minor_of(found[group]) + _small(text, found.end())
        yield Amount(minor, found.start(group), found.end(group))


def _multiples(text: str) -> Iterator[Amount]:
    """Figures of hundreds and ten thousands: 1.5万元."""
    for found in MULTIPLE.finditer(text):
        minor = Decimal(found[1]) * TIMES[found[2]] * 100
        yield Amount(int(minor), found.start(), found.end())


def _written(text: str) -> Iterator[Amount]:
    for found in WRITTEN.finditer(text):
        minor = numeral(found[1]) * 100 + _small(text, found.end())
        yield Amount(minor, found.start(1), found.end(1))


def _small(text: str, at: int) -> int:
    """The cents said behind an amount: 930元5角, 九百三十元零一分."""
    found = SMALL.match(text, at)
    tens, ones = found.groups() if found else (None, None)
    return 10 * numeral(tens or "零") + numeral(ones or "零")


def numeral(written: str) -> int:
    """A number in Chinese numerals.

    >>> numeral("一千二百"), numeral("两万零五十"), numeral("十五"), numeral("三百二")
    (1200, 20050, 15, 320)
    """
    whole = part = digit = 0
    before = 1
    for sign in written.replace("两", "二").replace("〇", "零"):
        if sign.isdecimal():
            digit, before = int(sign), 1
        elif sign in NUMERALS:
            digit, before = NUMERALS.index(sign), 1 if sign == "零" else before
        elif TENS[sign] < 10_000:
            part, digit, before = part + (digit or 1) * TENS[sign], 0, TENS[sign]
        else:
            whole, part, digit, before = (part + digit) * TENS[sign], 0, 0, TENS[sign]
    return whole + part + digit * max(before // 10, 1)


def minor_of(figure: str) -> int:
    """A figure in major units as minor units.

    >>> minor_of("1,530.5"), minor_of("75")
    (153050, 7500)
    """
    whole, _, cents = figure.replace(",", "").partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0") or 0)
