"""The message templates, one file a language, and their rendering."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("zh-hant", "zh-hans", "en")
TEMPLATES: Final = ("attention", "notice", "received", "news", "tomorrow", "changed")
"""Text messages, all neutral. attention: something is past due; notice: something falls due; the
others say that there is a receipt, news, something agreed for tomorrow, or that details changed."""

OPT_OUT: Final = ("退订", "退訂", "拒收", "停止", "unsubscribe", "optout")
"""Parts of a reply, without its spaces, that end such messages."""
OPT_OUT_WORDS: Final = frozenset({"td", "stop", "quit", "cancel"})
"""Words of a reply that end them; t and r do where they are all it says."""


def language(lang: str) -> str:
    """The language we write in to a person of that language: his own, else the house's first.

    >>> language("zh-Hans"), language("")
    ('zh-hans', 'zh-hant')
    """
    return lang.lower() if lang.lower() in LANGUAGES else LANGUAGES[0]


def templates(lang: str) -> dict[str, str]:
    """Template name to the text of its message in one language (of LANGUAGES in any case)."""
    return {name: table["text"] for name, table in _read("sms", lang).items()}


def has(template: str, lang: str) -> bool:
    """Are there words for this?

    >>> has("attention", "zh-Hans"), has("attention", "fr"), has("hello", "en")
    (True, False, False)
    """
    return template in TEMPLATES and lang.lower() in LANGUAGES


def render(template: str, lang: str, *, lender: str, hotline: str, reference: str) -> str:
    """The words as they leave.

    >>> render("attention", "en", lender="Evenhand", hotline="95000", reference="0a1b2c3d4e5f")[:50]
    '[Evenhand] An item on your account needs your atte'
    """
    words = templates(lang)[template]
    return words.format(lender=lender, hotline=hotline, reference=reference)


def render_code(what_for: str, lang: str, *, lender: str, code: str) -> str:
    """The words that carry a one-time code: what it is for, and that nobody asks for it.

    >>> render_code("register", "en", lender="Evenhand", code="123456")[:44]
    '[Evenhand] 123456 is your code to register. '
    """
    read = _read("code", lang)
    return read["text"]["text"].format(
        lender=lender, code=code, what_for=read["what_for"][what_for]
    )


def wants_no_more(reply: str) -> bool:
    """Does this reply end such messages? In doubt yes: mistaken, we only say less.

    >>> wants_no_more("请 退 订"), wants_no_more("ＳＴＯＰ please"), wants_no_more("谢谢")
    (True, True, False)
    """
    said = unicodedata.normalize("NFKC", reply).lower()
    letters = "".join(letter for letter in said if letter.isalnum())
    if any(part in letters for part in OPT_OUT) or letters in {*OPT_OUT_WORDS, "t", "r"}:
        return True
    return not OPT_OUT_WORDS.isdisjoint(re.findall("[a-z]+", said))


@cache
def _read(sort: str, lang: str) -> dict[str, dict[str, str]]:
    """The file of one sort of words in one language (a name of LANGUAGES in any case)."""
    assert lang.lower() in LANGUAGES, f"no templates in {lang!r}"
    path = Path(__file__).parent / sort / f"{lang.lower()}.toml"
    read: dict[str, dict[str, str]] = tomllib.loads(path.read_text("utf-8"))
    return read
