"""What may be said instead of what was found: one approved wording a category and language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evenhand.law.schema import CONTENT


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
