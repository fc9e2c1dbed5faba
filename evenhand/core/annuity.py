"""The equal instalment: the one sum that, paid every period, pays a principal and its interest.

With r the rate of a period, exactly: instalment = principal / sum over k of product over j <= k of
1 / (1 + r_j), j and k running over the periods after the grace on principal. A first guess is made
in floats; it is taken only where its error cannot reach the half unit at which rounding turns, else
the same quotient is computed in integers of any length. So the result is always the exact one.
"""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Floats, Ints
from evenhand.core.money import HALF_UP, PPM
from evenhand.core.shape import Periods, Shape

Longs: TypeAlias = npt.NDArray[Any]


def equal_instalment(shape: Shape, periods: Periods) -> Ints:
    """The equal instalment [L] in minor units, rounded once, to the shape's multiple.

    >>> from evenhand.core.days import of_iso
    >>> from evenhand.core.shape import monthly_equal, periods_of
    >>> one = np.array([1])
    >>> shape = monthly_equal(one * 10_000_00, one * 120_000, of_iso(["2026-03-01"]), one * 12)
    >>> equal_instalment(shape, periods_of(shape)).tolist()
    [88849]
    """
    guess = _guess(shape, periods) / shape.multiple_minor
    error = guess * (shape.count + 8) * 2.0**-50 + 2.0**-40
    sure = np.abs(guess - np.floor(guess) - 0.5) > error
    multiples = np.floor(np.where(sure, guess, 0) + 0.5).astype(np.int64)
    unsure = np.flatnonzero(~sure)
    if len(unsure):
        multiples[unsure] = _exact(shape.take(unsure), periods.take(unsure))
    return multiples * shape.multiple_minor


def _pays(shape: Shape, n: int) -> Bools:
    """Whether instalment n (from 0) is an equal one."""
    return (n >= shape.grace_principal) & (n < shape.count)


def _guess(shape: Shape, periods: Periods) -> Floats:
    """In floats, each step off by at most a few units in the last place."""
    worth = np.ones(len(shape.count))
    total = np.zeros(len(shape.count))
    rate = shape.rate_ppm / (PPM * periods.year)
    width = periods.parts.shape[1]
    first, last = int(shape.grace_principal.max(initial=0)), int(shape.count.min(initial=width))
    growth = 1.0 + rate * periods.parts[:, 0]
    for n in range(width):
        if not periods.alike:
            growth = 1.0 + rate * periods.parts[:, n]
        if first <= n < last:
            worth /= growth
            total += worth
        else:
            pays = _pays(shape, n)
            worth = np.where(pays, worth / growth, worth)
            total += np.where(pays, worth, 0.0)
    return np.asarray(shape.principal_minor / total, dtype=np.float64)


def _exact(shape: Shape, periods: Periods) -> Ints:
    """In integers of any length: principal x grown / (saved x multiple), to the nearest.

    `grown` is what one unit owed grows to, `saved` what one unit paid every period comes to, both
    times over**periods; `over` is the denominator of a period's rate.
    """
    over: Longs = (PPM * periods.year).astype(object)
    grown: Longs = np.ones(len(over), dtype=object)
    saved, scale = grown * 0, grown.copy()
    for n in range(periods.parts.shape[1]):
        pays = _pays(shape, n)
        growth = over + shape.rate_ppm.astype(object) * periods.parts[:, n].astype(object)
        scale = np.where(pays, scale * over, scale)
        saved = np.where(pays, saved * growth + scale, saved)
        grown = np.where(pays, grown * growth, grown)
    divisor = saved * shape.multiple_minor.astype(object)
    whole = shape.principal_minor.astype(object) * grown // divisor
    rest = shape.principal_minor.astype(object) * grown - whole * divisor
    to_odd = (shape.rounding == HALF_UP) | (whole % 2 == 1).astype(np.bool_)
    over_half = (2 * rest > divisor).astype(np.bool_)
    half = (2 * rest == divisor).astype(np.bool_)
    nearest: Ints = whole.astype(np.int64) + (over_half | (half & to_odd))
    return nearest
