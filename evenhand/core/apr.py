"""What a loan costs a year, from what is lent and what falls due (the annualised internal rate).

`irr` is the figure the People's Bank requires to be shown: the internal rate of one unit of time
(the rate at which the instalments are worth the principal on the day it is disbursed, a loan's
instalment n lying n x every units after it), times the units in a year: twelve months, 365 days,
365/7 weeks. So a loan whose interest is nominal rate x nominal period costs exactly its rate, but
for the cents of its rows. Actual lengths of months do not enter.

`us_hundredths` and `eu_hundredths` are the figures of two other laws, from flows of any days; how
they count the days is in `apr_times`. Each figure is good to about ten digits before it is rounded.
"""

from typing import Final

import numpy as np

from evenhand.core.apr_times import eu_times, unit_periods, us_times
from evenhand.core.columns import Bools, Floats, Ints, require
from evenhand.core.flows import Flows, require_flows

METHODS: Final = ("irr", "us_actuarial", "eu")
UNITS_A_YEAR: Final = (365.0, 365.0 / 7.0, 12.0)
ROUNDS: Final = range(100)
DOUBLINGS: Final = range(40)


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


def us_hundredths(flows: Flows, loans: int) -> Ints:
    """The annual percentage rate of 12 CFR 1026 Appendix J [L], in hundredths of a per cent.

    The unit-period rate at which payments and advances are worth the same, with simple interest
    for a fraction of a unit-period, times the unit-periods in a year.
    """
    require_flows(flows, loans)
    unit = unit_periods(flows)
    full, part, of = us_times(flows, unit)
    rate = _balancing(flows, full / 1.0, part / of, loans)
    return _hundredths(rate * unit.a_year / unit.a_year_of)


def eu_hundredths(flows: Flows, loans: int) -> Ints:
    """The annual percentage rate of charge of Directive 2008/48/EC [L], in hundredths of a per
    cent: the effective yearly rate at which payments and advances are worth the same."""
    require_flows(flows, loans)
    part, of = eu_times(flows)
    years = part / of
    return _hundredths(_balancing(flows, years, 0.0 * years, loans))


def _balancing(flows: Flows, periods: Floats, simple: Floats, loans: int) -> Floats:
    """The rate of a period [L] at which the flows, `periods` of compound interest and `simple` of
    simple interest away, are worth nothing together.

    What is paid is worth more than what was lent at a rate of 0, and less at a high one; the
    interval between is halved. KeyedError where not even 2**40 would do.
    """
    signed = np.where(flows.advance, -1.0, 1.0) * flows.amount_minor

    def worth(rate: Floats) -> Floats:
        here = rate[flows.row]
        with np.errstate(over="ignore"):  # grown beyond all bounds: worth nothing today
            grown = (1.0 + here) ** periods * (1.0 + here * simple)
        return np.asarray(np.bincount(flows.row, signed / grown, loans), dtype=np.float64)

    low, high = np.zeros(loans), np.ones(loans)
    for _doubling in DOUBLINGS:
        short = worth(high) > 0.0
        low, high = np.where(short, high, low), np.where(short, 2.0 * high, high)
    require(worth(high) <= 0.0, "payments", "a yearly cost too high to be stated")
    for _round in ROUNDS:
        middle = (low + high) / 2.0
        dear = worth(middle) > 0.0
        low, high = np.where(dear, middle, low), np.where(dear, high, middle)
    return low


def _hundredths(yearly: Floats) -> Ints:
    """Half a hundredth goes up, as both laws say."""
    return np.floor(yearly * 10_000.0 + 0.5 + 1e-8).astype(np.int64)
