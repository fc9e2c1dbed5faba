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

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.annuity import equal_instalment
from evenhand.core.columns import Bools, Ints, KeyedError, require
from evenhand.core.money import PPM, Nearest, accrue, fits, rounded, to_multiple
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
from evenhand.core.terms import INSTALMENTS_MAX

TRIES: Final = ("first", "second", "third")
BLOCK: Final = 16_384


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

    def part(self, loans: slice) -> "Schedule":
        """A view of consecutive loans."""
        return Schedule(
            self.count[loans],
            self.equal_minor[loans],
            self.due_on[loans],
            self.principal_minor[loans],
            self.interest_minor[loans],
            self.balance_minor[loans],
        )


@dataclass(slots=True)
class _Rows:
    """Principal, interest as it accrues, and balance of each instalment [L, N], to be filled."""

    principal: Ints
    accrued: Ints
    balance: Ints


def schedule(shape: Shape) -> Schedule:
    """The schedules of a column of shapes; the n-th is the same in whatever batch it stands.

    Raises KeyedError naming the contract's key where `shape.checked` refuses, or where an
    instalment would not cover the interest of its period. Loans are worked out BLOCK at a time, so
    that what is at hand lies in the machine's cache.

    >>> from evenhand.core.days import of_iso
    >>> from evenhand.core.shape import monthly_equal
    >>> one = np.array([1])
    >>> plan = schedule(monthly_equal(one * 100_00, one * 70_000, of_iso(["2025-01-01"]), one * 3))
    >>> plan.due_minor.tolist(), plan.interest_minor.tolist(), plan.balance_minor.tolist()
    ([[3372, 3372, 3373]], [[58, 39, 20]], [[6686, 3353, 0]])
    """
    loans, width = len(shape.count), int(shape.count.max(initial=1))
    plan = Schedule(shape.count, np.empty(loans, dtype=np.int64), *_empty(loans, width, 4))
    for begin in range(0, loans, BLOCK):
        some = slice(begin, begin + BLOCK)
        try:
            _plan(shape.take(some), plan.part(some))
        except KeyedError as wrong:
            raise KeyedError(wrong.key, begin + wrong.rows, wrong.reason) from None
    return plan


def _empty(loans: int, width: int, how_many: int) -> Ints:
    """Arrays [how many, L, N] whose instalments lie together: they are walked one by one."""
    return np.swapaxes(np.empty((how_many, width, loans), dtype=np.int64), 1, 2)


def _plan(shape: Shape, plan: Schedule) -> None:
    """Fills the plan of a block."""
    periods = periods_of(checked(shape), plan.due_on)
    fixed = _fixed_interest(shape, periods)
    equal = _equal_part(shape, periods, fixed)
    rows = _Rows(plan.principal_minor, plan.interest_minor, plan.balance_minor)
    _amortise(shape, periods, fixed, equal, rows)
    _require_covered(shape, rows)
    _smooth(shape, periods, fixed, equal, rows)
    plan.equal_minor[:] = equal
    _carry(shape, rows.accrued)


def _set_before(shape: Shape) -> Bools:
    """Loans whose interest does not follow from the balance but is known as a whole."""
    return np.asarray(np.isin(shape.method, (FLAT, BULLET)), dtype=np.bool_)


def _fixed_interest(shape: Shape, periods: Periods) -> Ints:
    """Interest of the whole term on the whole principal, rounded once (flat and bullet; else 0)."""
    fixed = np.zeros(len(shape.count), dtype=np.int64)
    loans = np.flatnonzero(_set_before(shape))
    if len(loans):
        of, spans = shape.take(loans), periods.take(loans)
        parts = spans.parts.sum(axis=1)
        whole, rest = accrue(of.principal_minor, of.rate_ppm, parts, spans.year)
        fixed[loans] = rounded(whole, rest, PPM * spans.year, of.rounding)
    return fixed


def _equal_part(shape: Shape, periods: Periods, fixed: Ints) -> Ints:
    """The sum that is the same in every instalment after the grace on principal."""
    annuity = shape.method == EQUAL_INSTALMENT
    if annuity.all():
        return equal_instalment(shape, periods)
    equal = np.zeros(len(shape.count), dtype=np.int64)
    loans = np.flatnonzero(annuity)
    equal[loans] = equal_instalment(shape.take(loans), periods.take(loans))
    shares = shape.count - shape.grace_principal
    bearing = np.maximum(shape.count - shape.interest_free, 1)
    each = rounded(*np.divmod(shape.principal_minor, shares), shares, shape.rounding)
    equal = np.where(shape.method == EQUAL_PRINCIPAL, each, equal)
    divisor = shares * bearing * shape.multiple_minor
    whole, rest = np.divmod(shape.principal_minor * bearing + fixed * shares, divisor)
    flat = rounded(whole, rest, divisor, shape.rounding) * shape.multiple_minor
    return np.where(shape.method == FLAT, flat, equal)


def _amortise(shape: Shape, periods: Periods, fixed: Ints, equal: Ints, rows: _Rows) -> None:
    """Fills the rows that follow from the equal part; the last takes the rest."""
    before = _set_before(shape)
    if not before.any():
        _declining(shape, periods, equal, rows)
        return
    for loans in (np.flatnonzero(before), np.flatnonzero(~before)):
        some = _Rows(*_empty(len(loans), rows.principal.shape[1], 3))
        if before[loans].any():
            _spread(shape.take(loans), fixed[loans], equal[loans], some)
        else:
            _declining(shape.take(loans), periods.take(loans), equal[loans], some)
        _put(rows, loans, some)


def _put(rows: _Rows, loans: Ints, some: _Rows) -> None:
    rows.principal[loans] = some.principal
    rows.accrued[loans] = some.accrued
    rows.balance[loans] = some.balance


def _declining(shape: Shape, periods: Periods, equal: Ints, rows: _Rows) -> None:
    """Interest on what is owed; the principal by the method."""
    interest_of = _interest(shape, periods)
    least = int(shape.count.min(initial=INSTALMENTS_MAX))
    annuity = shape.method == EQUAL_INSTALMENT
    all_annuity, grace = bool(annuity.all()), int(shape.grace_principal.max(initial=0))
    balance, uncovered = shape.principal_minor, np.full(len(equal), -1)
    for n in range(rows.principal.shape[1]):
        interest, principal = rows.accrued[:, n], rows.principal[:, n]
        interest_of(balance, n, interest)
        np.subtract(equal, interest if all_annuity else interest * annuity, out=principal)
        np.maximum(principal, uncovered, out=principal)
        np.minimum(principal, balance, out=principal)
        if n < grace:
            principal *= n >= shape.grace_principal
        if n >= least - 1:
            principal[:] = np.where(n >= shape.count - 1, balance, principal)
            interest *= n < shape.count
        balance = np.subtract(balance, principal, out=rows.balance[:, n])


def _interest(shape: Shape, periods: Periods) -> Callable[[Ints, int, Ints], object]:
    """What puts the interest of period n on a balance, rounded once, into a column; the balance is
    no greater than the principal: where that x rate x parts fits one limb, every balance does."""
    over, parts = PPM * periods.year, periods.parts
    unlike = parts[:, :1] if periods.alike else parts
    factor = np.asfortranarray(shape.rate_ppm[:, None] * unlike)
    short = fits(shape.rate_ppm, unlike)
    short = short and fits(shape.principal_minor + 1, factor + over[:, None])
    nearest = Nearest(over, shape.rounding)

    def in_one_limb(balance: Ints, n: int, out: Ints) -> object:
        return nearest.of(balance, factor[:, 0 if periods.alike else n], out)

    def in_two_limbs(balance: Ints, n: int, out: Ints) -> None:
        whole, rest = accrue(balance, shape.rate_ppm, parts[:, n], periods.year)
        out[:] = rounded(whole, rest, over, shape.rounding)

    return in_one_limb if short else in_two_limbs


def _spread(shape: Shape, fixed: Ints, equal: Ints, rows: _Rows) -> None:
    """Interest known as a whole: spread evenly over the bearing instalments, or with the last."""
    flat = shape.method == FLAT
    bearing = np.maximum(shape.count - shape.interest_free, 1)
    each = np.where(flat, rounded(*np.divmod(fixed, bearing), bearing, shape.rounding), 0)
    balance, left = shape.principal_minor, fixed
    for n in range(rows.principal.shape[1]):
        last = shape.count == n + 1
        spread = np.where(last, left, np.minimum(each, left) * (n >= shape.interest_free))
        taken = np.clip(equal - each, -1, balance) * (n >= shape.grace_principal)
        principal = np.where(last, balance, taken) * (n < shape.count)
        left, balance = left - spread, balance - principal
        rows.principal[:, n], rows.balance[:, n] = principal, balance
        rows.accrued[:, n] = spread * (n < shape.count)


def _smooth(shape: Shape, periods: Periods, fixed: Ints, equal: Ints, rows: _Rows) -> None:
    """Moves `equal` and `rows` in place where a smoothed schedule comes closer to even.

    While the gap between the last instalment and the equal one is more than floor(count / 2) minor
    units, the instalment raised by round(gap / count) (and rounded to the multiple) is tried; it is
    kept only if the gap shrinks (and it covers every period's interest), else the search stops;
    three tries at most.
    """
    going = np.flatnonzero(shape.last == SMOOTHED)
    if not len(going):
        return
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
        again = _Rows(*_empty(len(going), rows.principal.shape[1], 3))
        _amortise(tried, periods.take(going), fixed[going], raised, again)
        closer = (np.abs(_gap(tried, raised, again)) < np.abs(gap)) & _covered(again)
        going = going[closer]
        equal[going] = raised[closer]
        _put(
            rows,
            going,
            _Rows(*(part[closer] for part in (again.principal, again.accrued, again.balance))),
        )


def _gap(shape: Shape, equal: Ints, rows: _Rows) -> Ints:
    loans, last = np.arange(len(equal)), shape.count - 1
    return rows.principal[loans, last] + rows.accrued[loans, last] - equal


def _covered(rows: _Rows) -> Bools:
    return np.asarray((rows.principal >= 0).all(axis=1), dtype=np.bool_)


def _require_covered(shape: Shape, rows: _Rows) -> None:
    """A principal below zero marks an instalment that does not cover its interest."""
    if rows.principal.min(initial=0) >= 0:
        return
    covered = _covered(rows)
    reason = "an instalment would not cover the interest of its period"
    require(covered | (shape.multiple_minor == 1), "instalment_multiple", reason)
    require(covered, "annual_rate", reason)


def _carry(shape: Shape, accrued: Ints) -> None:
    """Interest as it falls due: that of the graced instalments with the first later one."""
    if not shape.grace_interest.any():
        return
    n = np.arange(accrued.shape[1])[None, :]
    first = shape.grace_interest[:, None]
    carried = np.sum(accrued, axis=1, where=n < first, keepdims=True)
    accrued[:] = np.where(n < first, 0, accrued + np.where(n == first, carried, 0))
