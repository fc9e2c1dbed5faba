"""Amounts as people type them, read into minor units.

>>> minor_of(" 8，000.5 元", "CNY"), minor_of("¥１２００", "CNY"), minor_of("", "CNY")
(800050, 120000, None)
>>> minor_of("12.345", "CNY"), minor_of("-5", "CNY"), minor_of("1200.5", "JPY")
(None, None, None)
"""

import re
import unicodedata
from collections.abc import Mapping

from evenhand.web.shown import PLACES

_YUAN = "".join(map(chr, (0x5143, 0x5706, 0x5713)))
"""The three ways to write the yuan."""
_SIGNS = re.compile(rf"[\s,'$\xa5\uffe5{_YUAN}]|CNY|RMB", re.IGNORECASE)
_SEEN = re.compile(r"[0-9]{1,18}")
_FIGURE = re.compile(r"(\d{1,12})(?:\.(\d{0,3}))?")


def minor_of(text: str, currency: str) -> int | None:
    """Minor units; None where the text is no amount of zero or more in this currency."""
    found = _FIGURE.fullmatch(_SIGNS.sub("", unicodedata.normalize("NFKC", text)))
    places = PLACES.get(currency, 2)
    if not found or len(found[2] or "") > places:
        return None
    return int(found[1]) * 10**places + int((found[2] or "").ljust(places, "0") or 0)


def figure(minor: int, currency: str) -> str:
    """An amount as one would type it: no thousands marked, no needless zeros.

    >>> figure(800_050, "CNY"), figure(800_000, "CNY"), figure(1200, "JPY")
    ('8000.50', '8000', '1200')
    """
    places = PLACES.get(currency, 2)
    whole, rest = divmod(minor, 10**places)
    return f"{whole}.{rest:0{places}d}" if rest else str(whole)


def seen_minor(sent: Mapping[str, str]) -> int:
    """The sum that a page showed, as its form sends it again; -1, which no sum is, without one.

    >>> seen_minor({"seen": "800050"}), seen_minor({"seen": "0"}), seen_minor({"seen": "8.5"})
    (800050, 0, -1)
    """
    text = sent.get("seen", "")
    return int(text) if _SEEN.fullmatch(text) else -1
