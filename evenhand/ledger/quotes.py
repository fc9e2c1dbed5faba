"""What a product's loan would be: its instalments and its yearly cost, before anything is agreed.

The same arithmetic that the cost table, the contract and the position rest on. A loan quoted today
is quoted as if the money came today; the due days move with the day it comes.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from evenhand.ledger.house import day_number
from evenhand.ledger.products import Product
from evenhand.ledger.shapes import Planned, planned

ODD_MINOR: Final = 100
"""Less than so much are odd cents."""


class Quote(NamedTuple):
    """One loan as it would be. Amounts in minor units; the yearly cost in hundredths of a per cent,
    fees counted.

    An instalment is principal, interest and fees: `instalment_minor` is the first with which
    something is due, `last_minor` the last (it takes the odd cents), `dearest` the largest of them;
    `interest_minor` and `fees_minor` what is charged in all, `kept_back_minor` what of the fees is
    taken from the payout, `down_minor` what is due on the day of the payout, before the
    instalments, and `total_minor` what is paid back; `first_due_on` and `last_due_on` are
    days since 1970. `months` counts the instalments, a month each unless the product says other
    steps. `is_even` where all are one sum, but for the odd cents of the last.
    """

    principal_minor: int
    months: int
    instalment_minor: int
    last_minor: int
    dearest_minor: int
    interest_minor: int
    fees_minor: int
    kept_back_minor: int
    down_minor: int
    total_minor: int
    yearly_hundredths: int
    first_due_on: int
    last_due_on: int
    is_even: bool

    @property
    def paid_out_minor(self) -> int:
        """What arrives of it."""
        return self.principal_minor - self.kept_back_minor


def is_even(due: Sequence[int]) -> bool:
    """Are these instalments one sum, but for the odd cents that the last one takes?

    >>> is_even([88288, 88288, 88293]), is_even([9000, 9000, 1009000]), is_even([0, 0, 1054000])
    (True, False, False)
    """
    return len({*due[:-1]}) <= 1 and abs(due[-1] - due[0]) < ODD_MINOR


def bounds(product: Product) -> tuple[tuple[int, int], tuple[int, int]]:
    """The least and the most principal (minor units), the fewest and the most instalments."""
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
    one = np.array([1])
    found = planned(product.terms, one * principal_minor, one * months, one * day_number(on))
    return quoted(found)


def quoted(found: Planned) -> Quote:
    """The quote of one loan worked out."""
    plan = found.plan
    due = found.due_minor[0]
    down = int(found.down_minor[0])
    kept_back = int(found.fees.at_disbursal_minor[0])
    first = int((due > 0).argmax())
    return Quote(
        principal_minor=int(found.shape.principal_minor[0]) + down,
        months=int(plan.count[0]),
        instalment_minor=int(due[first]),
        last_minor=int(due[-1]),
        dearest_minor=int(due.max()),
        interest_minor=int(plan.interest_minor.sum()),
        fees_minor=kept_back + int(found.fees.due_minor.sum()),
        kept_back_minor=kept_back,
        down_minor=down,
        total_minor=down + int(due.sum()),
        yearly_hundredths=int(found.yearly_hundredths[0]),
        first_due_on=int(plan.due_on[0, first]),
        last_due_on=int(plan.due_on[0, -1]),
        is_even=is_even(due.tolist()),
    )
