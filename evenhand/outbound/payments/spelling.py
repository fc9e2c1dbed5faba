"""One spelling for account numbers, payees, links and app addresses, however people copy them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import urlsplit

GAPS: Final = re.compile(r"[\s\-\u200b-\u200f\u2010-\u2015\u202a-\u202e\u2060\u2212\ufeff]+")
_NUMBER: Final = re.compile(r"[0-9]{6,34}")
_TELEPHONE: Final = re.compile(r"(?:(?:\+|00)86|\+)?([0-9]{3,15})", re.ASCII)
_HOST: Final = re.compile(r"[^\s/?#@\\]+\.[^\s/?#@\\]+")
SCHEMES: Final = ("http", "https", "")


def number(text: str) -> str:
    """An account number: its digits; empty where the text is none.

    >>> number("６２２５ 8801-0000 0018"), number("ask me")
    ('6225880100000018', '')
    """
    bare = GAPS.sub("", unicodedata.normalize("NFKC", text))
    return bare if _NUMBER.fullmatch(bare) else ""


def telephone(text: str) -> str:
    """A telephone number: its digits, without China's own country code; empty where it is none.

    >>> telephone("+86 (21) 1234-5678"), telephone("95000"), telephone("0086138 0000 1111")
    ('2112345678', '95000', '13800001111')
    """
    bare = GAPS.sub("", unicodedata.normalize("NFKC", text)).replace("(", "").replace(")", "")
    found = _TELEPHONE.fullmatch(bare)
    return found[1] if found else ""


def payee(text: str) -> str:
    """A holder's name: half-width, without blanks, in one case.

    >>> payee("持平小额贷款（示范） 有限公司") == payee("持平小额贷款(示范)有限公司")
    True
    """
    return GAPS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def host(text: str) -> str:
    """The host of a link or a bare domain, as a browser would go to; empty where there is none.

    Whatever could lead elsewhere than it looks (a name before an @, a backslash) has no host here.

    >>> host("HTTPS://Loan.Example.cn:443/pay?x=1"), host("loan.example.cn."), host("a@b.cn")
    ('loan.example.cn', 'loan.example.cn', '')
    """
    bare = unicodedata.normalize("NFKC", text).strip()
    if "@" in bare or "\\" in bare or re.search(r"\s", bare):
        return ""
    try:
        parts = urlsplit(bare if "://" in bare else f"//{bare}")
        found = (parts.hostname or "").rstrip(".")
        asked = parts.port
    except ValueError:
        return ""
    if parts.scheme not in SCHEMES or asked not in (None, 80, 443):
        return ""
    return found.casefold() if _HOST.fullmatch(found) else ""


def app(text: str) -> str:
    """An app's address (its package name, or its page in a shop), in one spelling.

    >>> app(" CN.Evenhand.App ")
    'cn.evenhand.app'
    """
    return GAPS.sub("", unicodedata.normalize("NFKC", text)).casefold().removeprefix("https://")
