"""Documents as PDF: a template of this folder, words of a language, values as JSON.

What comes out is PDF/A-2a and PDF/UA-1 (archivable, tagged, its language set), the same bytes for
the same values and moment. Nothing passes with a warning: a font that is not there, or a character
no font has, is no document.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import typst

from evenhand.web.shown import PLACES

HOME: Final = Path(__file__).parent
NAMES: Final = ("cost_table", "contract", "paid_off", "receipt", "statement")
FONTS: Final = {
    "zh-hant": "Noto Sans CJK TC",
    "zh-hans": "Noto Sans CJK SC",
    "en": "Noto Sans CJK SC",
}
"""By language. Debian's package fonts-noto-cjk has both; English documents name Chinese persons."""
STANDARDS: Final[list[Any]] = ["a-2a", "ua-1"]
_QUOTED = re.compile(r"`[^`]*`")


class Unprintable(Exception):
    """A document that cannot be made; the message names the fault and nothing of the values."""


def pdf(name: str, data: Mapping[str, Any], lang: str, *, at: int) -> bytes:
    """The document `name` (of NAMES) in a language, dated `at` (microseconds UTC).

    `data` holds integers (minor units, parts per million), ISO days, codes and strings, and a
    `currency`. Raises Unprintable.
    """
    assert name in NAMES, name
    return made(name, data, lang, FONTS[lang], at)


def made(name: str, data: Mapping[str, Any], lang: str, font: str, at: int) -> bytes:
    """The document in a font, which this machine has: as `pdf`."""
    if missing_fonts([font]):
        raise Unprintable(f"no font {font} on this machine (Debian: fonts-noto-cjk)")
    places = PLACES.get(data["currency"], 2)
    given = {"data": dict(data), "lang": lang, "font": font, "places": places}
    try:
        written, warnings = typst.compile_with_warnings(
            HOME / f"{name}.typ",
            root=HOME,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
            pdf_standards=STANDARDS,
            timestamp=at // 1_000_000,
        )
    except typst.TypstError as error:
        raise Unprintable(f"{name} in {lang}: {_bare(error.message)}") from None
    if warnings:
        raise Unprintable(f"{name} in {lang}: {_bare(warnings[0].message)}")
    return written


def missing_fonts(needed: Iterable[str] = tuple(FONTS.values())) -> list[str]:
    """The fonts (all that our documents need) that this machine does not have."""
    return sorted(set(needed) - set(_fonts().families()))


@lru_cache(1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def _bare(message: str) -> str:
    """A fault without what it quotes: that may be a person's name."""
    return _QUOTED.sub("…", message)
