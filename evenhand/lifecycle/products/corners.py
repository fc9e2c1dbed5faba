"""What a product costs at the corners of its terms, and which cap of the law that could breach.

The corners are the least and the most principal over the fewest and the most months. A loan paid on
time costs its internal rate. Paid late it can cost more, but never more than the dearer of two
rates does over a whole life: at any moment a part of the principal bears interest while it is not
due, or late interest once it is past due, and neither bears interest itself. A month of late
interest is dearest where it has 31 days: twelve of those are the year that is looked at.
"""

from collections.abc import Mapping, Sequence
from itertools import product as pairs
from typing import Any, Final, NamedTuple

from evenhand.core.columns import KeyedError
from evenhand.core.money import PPM
from evenhand.law.caps import Cap
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import Quote, bounds, quote

DEAREST_YEAR: Final = 12 * 31
SHORTEST_MONTHS: Final = 12 * 28
"""Days of a year of the dearest months of late interest, and of those in which interest is dearest
a day."""
HUNDREDTH_PPM: Final = 100
LATE: Final = "late_interest"


class Unplannable(ValueError):
    """No schedule can be made at a corner: `args` are its principal and months."""


class Corner(NamedTuple):
    """A corner: the loan paid on time, and the most it can cost a year however late."""

    quote: Quote
    worst_hundredths: int


class Judged(NamedTuple):
    """A cap, and what it looks at at a corner's worst, in parts per million: None where that has no
    end or cannot be told."""

    cap: Cap
    quote: Quote
    figure_ppm: int | None

    @property
    def is_beyond(self) -> bool:
        """Is it more than the cap allows?"""
        return self.figure_ppm is None or self.figure_ppm > self.cap.most_ppm


def corners(offered: Product) -> list[Corner]:
    """The four corners, least and fewest first; those that are one, once. Unplannable where a loan
    of these terms has no schedule."""
    found = [_planned(offered, *each) for each in dict.fromkeys(pairs(*bounds(offered)))]
    late = _up(late_yearly_ppm(offered.terms), HUNDREDTH_PPM)
    return [Corner(one, max(one.yearly_hundredths, late)) for one in found]


def late_yearly_ppm(terms: Mapping[str, Any]) -> int:
    """What principal past due costs a year at most, parts per million, rounded up.

    >>> late_yearly_ppm({"late_rate_ppm": 162_000, "late_year_days": 360})
    167400
    """
    return _up(terms["late_rate_ppm"] * DEAREST_YEAR, terms["late_year_days"])


def breaches(offered: Product, caps: Sequence[Cap]) -> list[Judged]:
    """Every cap that a corner could breach; none where the product may be offered."""
    quotes = [corner.quote for corner in corners(offered)]
    found = [Judged(cap, one, _figure(offered.terms, one, cap)) for cap in caps for one in quotes]
    return [each for each in found if each.is_beyond]


def _planned(offered: Product, principal_minor: int, months: int) -> Quote:
    try:
        one = quote(offered, principal_minor, months, offered.since)
    except KeyedError:
        raise Unplannable(principal_minor, months) from None
    if one.last_minor <= 0:
        raise Unplannable(principal_minor, months)
    return one


def _figure(terms: Mapping[str, Any], one: Quote, cap: Cap) -> int | None:
    """What the cap looks at, at its worst, in parts per million; None where nothing ends it, or
    the cap is a formula, whose rates nobody keeps here."""
    interest = "interest" in cap.includes
    late = LATE in cap.includes and terms["late_rate_ppm"] > 0
    if cap.way == "annual_percent":
        on_time = one.yearly_hundredths * HUNDREDTH_PPM * interest
        return max(on_time, late_yearly_ppm(terms) * late)
    if cap.way == "daily_percent":
        a_day = _up(terms["rate_ppm"], SHORTEST_MONTHS) * interest
        return max(a_day, _up(terms["late_rate_ppm"], terms["late_year_days"]) * late)
    if cap.way == "of_principal_percent" and not late:
        return _up(one.interest_minor * PPM, one.principal_minor) * interest
    return None


def _up(number: int, by: int) -> int:
    """A quotient, a part of a unit counted whole."""
    return -(-number // by)
