"""What the pages of products show: versions and where they stand, a preview, sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from evenhand.law.strategies import calls, strategies
from evenhand.ledger import products, two_hands
from evenhand.ledger.house import day_number
from evenhand.ledger.products import Product
from evenhand.ledger.quotes import Quote, quoted
from evenhand.ledger.shapes import Planned, planned
from evenhand.ledger.two_hands import Line, Proposal
from evenhand.lifecycle.products import corners, proposals
from evenhand.lifecycle.products.corners import Corner, Judged
from evenhand.people import staff
from evenhand.web import terms
from evenhand.web.rules import says
from evenhand.web.shown import amount, percent

MINUS: Final = "\u2212"


class Version(NamedTuple):
    """A version; `state` is in_force, coming or former. `offered`: who applies today may have it.
    `says` are its terms in sentences, `ladder` its strategy with its days."""

    product: Product
    state: str
    offered: bool
    says: list[str]
    ladder: str


class Versions(NamedTuple):
    """A product with its versions, the newest first; `ended` where the newest ends it."""

    name: str
    lines: list[Version]
    ended: bool


class Instalment(NamedTuple):
    """A row of a schedule with which something is due, numbered in it from 1, in minor units;
    `due_on` days since 1970."""

    n: int
    due_on: int
    principal_minor: int
    interest_minor: int
    fee_minor: int
    due_minor: int
    left_minor: int


class Preview(NamedTuple):
    """What a loan of these terms would be, and what they cost at their corners."""

    quote: Quote | None
    rows: list[Instalment]
    corners: list[Corner]
    breaches: list[str]
    says: list[str]


class Proposed(NamedTuple):
    """A proposal for the page, and the version it is of."""

    line: Line
    offered: Product
    says: list[str]
    ladder: str


def versions(today: date) -> list[Versions]:
    """Every product with its versions."""
    found, by_name = [], ladders()
    for name, of_name in products.versions().items():
        now = products.current(of_name, today)
        offered = None if now is None or now.ends else now
        lines = [
            Version(
                one,
                _state(one, now, today),
                one == offered,
                sentences(one.terms),
                by_name.get(one.terms["strategy"], ""),
            )
            for one in of_name
        ]
        found.append(Versions(name, lines[::-1], of_name[-1].ends))
    return found


def lines(found: Sequence[Proposal], reader: int) -> list[Proposed]:
    """Proposals for the page."""
    told, by_name = two_hands.lines(found, reader, staff.numbers), ladders()
    return [
        Proposed(line, one, sentences(one.terms), by_name.get(one.terms["strategy"], ""))
        for line in told
        if (one := proposals.offered_by(line.proposal))
    ]


def preview(offered: Product, see: tuple[int, int] | None) -> Preview:
    """The schedule of a loan of these terms (of none where `see` is None) and the corners.
    corners.Unplannable where there is no schedule."""
    found = corners.corners(offered)
    said = [sentence(each, offered) for each in proposals.breaches(offered)]
    says = sentences(offered.terms)
    if see is None:
        return Preview(None, [], found, said, says)
    principal_minor, months = (np.array([each]) for each in see)
    loan = planned(offered.terms, principal_minor, months, np.array([day_number(offered.since)]))
    return Preview(quoted(loan), _rows(loan), found, said, says)


def sentence(breach: Judged, offered: Product) -> str:
    """Which corner, what it could cost, and what which article allows."""
    told = {
        "corner": corner_of(breach.principal_minor, breach.months, offered),
        "figure": percent(breach.figure_ppm or 0),
        "law": says(breach.cap.rule, offered.since),
        "cite": breach.cap.cite,
    }
    if breach.figure_ppm is None:
        return _("%(corner)s: nothing here keeps it within the cap. %(law)s (%(cite)s).") % told
    if breach.cap.way == "daily_percent":
        return _("%(corner)s: it could cost %(figure)s a day. %(law)s (%(cite)s).") % told
    if breach.cap.way == "of_principal_percent":
        said = _("%(corner)s: it could cost %(figure)s of the principal. %(law)s (%(cite)s).")
        return said % told
    return _("%(corner)s: it could cost %(figure)s a year. %(law)s (%(cite)s).") % told


def corner_of(principal_minor: int, months: int, offered: Product) -> str:
    """A corner in words."""
    currency = offered.terms["currency"]
    told = {
        "amount": f"{currency}\u00a0{amount(principal_minor, currency)}",
        "span": terms.span(months, offered.terms),
    }
    return _("%(amount)s over %(span)s") % told


def sentences(said: Mapping[str, Any]) -> list[str]:
    """What terms say of instalments, fees, late interest, and how a payment pays."""
    parts = (terms.shape, terms.fees, terms.late_cap, terms.order, terms.prepay)
    return [sentence for part in parts for sentence in part(said)]


def ladders() -> Mapping[str, str]:
    """The strategies, with their days in words."""
    return {name: f"{name}: {_days(name)}" for name in strategies()}


def _days(name: str) -> str:
    rungs, by_call = (
        ", ".join(str(day).replace("-", MINUS) for day in table.get(name, ()))
        for table in (strategies(), calls())
    )
    if not rungs:
        return _("nothing by itself")
    return _("%(days)s; calls %(calls)s") % {"days": rungs, "calls": by_call} if by_call else rungs


def _state(one: Product, now: Product | None, today: date) -> str:
    if one == now:
        return "in_force"
    return "coming" if one.since > today else "former"


def _rows(loan: Planned) -> list[Instalment]:
    plan, fees = loan.plan, loan.fees
    columns: list[Any] = [
        column[0].tolist()
        for column in (
            plan.due_on,
            plan.principal_minor,
            plan.interest_minor,
            fees.due_minor,
            loan.due_minor,
            plan.balance_minor,
        )
    ]
    found = list(zip(*columns, strict=True))
    if down := int(loan.down_minor[0]):
        on, left = int(loan.shape.disbursed_on[0]), int(loan.shape.principal_minor[0])
        found = [(on, down, 0, 0, down, left), *found]
    rows = [Instalment(n, *row) for n, row in enumerate(found, start=1)]
    return [row for row in rows if row.due_minor]
