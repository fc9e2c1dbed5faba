"""Terms to instalments: what falls due when, as principal and interest, to the minor unit.

Interest of a period is balance x rate x fraction of a year, rounded once. Who gets the odd cent:
the last instalment takes the rest of the principal, so the rows always sum to it; a smoothed
schedule first moves the equal instalment so that the last one differs as little as may be. Methods:

- equal_instalment: every instalment after the grace on principal is the same sum; its principal is
  that sum less the interest of its period;
- equal_principal: the principal is split in equal parts, each rounded;
- flat: interest for the whole term on the whole principal is rounded once and spread evenly (the
  last takes its rest too); instalment = (principal + that interest) / count, rounded to the
  multiple; under grace each of the two is spread over the instalments it falls on;
- interest_only: interest of each period; the principal with the last;
- bullet: principal and the interest of the whole term, rounded once, with the last.

Grace on interest: interest accrues and is rounded period by period, and is carried to the first
later instalment, which is larger by it. Interest-free first periods bear none.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.annuity import equal_instalment
from evenhand.core.columns import Bools, Ints, require
from evenhand.core.money import PPM, accrue, rounded, to_multiple
from evenhand.core.shape import (
    BULLET,
    EQUAL_INSTALMENT,
    EQUAL_PRINCIPAL,
    FLAT,
    SMOOTHED,
    Periods,
    Shape,
    checked,
    periods_of,
)

TRIES: Final = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Schedule:
    """The instalments of L loans, [L, N] in minor units; beyond a loan's `count` [L] amounts are 0
    and due_on NEVER. `balance_minor` is the principal left after the instalment; `equal_minor` [L]
    the equal instalment (equal principal: the equal part; 0 where the method has neither)."""

    count: Ints
    equal_minor: Ints
    due_on: Ints
    principal_minor: Ints
    interest_minor: Ints
    balance_minor: Ints

    @property
    def due_minor(self) -> Ints:
        """Principal and interest together."""
        return self.principal_minor + self.interest_minor


@dataclass(slots=True)
class _Rows:
    """Principal, interest as it accrues, and balance of each instalment [L, N]."""

    principal: Ints
    accrued: Ints
    balance: Ints


def schedule(shape: Shape) -> Schedule:
    """The schedules of a column of shapes; the n-th is the same in whatever batch it stands.

    Raises KeyedError naming the contract's key where `shape.checked` refuses, or where an
    instalment would not cover the interest of its period.

    >>> from evenhand.core.days import of_iso
    >>> from evenhand.core.shape import monthly_equal
    >>> one = np.array([1])
    >>> plan = schedule(monthly_equal(one * 100_00, one * 70_000, of_iso(["2025-01-01"]), one * 3))
    >>> plan.due_minor.tolist(), plan.interest_minor.tolist(), plan.balance_minor.tolist()
    ([[3372, 3372, 3373]], [[58, 39, 20]], [[6686, 3353, 0]])
    """
    periods = periods_of(checked(shape))
    fixed = _fixed_interest(shape, periods)
    equal = _equal_part(shape, periods, fixed)
    rows = _amortised(shape, periods, fixed, equal)
    _require_covered(shape, rows)
    _smooth(shape, periods, fixed, equal, rows)
    return Schedule(
        count=shape.count,
        equal_minor=equal,
        due_on=periods.due_on,
        principal_minor=rows.principal,
        interest_minor=_carried(shape, rows.accrued),
        balance_minor=rows.balance,
    )


def _fixed_interest(shape: Shape, periods: Periods) -> Ints:
    """Interest of the whole term on the whole principal, rounded once (flat and bullet; else 0)."""
    over = PPM * periods.year
    fixed = (shape.method == FLAT) | (shape.method == BULLET)
    parts = periods.parts.sum(axis=1) * fixed
    whole, rest = accrue(shape.principal_minor, shape.rate_ppm, parts, periods.year)
    return rounded(whole, rest, over, shape.rounding)


def _equal_part(shape: Shape, periods: Periods, fixed: Ints) -> Ints:
    """The sum that is the same in every instalment after the grace on principal."""
    equal = np.zeros(len(shape.count), dtype=np.int64)
    annuity = np.flatnonzero(shape.method == EQUAL_INSTALMENT)
    equal[annuity] = equal_instalment(shape.take(annuity), periods.take(annuity))
    shares = shape.count - shape.grace_principal
    bearing = np.maximum(shape.count - shape.interest_free, 1)
    each = rounded(*np.divmod(shape.principal_minor, shares), shares, shape.rounding)
    equal = np.where(shape.method == EQUAL_PRINCIPAL, each, equal)
    divisor = shares * bearing * shape.multiple_minor
    whole, rest = np.divmod(shape.principal_minor * bearing + fixed * shares, divisor)
    flat = rounded(whole, rest, divisor, shape.rounding) * shape.multiple_minor
    return np.where(shape.method == FLAT, flat, equal)


def _amortised(shape: Shape, periods: Periods, fixed: Ints, equal: Ints) -> _Rows:
    """The rows that follow from the equal part; the last takes the rest."""
    shaped = periods.parts.shape
    empty = np.zeros(shaped, dtype=np.int64, order="F")
    rows = _Rows(empty, empty.copy(order="F"), empty.copy(order="F"))
    flat, annuity = shape.method == FLAT, shape.method == EQUAL_INSTALMENT
    set_before = flat | (shape.method == BULLET)
    bearing = np.maximum(shape.count - shape.interest_free, 1)
    each = np.where(flat, rounded(*np.divmod(fixed, bearing), bearing, shape.rounding), 0)
    balance, left = shape.principal_minor, fixed
    for n in range(shaped[1]):
        last = shape.count == n + 1
        interest = np.where(set_before, 0, _interest(shape, periods, balance, n))
        spread = np.where(last, left, np.minimum(each, left) * (n >= shape.interest_free))
        interest = np.where(set_before, spread, interest)
        taken = np.clip(equal - np.where(flat, each, interest * annuity), -1, balance)
        principal = np.where(last, balance, taken * (n >= shape.grace_principal))
        principal = principal * (n < shape.count)
        left, balance = left - spread, balance - principal
        rows.principal[:, n], rows.balance[:, n] = principal, balance
        rows.accrued[:, n] = interest * (n < shape.count)
    return rows


def _interest(shape: Shape, periods: Periods, balance: Ints, n: int) -> Ints:
    whole, rest = accrue(balance, shape.rate_ppm, periods.parts[:, n], periods.year)
    return rounded(whole, rest, PPM * periods.year, shape.rounding)


def _smooth(shape: Shape, periods: Periods, fixed: Ints, equal: Ints, rows: _Rows) -> None:
    """Moves `equal` and `rows` in place where a smoothed schedule comes closer to even.

    While the gap between the last instalment and the equal one is more than floor(count / 2) minor
    units, the instalment raised by round(gap / count) (and rounded to the multiple) is tried; it is
    kept only if the gap shrinks (and it covers every period's interest), else the search stops;
    three tries at most.
    """
    going = np.flatnonzero(shape.last == SMOOTHED)
    for _attempt in TRIES:
        gap = _gap(shape, equal, rows)[going]
        wide = np.abs(gap) > shape.count[going] // 2
        going, gap = going[wide], gap[wide]
        if not len(going):
            return
        tried = shape.take(going)
        raise_by = rounded(*np.divmod(np.abs(gap), tried.count), tried.count, tried.rounding)
        raised = np.maximum(equal[going] + np.sign(gap) * raise_by, 0)
        raised = to_multiple(raised, tried.multiple_minor, tried.rounding)
        again = _amortised(tried, periods.take(going), fixed[going], raised)
        closer = (np.abs(_gap(tried, raised, again)) < np.abs(gap)) & _covered(again)
        going = going[closer]
        equal[going] = raised[closer]
        rows.principal[going] = again.principal[closer]
        rows.accrued[going] = again.accrued[closer]
        rows.balance[going] = again.balance[closer]


def _gap(shape: Shape, equal: Ints, rows: _Rows) -> Ints:
    loans, last = np.arange(len(equal)), shape.count - 1
    return rows.principal[loans, last] + rows.accrued[loans, last] - equal


def _covered(rows: _Rows) -> Bools:
    return np.asarray((rows.principal >= 0).all(axis=1), dtype=np.bool_)


def _require_covered(shape: Shape, rows: _Rows) -> None:
    """A principal below zero marks an instalment that does not cover its interest."""
    covered = _covered(rows)
    reason = "an instalment would not cover the interest of its period"
    require(covered | (shape.multiple_minor == 1), "instalment_multiple", reason)
    require(covered, "annual_rate", reason)


def _carried(shape: Shape, accrued: Ints) -> Ints:
    """Interest as it falls due: that of the graced instalments with the first later one."""
    n = np.arange(accrued.shape[1])[None, :]
    first = shape.grace_interest[:, None]
    carried = np.sum(accrued, axis=1, where=n < first, keepdims=True)
    return np.where(n < first, 0, accrued + np.where(n == first, carried, 0))
