"""Words of crisis in what a person writes, and the help line that answers them.

The lexicon is data (`crisis.toml`), in the three languages we write in. In doubt yes: mistaken, a
person of ours only reads it sooner.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

LEXICON: Final = Path(__file__).parent / "crisis.toml"
SHORT: Final = 4
"""Latin words of so few letters count only where they stand by themselves."""


def speaks_of_it(text: str) -> bool:
    """Does this speak of ending one's life or of harming oneself?

    >>> speaks_of_it("我 真的活不下去了"), speaks_of_it("I want to DIE."), speaks_of_it("明天还")
    (True, True, False)
    """
    said = unicodedata.normalize("NFKC", text).lower()
    letters = "".join(letter for letter in said if letter.isalnum())
    for innocent in _read()["but"]:
        letters = letters.replace(innocent, " ")
    alone = set("".join(one if one.isalnum() else " " for one in said).split())
    return any(
        word in alone if word.isascii() and len(word) < SHORT else word in letters
        for word in _read()["words"]
    )


def help_line() -> str:
    """The number to call: the lender's own, else that of the law's country; empty for none."""
    known = _read()["help_line"]
    usual = [known[pack]["number"] for pack in settings.EVENHAND_PACKS if pack in known]
    return str(settings.EVENHAND_LENDER.get("help_line") or "".join(usual[:1]))


@cache
def _read() -> dict[str, Any]:
    """The lexicon."""
    return tomllib.loads(LEXICON.read_text("utf-8"))
