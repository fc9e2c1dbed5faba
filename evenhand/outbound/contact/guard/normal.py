"""One spelling for many: what tricks make different is made alike, each letter knows its place.

Width, case, Traditional and Simplified characters, letters written as digits, letters spelt apart,
signs put between characters, characters nobody sees: all become plain.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Final

from opencc import OpenCC

LEET: Final = str.maketrans("013457@$!", "oieastasi")
UNSEEN: Final = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
NEAR: Final = re.compile(r"[ .·_*\-][a-z][ .·_*\-]{1,2}[a-z](?![a-z0-9])")
"""Without such a stretch no letters are spelt apart."""
APART: Final = re.compile(
    r"(?<![a-z0-9])[a-z](?:[ .·_*\-]{1,2}[a-z](?![a-z0-9])){2,}"
    r"|(?<=[\u3400-\u9fff] )[a-z](?:[ .·_*\-]{1,2}[a-z](?![a-z0-9]))(?= ?[\u3400-\u9fff])"
)
"""Letters spelt apart: `c e l l`, `j.a.i.l`; two where they stand among characters: `弄 s i 你`."""
PARTING: Final = re.compile("[^a-z]+")
YOU: Final = str.maketrans("祢妳沵伱尔", "你你你你你")
"""Other ways of writing you."""
ALIKE: Final = str.maketrans(
    "авеіјкмнорсѕтухһԁӏαενοκρτυιᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ⇂ɛ",
    "abeijkmhopcstyxhdlaevokptuiabcdefghijklmnoprstuvwyz13",
)
"""Letters and digits of other scripts that look like ours."""
TURNED: Final = str.maketrans("ɐqɔpǝɟƃɥᴉıɾʞɯuodbɹʇnʌʍʎ", "abcdefghiijkmnopqrtuvwy")
"""Letters stood on their heads; such words are read from behind."""
UPSIDE_DOWN: Final = re.compile("[a-zɐɔǝɟƃɥᴉıɾʞɯɹʇʌʍʎ]*[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ][a-zɐɔǝɟƃɥᴉıɾʞɯɹʇʌʍʎ]*")
ON_ITS_HEAD: Final = re.compile("[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ]")
PICTURES: Final = "\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
BETWEEN: Final = re.compile(
    rf"[ \t*·._~^|/\\\-＊…{PICTURES}](?<=[\u3400-\u9fff].)"
    rf"[ \t*·._~^|/\\\-＊…{PICTURES}]*(?=[\u3400-\u9fff])"
)
"""Signs, blanks and pictures between the characters of one word; 。 ends a sentence (`screen` looks
across)."""
PICTURED: Final = re.compile(rf"[{PICTURES}](?<=[a-z].)[{PICTURES}]*(?=[a-z])")
"""Pictures between the letters of one word."""
LEETED: Final = re.compile(
    r"(?<=[a-z])[013457@$!]{1,2}(?=[a-z])|(?<!\w)[013457@$!](?=[a-z]+[013457@$!][a-z])"
)
"""Digits and signs between letters of one word; `7 pm`, `1st` and `A-26` are what they are."""
LEET_ONE: Final = re.compile("[013457@$!][a-z]")
"""Without such a pair no digit stands for a letter."""
CJK: Final = re.compile(r"[\u3400-\u9fff]")
_simplify: Final = OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Normal:
    """Plain letters, and for each the place in the original it stands for."""

    text: str
    places: Sequence[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the original behind letters `first` up to, not with, `last`."""
        return self.places[first], self.places[last - 1] + 1


def normal(text: str) -> Normal:
    """The text made plain.

    >>> normal("ＪＡＩＬ d1rtbag 坐 牢 強zhi").text
    'jail dirtbag 坐牢强zhi'
    """
    if text.isascii():
        return _joined(text.lower(), range(len(text)))
    alike = text.translate(_alike)
    if UNEVEN not in alike:
        return _joined(_upright(alike), range(len(text)))
    letters = [(plain, place) for place, letter in enumerate(text) for plain in _plain(letter)]
    return _joined(
        _upright("".join(plain for plain, _ in letters)), [place for _, place in letters]
    )


def _upright(text: str) -> str:
    """The text with what stands on its head set up; as many letters as before."""
    if not ON_ITS_HEAD.search(text):
        return text
    return UPSIDE_DOWN.sub(lambda found: found[0].translate(TURNED)[::-1], text)


@lru_cache(maxsize=65_536)
def _plain(letter: str) -> str:
    """One letter as it counts; nothing for one nobody sees."""
    if UNSEEN.match(letter):
        return ""
    wide = unicodedata.normalize("NFKC", letter).casefold()
    letters = unicodedata.normalize("NFD", wide)
    bare = "".join(c for c in letters if not unicodedata.combining(c)).translate(ALIKE)
    return str(_simplify.convert(bare)).translate(YOU) if CJK.search(bare) else bare


UNEVEN: Final = "\0"
"""Stands for what counts as no letter or as several, where places move."""


class _Alike(dict[int, str]):
    """For `str.translate`: each letter as it counts."""

    def __missing__(self, letter: int) -> str:
        plain = _plain(chr(letter))
        alike = plain if len(plain) == 1 else UNEVEN
        self[letter] = alike
        return alike


_alike: Final = _Alike()


def _joined(text: str, places: Sequence[int]) -> Normal:
    gone: list[int] = []
    if not text.isascii():
        parted = chain(BETWEEN.finditer(text), PICTURED.finditer(text))
        gone += [at for found in parted for at in range(*found.span())]
    gone += _apart(text) if NEAR.search(text) else ()
    changed = _unleeted(text) if LEET_ONE.search(text) else ()
    if not gone and not changed:
        return Normal(text, places)
    kept = sorted(set(range(len(text))) - set(gone))
    plain = dict(changed)
    return Normal("".join(plain.get(at, text[at]) for at in kept), tuple(places[at] for at in kept))


def _apart(text: str) -> list[int]:
    """The places of what parts letters that are spelt apart."""
    gone: list[int] = []
    for found in APART.finditer(text):
        first = found.start() + (3 if found[0][:2] == "a " else 0)  # the word before is a word
        apart = PARTING.finditer(text, first, found.end())
        gaps = [each.span() for each in apart]
        words = _between_words([text[slice(*each)] for each in gaps])
        for gap, ends in zip(gaps, words, strict=True):
            gone += range(gap[0] + ends, gap[1])
    return gone


def _between_words(gaps: Sequence[str]) -> list[bool]:
    """Which gaps among letters spelt apart are those between two words: the wider ones, the blanks
    where letters are parted by signs. `g o  t o`, `w.i.l.l h.u.r.t`."""
    if len(set(gaps)) < 2:
        return [False] * len(gaps)
    blank = any(not each.isspace() for each in gaps)
    return [each.isspace() and (blank or len(each) > 1) for each in gaps]


def _unleeted(text: str) -> list[tuple[int, str]]:
    """Digits and signs that stand for letters inside a word: (place, letter)."""
    return [
        (at, text[at].translate(LEET))
        for word in LEETED.finditer(text)
        for at in range(*word.span())
    ]
