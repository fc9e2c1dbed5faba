"""Loans paid off before their time: a fee is then spread over fewer days, and costs more a year.

Who pays off owes the interest of the days used and the fees due until then (`core.payoff`). Between
two fees the yearly cost only falls, so it is dearest on a due day that brings a fee; and where one
was kept back from the payout, which nobody returns, a day after the money came.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.due_days import SHORTEST_MONTH
from evenhand.core.fees import Charged
from evenhand.core.shape import DAY, MONTH, TERM_DAYS_MAX
from evenhand.ledger.shapes import Planned


def at_worst(loans: Planned, figure: Callable[[Planned], Ints]) -> Ints:
    """The figure of each loan [L], kept to its end or paid off early, whichever comes to more."""
    worst = figure(loans).copy()
    kept_back = loans.fees.at_disbursal_minor > 0
    brings = (loans.fees.due_minor > 0) | kept_back[:, None]
    row, number = np.nonzero(brings & (loans.plan.balance_minor > 0))
    if len(row):
        np.maximum.at(worst, row, figure(paid_off(loans, row, number)))
    at_once = np.flatnonzero(kept_back)
    if len(at_once):
        np.maximum.at(worst, at_once, figure(after_a_day(loans, at_once)))
    return worst


def after_a_day(loans: Planned, row: Ints) -> Planned:
    """The loans at `row` [R], each paid off the day after its money came: the whole principal, and
    a day's part of the first period's interest, months counted short and a begun minor unit of it
    whole."""
    plan, on, own = loans.plan, loans.shape.disbursed_on[row], loans.shape.take(row)
    shortest = np.where(own.unit == MONTH, SHORTEST_MONTH * own.every, TERM_DAYS_MAX)
    length = np.minimum(plan.due_on[row, 0] - on, shortest)
    interest = -(-plan.interest_minor[row, 0] // length)
    one, none = np.ones_like(row), np.zeros((len(row), 1), dtype=np.int64)
    wanted = replace(own, count=one, every=one, unit=one * DAY, chosen=None)
    ended = replace(
        plan,
        count=one,
        equal_minor=plan.equal_minor[row],
        due_on=(on + 1)[:, None],
        principal_minor=wanted.principal_minor[:, None],
        interest_minor=interest[:, None],
        balance_minor=none,
    )
    return Planned(
        wanted, ended, Charged(loans.fees.at_disbursal_minor[row], none), loans.down_minor[row]
    )


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
    return Planned(replace(loans.shape.take(row), count=count), ended, fees, loans.down_minor[row])
