"""What a product's loan would be: its instalments and its yearly cost, before anything is agreed.

The same arithmetic that the cost table, the contract and the position rest on. A loan quoted today
is quoted as if the money came today; the due days move with the day it comes.
"""

from datetime import date
from typing import NamedTuple

import numpy as np

from evenhand.core import apr, money, shape
from evenhand.core.columns import Ints
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.shape import Shape
from evenhand.ledger.house import day_number
from evenhand.ledger.products import Product


class Quote(NamedTuple):
    """One loan as it would be. Amounts in minor units; the yearly cost in hundredths of a per cent.

    `instalment_minor` is the first one, `last_minor` the last (it takes the odd cents), `dearest`
    the largest of them; `first_due_on` days since 1970.
    """

    principal_minor: int
    months: int
    instalment_minor: int
    last_minor: int
    dearest_minor: int
    interest_minor: int
    total_minor: int
    yearly_hundredths: int
    first_due_on: int


def bounds(product: Product) -> tuple[tuple[int, int], tuple[int, int]]:
    """The least and the most principal (minor units), the fewest and the most months."""
    least, most = product.terms["principal_minor"]
    fewest, longest = product.terms["months"]
    return (least, most), (fewest, longest)


def quote(product: Product, principal_minor: int, months: int, on: date) -> Quote:
    """The loan that somebody would have whose money came on `on`. KeyedError beyond core's bounds.

    >>> from evenhand.ledger.products import DEMO
    >>> one = quote(DEMO, 1_000_000, 12, date(2026, 3, 1))
    >>> one.instalment_minor, one.total_minor, one.yearly_hundredths
    (88288, 1059461, 1080)
    """
    wanted = shape_of(product, np.array([principal_minor]), np.array([months]), on)
    plan = schedule(wanted)
    due = plan.due_minor[0]
    return Quote(
        principal_minor,
        months,
        int(due[0]),
        int(due[-1]),
        int(due.max()),
        int(plan.interest_minor.sum()),
        int(due.sum()),
        _yearly(wanted, plan),
        int(plan.due_on[0, 0]),
    )


def shape_of(product: Product, principal_minor: Ints, months: Ints, on: date) -> Shape:
    """Loans of this product [L] by principal and months, their money coming on `on`."""
    terms = product.terms
    zero = np.zeros(len(principal_minor), dtype=np.int64)
    return Shape(
        principal_minor=principal_minor,
        rate_ppm=zero + terms["rate_ppm"],
        disbursed_on=zero + day_number(on),
        count=months,
        every=zero + 1,
        unit=zero + shape.MONTH,
        method=zero + shape.METHODS.index(terms["method"]),
        day_count=zero + shape.DAY_COUNTS.index(terms["day_count"]),
        interest_per=zero + shape.INTEREST_PER.index(terms["interest_per"]),
        multiple_minor=zero + terms["instalment_multiple_minor"],
        last=zero + shape.TAKES_THE_REST,
        rounding=zero + money.ROUNDINGS.index(terms["rounding"]),
        grace_principal=zero,
        grace_interest=zero,
        interest_free=zero,
    )


def _yearly(wanted: Shape, plan: Schedule) -> int:
    cost = apr.irr_hundredths(wanted.principal_minor, plan.due_minor, wanted.every, wanted.unit)
    return int(cost[0])
