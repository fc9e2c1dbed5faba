"""An amount as people type it: with thousands marks, full-width digits or a currency sign."""

import re
import unicodedata

from evenhand.web.shown import PLACES

_YUAN = "\u5143"
_NUMBER = re.compile(r"[0-9]{1,11}(\.[0-9]+)?")


def minor_units(text: str, currency: str) -> int | None:
    """Minor units of what was typed; None where it is no amount of that currency.

    >>> minor_units("1,234.50", "CNY"), minor_units("￥１２元", "CNY"), minor_units("12.345", "CNY")
    (123450, 1200, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = (
        plain.removeprefix("¥").removesuffix(_YUAN).removeprefix(currency).removesuffix(currency)
    )
    plain = plain.strip().replace(",", "").replace("，", "")
    if not _NUMBER.fullmatch(plain):
        return None
    whole, _point, rest = plain.partition(".")
    places = PLACES.get(currency, 2)
    if len(rest) > places:
        return None
    return int(whole) * 10**places + int(rest.ljust(places, "0") or "0")
