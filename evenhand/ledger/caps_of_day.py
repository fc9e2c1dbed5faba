"""The caps for everybody on a day: nothing dearer is offered on it, nothing dearer agreed.

A product was held against them when it was saved. A cap may have fallen since: one that is a
multiple of a rate falls with it, by no act of ours. So what is offered, and each loan that is
decided on, is held once more against those that say what it may cost a year; the others are the
product's.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product as pairs
from typing import Final

from django.conf import settings

from evenhand.law.caps import FORMULA, Cap, caps
from evenhand.law.schema import charge_of
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import bounds, quote

REASON: Final = "law.cap"
YEARLY: Final = "annual_percent"
HUNDREDTH_PPM: Final = 100
DEAREST_YEAR: Final = 12 * 31
"""Days of twelve of the longest months: late interest counts as a year of them."""


def could_be_beyond(product: Product, on: date) -> bool:
    """Would a loan at a corner of its terms (least or most lent, fewest or most instalments) cost
    more a year than the law allows on the day? Such a product is not offered."""
    known = caps(settings.EVENHAND_PACKS, on)
    return any(beyond((product, *corner), on, known) for corner in pairs(*bounds(product)))


def is_beyond(product: Product, principal_minor: int, months: int, on: date) -> bool:
    """Would this loan cost more a year than the law allows today?"""
    loan = product, principal_minor, months
    return bool(beyond(loan, on, caps(settings.EVENHAND_PACKS, on)))


def beyond(loan: tuple[Product, int, int], on: date, known: Sequence[Cap]) -> list[Cap]:
    """The caps for everybody that a loan (its product, principal and instalments) would breach; of
    one whose rate is not known nothing is within."""
    yearly = [cap for cap in known if not cap.whom and cap.way in (YEARLY, FORMULA)]
    return [cap for cap in yearly if cap.way == FORMULA or _cost(loan, on, cap) > cap.most_ppm]


def _cost(loan: tuple[Product, int, int], on: date, cap: Cap) -> int:
    """What it costs a year at most, paid on time or late, of the charges that the cap counts."""
    product, principal_minor, months = loan
    terms = dict(product.terms)
    terms["fees"] = [fee for fee in terms.get("fees", ()) if charge_of(fee["name"]) in cap.includes]
    if "interest" not in cap.includes:
        terms["rate_ppm"] = 0
    counted = product._replace(terms=terms)
    on_time = quote(counted, principal_minor, months, on).yearly_hundredths * HUNDREDTH_PPM
    if "late_interest" not in cap.includes or terms.get("late_cap_ppm") == 0:
        return on_time
    late: int = -(-terms["late_rate_ppm"] * DEAREST_YEAR // terms["late_year_days"])
    return max(on_time, late)
