"""What a loan costs a year, from what is lent and what falls due (the annualised internal rate).

`irr` is the figure the People's Bank requires to be shown: the internal rate of one unit of time
(the rate at which the instalments are worth the principal on the day it is disbursed, a loan's
instalment n lying n x every units after it), times the units in a year: twelve months, 365 days,
365/7 weeks. So a loan whose interest is nominal rate x nominal period costs exactly its rate, but
for the cents of its rows. Actual lengths of months do not enter.
"""

from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Floats, Ints, require

METHODS: Final = ("irr", "us_actuarial", "eu")
UNITS_A_YEAR: Final = (365.0, 365.0 / 7.0, 12.0)
ROUNDS: Final = range(100)


def irr_hundredths(principal: Ints, due: Ints, every: Ints, unit: Ints) -> Ints:
    """The yearly cost [L] in hundredths of a per cent, to the nearest.

    `due` [L, N] is what falls due every `every` units (`unit`: code in shape.UNITS), 0 beyond a
    loan's count. KeyedError where less is due than was lent: there is no cost to state.

    >>> irr_hundredths(np.array([10_000_00]), np.full((1, 12), 888_49), np.array([1]),
    ...                np.array([2])).tolist()  # 1 % a month
    [1200]
    """
    rate = unit_rate(principal, due, every)
    yearly: Ints = np.rint(rate * np.array(UNITS_A_YEAR)[unit] * 10_000).astype(np.int64)
    return yearly


def unit_rate(principal: Ints, due: Ints, every: Ints) -> Floats:
    """The internal rate of one unit of time [L], as a fraction, to about twelve digits.

    Newton's rule from zero: the worth of the instalments falls and bends upward in the rate, so
    each round comes closer from below and none passes the root.
    """
    enough: Bools = due.sum(axis=1) >= principal
    require(enough, "instalments", "less falls due than was lent")
    units = every[:, None] * np.arange(1, due.shape[1] + 1)
    rate: Floats = np.zeros(len(principal))
    for _round in ROUNDS:
        worth = due * (1.0 + rate[:, None]) ** -units
        slope = (worth * units).sum(axis=1) / (1.0 + rate)
        step = (worth.sum(axis=1) - principal) / slope
        rate = np.maximum(rate + step, 0.0)
        if bool(np.all(np.abs(step) <= 1e-13 * (1.0 + rate))):
            return rate
    raise AssertionError("the internal rate did not settle")
