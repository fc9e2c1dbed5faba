"""What the body of a fact may hold: integers, plain strings, lists and dicts of them; no free text.

Each function here says whether a value fits; `kinds` says which key of which kind holds what.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, Final

from evenhand.core import words

INT_MAX: Final = 2**63 - 1
NAME_MAX: Final = 32
_CODE = re.compile(r"[A-Za-z0-9._:/+-]{0,128}")
_CURRENCY = re.compile(r"[A-Z]{3}")

Check = Callable[[Any], bool]


def integer(value: Any) -> bool:
    """An integer of 64 bits; no bool."""
    return type(value) is int and -INT_MAX <= value <= INT_MAX


def plain_list(value: Any) -> bool:
    """A list of plain values."""
    return type(value) is list and all(map(plain, value))


def plain_dict(value: Any) -> bool:
    """A dict of plain values by plain strings."""
    if type(value) is not dict or not all(map(plain, value.values())):
        return False
    return all(type(key) is str and key.isprintable() for key in value)


def plain(value: Any) -> bool:
    """Integers of 64 bits, strings without control characters, lists and dicts of such."""
    kind = type(value)
    if kind is int:
        return bool(-INT_MAX <= value <= INT_MAX)
    if kind is str:
        return bool(value.isprintable())
    return plain_list(value) or plain_dict(value)


def code(value: Any) -> bool:
    """A short word of ours or a reference: nothing a sentence could be written in."""
    return type(value) is str and _is_code(value)


@lru_cache(4096)
def _is_code(value: str) -> bool:
    return _CODE.fullmatch(value) is not None


def name(value: Any) -> bool:
    """A code that fits its column."""
    return code(value) and len(value) <= NAME_MAX


def currency(value: Any) -> bool:
    """Three capital letters."""
    return type(value) is str and _CURRENCY.fullmatch(value) is not None


def iso_day(value: Any) -> bool:
    """A day as 2026-03-01."""
    return type(value) is str and _is_day(value)


@lru_cache(4096)
def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def one_of(*accepted: tuple[str, ...]) -> Check:
    """A check that a value is one of these words."""
    known = frozenset(word for group in accepted for word in group)
    return lambda value: type(value) is str and value in known


CHANNEL: Final = one_of(words.CHANNELS)
CONTACT: Final[dict[str, Check]] = {
    "mode": one_of(words.MODES),
    "to": one_of(words.RECIPIENTS),
    "address": integer,
    "purpose": one_of(words.PURPOSES),
    "by": one_of(words.COLLECTORS),
}
TERMS: Final[dict[str, Check]] = {
    "product": name,
    "version": integer,
    "currency": currency,
    "rate_ppm": integer,
    "late_rate_ppm": integer,
    "late_year_days": integer,
    "disbursed_on": iso_day,
    "strategy": name,
    "measures": plain_list,
    "instalments": plain_list,
}
STATE: Final[dict[str, Check]] = {
    "id": integer,
    "text": code,
    "channel": CHANNEL,
    "address": integer,
    "place": one_of(words.PLACES),
    "since": integer,
    "until": integer,
    "weekdays": plain_list,
    "from_minute": integer,
    "until_minute": integer,
    "loans": plain_list,
    "instalments": plain_list,
}
