"""What pays a loan off on a day: nobody pays interest for days on which they do not have the money.

The pay-off of a day is the unpaid principal, the late interest to that day, and the interest of the
days used: that of instalments due by then in full, that of the running period by its actual days
(interest x days used / days of the period, half to even, once; of a loan counted by the day the
sum of its nights, `by_day`), that of later periods not at all.
Interest already paid for days not used is taken off. Fees are owed once they are due, those coming
not at all. An instalment's period begins on the due day
before it, the first one's on `begins_on`, unless the terms were changed and say themselves where it
begins, what was earned before and what is earned by the days of a holiday (see `terms`).

From the day of the pay-off on the interest of unused days is not owed: `settled` are those terms,
so the pay-off paid on its day leaves exactly nothing, and what is paid beyond it is overpaid.
"""

from dataclasses import dataclass, replace

import numpy as np

from evenhand.core import by_day
from evenhand.core.columns import Bools, Ints
from evenhand.core.days import NEVER
from evenhand.core.money import PPM, share, times_over
from evenhand.core.position import Position
from evenhand.core.terms import Terms


@dataclass(frozen=True, slots=True)
class PayOff:
    """What pays off L loans on their position's day. Columns [L], minor units and days.

    total_minor       principal + past interest + running interest - paid ahead + late interest +
                      fees; 0 where no more than interest of unused days is owed
    principal_minor   all that is unpaid
    past_minor        unpaid interest of instalments due on or before the day, and that of days
                      before their period, where the terms were changed
    running_minor     interest of the running period for the days used, and what makes it up:
    agreed_minor, used_days, period_days    its whole interest, its days so far and in all;
    bearing_minor, rate_ppm, year_days, carried    counted by the day its principal, rate, year, and
                      what it took on of a minor unit (over 10**6 x year days); else 0
    ahead_minor       interest and fees already paid of instalments due later
    late_minor        late interest unpaid
    fees_minor        fees unpaid of instalments due on or before the day, and those due before that
                      a change of terms has moved
    unused_minor      interest of unused days, and fees that fall due later: they are not owed once
                      the loan is paid off
    """

    total_minor: Ints
    principal_minor: Ints
    past_minor: Ints
    running_minor: Ints
    agreed_minor: Ints
    used_days: Ints
    period_days: Ints
    ahead_minor: Ints
    late_minor: Ints
    unused_minor: Ints
    fees_minor: Ints
    bearing_minor: Ints
    rate_ppm: Ints
    year_days: Ints
    carried: Ints

    @property
    def is_reached(self) -> Bools:
        """Is nothing owed but interest of unused days?"""
        return np.asarray(self.total_minor == 0)


def pay_off(terms: Terms, begins_on: Ints, position: Position) -> PayOff:
    """What pays each loan off on the day of its position, with what it is made of."""
    begin, used, length = _periods(terms, begins_on, position.on)
    later = terms.due_on > position.on[:, None]
    running = later & (begin <= position.on[:, None]) & (terms.due_on != NEVER)
    earned = earned_interest(terms, begins_on, position.on)
    before = earned_before(terms, position.on)
    ahead = np.sum(terms.interest_minor - position.owed_interest, axis=1, where=later)
    fees, unused = np.sum(position.owed_fee, axis=1, where=~later), terms.interest_minor - earned
    if terms.fee_minor is not None:
        ahead = ahead + np.sum(terms.fee_minor - position.owed_fee, axis=1, where=later)
        moved = 0 if terms.fee_before_minor is None else terms.fee_before_minor
        fees = fees + np.sum(later * moved, axis=1)
        unused = unused + np.where(later, terms.fee_minor - moved, 0)
    past = np.sum(position.owed_interest, axis=1, where=~later)
    past = past + np.sum(before, axis=1, where=later)
    accrued = np.sum(earned - before, axis=1, where=later)
    owed = position.outstanding_minor + past + accrued - ahead + position.late_interest_minor + fees
    own, none = own_interest(terms), np.zeros((len(begins_on), 5), dtype=np.int64)
    running = _asking(running, own)
    bears = by_day.bearing(terms, own, begin, length)
    rate = none if terms.by_day is None else terms.by_day
    return PayOff(
        total_minor=np.maximum(owed, 0),
        principal_minor=position.outstanding_minor,
        past_minor=past,
        running_minor=accrued,
        agreed_minor=np.sum(own, axis=1, where=running),
        used_days=np.sum(used, axis=1, where=running),
        period_days=np.sum(length, axis=1, where=running),
        ahead_minor=ahead,
        late_minor=position.late_interest_minor,
        unused_minor=unused.sum(axis=1),
        fees_minor=fees,
        bearing_minor=np.sum(bears, axis=1, where=running),
        rate_ppm=rate[:, by_day.RATE],
        year_days=rate[:, by_day.YEAR],
        carried=np.sum(running & (begin == rate[:, by_day.SINCE, None]), axis=1)
        * rate[:, by_day.CARRY],
    )


def earned_interest(terms: Terms, begins_on: Ints, on: Ints) -> Ints:
    """The interest of each instalment [L, N] for the days used up to and with `on` [L].

    >>> one = np.array([1])
    >>> terms = Terms(one, one * 0, one * 360, one * 2, np.array([[30, 60]]),
    ...     np.array([[500, 500]]), np.array([[10, 5]]), np.zeros((1, 2), int), one[:, None] * 0)
    >>> earned_interest(terms, one * 0, one * 45).tolist()  # half of 5 is 2.5, to even 2
    [[10, 2]]
    """
    begin, used, length = _periods(terms, begins_on, on)
    whole = terms.due_on <= on[:, None]
    own, used = own_interest(terms), np.where(whole, 0, used)
    by_days = share(own, used, np.maximum(length, 1))
    if terms.by_day is not None:
        bears = by_day.bearing(terms, own, begin, length)
        by_days = np.where(bears > 0, by_day.of_days(terms, bears, begin, used), by_days)
    return np.where(whole, terms.interest_minor, by_days + earned_before(terms, on))


def earned_before(terms: Terms, on: Ints) -> Ints:
    """What of each instalment's interest [L, N] is for days before its period, earned by `on` [L]:
    all of `earned_minor`, and by its days that of a holiday, to the instalments in their order."""
    before = np.zeros_like(terms.due_on)
    if terms.earned_minor is not None:
        before += terms.earned_minor
    if terms.waited_minor is not None and terms.waits is not None:
        waited, begin, end = terms.waited_minor, terms.waits[:, 0], terms.waits[:, 1]
        length = np.maximum(end - begin, 1)
        by_days = share(waited.sum(axis=1), np.clip(on - begin, 0, length), length)[:, None]
        before += np.clip(by_days - (np.cumsum(waited, axis=1) - waited), 0, waited)
    return before


def own_interest(terms: Terms) -> Ints:
    """What of each instalment's interest is for the days of its own period."""
    own = terms.interest_minor
    for column in (terms.earned_minor, terms.waited_minor):
        own = own if column is None else own - column
    return own


def settled(terms: Terms, begins_on: Ints, paid_off_on: Ints) -> Terms:
    """The terms as they are from a pay-off on `paid_off_on` [L] on; NEVER leaves a loan's alone."""
    rows = np.flatnonzero(paid_off_on != NEVER)
    if not len(rows):
        return terms
    interest = terms.interest_minor.copy()
    interest[rows] = earned_interest(terms.take(rows), begins_on[rows], paid_off_on[rows])
    earned, waited = terms.earned_minor, terms.waited_minor
    if earned is not None:
        earned = earned.copy()
        earned[rows] = interest[rows]
    if waited is not None:
        waited = waited.copy()
        waited[rows] = 0
    return replace(terms, interest_minor=interest, earned_minor=earned, waited_minor=waited)


def begins(terms: Terms, disbursed_on: Ints, rate_ppm: Ints, taken_over: Bools) -> Ints:
    """The day [L] on which the period of each loan's first instalment begins.

    Disbursal; but a loan taken over names only its unpaid instalments: its first period is then as
    long as the second, or with one instalment as many days as its interest pays for at its rate.
    """
    rows = np.flatnonzero(taken_over)
    if not len(rows):
        return disbursed_on
    first = terms.due_on[rows, 0]
    daily, _rest = times_over(terms.principal_minor[rows, 0], rate_ppm[rows], 360 * PPM)
    length = terms.interest_minor[rows, 0] // np.maximum(daily, 1)
    if terms.due_on.shape[1] > 1:
        length = np.where(terms.count[rows] > 1, terms.due_on[rows, 1] - first, length)
    day = disbursed_on.copy()
    day[rows] = np.maximum(disbursed_on[rows], first - length)
    return day


def first_days(terms: Terms, begins_on: Ints) -> Ints:
    """The day from which on the interest of each instalment [L, N] is for days to come."""
    if terms.begins_on is not None:
        return terms.begins_on
    return np.concatenate((begins_on[:, None], terms.due_on[:, :-1]), axis=1)


def _asking(running: Bools, own: Ints) -> Bools:
    """Of several periods that run at once (all at the end) that which asks for interest."""
    asks: Bools = running & (own > 0)
    first: Bools = running & (np.cumsum(running, axis=1) == 1)
    return np.where(asks.any(axis=1, keepdims=True), asks, first)


def _periods(terms: Terms, begins_on: Ints, on: Ints) -> tuple[Ints, Ints, Ints]:
    """Each instalment's first day, days used up to `on`, and days in all; 0 beyond the count."""
    begin = first_days(terms, begins_on)
    held = terms.due_on != NEVER
    length = np.where(held, np.maximum(terms.due_on - begin, 0), 0)
    return begin, np.clip(on[:, None] - begin, 0, length), length
