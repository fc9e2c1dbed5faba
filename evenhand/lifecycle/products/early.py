"""Loans paid off before their time: a fee is then spread over fewer days, and costs more a year.

Who pays off owes the interest of the days used and the fees due until then (`core.payoff`). Between
two fees the yearly cost only falls, so it is dearest on a due day that brings a fee.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.fees import Charged
from evenhand.ledger.shapes import Planned


def at_worst(loans: Planned, figure: Callable[[Planned], Ints]) -> Ints:
    """The figure of each loan [L], kept to its end or paid off early, whichever comes to more."""
    worst = figure(loans).copy()
    row, number = np.nonzero((loans.fees.due_minor > 0) & (loans.plan.balance_minor > 0))
    if len(row):
        np.maximum.at(worst, row, figure(paid_off(loans, row, number)))
    return worst


def paid_off(loans: Planned, row: Ints, number: Ints) -> Planned:
    """The loans at `row` [R], each paid off on the due day of its instalment `number` [R], from 0:
    with it falls due all that is left of the principal, and after it nothing."""
    plan, count = loans.plan, number + 1
    places = np.arange(plan.due_on.shape[1])
    held = places <= number[:, None]
    rest = np.where(places == number[:, None], plan.balance_minor[row], 0)
    ended = replace(
        plan,
        count=count,
        equal_minor=plan.equal_minor[row],
        due_on=np.where(held, plan.due_on[row], NEVER),
        principal_minor=held * plan.principal_minor[row] + rest,
        interest_minor=held * plan.interest_minor[row],
        balance_minor=held * plan.balance_minor[row] - rest,
    )
    fees = Charged(loans.fees.at_disbursal_minor[row], held * loans.fees.due_minor[row])
    return Planned(replace(loans.shape.take(row), count=count), ended, fees)
