"""A loan's terms as its fact will hold them, from its product and as if paid out on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import numpy as np

from evenhand.core.money import HALF_EVEN, PPM, accrue, rounded
from evenhand.ledger import products, promises
from evenhand.ledger.applications import Application


class RowDue(NamedTuple):
    """An instalment, numbered from 1, in minor units: `left_minor` is principal left after it."""

    n: int
    due_on: str
    principal_minor: int
    interest_minor: int
    left_minor: int
    fee_minor: int

    @property
    def due_minor(self) -> int:
        return self.principal_minor + self.interest_minor + self.fee_minor


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


def rows_due(principal_minor: int, terms: Mapping[str, Any]) -> list[RowDue]:
    """The instalments with which something is due, each by its number in the schedule."""
    left, found = principal_minor, []
    rows = zip(terms["instalments"], fees_of(terms), strict=True)
    for n, ((day, principal, interest), fee) in enumerate(rows, start=1):
        left -= principal
        if principal or interest or fee:
            found.append(RowDue(n, day, principal, interest, left, fee))
    return found


def fees_of(terms: Mapping[str, Any]) -> list[int]:
    """What of fees falls due with each instalment, minor units."""
    due = dict(terms.get("fees_due", ()))
    return [due.get(n, 0) for n in range(1, len(terms["instalments"]) + 1)]
