"""What may be said instead of what was found: one approved wording a category and language."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from evenhand.law.schema import CONTENT

ENDS: Final = re.compile(r"[。！？!?;；]+[ \t]*|\n+|\.(?=\s|$)\s*")
"""Where a sentence ends, with the blanks behind it."""


def offer(category: str, lang: str) -> str:
    """The wording for a category in a language (zh-Hant, zh-Hans, en).

    >>> offer("payment_diversion", "en")
    'How to pay is on the page “Where to pay” in the app and nowhere else.'
    """
    return _offers()[category][lang]


@cache
def _offers() -> Mapping[str, Mapping[str, str]]:
    read = tomllib.loads(Path(__file__).with_name("offers.toml").read_text("utf-8"))
    assert set(read) == set(CONTENT), "an offer for each category of the law's"
    return read


def with_offer(text: str, spans: Sequence[tuple[int, int]], said: str) -> str:
    """The text with `said` in place of the sentences in which the spans lie, in place of the first
    of them; nothing of the others stays.

    >>> with_offer("Thank you. Pay or go to jail! Bye.", [(18, 28)], "Tell us how things are.")
    'Thank you. Tell us how things are. Bye.'
    """
    cut = [_sentence(text, first, last) for first, last in sorted(spans)]
    pieces, done = [], 0
    for nth, (first, last) in enumerate(cut):
        pieces.append(text[done : max(first, done)])
        pieces += [said] if nth == 0 else []
        done = max(last, done)
    return "".join([*pieces, text[done:]])


def _sentence(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the sentences around a span begin and end, their last sign included."""
    begins = max((found.end() for found in ENDS.finditer(text, 0, first)), default=0)
    ends = ENDS.search(text, max(last - 1, first))
    stop = ends.start() + len(ends[0].rstrip()) if ends else len(text)
    return begins, max(stop, last)
