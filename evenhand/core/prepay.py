"""Paying more than is due, before it is due: a smaller instalment, or a shorter term.

What is paid in advance on a day pays the interest of the days used first (`payoff`'s rule: nobody
pays for days not used), then principal; what is left is a loan from that day on, on the due days
that were agreed:

- LOWER: the same number of instalments, each worked out anew and smaller;
- SHORTER: the fewest instalments none of which is dearer than the equal one before.

The rest of the loan is worked out by `schedule`, so what is previewed is what then happens. To pay
everything is the pay-off.
"""

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.annuity import equal_instalment
from evenhand.core.columns import Ints, require
from evenhand.core.money import share
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.shape import EQUAL_INSTALMENT, Shape, from_here, period_ends, periods_of
from evenhand.core.terms import INSTALMENTS_MAX

WAYS: Final = ("lower", "shorter")
LOWER, SHORTER = range(2)
HALVINGS: Final = range(INSTALMENTS_MAX.bit_length())


class Prepaid(NamedTuple):
    """After a payment in advance: the interest of the days used and the principal it paid [L], the
    shape of what is left and its schedule, whose first instalment is the agreed number `paid` + 1.
    """

    interest_minor: Ints
    principal_minor: Ints
    paid: Ints
    shape: Shape
    plan: Schedule


def prepaid(shape: Shape, plan: Schedule, on: Ints, money: Ints, way: Ints) -> Prepaid:
    """What is left of each loan that was paid as agreed until `on` [L] and pays `money` [L] more.

    KeyedError names `amount` where nothing would be paid in advance or nothing would be left (that
    is a pay-off), `on` before disbursal or when no instalment is left, `way` where a term cannot be
    shortened because the loan has no equal instalment.
    """
    paid = (plan.due_on <= on[:, None]).sum(axis=1)
    _require(shape, plan, on, paid, way)
    row = np.arange(len(on))
    owed = np.where(paid == 0, shape.principal_minor, plan.balance_minor[row, paid - 1])
    interest = _of_days_used(shape, plan, on, paid)
    principal = money - interest
    require(principal > 0, "amount", "no more than the interest of the days used")
    require(principal < owed, "amount", "pays everything; that is a pay-off")
    left = _left(shape, on, paid, owed - principal)
    shorter = np.flatnonzero(way == SHORTER)
    if len(shorter):
        left.count[shorter] = fewest(left.take(shorter), plan.equal_minor[shorter])
    return Prepaid(interest, principal, paid, left, schedule(left))


def _require(shape: Shape, plan: Schedule, on: Ints, paid: Ints, way: Ints) -> None:
    require(on >= shape.disbursed_on, "on", "before disbursal")
    require(paid < plan.count, "on", "no instalment is left")
    require((way == LOWER) | (way == SHORTER), "way", f"none of {', '.join(WAYS)}")
    equal = shape.method == EQUAL_INSTALMENT
    require(equal | (way == LOWER), "way", "only an equal instalment can be kept")
    grace = np.maximum(shape.grace_principal, np.maximum(shape.grace_interest, shape.interest_free))
    require(paid >= grace, "on", "while instalments are under grace")


def _of_days_used(shape: Shape, plan: Schedule, on: Ints, paid: Ints) -> Ints:
    """The running period's interest x days used / days in it, half to even."""
    row = np.arange(len(on))
    begin = np.where(paid == 0, shape.disbursed_on, plan.due_on[row, paid - 1])
    length = np.maximum(plan.due_on[row, paid] - begin, 1)
    return share(plan.interest_minor[row, paid], on - begin, length)


def _left(shape: Shape, on: Ints, paid: Ints, principal: Ints) -> Shape:
    """The rest as a loan from `on`, on the due days that were agreed."""
    first_on = period_ends(shape)[np.arange(len(on)), paid]
    require(first_on > on, "on", "an instalment has run out and waits for its day; pay it first")
    none = np.zeros(len(on), dtype=np.int64)
    return replace(
        shape,
        principal_minor=principal,
        disbursed_on=on,
        count=shape.count - paid,
        grace_principal=none,
        grace_interest=none,
        interest_free=none,
        chosen=from_here(shape, first_on),
    )


def fewest(left: Shape, equal: Ints) -> Ints:
    """The fewest instalments [L], none dearer than `equal`, by halving: fewer are dearer."""
    dear, fine = np.zeros(len(equal), dtype=np.int64), left.count
    for _round in HALVINGS:
        middle = (dear + fine + 1) // 2
        tried = replace(left, count=middle)
        over = equal_instalment(tried, periods_of(tried)) > equal
        dear, fine = np.where(over & (middle < fine), middle, dear), np.where(over, fine, middle)
    return fine
