"""The message templates, one file a language, and their rendering."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("zh-hant", "zh-hans", "en")
TEMPLATES: Final = ("attention", "notice")
"""attention: something is past due. notice: something falls due. Both are neutral."""

OPT_OUT: Final = ("退订", "退訂", "td", "t", "r", "stop", "unsubscribe", "quit", "cancel")


def language(lang: str) -> str:
    """The language we write in to a person of that language: his own, else the house's first.

    >>> language("zh-Hans"), language("")
    ('zh-hans', 'zh-hant')
    """
    return lang.lower() if lang.lower() in LANGUAGES else LANGUAGES[0]


@cache
def templates(lang: str) -> dict[str, str]:
    """Template name to text in one language (a name of LANGUAGES in any case)."""
    assert lang.lower() in LANGUAGES, f"no templates in {lang!r}"
    read = tomllib.loads((Path(__file__).parent / f"{lang.lower()}.toml").read_text("utf-8"))
    return {name: table["text"] for name, table in read.items()}


def render(template: str, lang: str, *, lender: str, hotline: str, reference: str) -> str:
    """The words as they leave.

    >>> render("attention", "en", lender="Evenhand", hotline="95000", reference="0a1b2c3d4e5f")[:50]
    '[Evenhand] An item on your account needs your atte'
    """
    words = templates(lang)[template]
    return words.format(lender=lender, hotline=hotline, reference=reference)


def wants_no_more(reply: str) -> bool:
    """Is this reply one of the words that end such messages?

    >>> wants_no_more(" 退订 "), wants_no_more("Stop."), wants_no_more("谢谢")
    (True, True, False)
    """
    return reply.strip().strip(".。!！").lower() in OPT_OUT
