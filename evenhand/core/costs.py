"""What a schedule costs a year, fees and later disbursements counted: its money as flows.

A fee at disbursal makes what the borrower gets smaller; a fee of an instalment is paid with it; an
instalment of nothing (grace) is no payment. A down-payment is no part of the loan.
"""

import numpy as np

from evenhand.core import apr, days
from evenhand.core.advances import Advances
from evenhand.core.columns import Bools, Ints, require
from evenhand.core.due_days import MONTH
from evenhand.core.fees import Charged
from evenhand.core.flows import Flows
from evenhand.core.schedule import Schedule
from evenhand.core.shape import Shape, month_day_of


def irr_of(shape: Shape, plan: Schedule, fees: Charged, later: Advances) -> Ints:
    """The annualised internal rate [L] in hundredths of a per cent: by whole steps of the contract
    where every instalment lies a whole step from the one before, else by the fractions of Appendix
    J (which, of whole months, gives the same figure)."""
    plain = apr.irr_hundredths(
        _received(shape, fees), plan.due_minor + fees.due_minor, shape.every, shape.unit
    )
    uneven = is_uneven(shape)
    uneven[later.row] = True
    if not uneven.any():
        return plain
    flows = flows_of_schedule(shape, plan, fees, later)
    return np.where(uneven, apr.us_hundredths(flows, len(plain)), plain)


def is_uneven(shape: Shape) -> Bools:
    """[L] was a day chosen, so that instalments may lie other than whole steps apart?"""
    uneven: Bools = np.zeros(len(shape.count), dtype=np.bool_)
    if shape.chosen is not None:
        uneven |= (shape.chosen.first_on != days.NEVER) | (shape.chosen.month_day > 0)
    return uneven


def flows_of_schedule(shape: Shape, plan: Schedule, fees: Charged, later: Advances) -> Flows:
    """Every loan's disbursements and instalments, in order."""
    paid = plan.due_minor + fees.due_minor
    row, number = np.nonzero(paid > 0)
    lent = np.arange(len(shape.count))
    to_borrower = np.concatenate((lent, later.row))
    anchor = np.where(shape.unit == MONTH, month_day_of(shape), 0)
    before = np.where(number == 0, days.NEVER, plan.due_on[row, np.maximum(number - 1, 0)])
    none = np.zeros(len(to_borrower), dtype=np.int64)
    rows = np.concatenate((to_borrower, row))
    day = np.concatenate((shape.disbursed_on, later.day, plan.due_on[row, number]))
    order = np.lexsort((day, rows))
    return Flows(
        row=rows[order],
        day=day[order],
        amount_minor=np.concatenate((_received(shape, fees), later.amount_minor,
                                     paid[row, number]))[order],
        advance=(np.arange(len(rows)) < len(to_borrower))[order],
        every=np.concatenate((none + 1, shape.every[row]))[order],
        unit=np.concatenate((none + MONTH, shape.unit[row]))[order],
        month_day=np.concatenate((none, anchor[row]))[order],
        previous=np.concatenate((none + days.NEVER, before))[order],
    )  # fmt: skip


def _received(shape: Shape, fees: Charged) -> Ints:
    got = shape.principal_minor - fees.at_disbursal_minor
    require(got > 0, "fees", "nothing is left of what is lent")
    return got
