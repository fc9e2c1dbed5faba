"""What a product costs at the corners of its terms, and which cap of the law that could breach.

The corners are the least and the most principal over the fewest and the most instalments; where the
day on which the money comes makes a difference (dated periods, due days of choice, a fee of a day),
each of them on every day of a year. A cap is held, besides, against the number of instalments that
is dearest by it: what is charged on the whole principal costs most a year somewhere between.

A loan paid on time costs its internal rate, fees counted. Paid late it can cost more, but never
more than the dearer of two rates does over a whole life: at any moment a part of the principal
bears interest while it is not due, or late interest once it is past due, and neither bears interest
itself, nor do fees. A fee kept back from the payout counts at once: it makes what
arrives less. A month of late interest is dearest where it has 31 days: twelve of those are
the year that is looked at. Paid off early it can cost more too, where there are fees (`early`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from itertools import product as pairs
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.columns import Ints, KeyedError, require
from evenhand.core.late_cap import cap_of
from evenhand.core.money import PPM
from evenhand.core.shape import MONTH, TERM_DAYS_MAX
from evenhand.law.caps import Cap
from evenhand.law.schema import charge_of
from evenhand.ledger.house import day_number
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import Quote, bounds, quote
from evenhand.ledger.shapes import Planned, charged_of, dated, planned
from evenhand.lifecycle.products.early import at_worst

DEAREST_YEAR: Final = 12 * 31
SHORTEST_MONTH: Final = 28
"""Days of a year of the dearest months of late interest, and of the month in which interest is
dearest a day."""
EVERY_DAY: Final = 366
HUNDREDTH_PPM: Final = 100
INTEREST: Final = "interest"
LATE: Final = "late_interest"


class Unplannable(ValueError):
    """No schedule can be made at a corner: `args` are its principal and instalments."""


class Corner(NamedTuple):
    """A corner: the loan paid on time as of the day of effect, the most one paid on time costs a
    year whatever its day, and the most it can cost however late or early."""

    quote: Quote
    dearest_hundredths: int
    worst_hundredths: int


class Judged(NamedTuple):
    """A cap, and what it looks at of a loan at its worst, in parts per million: None where that has
    no end or cannot be told."""

    cap: Cap
    principal_minor: int
    months: int
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
        loans = _every_day(offered, *each)
        dearest, worst = (int(cost.max()) for cost in (_yearly(loans), at_worst(loans, _yearly)))
        one = quote(offered, *each, offered.since)
        found.append(Corner(one, dearest, max(worst, late)))
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
    """Every cap that a corner, or the dearest number of instalments, could breach; none where the
    product may be offered. Unplannable where a loan of these terms has no schedule."""
    at = cache(partial(_every_day, offered))
    every = _every_count(offered, at(*_corners(offered)[0]))
    found = [
        Judged(cap, *each, _most(_figures(offered.terms, at(*each), cap)))
        for cap in caps
        for each in dict.fromkeys((*_corners(offered), *_dearest(offered.terms, every, cap)))
    ]
    return [one for one in found if one.is_beyond]


def _corners(offered: Product) -> list[tuple[int, int]]:
    return list(dict.fromkeys(pairs(*bounds(offered))))


def _every_day(offered: Product, principal_minor: int, months: int) -> Planned:
    """The loans of a corner: one for each day of disbursal that makes a difference."""
    days = np.arange(EVERY_DAY if dated(offered.terms) else 1)
    one = np.ones_like(days)
    return _planned(offered, one * principal_minor, one * months, days + day_number(offered.since))


def _every_count(offered: Product, corner: Planned) -> Planned:
    """The least and the most principal over each number of instalments, as if the money came on the
    day on which a corner is dearest."""
    principals, (fewest, longest) = bounds(offered)
    counts = np.arange(fewest, longest + 1)
    lent = np.repeat(np.array(principals), len(counts))
    on = np.full_like(lent, corner.shape.disbursed_on[np.argmax(corner.yearly_hundredths)])
    return _planned(offered, lent, np.tile(counts, len(principals)), on)


def _planned(offered: Product, principal_minor: Ints, months: Ints, on: Ints) -> Planned:
    try:
        found = planned(offered.terms, principal_minor, months, on)
        last = found.plan.due_minor[np.arange(len(months)), months - 1]
        require(last > 0, "instalments", "nothing falls due last")
        require(found.yearly_hundredths >= 0, "instalments", "less falls due than was lent")
    except KeyedError as wrong:
        raise Unplannable(int(principal_minor[wrong.row]), int(months[wrong.row])) from None
    return found


def _dearest(terms: Mapping[str, Any], every: Planned, cap: Cap) -> list[tuple[int, int]]:
    """The loan that costs most by the cap."""
    figures = _figures(terms, every, cap)
    if figures is None:
        return []
    row = int(np.argmax(figures))
    lent = every.shape.principal_minor[row] + every.down_minor[row]
    return [(int(lent), int(every.shape.count[row]))]


def _figures(terms: Mapping[str, Any], loans: Planned, cap: Cap) -> list[int] | None:
    """What the cap looks at of each loan, at its worst, in parts per million; None where nothing
    ends it, or the cap is a formula, whose rates nobody keeps here."""
    late = LATE in cap.includes and late_yearly_ppm(terms) > 0
    counted = _counted(terms, loans, cap)
    if cap.way == "annual_percent":
        on_time = at_worst(counted, _yearly) * HUNDREDTH_PPM
        return _at_least(on_time.tolist(), late_yearly_ppm(terms) * late)
    if cap.way == "daily_percent":
        a_day = _up(terms["late_rate_ppm"], terms["late_year_days"]) * late
        return _at_least(at_worst(counted, _a_day).tolist(), a_day)
    if cap.way == "of_principal_percent" and (not late or "late_cap_ppm" in terms):
        principal = loans.shape.principal_minor
        lent = principal + loans.down_minor
        most = cap_of(lent, lent * 0 + terms.get("late_cap_ppm", 0)) * late
        return _shares(_charges(counted) + most, principal)
    return None


def _counted(terms: Mapping[str, Any], loans: Planned, cap: Cap) -> Planned:
    """The loans with those charges alone that the cap counts."""
    plan = loans.plan
    if INTEREST not in cap.includes:
        plan = replace(plan, interest_minor=plan.interest_minor * 0)
    fees = [one for one in terms.get("fees", ()) if charge_of(one["name"]) in cap.includes]
    charged = charged_of({"fees": fees}, loans.shape, loans.plan)
    return replace(loans, plan=plan, fees=charged)


def _yearly(loans: Planned) -> Ints:
    return loans.yearly_hundredths


def _a_day(loans: Planned) -> Ints:
    return np.array(_shares(_charges(loans), _owed_days(loans)))


def _charges(loans: Planned) -> Ints:
    """All interest and fees of each loan."""
    fees = loans.fees.at_disbursal_minor + loans.fees.due_minor.sum(axis=1)
    charges: Ints = loans.plan.interest_minor.sum(axis=1) + fees
    return charges


def _owed_days(loans: Planned) -> Ints:
    """The principal owed on each day of a loan, added up, months counted short."""
    plan, wanted = loans.plan, loans.shape
    before = np.concatenate((wanted.disbursed_on[:, None], plan.due_on[:, :-1]), axis=1)
    shortest = np.where(wanted.unit == MONTH, SHORTEST_MONTH * wanted.every, TERM_DAYS_MAX)
    days = np.minimum(plan.due_on - before, shortest[:, None])
    owed: Ints = ((plan.balance_minor + plan.principal_minor) * days).sum(axis=1)
    return owed


def _shares(part: Ints, of: Ints) -> list[int]:
    """Shares in parts per million, a begun one counted whole."""
    each = zip(part.tolist(), of.tolist(), strict=True)
    return [_up(minor * PPM, whole) for minor, whole in each]


def _at_least(figures: Sequence[int], least: int) -> list[int]:
    return [max(each, least) for each in figures]


def _most(figures: Sequence[int] | None) -> int | None:
    return None if figures is None else max(figures)


def _up(number: int, by: int) -> int:
    """A quotient, a part of a unit counted whole."""
    return -(-number // by)
