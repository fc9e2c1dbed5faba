"""A loan's terms as its fact will hold them, from its product and as if paid out on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np

from evenhand.core import days
from evenhand.core.apr import irr_hundredths
from evenhand.core.money import HALF_EVEN, PPM, ROUNDINGS, accrue, rounded
from evenhand.core.schedule import schedule
from evenhand.core.shape import DAY_COUNTS, INTEREST_PER, METHODS, MONTH, TAKES_THE_REST, Shape
from evenhand.ledger import house, products
from evenhand.ledger.applications import Application

KEPT: Final = (
    "currency", "rate_ppm", "late_rate_ppm", "late_year_days", "strategy", "measures",
)  # fmt: skip


def terms_of(offer: Application, on: date) -> dict[str, Any]:
    """The body of bodies.TERMS: due days and amounts as if the money came on `on`."""
    product = products.find(offer.product, offer.version)
    assert product is not None, f"{offer.product} {offer.version} was decided on and is no product"
    plan = schedule(_shape(product.terms, offer, on))
    rows = zip(
        days.iso(plan.due_on[0]).tolist(),
        plan.principal_minor[0].tolist(),
        plan.interest_minor[0].tolist(),
        strict=True,
    )
    return {
        "product": offer.product,
        "version": offer.version,
        "disbursed_on": on.isoformat(),
        "instalments": [list(row) for row in rows],
        **{key: product.terms[key] for key in KEPT},
    }


def yearly_hundredths(principal_minor: int, terms: Mapping[str, Any]) -> int:
    """What the loan costs a year when paid on time, hundredths of a per cent (IRR)."""
    due = np.array([[row[1] + row[2] for row in terms["instalments"]]])
    one = np.array([1])
    return int(irr_hundredths(one * principal_minor, due, one, one * MONTH)[0])


def late_minor(principal_minor: int, past_due_days: int, terms: Mapping[str, Any]) -> int:
    """What so much principal costs when it is so many days past due, as the position counts it."""
    year = terms["late_year_days"]
    principal = np.array([principal_minor])
    whole, rest = accrue(principal, terms["late_rate_ppm"], past_due_days, year)
    return int(rounded(whole, rest, PPM * year, HALF_EVEN)[0])


def balances(principal_minor: int, terms: Mapping[str, Any]) -> list[int]:
    """The principal left after each instalment."""
    left = [principal_minor]
    for _due, principal, _interest in terms["instalments"]:
        left.append(left[-1] - principal)
    return left[1:]


def _shape(terms: Mapping[str, Any], offer: Application, on: date) -> Shape:
    one = np.array([1], dtype=np.int64)
    return Shape(
        principal_minor=one * offer.offer_minor,
        rate_ppm=one * terms["rate_ppm"],
        disbursed_on=one * house.day_number(on),
        count=one * offer.offer_months,
        every=one,
        unit=one * MONTH,
        method=one * METHODS.index(terms["method"]),
        day_count=one * DAY_COUNTS.index(terms["day_count"]),
        interest_per=one * INTEREST_PER.index(terms["interest_per"]),
        multiple_minor=one * terms["instalment_multiple_minor"],
        last=one * TAKES_THE_REST,
        rounding=one * ROUNDINGS.index(terms["rounding"]),
        grace_principal=one * 0,
        grace_interest=one * 0,
        interest_free=one * 0,
    )
