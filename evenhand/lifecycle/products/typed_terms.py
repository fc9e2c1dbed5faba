"""The part of the form that says how instalments are worked out, what fees there are, and how a
payment pays. What is as in the plain consumer loan is left out of the terms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import permutations
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.core.fees import AT_DISBURSAL, LENT, OF, OF_PAYOUT, WHEN
from evenhand.core.money import PPM
from evenhand.core.orders import ADVANCES, PARTS, RE_AMORTISE, STATES
from evenhand.core.plain import NUMBERS, WORDS, number, said
from evenhand.law.caps import PERCENT_PPM
from evenhand.ledger.bodies import FEE_NAMES, PREPAY
from evenhand.web.amounts import figure, minor_of
from evenhand.web.shown import percent

ALWAYS: Final = ("method", "day_count", "interest_per", "rounding")
"""What terms say even where it is as in the plain loan."""
COUNTS: Final[Mapping[str, tuple[int, int]]] = {
    "every": (1, 366),
    "grace_principal": (0, 60),
    "grace_interest": (0, 60),
    "interest_free": (0, 60),
    "first_due_days": (0, 366),
    "month_day": (0, 31),
}
"""Whole numbers, and from what to what the form takes them; 0 where nothing is chosen."""
ORDERS: Final = tuple(",".join(parts) for parts in permutations(PARTS))
FEES: Final = (1, 2, 3)
"""The places for fees."""
FEE_DAYS: Final = (1, 366)
"""From what to what the days go after which one falls due."""
FEE_KEYS: Final = ("name", "when", "of", "amount", "days")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    **{key: words.among for key, words in WORDS.items()},
    "advance": ADVANCES,
    "parts": ORDERS,
    "down_of": OF_PAYOUT,
    **{f"fee_name_{n}": ("", *FEE_NAMES) for n in FEES},
    **{f"fee_when_{n}": (*WHEN[1:], WHEN[AT_DISBURSAL]) for n in FEES},
    **{f"fee_of_{n}": OF for n in FEES},
}
"""What each choice is among."""
FIELDS: Final = (
    *COUNTS, *CHOICES, "late_cap", "down",
    *(f"fee_{key}_{n}" for n in FEES for key in ("amount", "days")),
)  # fmt: skip
TICKS: Final = ("vertical", "prepay")
AMOUNT_MAX: Final = 10**9
_PERCENT: Final = re.compile(r"\d{1,3}(\.\d{1,4})?")

Errors = dict[str, str]


def filled(terms: Mapping[str, Any], currency: str) -> dict[str, str]:
    """The fields as they open, with the terms of a version."""
    order = terms.get("order", {"pairs": [], "advance": ADVANCES[0]})
    first = [pair.rpartition("_")[2] for pair in order["pairs"][: len(PARTS)]]
    cap = percent(terms["late_cap_ppm"]).rstrip("%") if "late_cap_ppm" in terms else ""
    return {
        **{key: str(number(terms, key)) for key in COUNTS},
        **{key: said(terms, key) for key in WORDS},
        "advance": order["advance"],
        "parts": ",".join(first) if len({*first}) == len(PARTS) else ORDERS[0],
        "late_cap": cap,
        **_filled_down(terms, currency),
        **_filled_fees(terms.get("fees", []), currency),
    }


def ticks(terms: Mapping[str, Any]) -> dict[str, list[str]]:
    """The ticks as they open."""
    vertical = terms.get("order", {}).get("vertical", 0)
    return {"vertical": ["1"] if vertical else [], "prepay": list(terms.get("prepay", []))}


def read(
    typed: Mapping[str, str], ticked: QueryDict, currency: str, fewest: int, errors: Errors
) -> dict[str, Any]:
    """The terms that the fields say; what is wrong is added to `errors`."""
    words = {key: _choice(typed, key, errors) for key in WORDS}
    numbers = {key: _number(typed, key, *COUNTS[key], errors) for key in COUNTS}
    terms: dict[str, Any] = {
        key: word for key, word in words.items() if key in ALWAYS or word != WORDS[key].plain
    }
    terms |= {key: n for key, n in numbers.items() if n != NUMBERS[key].plain}
    _fit(terms, fewest, errors)
    terms |= _order(typed, ticked, errors)
    prepay = [way for way in PREPAY if way in ticked.getlist("prepay")]
    if prepay and typed["advance"] == ADVANCES[RE_AMORTISE]:
        errors["advance"] = _("Nothing is left to choose for whoever pays ahead.")
    terms |= {"prepay": prepay} if prepay else {}
    terms |= _late_cap(typed, errors)
    terms |= _down(typed, currency, errors)
    fees = [fee for n in FEES if (fee := _fee(typed, n, currency, errors))]
    if len({fee["name"] for fee in fees}) < len(fees):
        errors["fee_name_1"] = _("Each fee once.")
    return terms | ({"fees": fees} if fees else {})


def _fit(terms: Mapping[str, Any], fewest: int, errors: Errors) -> None:
    """What does not go together."""
    for key in ("grace_principal", "grace_interest"):
        if terms.get(key, 0) >= fewest > 0:
            errors[key] = _("Less than the fewest instalments.")
    if terms.get("interest_free", 0) > fewest > 0:
        errors["interest_free"] = _("No more than the fewest instalments.")
    if "month_day" in terms and said(terms, "unit") != "month":
        errors["month_day"] = _("Only where instalments step by months.")
    even = terms["method"] in ("equal_instalment", "flat")
    if terms.get("last") == "smoothed" and not even:
        errors["last"] = _("Only where instalments are one sum.")


def _order(typed: Mapping[str, str], ticked: QueryDict, errors: Errors) -> dict[str, Any]:
    parts, advance = (_choice(typed, key, errors) for key in ("parts", "advance"))
    vertical = 1 if ticked.getlist("vertical") else 0
    if (parts, advance, vertical) == (ORDERS[0], ADVANCES[0], 0):
        return {}
    pairs = [f"{state}_{part}" for state in STATES for part in parts.split(",")]
    return {"order": {"pairs": pairs, "vertical": vertical, "advance": advance}}


def _late_cap(typed: Mapping[str, str], errors: Errors) -> dict[str, int]:
    if not typed["late_cap"].rstrip("% "):
        return {}
    ppm = share(typed["late_cap"])
    if ppm is None:
        errors["late_cap"] = _("Type per cent of the principal, such as 20, or nothing.")
    return {"late_cap_ppm": ppm or 0}


def _down(typed: Mapping[str, str], currency: str, errors: Errors) -> dict[str, int]:
    of, text = _choice(typed, "down_of", errors), typed["down"]
    if not text.rstrip("% "):
        return {}
    found = minor_of(text, currency) if of == OF[0] else share(text)
    if not found or found > AMOUNT_MAX or (of != OF[0] and found >= PPM):
        errors["down"] = _("Type the sum, or per cent such as 0.5.")
        return {}
    return {"down_payment_minor" if of == OF[0] else "down_payment_ppm": found}


def _filled_down(terms: Mapping[str, Any], currency: str) -> dict[str, str]:
    if fixed := terms.get("down_payment_minor"):
        return {"down": figure(fixed, currency), "down_of": OF[0]}
    ppm = terms.get("down_payment_ppm", 0)
    return {"down": percent(ppm).rstrip("%") if ppm else "", "down_of": OF[LENT]}


def _fee(typed: Mapping[str, str], n: int, currency: str, errors: Errors) -> dict[str, Any] | None:
    name = _choice(typed, f"fee_name_{n}", errors)
    when, of = (_choice(typed, f"fee_{key}_{n}", errors) for key in ("when", "of"))
    if not name:
        return None
    text = typed[f"fee_amount_{n}"]
    amount = minor_of(text, currency) if of == OF[0] else share(text)
    if not amount or amount > AMOUNT_MAX:
        errors[f"fee_amount_{n}"] = _("Type the sum, or per cent such as 0.5.")
    fee: dict[str, Any] = {"name": name, "when": when, "of": of, "amount": amount or 0}
    if when == WHEN[AT_DISBURSAL] and of not in OF_PAYOUT:
        errors[f"fee_of_{n}"] = _("Of a fee kept back: a sum, or per cent of the principal lent.")
    if when == "on_a_day":
        fee["days"] = _number(typed, f"fee_days_{n}", *FEE_DAYS, errors)
    return fee


def _filled_fees(fees: list[Mapping[str, Any]], currency: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for n in FEES:
        one = fees[n - 1] if n <= len(fees) else {}
        amount = one.get("amount", 0)
        shown = figure(amount, currency) if one.get("of") == OF[0] else percent(amount).rstrip("%")
        found |= {
            f"fee_name_{n}": one.get("name", ""),
            f"fee_when_{n}": one.get("when", WHEN[1]),
            f"fee_of_{n}": one.get("of", OF[0]),
            f"fee_amount_{n}": shown if one else "",
            f"fee_days_{n}": str(one["days"]) if "days" in one else "",
        }
    return found


def _choice(typed: Mapping[str, str], key: str, errors: Errors) -> str:
    among = CHOICES[key]
    if typed[key] not in among:
        errors[key] = _("Choose one.")
        return among[0]
    return typed[key]


def _number(typed: Mapping[str, str], key: str, least: int, most: int, errors: Errors) -> int:
    found = whole(typed[key])
    if least <= found <= most:
        return found
    told = {"least": least, "most": most}
    errors[key] = _("Type a number from %(least)d to %(most)d.") % told
    return least


def share(text: str) -> int | None:
    """Per cent as typed, in parts per million; None where it is none."""
    text = text.rstrip("% ")
    return int(Decimal(text) * PERCENT_PPM) if _PERCENT.fullmatch(text) else None


def whole(text: str) -> int:
    """A number of up to four digits; -1 where it is none."""
    return int(text) if text.isdecimal() and len(text) <= 4 else -1
