"""Numbers as people write them: figures, Chinese numerals, English number words."""

import re
from typing import Final

NUMERALS: Final = "零一二三四五六七八九"
TIMES: Final = {"": 1, "k": 1_000, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
TENS: Final = {"十": 10, **TIMES}
ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TIES: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SMALL: Final = {
    **{word: n for n, word in enumerate(ONES)},
    **{word: n * 10 for n, word in enumerate(TIES, 2)},
    "a": 1,
}
LARGE: Final = {"thousand": 1_000, "grand": 1_000, "million": 1_000_000}
_WORD: Final = "|".join(sorted({*SMALL, *LARGE, "hundred"} - {"a"}, key=len, reverse=True))
SPELT: Final = (
    rf"((?:\ba (?=hundred|thousand|grand|million))?\b(?:{_WORD})\b"
    rf"(?:(?:-| and | )(?:a (?=hundred|thousand))?(?:{_WORD})\b)*)"
)
"""A number in English words, as one group."""


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


def spelt(written: str) -> int:
    """A number in English words (`SPELT`).

    >>> spelt("nine hundred and thirty"), spelt("a thousand two hundred"), spelt("twenty-one")
    (930, 1200, 21)
    """
    whole = part = 0
    for word in re.split(r"-| and | ", written):
        if word in LARGE:
            whole, part = whole + (part or 1) * LARGE[word], 0
        elif word == "hundred":
            part = (part or 1) * 100
        else:
            part += SMALL[word]
    return whole + part


def minor_of(figure: str) -> int:
    """A figure in major units as minor units.

    >>> minor_of("1,530.5"), minor_of("1 530"), minor_of("75")
    (153050, 153000, 7500)
    """
    whole, _, cents = re.sub("[, ]", "", figure).partition(".")
    return int(whole) * 100 + int(cents.ljust(2, "0") or 0)
