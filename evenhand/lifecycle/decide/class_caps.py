"""Caps that are for a class of people alone: nothing dearer is agreed before it was asked.

A product may be offered that costs more; a loan of it may not be agreed with whoever is of the
class. Who is, we do not know until somebody asks: the house refers such a loan to a person, and a
person says yes to it only with the answer among the reasons, which the applicant reads.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings

from evenhand.law.caps import Cap, caps
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import quote

CLEARED: Final = {"servicemember": "staff.not_serving"}
"""The classes asked of an applicant, each with the reason of staff that says it is not so."""
ASK: Final = "class."
"""Before the name of a class, the reason for which the house asks a person to look."""
YEARLY: Final = "annual_percent"
HUNDREDTH_PPM: Final = 100


def beyond(product: Product, principal_minor: int, months: int, on: date) -> tuple[str, ...]:
    """The classes for which this loan would cost more than their cap; none where nobody's is."""
    found = [cap for cap in caps(settings.EVENHAND_PACKS, on) if cap.whom in CLEARED]
    if not found:
        return ()
    yearly = quote(product, principal_minor, months, on).yearly_hundredths * HUNDREDTH_PPM
    return tuple(dict.fromkeys(cap.whom for cap in found if _is_beyond(cap, yearly)))


def unasked(on: date) -> set[str]:
    """The reasons of staff that answer no question on a day: no pack in force has such a cap."""
    asked = {cap.whom for cap in caps(settings.EVENHAND_PACKS, on)}
    return {reason for whom, reason in CLEARED.items() if whom not in asked}


def _is_beyond(cap: Cap, yearly_ppm: int) -> bool:
    """Of a cap that is no share a year, or counts what is charged late, nothing is sure: yes."""
    return cap.way != YEARLY or "late_interest" in cap.includes or yearly_ppm > cap.most_ppm
