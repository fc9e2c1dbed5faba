"""What each change makes of what is left of a loan: a rule a word, from `Left` to `Left`.

Rules that MOVE instalments leave their principal as it was agreed; only days and interest change:

- holiday: the due days move by `count` periods and the rest is as before. Where interest runs, that
  of as many periods on all that is left, simple and rounded once, is spread: each instalment an
  equal sum, the last what is left over. Where it is paused there is none.
- later_due_day: the next due day moves to the next such day of a month, or stays where it is one
  (30 April, of a loan of the 31st that asks for the 30th), the others follow; the interest of the
  days between is owed with the next instalment.
- interest_pause: each instalment's interest x its days not paused / its days, half to even.
- moratorium: the next due day is the first of its steps after the last day; what interest the next
  instalment bears is for the days from there on, at what a day of it was agreed to cost, and never
  more than it still bore: nobody pays more by it. The others are as before, and late interest
  stands still up to that day.

The others work instalments out ANEW, by `schedule`, on the due days agreed: the odd cent as there.

- longer_term, lower_rate, re_amortise: what is left over more instalments, at less, as it is;
- re_age: what is past joins what is left: principal to principal; interest, late interest and fees
  owed are spread over the instalments, bearing none, the last takes what is left over;
- prepaid_lower: after money paid in advance, as many instalments, each smaller;
- prepaid_shorter: the fewest of which none is dearer than the equal one before.

The interest of a holiday's days still to come is on what is left, and spread again. Interest
earned before stays with its instalment and bears none; of an instalment that is no more,
with the last. A fee that was not due yet goes with its instalment: where that is no more, it is not
charged (as by a pay-off). Under grace it waits for the first instalment that asks for interest.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from evenhand.core import days, due_days
from evenhand.core.annuity import equal_instalment
from evenhand.core.columns import Ints, require
from evenhand.core.due_days import Chosen
from evenhand.core.money import share
from evenhand.core.relief_left import Left, Rows, cut, fitted
from evenhand.core.relief_words import (
    HOLIDAY,
    INTEREST_PAUSE,
    LATER_DUE_DAY,
    LONGER_TERM,
    LOWER_RATE,
    MORATORIUM,
    PREPAID_LOWER,
    PREPAID_SHORTER,
    RE_AGE,
    RE_AMORTISE,
    Change,
)
from evenhand.core.schedule import schedule
from evenhand.core.shape import BULLET, EQUAL_INSTALMENT, MONTH, Shape, period_ends, periods_of
from evenhand.core.terms import INSTALMENTS_MAX

SPAN_MAX: Final = 3_660
"""The longest pause or moratorium: ten years of days."""
SHORTEST: Final = (1, 7, 28)
HALVINGS: Final = range(INSTALMENTS_MAX.bit_length())

Rule = Callable[[Left, Change], Left]


def _holiday(left: Left, change: Change) -> Left:
    count, loan = change.count, np.arange(len(left.on))
    require((count >= 1) & (count <= INSTALMENTS_MAX), "count", "not 1 to 600")
    ends = _ends(left.shape, int(count.max()) + 1)
    moved = _moved(left, replace(_chosen(left), first_on=ends[loan, count]))
    following = replace(_chosen(left), first_on=ends[:, 1])
    run = _simple(left.shape, left.ends_on, following, count) * change.interest_runs
    some = (run > 0)[:, None]
    waits = np.stack((left.start, moved.rows.begins[:, 0]), axis=1)
    waited = moved.rows.waited + _spread(run, left.count, moved.rows.waited.shape[1])
    return replace(
        moved,
        rows=replace(moved.rows, waited=waited),
        waits=np.where(some, waits, left.waits),
    )


def _later_due_day(left: Left, change: Change) -> Left:
    day, chosen = change.due_day, _chosen(left)
    require((day >= 1) & (day <= 31), "due_day", "not a day of the month")
    require(left.shape.unit == MONTH, "due_day", "only where instalments step by months")
    held = np.where(chosen.month_day > 0, chosen.month_day, days.to_civil(left.ends_on)[2])
    require(day != held, "due_day", "it is that day")
    here, _into = days.to_month(left.ends_on)
    this = days.in_month(here, day - 1)
    first_on = np.where(this >= left.ends_on, this, days.in_month(here + 1, day - 1))
    moves = first_on > left.ends_on
    odd = replace(chosen, first_on=np.where(moves, first_on, left.ends_on + 1), month_day=0 * day)
    between = _simple(left.shape, left.ends_on, odd, np.ones_like(day)) * moves
    moved = _moved(left, replace(chosen, first_on=first_on, month_day=day))
    own, began = moved.rows.own.copy(), moved.rows.begins.copy()
    own[np.arange(len(day)), asks_first(left.shape)] += between
    began[:, 0] = left.rows.begins[:, 0]
    return replace(moved, rows=replace(moved.rows, own=own, begins=began))


def _interest_pause(left: Left, change: Change) -> Left:
    _require_span(left, change)
    rows, until = left.rows, change.until[:, None]
    began = np.clip(until, rows.begins, rows.due_on)
    own = share(rows.own, rows.due_on - began, np.maximum(rows.due_on - rows.begins, 1))
    begin, end = left.waits[:, :1], left.waits[:, 1:]
    waits = np.concatenate((np.clip(until, begin, end), end), axis=1)
    waited = share(rows.waited, np.diff(waits, axis=1), np.maximum(end - begin, 1))
    return replace(left, rows=replace(rows, own=own, begins=began, waited=waited), waits=waits)


def _moratorium(left: Left, change: Change) -> Left:
    until, loan = change.until, np.arange(len(left.on))
    paused = _interest_pause(left, change)
    step = np.array(SHORTEST)[left.shape.unit] * left.shape.every
    most = np.maximum(until - left.ends_on, 0) // step + 2
    ends = _ends(left.shape, int(most.max()))
    gone = (due_days.moved(ends, _chosen(left)) <= until[:, None]).sum(axis=1)
    moved = _moved(left, replace(_chosen(left), first_on=ends[loan, gone]))
    since = np.maximum(until, left.start)
    again = share(left.whole, moved.rows.due_on[:, 0] - since, left.whole_days)
    own, began = moved.rows.own.copy(), moved.rows.begins.copy()
    own[:, 0] = np.where(gone > 0, np.minimum(again, own[:, 0]), paused.rows.own[:, 0])
    began[:, 0] = since
    rows = replace(moved.rows, own=own, begins=began, waited=paused.rows.waited)
    return replace(moved, rows=rows, waits=paused.waits, late_from=until)


def _longer_term(left: Left, change: Change) -> Left:
    require(change.count > left.count, "count", "no more instalments than are left")
    return anew(left, replace(left.shape, count=change.count))


def _lower_rate(left: Left, change: Change) -> Left:
    fits = (change.rate_ppm >= 0) & (change.rate_ppm < left.shape.rate_ppm)
    require(fits, "rate_ppm", "not below the rate that holds")
    return anew(left, replace(left.shape, rate_ppm=change.rate_ppm))


def _re_amortise(left: Left, _change: Change) -> Left:
    return anew(left, left.shape)


def _prepaid_shorter(left: Left, _change: Change) -> Left:
    equal = left.shape.method == EQUAL_INSTALMENT
    require(equal, "change", "only an equal instalment can be kept")
    return anew(left, replace(left.shape, count=_fewest(left.shape, left.equal)))


def _fewest(left: Shape, equal: Ints) -> Ints:
    """The fewest instalments [L], none dearer than `equal`, by halving: fewer are dearer, and some
    pays principal after the grace."""
    dear, fine = np.minimum(left.grace_principal, left.count - 1), left.count
    for _round in HALVINGS:
        middle = (dear + fine + 1) // 2
        tried = replace(left, count=middle)
        over = equal_instalment(tried, periods_of(tried)) > equal
        dear, fine = np.where(over & (middle < fine), middle, dear), np.where(over, fine, middle)
    return fine


def _re_age(left: Left, change: Change) -> Left:
    past, none = left.past, np.zeros_like(left.past.own)
    principal = left.shape.principal_minor + past.principal.sum(axis=1)
    joined = replace(past, principal=none, earned=none, late=none, fee=none)
    made = anew(left, replace(left.shape, principal_minor=principal))
    width = made.rows.own.shape[1]

    def with_past(rows: Ints, owed: Ints) -> Ints:
        return rows + _spread(owed.sum(axis=1), made.count, width)

    rows = replace(
        made.rows,
        earned=with_past(made.rows.earned, past.earned),
        late=with_past(made.rows.late, past.late),
        fee=with_past(made.rows.fee, past.fee),
        fee_before=with_past(made.rows.fee_before, past.fee),
    )
    return replace(made, rows=rows, past=joined)


RULES: Final[Mapping[int, Rule]] = {
    HOLIDAY: _holiday,
    LATER_DUE_DAY: _later_due_day,
    LONGER_TERM: _longer_term,
    LOWER_RATE: _lower_rate,
    INTEREST_PAUSE: _interest_pause,
    RE_AGE: _re_age,
    RE_AMORTISE: _re_amortise,
    MORATORIUM: _moratorium,
    PREPAID_LOWER: _re_amortise,
    PREPAID_SHORTER: _prepaid_shorter,
}


def anew(left: Left, shape: Shape) -> Left:
    """What is left, worked out again as a loan of that shape."""
    require(left.start < left.ends_on, "from_day", "interest is paused beyond the next due day")
    plan, loan = schedule(shape), np.arange(len(left.on))
    begins = np.concatenate((left.start[:, None], plan.due_on[:, :-1]), axis=1)
    asks = asks_first(shape)
    bullet = (shape.method == BULLET)[:, None]
    carries = (np.arange(begins.shape[1]) == asks[:, None]) | bullet
    earned = fitted(left.rows.earned, shape.count)
    first = earned[:, 0].copy()
    earned[:, 0] = 0
    earned[loan, asks] += first
    moved = fitted(left.rows.fee_before, shape.count)
    rows = Rows(
        due_on=plan.due_on,
        begins=np.where(carries, left.start[:, None], begins),
        principal=plan.principal_minor,
        own=plan.interest_minor,
        earned=earned,
        waited=_spread(_still_waits(left, shape), shape.count, plan.due_on.shape[1]),
        late=fitted(left.rows.late, shape.count),
        fee=cut(left.rows.fee - left.rows.fee_before, shape.count) + moved,
        fee_before=moved,
    )
    return replace(left, count=shape.count, rows=rows, shape=shape)


def _still_waits(left: Left, shape: Shape) -> Ints:
    """The interest [L] of a holiday's days still to come: on what is left, at the rate from now."""
    waited = share(left.rows.waited.sum(axis=1), left.shape.principal_minor, left.bore)
    return share(waited, shape.rate_ppm, np.maximum(left.shape.rate_ppm, 1))


def _moved(left: Left, chosen: Chosen) -> Left:
    """The same instalments on other days, each with its own interest for as many days as it had."""
    chosen = replace(chosen, begun_on=chosen.begun_on + chosen.first_on - left.ends_on)
    shape = replace(left.shape, chosen=chosen)
    due_on, rows = due_days.moved(period_ends(shape), chosen), left.rows
    before = np.concatenate((rows.begins[:, :1], rows.due_on[:, :-1]), axis=1)
    after = np.concatenate((rows.begins[:, :1], due_on[:, :-1]), axis=1)
    follows = rows.begins == before
    follows[:, 0] = False
    begins = np.where(follows, after, due_on - (rows.due_on - rows.begins))
    return replace(left, shape=shape, rows=replace(rows, due_on=due_on, begins=begins))


def _chosen(left: Left) -> Chosen:
    chosen = left.shape.chosen
    assert chosen is not None, "what is left has a first due day"
    return chosen


def _ends(shape: Shape, width: int) -> Ints:
    """The ends of so many periods [L, width], from the running one on, whatever the holidays."""
    wide = np.full_like(shape.count, width)
    return period_ends(replace(shape, count=wide))


def _simple(shape: Shape, begin: Ints, chosen: Chosen, count: Ints) -> Ints:
    """The simple interest on all that is left [L] of `count` periods, rounded once; none of those
    that are interest-free."""
    none = np.zeros_like(count)
    whole = replace(
        shape,
        method=none + BULLET,
        last=none,
        disbursed_on=begin,
        count=count,
        grace_principal=none,
        grace_interest=none,
        interest_free=np.minimum(shape.interest_free, count),
        chosen=replace(chosen, shift=none + due_days.NONE, begun_on=begin),
    )
    interest: Ints = schedule(whole).interest_minor.sum(axis=1)
    return interest


def asks_first(shape: Shape) -> Ints:
    """The first instalment [L] of what is left that asks for interest."""
    return np.where(shape.method == BULLET, shape.count - 1, shape.grace_interest)


def _spread(total: Ints, count: Ints, width: int) -> Ints:
    """A sum [L] over so many instalments [L, width]: equal parts, the last what is left over."""
    number = np.arange(width)
    each = (total // count)[:, None] * (number < count[:, None])
    last = (total % count)[:, None] * (number == count[:, None] - 1)
    return np.asarray(each + last, dtype=np.int64)


def _require_span(left: Left, change: Change) -> None:
    require(change.until > left.on, "until", "not after the day")
    require(change.until - left.on <= SPAN_MAX, "until", "beyond ten years")
