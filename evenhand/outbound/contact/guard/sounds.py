"""A text by its sound: homophones and pinyin among characters are heard as what they stand for."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from evenhand.outbound.contact.guard.normal import CJK, Normal, normal

# Only single characters are asked for their sound. The library's 47,111 phrases would take every
# command a third of a second and 50 MB to load, and answer nothing.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
from pypinyin import lazy_pinyin

LATIN: Final = re.compile("[a-z]")
SYLLABLE: Final = re.compile(r"[a-z]{1,6}")
RUN: Final = re.compile(r"[a-z]{2,}")


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


_codes: Final[dict[str, str]] = {}
"""A sign for each syllable of Chinese, of those that no text has a use for."""
_phrased: Final[set[str]] = set()
"""The syllables of phrases that are listened for."""
UNHEARD: Final = "."
FIRST: Final = 0xE000
SPELT: Final = 0x800
"""How far behind the sign of a syllable that is which it has in Latin letters."""
_spelt: Final = {at: chr(at + SPELT) for at in range(FIRST, FIRST + SPELT)}


def _code(syllable: str) -> str:
    return _codes.setdefault(syllable, chr(FIRST + len(_codes)))


class _Line(dict[int, str]):
    """For `str.translate`: a character as its syllable's sign; Latin letters and blanks stay."""

    def __missing__(self, letter: int) -> str:
        char = chr(letter)
        sound = _sound(char)
        if char.isspace():
            heard = " "
        elif CJK.match(char) and sound.isascii():
            heard = _code(sound)
        else:
            heard = char if LATIN.match(char) else UNHEARD
        self[letter] = heard
        return heard


_line: Final = _Line()


def heard_line(text: str) -> str:
    """A plain text as one line, a sign a syllable, without where they stand."""
    return _heard(text, _coded_run)


def heard_apart(text: str) -> str:
    """The same, syllables in Latin letters by signs of their own."""
    return _heard(text, lambda run: _coded_run(run).translate(_spelt))


def _heard(text: str, coded_run: Callable[[str], str]) -> str:
    line = text.translate(_line)
    if LATIN.search(line):
        line = RUN.sub(lambda found: coded_run(found[0]), line)
    return line.replace(" ", "")


@lru_cache(maxsize=16_384)
def _coded_run(run: str) -> str:
    return "".join(_codes.get(each, UNHEARD) for each in _syllables(run))


def _syllables(run: str) -> list[str]:
    """Latin letters as syllables: `zuolao` is two, where both are heard in a phrase."""
    parts, at = [], 0
    while at < len(run):
        part = next(
            (run[at:end] for end in range(at + 6, at + 1, -1) if run[at:end] in _phrased), ""
        )
        if not part:
            return SYLLABLE.findall(run)
        parts.append(part)
        at += len(part)
    return parts


def coded(phrase: str) -> str:
    """A phrase by its sound (`sound_of`) as `heard_line` would have it, from now on."""
    _phrased.update(phrase.split())
    _coded_run.cache_clear()
    return "".join(map(_code, phrase.split()))


def apart(phrase: str, is_strange: bool) -> str:
    """A pattern for a phrase by its sound in what `heard_apart` gives; one that `is_strange` has a
    syllable in Latin letters."""
    codes = coded(phrase)
    either = [f"[{code}{_spelt[ord(code)]}]" for code in codes]
    if not is_strange:
        return "".join(either)
    return "|".join(
        "".join([*either[:at], _spelt[ord(code)], *either[at + 1 :]])
        for at, code in enumerate(codes)
    )


def sounds(said: Normal) -> Sounds:
    """The text by sound, tones dropped; a number or a sign is a syllable of its own."""
    syllables: list[tuple[str, int, int, bool]] = []
    place = 0
    while place < len(said.text):
        run = RUN.match(said.text, place)
        for each in _syllables(run[0]) if run else ():
            syllables.append((each, place, place + len(each), True))
            place += len(each)
        if run:
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
