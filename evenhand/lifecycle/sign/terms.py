"""A loan's terms as its fact will hold them, from its product and as if paid out on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from evenhand.core.money import HALF_EVEN, PPM, accrue, rounded
from evenhand.ledger import products, promises
from evenhand.ledger.applications import Application


def terms_of(offer: Application, on: date) -> dict[str, Any]:
    """The body of bodies.TERMS and AGREED: due days and amounts as if the money came on `on`."""
    product = products.find(offer.product, offer.version)
    assert product is not None, f"{offer.product} {offer.version} was decided on and is no product"
    return promises.promised(product, offer.offer_minor, offer.offer_months, on)


def yearly_hundredths(terms: Mapping[str, Any]) -> int:
    """What the loan costs a year when paid on time, fees counted: hundredths of a per cent, IRR."""
    return int(promises.worked_out(terms).yearly_hundredths[0])


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


def fees_of(terms: Mapping[str, Any]) -> list[int]:
    """What of fees falls due with each instalment, minor units."""
    due = dict(terms.get("fees_due", ()))
    return [due.get(n, 0) for n in range(1, len(terms["instalments"]) + 1)]
