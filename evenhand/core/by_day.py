"""Interest counted by the day, of loans that may be repaid in any part on any day (随借随还).

Such a loan's payment pays what is due; then the interest of the days used, no more; and the rest is
principal: it bears nothing from the next day on, and what is left is worked out anew. The interest
of a period is the sum of its nights, each principal x rate / year: kept exactly, and rounded as the
contract rounds when it is read. So what a repayment leaves over of a minor unit goes on (`carried`)
to the rest of the period, and the period never costs more than with nothing repaid.
"""

from dataclasses import replace

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.daycount import ACTUAL_360, ACTUAL_365, YEARS
from evenhand.core.days import NEVER
from evenhand.core.money import PPM, accrue, rounded
from evenhand.core.orders import RE_AMORTISE, Order
from evenhand.core.shape import PER_DAY, Shape
from evenhand.core.terms import Terms

RATE, YEAR, ROUNDING, CARRY, SINCE = range(5)
"""The columns of `Terms.by_day`."""


def counted(shape: Shape, order: Order) -> Ints:
    """`Terms.by_day` [L, 5] of loans of that shape and order: rate, days of the year and rounding
    of those whose interest is counted so; 0 of the others."""
    actual = np.isin(shape.day_count, (ACTUAL_360, ACTUAL_365)) & (shape.interest_per == PER_DAY)
    by_day = np.zeros((len(actual), 5), dtype=np.int64)
    by_day[:, RATE], by_day[:, ROUNDING] = shape.rate_ppm, shape.rounding
    by_day[:, YEAR], by_day[:, SINCE] = np.array(YEARS)[shape.day_count], NEVER
    return np.asarray(by_day * (actual & (order.advance == RE_AMORTISE))[:, None], np.int64)


def bearing(terms: Terms, own: Ints, begins: Ints, length: Ints) -> Ints:
    """[L, N] the principal that an instalment's `own` interest of `length` days is of; 0 where that
    is not counted by the day: another day count, or days that bore none."""
    if terms.by_day is None:
        return np.zeros_like(own)
    lent = np.cumsum(terms.principal_minor[:, ::-1], axis=1)[:, ::-1]
    counts = (terms.by_day[:, YEAR, None] > 0) & (length > 0)
    return np.where(counts & (of_days(terms, lent, begins, length) == own), lent, 0)


def of_days(terms: Terms, principal: Ints, begins: Ints, days: Ints) -> Ints:
    """The interest of so many days [L, N] from `begins` on, on so much principal, rounded once.

    >>> one = np.array([[1]])
    >>> terms = Terms(*(one[0] for _ in range(4)), *(one for _ in range(5)),
    ...               by_day=np.array([[108_000, 360, 0, 0, NEVER]]))
    >>> of_days(terms, one * 10_000_00, one, one * 10).tolist()
    [[3000]]
    """
    whole, rest, over = _exactly(terms, principal, begins, days)
    assert terms.by_day is not None, "asked of loans counted by the day"
    return rounded(whole, rest, over, terms.by_day[:, ROUNDING, None])


def carried(old: Terms, own: Ints, begins: Ints, on: Ints, new: Terms, shape: Shape) -> Terms:
    """The `new` terms of loans changed on a day [L], with what the days used of the running
    instalment leave over of a minor unit: the `own` interest of the `old` ones began on `begins`.
    """
    if old.by_day is None:
        return new
    length = np.where(old.due_on == NEVER, 0, np.maximum(old.due_on - begins, 0))
    bears = bearing(old, own, begins, length)
    runs = _last((bears > 0) & (begins <= on[:, None]) & (old.due_on > on[:, None]))
    whole, rest, over = _exactly(old, bears, begins, np.clip(on[:, None] - begins, 0, length))
    read = rounded(whole, rest, over, old.by_day[:, ROUNDING, None])
    by_day = old.by_day.copy()
    by_day[:, CARRY] = np.sum((whole - read) * over + rest, axis=1, where=runs)
    by_day[:, SINCE] = np.where(by_day[:, YEAR] > 0, on, 0)
    by_day[:, RATE] = np.where(by_day[:, YEAR] > 0, shape.rate_ppm, 0)
    return _with_carry(replace(new, by_day=by_day))


def _with_carry(new: Terms) -> Terms:
    """The terms, with the interest of the running instalment that of its days and what is carried,
    where it was that of its days."""
    assert new.by_day is not None and new.begins_on is not None and new.earned_minor is not None
    waited = 0 if new.waited_minor is None else new.waited_minor
    own = new.interest_minor - new.earned_minor - waited
    length = np.where(new.due_on == NEVER, 0, np.maximum(new.due_on - new.begins_on, 0))
    bare = replace(new, by_day=new.by_day * (np.arange(5) != CARRY))
    bears = bearing(bare, own, new.begins_on, length)
    now = of_days(new, bears, new.begins_on, length)
    runs = _last((bears > 0) & (new.begins_on == new.by_day[:, SINCE, None]))
    more = np.where(runs, np.maximum(now, 0) - own, 0)
    return replace(new, interest_minor=new.interest_minor + more)


def _last(runs: Bools) -> Bools:
    """Of the instalments that run the last: where all is paid at the end several run at once and
    bear the same, and the last of them asks for it."""
    return np.asarray(runs & (np.cumsum(runs[:, ::-1], axis=1)[:, ::-1] == 1))


def _exactly(terms: Terms, principal: Ints, begins: Ints, days: Ints) -> tuple[Ints, Ints, Ints]:
    """The interest of days as whole minor units, and a rest over a divisor."""
    assert terms.by_day is not None, "asked of loans counted by the day"
    rate, year, _rounding, carry, since = (terms.by_day[:, n, None] for n in range(5))
    over = PPM * np.maximum(year, 1)
    whole, rest = accrue(principal, rate, days, np.maximum(year, 1))
    more, rest = np.divmod(rest + np.where((begins == since) & (principal > 0), carry, 0), over)
    return whole + more, rest, over
