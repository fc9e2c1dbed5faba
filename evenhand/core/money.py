"""Exact multiplying, dividing and rounding of whole numbers, as columns.

A product such as principal x days x rate does not fit int64 (10**13 minor units x 36,600 days x
10**7 ppm is 3.7 * 10**24), so a number is kept in two limbs: the quotient by a divisor and the
remainder, both int64. No step rounds; rounding is said, once, by the caller. Everything here is for
numbers not below zero; bounds are checked, and a breach is a KeyedError, never a wrapped sum.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Bools, Ints, require

PPM: Final = 1_000_000
LIMB: Final = 2**63 - 1
HALF_EVEN: Final = 0
HALF_UP: Final = 1
ROUNDINGS: Final = ("half_even", "half_up")


def times_over(a: Ints, b: npt.ArrayLike, divisor: npt.ArrayLike) -> tuple[Ints, Ints]:
    """(a * b) // divisor and (a * b) % divisor, exact where a * b itself would not fit.

    Needs a, b >= 0, divisor > 0, divisor * b and the quotient within int64; else KeyedError.

    >>> q, r = times_over(np.array([10**17 + 3]), 10**7, 365 * 10**6)
    >>> int(q[0]) * 365 * 10**6 + int(r[0]) == (10**17 + 3) * 10**7
    True
    """
    factor = np.asarray(b, dtype=np.int64)
    by = np.asarray(divisor, dtype=np.int64)
    if fits(a, factor):
        return _divided(a * factor, by)
    whole, rest = _divided(a, by)
    _require_limbs(whole, factor, by)
    carried, left = _divided(rest * factor, by)
    return whole * factor + carried, left


def accrue(
    principal: Ints, rate_ppm: npt.ArrayLike, days: npt.ArrayLike, year_days: npt.ArrayLike
) -> tuple[Ints, Ints]:
    """Simple interest principal x rate x days / year, as (whole minor units, remainder).

    The remainder is over 10**6 * year_days. `days` and `year_days` may both be scaled by one number
    (days of a leap and of a common year brought to 365 * 366).

    >>> q, r = accrue(np.array([10**13]), 10_000_000, 366, 360)  # 1000 % over a leap year
    >>> int(q[0]), int(r[0])
    (101666666666666, 240000000)
    """
    over = PPM * np.asarray(year_days, dtype=np.int64)
    factor = np.asarray(rate_ppm, dtype=np.int64)
    length = np.asarray(days, dtype=np.int64)
    if fits(factor, length) and fits(principal, factor * length):
        return _divided(principal * (factor * length), over)
    units, rest = times_over(principal, length, over)
    _require_limbs(units, factor, over)
    carried, left = _divided(rest * factor, over)
    return units * factor + carried, left


class Nearest:
    """Products over one divisor a row, to the nearest whole number as `rounded` rounds, again and
    again in the same memory: the short way where products fit one limb.

    Needs even divisors, and product + divisor within int64.

    >>> out = np.empty(3, dtype=np.int64)
    >>> halves = Nearest(np.array([2, 2, 2]))
    >>> halves.of(np.array([5, 7, 9]), np.array([1, 1, 1]), out).tolist()
    [2, 4, 4]
    """

    __slots__ = ("_divisor", "_even", "_half", "_left", "_raised")

    def __init__(self, divisor: Ints, rounding: npt.ArrayLike = HALF_EVEN) -> None:
        self._divisor = _alike(divisor)
        self._half = self._divisor >> 1
        self._even: Bools = np.asarray(np.asarray(rounding) == HALF_EVEN, dtype=np.bool_)
        self._raised, self._left = np.empty((2, *divisor.shape), dtype=np.int64)

    def of(self, a: Ints, b: Ints, out: Ints) -> Ints:
        """a x b / divisor, in `out`; all columns."""
        raised = np.multiply(a, b, out=self._raised)
        raised += self._half
        np.floor_divide(raised, self._divisor, out=out)
        back = np.multiply(out, self._divisor, out=self._left)
        ties = back == raised
        if ties.any():
            out -= ties & self._even & (out & 1 == 1)
        return out


def rounded(whole: Ints, rest: Ints, divisor: npt.ArrayLike, rounding: npt.ArrayLike = 0) -> Ints:
    """whole + rest / divisor to the nearest whole number; `rounding` says where a half goes.

    HALF_EVEN (the default) or HALF_UP, one for all or one a row.

    >>> rounded(np.array([2, 3, 2]), np.array([1, 1, 3]), np.array([2, 2, 7])).tolist()
    [2, 4, 2]
    >>> rounded(np.array([2, 2]), np.array([1, 1]), 2, np.array([HALF_EVEN, HALF_UP])).tolist()
    [2, 3]
    """
    by = np.asarray(divisor, dtype=np.int64)
    over = by - rest
    to_odd = (np.asarray(rounding) == HALF_UP) | ((whole & 1) == 1)
    up: Bools = (rest > over) | ((rest == over) & to_odd)
    return whole + up


def share(whole: Ints, part: npt.ArrayLike, parts: npt.ArrayLike) -> Ints:
    """whole x part / parts, half to even.

    >>> share(np.array([100]), 1, 3).tolist()
    [33]
    """
    quotient, rest = times_over(whole, part, parts)
    return rounded(quotient, rest, parts)


def to_multiple(amount: Ints, multiple: npt.ArrayLike, rounding: npt.ArrayLike = 0) -> Ints:
    """The nearest multiple of `multiple` (>= 1 minor unit).

    >>> to_multiple(np.array([27777, 27750]), 100).tolist()
    [27800, 27800]
    """
    by = np.asarray(multiple, dtype=np.int64)
    whole, rest = np.divmod(amount, by)
    return rounded(whole, rest, by, rounding) * by


def fits(a: Ints, b: Ints) -> bool:
    """Whether every product is sure to fit one limb (then the short way is the exact way)."""
    if not a.size or not b.size:
        return True
    low = min(int(a.min()), int(b.min()))
    return low >= 0 and int(a.max()) * int(b.max()) <= LIMB


def _divided(a: Ints, by: Ints) -> tuple[Ints, Ints]:
    """Quotient and remainder; one divisor for all divides several times faster than a column."""
    quotient = a // _alike(by)
    return quotient, a - quotient * by


def _alike(by: Ints) -> Ints:
    """The one divisor, where all are the same; else the divisors."""
    return np.asarray(by.flat[0]) if by.size > 0 and bool((by == by.flat[0]).all()) else by


def _require_limbs(whole: Ints, factor: Ints, divisor: Ints) -> None:
    if not whole.size:
        return
    most = int(factor.max()) + 1
    fits = int(divisor.max()) * most <= LIMB and (int(whole.max()) + 1) * most <= LIMB
    if not fits or int(whole.min()) < 0 or int(factor.min()) < 0:
        ones: Bools = np.ones(whole.shape, dtype=np.bool_)
        require(ones & (whole >= 0), "amount", "below zero")
        require(ones & (factor >= 0), "factor", "below zero")
        require(ones & (divisor <= LIMB // (factor + 1)), "factor", "product beyond 2**63")
        require(ones & (whole < LIMB // (factor + 1)), "amount", "product beyond 2**63")
