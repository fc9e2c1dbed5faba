"""What the body of a fact may hold: integers, plain strings, lists and dicts of them; no free text.

Each function here says whether a value fits; `kinds` says which key of which kind holds what.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from evenhand.core import fees, words
from evenhand.core.money import PPM
from evenhand.core.orders import ADVANCES, PAIRS
from evenhand.core.plain import NUMBERS, WORDS

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


def between(least: int, most: int) -> Check:
    """A check that a value is an integer no smaller than `least` and no larger than `most`."""
    return lambda value: integer(value) and least <= value <= most


def order(value: Any) -> bool:
    """An order of allocation as `core.orders` has it: all twelve `pairs` by name, first to last;
    `vertical` 1 or 0; `advance` one of its words."""
    if type(value) is not dict or value.keys() != {"pairs", "vertical", "advance"}:
        return False
    pairs, known = value["pairs"], one_of(ADVANCES)
    named = type(pairs) is list and all(map(one_of(PAIRS), pairs)) and len(pairs) == len(PAIRS)
    complete = named and len({*pairs}) == len(PAIRS)
    return complete and between(0, 1)(value["vertical"]) and known(value["advance"])


def listed_fees(value: Any) -> bool:
    """Fees as `core.fees` has them, each once: `name`, `when`, `of`, `amount` (minor units where it
    is fixed, else parts per million); `days` after disbursal of one that falls on a day; in a
    contract `total_minor`, what it comes to in all."""
    if type(value) is not list or not all(map(_is_fee, value)):
        return False
    return len({each["name"] for each in value}) == len(value)


def _is_fee(value: Any) -> bool:
    if type(value) is not dict or not _FEE.keys() <= value.keys() <= (_FEE | _FEE_MAY).keys():
        return False
    if not all((_FEE | _FEE_MAY)[key](each) for key, each in value.items()):
        return False
    kept_back = value["when"] == fees.WHEN[fees.AT_DISBURSAL]
    return not kept_back or value["of"] in fees.OF_PAYOUT


def numbered_sums(value: Any) -> bool:
    """A list of [n, minor units], n counting instalments from 1 and rising."""
    rows = type(value) is list and all(
        type(row) is list and len(row) == 2 and all(map(between(1, INT_MAX), row)) for row in value
    )
    return rows and all(one[0] < after[0] for one, after in pairwise(value))


def prepay_ways(value: Any) -> bool:
    """Some of what a borrower may choose who pays ahead, each once."""
    known = type(value) is list and all(map(one_of(PREPAY), value))
    return known and len({*value}) == len(value) > 0


PREPAY: Final = ("lower", "shorter")
"""Paying ahead: smaller instalments, or fewer."""
FEE_NAMES: Final = ("service_fee", "handling_fee", "account_fee", "guarantee_fee")
_FEE: Final[dict[str, Check]] = {
    "name": one_of(FEE_NAMES),
    "when": one_of(fees.WHEN),
    "of": one_of(fees.OF),
    "amount": between(1, INT_MAX),
}
_FEE_MAY: Final[dict[str, Check]] = {"days": integer, "total_minor": between(0, INT_MAX)}

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
SHAPE: Final[dict[str, Check]] = {
    **{key: one_of(said.among) for key, said in WORDS.items()},
    **{key: between(said.least, said.most) for key, said in NUMBERS.items()},
}
"""How instalments are worked out, as `core.shape` has it; what a body does not say is as
`core.plain` says. The first due day is the first one `first_due_days` or more after disbursal,
on the `month_day` where there is one."""
AGREED: Final[dict[str, Check]] = SHAPE | {
    "order": order,
    "prepay": prepay_ways,
    "down_payment_ppm": between(1, PPM - 1),
    "down_payment_minor": between(1, INT_MAX),
    "late_cap_ppm": between(0, INT_MAX),
    "fees": listed_fees,
    "fees_due": numbered_sums,
}
"""What a contract may say beside TERMS. One of both `down_payment` keys: the share of what is lent,
or the sum, that is its first instalment, due on the day of the payout. `late_cap_ppm` is the share
of the principal that all late interest ever charged comes to at most; `fees_due` what of fees falls
due with each instalment."""
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
