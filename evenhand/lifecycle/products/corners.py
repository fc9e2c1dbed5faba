"""What a product costs at the corners of its terms, and which cap of the law that could breach.

The corners are the least and the most principal over the fewest and the most instalments; where the
day on which the money comes makes a difference (dated periods, due days of choice), each of them on
every day of a year. A loan paid on time costs its internal rate, fees counted. Paid late it can
cost more, but never more than the dearer of two rates does over a whole life: at any moment a part
of the principal bears interest while it is not due, or late interest once it is past due, and
neither bears interest itself, nor do fees. A month of late interest is dearest where it has 31
days: twelve of those are the year that is looked at.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product as pairs
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.columns import Ints, KeyedError
from evenhand.core.late_cap import cap_of
from evenhand.core.money import PPM
from evenhand.core.shape import MONTH, TERM_DAYS_MAX
from evenhand.law.caps import Cap
from evenhand.ledger.house import day_number
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import Quote, bounds, quote
from evenhand.ledger.shapes import Planned, charged_of, dated, planned

DEAREST_YEAR: Final = 12 * 31
SHORTEST_MONTH: Final = 28
"""Days of a year of the dearest months of late interest, and of the month in which interest is
dearest a day."""
EVERY_DAY: Final = 366
HUNDREDTH_PPM: Final = 100
INTEREST: Final = "interest"
LATE: Final = "late_interest"
FEES: Final = "fees"
GUARANTEE: Final = "guarantee_fee"


class Unplannable(ValueError):
    """No schedule can be made at a corner: `args` are its principal and instalments."""


class Corner(NamedTuple):
    """A corner: the loan paid on time as of the day of effect, the most one paid on time costs a
    year whatever its day, and the most it can cost however late."""

    quote: Quote
    dearest_hundredths: int
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
    late = _up(late_yearly_ppm(offered.terms), HUNDREDTH_PPM)
    found = []
    for each in _corners(offered):
        dearest = int(_worked_out(offered, *each).yearly_hundredths.max())
        one = quote(offered, *each, offered.since)
        found.append(Corner(one, dearest, max(dearest, late)))
    return found


def late_yearly_ppm(terms: Mapping[str, Any]) -> int:
    """What principal past due costs a year at most, parts per million, rounded up; nothing where
    no late interest may ever be charged.

    >>> late_yearly_ppm({"late_rate_ppm": 162_000, "late_year_days": 360})
    167400
    """
    if terms.get("late_cap_ppm") == 0:
        return 0
    return _up(terms["late_rate_ppm"] * DEAREST_YEAR, terms["late_year_days"])


def breaches(offered: Product, caps: Sequence[Cap]) -> list[Judged]:
    """Every cap that a corner could breach; none where the product may be offered."""
    each = [(_worked_out(offered, *one), one) for one in _corners(offered)] if caps else []
    found = [
        Judged(cap, quote(offered, *one, offered.since), _figure(offered.terms, loans, cap))
        for cap in caps
        for loans, one in each
    ]
    return [one for one in found if one.is_beyond]


def _corners(offered: Product) -> list[tuple[int, int]]:
    return list(dict.fromkeys(pairs(*bounds(offered))))


def _worked_out(offered: Product, principal_minor: int, months: int) -> Planned:
    """The loans of a corner: one for each day of disbursal that makes a difference."""
    terms = offered.terms
    days = EVERY_DAY if dated(terms) else 1
    one = np.ones(days, dtype=np.int64)
    on = np.arange(days) + day_number(offered.since)
    try:
        found = planned(terms, one * principal_minor, one * months, on)
        last = found.plan.due_minor[:, -1]
        if not bool((last > 0).all()):
            raise Unplannable(principal_minor, months)
        found.yearly_hundredths.max()
    except KeyedError:
        raise Unplannable(principal_minor, months) from None
    return found


def _figure(terms: Mapping[str, Any], loans: Planned, cap: Cap) -> int | None:
    """What the cap looks at, at its worst, in parts per million; None where nothing ends it, or
    the cap is a formula, whose rates nobody keeps here."""
    late = LATE in cap.includes and late_yearly_ppm(terms) > 0
    counted = _counted(terms, loans, cap)
    if cap.way == "annual_percent":
        on_time = int(counted.yearly_hundredths.max()) * HUNDREDTH_PPM
        return max(on_time, late_yearly_ppm(terms) * late)
    if cap.way == "daily_percent":
        a_day = _up(terms["late_rate_ppm"], terms["late_year_days"]) * late
        return max(_daily_ppm(counted), a_day)
    if cap.way == "of_principal_percent" and (not late or "late_cap_ppm" in terms):
        principal = loans.shape.principal_minor
        most = cap_of(principal, principal * 0 + terms.get("late_cap_ppm", 0)) * late
        return _most(_charges(counted) + most, principal)
    return None


def _counted(terms: Mapping[str, Any], loans: Planned, cap: Cap) -> Planned:
    """The loans with those charges alone that the cap counts."""
    plan = loans.plan
    if INTEREST not in cap.includes:
        plan = replace(plan, interest_minor=plan.interest_minor * 0)
    fees = [
        one
        for one in terms.get("fees", ())
        if (GUARANTEE if one["name"] == GUARANTEE else FEES) in cap.includes
    ]
    return Planned(loans.shape, plan, charged_of({"fees": fees}, loans.shape, loans.plan))


def _charges(loans: Planned) -> Ints:
    """All interest and fees of each loan."""
    return loans.plan.interest_minor.sum(axis=1) + loans.fees.due_minor.sum(axis=1)


def _daily_ppm(loans: Planned) -> int:
    """All charges a day, as parts per million of the principal owed on it, months counted short."""
    plan, wanted = loans.plan, loans.shape
    before = np.concatenate((wanted.disbursed_on[:, None], plan.due_on[:, :-1]), axis=1)
    shortest = np.where(wanted.unit == MONTH, SHORTEST_MONTH * wanted.every, TERM_DAYS_MAX)
    days = np.minimum(plan.due_on - before, shortest[:, None])
    owed = (plan.balance_minor + plan.principal_minor) * days
    return _most(_charges(loans), owed.sum(axis=1))


def _most(part: Ints, of: Ints) -> int:
    """The largest share, in parts per million, a begun one counted whole."""
    each = zip(part.tolist(), of.tolist(), strict=True)
    return max(_up(minor * PPM, whole) for minor, whole in each)


def _up(number: int, by: int) -> int:
    """A quotient, a part of a unit counted whole."""
    return -(-number // by)
