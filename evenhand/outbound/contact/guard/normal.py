"""One spelling for many: what tricks make different is made alike, each letter knows its place.

Width, case, Traditional and Simplified characters, letters written as digits, letters spelt apart,
signs put between characters, characters nobody sees: all become plain. Homophones and pinyin among
characters are read by sound (`sounds`).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from opencc import OpenCC
from pypinyin import lazy_pinyin

LEET: Final = str.maketrans("013457@$!", "oieastasi")
UNSEEN: Final = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e01ef]"
)
APART: Final = re.compile(
    r"(?<![a-z0-9])[a-z](?:[ .·_*\-]{1,2}[a-z](?![a-z0-9])){2,}"
    r"|(?<=[\u3400-\u9fff] )[a-z](?:[ .·_*\-]{1,2}[a-z](?![a-z0-9]))(?= ?[\u3400-\u9fff])"
)
"""Letters spelt apart: `c e l l`, `j.a.i.l`; two where they stand among characters: `弄 s i 你`."""
ALIKE: Final = str.maketrans(
    "авеіјкмнорсѕтухһԁӏαενοκρτυιᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ⇂ɛ",
    "abeijkmhopcstyxhdlaevokptuiabcdefghijklmnoprstuvwyz13",
)
"""Letters and digits of other scripts that look like ours."""
TURNED: Final = str.maketrans("ɐqɔpǝɟƃɥᴉıɾʞɯuodbɹʇnʌʍʎ", "abcdefghiijkmnopqrtuvwy")
"""Letters stood on their heads; such words are read from behind."""
UPSIDE_DOWN: Final = re.compile("[a-zɐɔǝɟƃɥᴉıɾʞɯɹʇʌʍʎ]*[ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ][a-zɐɔǝɟƃɥᴉıɾʞɯɹʇʌʍʎ]*")
PICTURES: Final = "\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
BETWEEN: Final = re.compile(
    rf"(?<=[\u3400-\u9fff])[ \t*·._~^|/\\\-＊…{PICTURES}]+(?=[\u3400-\u9fff])"
    rf"|(?<=[a-z])[{PICTURES}]+(?=[a-z])"
)
"""Signs, blanks and pictures that part the letters of one word; 。 ends a sentence (`screen` looks
across)."""
LEETED: Final = re.compile(
    r"(?<=[a-z])[013457@$!]{1,2}(?=[a-z])|(?<!\w)[013457@$!](?=[a-z]+[013457@$!][a-z])"
)
"""Digits and signs between letters of one word; `7 pm`, `1st` and `A-26` are what they are."""
LATIN: Final = re.compile("[a-z]")
"""Without such a letter none is spelt apart and no digit stands for one."""
CJK: Final = re.compile(r"[\u3400-\u9fff]")
SYLLABLE: Final = re.compile(r"[a-z]{2,6}")
_simplify: Final = OpenCC("t2s")


@dataclass(frozen=True, slots=True)
class Normal:
    """Plain letters, and for each the place in the original it stands for."""

    text: str
    places: Sequence[int]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The stretch of the original behind letters `first` up to, not with, `last`."""
        return self.places[first], self.places[last - 1] + 1


@dataclass(frozen=True, slots=True)
class Sounds:
    """Syllables of a text, one a character or a run of Latin letters between characters.

    `line` joins them by blanks with one at each end; `at[i]` is the letter of the normal text that
    syllable i begins with, `to[i]` the one behind it; `latin[i]`: written in Latin letters.
    """

    line: str
    at: tuple[int, ...]
    to: tuple[int, ...]
    latin: tuple[bool, ...]


def normal(text: str) -> Normal:
    """The text made plain.

    >>> normal("ＪＡＩＬ d1rtbag 坐 牢 強zhi").text
    'jail dirtbag 坐牢强zhi'
    """
    if text.isascii():
        return _joined(text.lower(), range(len(text)))
    alike = _upright(text.translate(_alike))
    if _alike.uneven.isdisjoint(text):
        return _joined(alike, range(len(text)))
    letters = [(plain, place) for place, letter in enumerate(text) for plain in _alike[ord(letter)]]
    return _joined(
        _upright("".join(plain for plain, _ in letters)), [place for _, place in letters]
    )


def _upright(text: str) -> str:
    """The text with what stands on its head set up; as many letters as before."""
    return UPSIDE_DOWN.sub(lambda found: found[0].translate(TURNED)[::-1], text)


def _plain(letter: str) -> str:
    """One letter as it counts; nothing for one nobody sees."""
    if UNSEEN.match(letter):
        return ""
    wide = unicodedata.normalize("NFKC", letter).casefold()
    letters = unicodedata.normalize("NFD", wide)
    bare = "".join(c for c in letters if not unicodedata.combining(c)).translate(ALIKE)
    return str(_simplify.convert(bare)) if CJK.search(bare) else bare


class _Alike(dict[int, str]):
    """For `str.translate`: each letter as it counts. `uneven` are those that count as none or as
    several, where places move."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, letter: int) -> str:
        plain = _plain(chr(letter))
        if len(plain) != 1:
            self.uneven.add(chr(letter))
        self[letter] = plain
        return plain


_alike: Final = _Alike()


def _joined(text: str, places: Sequence[int]) -> Normal:
    gone = [at for found in BETWEEN.finditer(text) for at in range(*found.span())]
    changed: list[tuple[int, str]] = []
    if LATIN.search(text):
        gone += _apart(text)
        changed = _unleeted(text)
    if not gone and not changed:
        return Normal(text, places)
    kept = sorted(set(range(len(text))) - set(gone))
    plain = dict(changed)
    return Normal("".join(plain.get(at, text[at]) for at in kept), tuple(places[at] for at in kept))


def _apart(text: str) -> list[int]:
    """The places of what parts letters that are spelt apart."""
    gone = []
    for found in APART.finditer(text):
        first = found.start() + (3 if found[0][:2] == "a " else 0)  # the word before is a word
        gone += [at for at in range(first, found.end()) if not text[at].isalpha()]
    return gone


def _unleeted(text: str) -> list[tuple[int, str]]:
    """Digits and signs that stand for letters inside a word: (place, letter)."""
    return [
        (at, text[at].translate(LEET))
        for word in LEETED.finditer(text)
        for at in range(*word.span())
    ]


class _Line(dict[int, str]):
    """For `str.translate`: a character as its syllable, a sign as one, blanks gone."""

    def __missing__(self, letter: int) -> str:
        char = chr(letter)
        sound = " " if char.isspace() else f" {_sound(char)}"
        heard = char if "a" <= char <= "z" else sound
        self[letter] = heard
        return heard


_line: Final = _Line()
BEGINS_LATIN: Final = re.compile("(?<=[^a-z ])(?=[a-z])")


def heard_line(text: str) -> str:
    """A plain text as one line of syllables, without where they stand."""
    return BEGINS_LATIN.sub(" ", text).translate(_line).replace("  ", " ")


def sounds(said: Normal) -> Sounds:
    """The text by sound, tones dropped; a number or a sign is a syllable of its own."""
    syllables: list[tuple[str, int, int, bool]] = []
    place = 0
    while place < len(said.text):
        run = SYLLABLE.match(said.text, place)
        if run:
            syllables.append((run[0], place, run.end(), True))
            place = run.end()
            continue
        letter = said.text[place]
        if not letter.isspace():
            syllables.append((_sound(letter), place, place + 1, False))
        place += 1
    return Sounds(
        " " + " ".join(each[0] for each in syllables) + " ",
        tuple(each[1] for each in syllables),
        tuple(each[2] for each in syllables),
        tuple(each[3] for each in syllables),
    )


@lru_cache(maxsize=65_536)
def _sound(letter: str) -> str:
    """A character's usual sound without its tone; other letters are themselves."""
    return str(lazy_pinyin(letter)[0]) if CJK.match(letter) else letter


def sound_of(phrase: str) -> str:
    """A phrase as `Sounds.line` has it.

    >>> sound_of("强制执行")
    ' qiang zhi zhi xing '
    """
    return sounds(normal(phrase)).line
