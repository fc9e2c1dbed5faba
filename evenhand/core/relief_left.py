"""What is left of loans on the day on which their terms change, brought to one form.

Instalments due after the day are left; those due on or before it are past, and owed as they stand.
Of what is left, the interest of the days used is earned and stays owed; that of days to come is
not. What was paid of an instalment beyond the interest earned by then, fees paid before they were
due, and money paid in advance, pay first what of the running instalment's interest is earned, then
principal, from the next instalment on. So nothing that was owed or paid is lost, and nobody has
paid for days not used, or fees not due.
"""

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from evenhand.core import days, due_days
from evenhand.core.columns import Ints, require
from evenhand.core.payoff import earned_before, earned_interest, first_days, own_interest
from evenhand.core.position import Position
from evenhand.core.shape import BULLET, Shape, from_here, period_ends
from evenhand.core.terms import Terms


@dataclass(frozen=True, slots=True)
class Rows:
    """Instalments [L, M]: the day; `begins`, from which on its `own` interest is for days to come;
    interest `earned` before, and `waited`, for days of a holiday still to come; the other parts;
    `fee_before` what of the fee was due before."""

    due_on: Ints
    begins: Ints
    principal: Ints
    own: Ints
    earned: Ints
    waited: Ints
    late: Ints
    fee: Ints
    fee_before: Ints

    def take(self, rows: Ints, width: int) -> "Rows":
        """The same for the loans at `rows`, up to so many instalments."""
        return Rows(*(getattr(self, one.name)[rows, :width] for one in fields(Rows)))


@dataclass(frozen=True, slots=True)
class Left:
    """L loans on the day `on` [L] of a change.

    start      the day from which on interest is for days to come: `on`, or where the running period
               begins later (its interest is paused, or it was paid before its end) that day
    ends_on    the running period's end, whatever the holidays
    count      instalments left
    waits      [L, 2] the days of a holiday still to come that `rows.waited` is for
    whole      interest of the whole running period as it was agreed, for so many `whole_days`
    equal      the last instalment but one as it was agreed
    bore       the principal of what is left, before any of it was paid in advance
    rows       what is left, from the next instalment on; `past` what is owed of those past
    late_from  the day up to which late interest of what is past is settled
    shape      what is left as a loan from `start` on
    """

    on: Ints
    start: Ints
    ends_on: Ints
    count: Ints
    waits: Ints
    whole: Ints
    whole_days: Ints
    equal: Ints
    bore: Ints
    rows: Rows
    past: Rows
    late_from: Ints
    shape: Shape

    def take(self, rows: Ints) -> "Left":
        """The same for the loans at `rows`."""
        count = self.count[rows]
        return Left(
            on=self.on[rows],
            start=self.start[rows],
            ends_on=self.ends_on[rows],
            count=count,
            waits=self.waits[rows],
            whole=self.whole[rows],
            whole_days=self.whole_days[rows],
            equal=self.equal[rows],
            bore=self.bore[rows],
            rows=self.rows.take(rows, int(count.max())),
            past=self.past.take(rows, self.past.due_on.shape[1]),
            late_from=self.late_from[rows],
            shape=self.shape.take(rows),
        )


class _Here(NamedTuple):
    """Where what is left [L, M] lies in the columns [L, N] of terms."""

    place: Ints
    inside: Ints

    def of(self, column: Ints, padding: int = 0) -> Ints:
        return np.where(self.inside, np.take_along_axis(column, self.place, axis=1), padding)


def left_of(terms: Terms, shape: Shape, position: Position, money_minor: Ints) -> Left:
    """What is left of loans that stand as `position` says and pay `money_minor` [L] in advance.

    `shape` is that of the terms: of the contract, or what the change before has left. KeyedError
    names `from_day` where nothing is left, or where an instalment's period has run out and only a
    holiday puts off its day.
    """
    on, loan = position.on, np.arange(len(position.on))
    passed = (terms.due_on <= on[:, None]).sum(axis=1)
    count = terms.count - passed
    require(count > 0, "from_day", "no instalment is left")
    running = (loan, passed)
    ends_on, since = _running(shape, terms.due_on[running], on)
    begins_on = begins_of(terms, shape)
    terms = replace(terms, begins_on=begins_on)
    number = np.arange(count.max())
    place = np.minimum(passed[:, None] + number, terms.due_on.shape[1] - 1)
    here = _Here(place, number < count[:, None])
    rows = _paid(terms, position, here, money_minor)
    start = np.maximum(since, rows.begins[:, 0])
    own = own_interest(terms)
    last_but_one = passed + np.maximum(count - 2, 0)
    waits = np.stack((on, on), axis=1) if terms.waits is None else terms.waits
    return Left(
        on=on,
        start=start,
        ends_on=ends_on,
        count=count,
        waits=np.maximum(waits, on[:, None]),
        whole=own[running],
        whole_days=np.maximum(terms.due_on[running] - begins_on[running], 1),
        equal=(terms.principal_minor + own)[loan, last_but_one],
        bore=here.of(position.owed_principal).sum(axis=1),
        rows=rows,
        past=_past(terms, position, passed),
        late_from=on,
        shape=_as_a_loan(shape, rows.principal.sum(axis=1), start, count, ends_on),
    )


def fitted(column: Ints, count: Ints) -> Ints:
    """[L, M] over other instalments: what belongs to one that is no more goes to the last."""
    fitted = cut(column, count)
    fitted[np.arange(len(count)), count - 1] += column.sum(axis=1) - fitted.sum(axis=1)
    return fitted


def cut(column: Ints, count: Ints) -> Ints:
    """[L, M] over other instalments, without what belongs to one that is no more."""
    most = min(int(count.max()), column.shape[1])
    held = np.arange(most) < count[:, None]
    cut = np.zeros((len(count), int(count.max())), dtype=np.int64)
    cut[:, :most] = column[:, :most] * held
    return cut


def _running(shape: Shape, due_on: Ints, on: Ints) -> tuple[Ints, Ints]:
    """The running period's end [L], whatever the holidays, and the day from which on its days are
    still to come: `on`, but where the instalment before fell due early, the end of its period."""
    if shape.chosen is None or not bool((shape.chosen.shift != due_days.NONE).any()):
        return due_on, on
    ends = period_ends(shape)
    running = (due_days.moved(ends, shape.chosen) == due_on[:, None]) & (ends != days.NEVER)
    require(running.any(axis=1), "from_day", "the due days are none of the shape's")
    loan, n = np.arange(len(on)), running.argmax(axis=1)
    end = ends[loan, n]
    require(end > on, "from_day", "an instalment has run out and waits for its day")
    before = np.where(n > 0, ends[loan, n - 1], on)
    return end, np.maximum(on, before)


def begins_of(terms: Terms, shape: Shape) -> Ints:
    """[L, N] from which day on each instalment's own interest is for days to come: the due day
    before, and the loan's first day where interest of several periods falls due with one."""
    if terms.begins_on is not None:
        return terms.begins_on
    begins = first_days(terms, shape.disbursed_on)
    number = np.arange(begins.shape[1]) - (terms.count - shape.count)[:, None]
    carries = (number == shape.grace_interest[:, None]) & (number > 0)
    together = carries | (shape.method == BULLET)[:, None]
    return np.where(together, shape.disbursed_on[:, None], begins)


def _paid(terms: Terms, position: Position, here: _Here, money_minor: Ints) -> Rows:
    """What is owed of what is left, all that was paid in advance in its place."""
    none, begins_on = np.zeros_like(terms.due_on), _said(terms.begins_on)
    of_holiday = none if terms.waited_minor is None else terms.waited_minor
    before = none if terms.earned_minor is None else terms.earned_minor
    waited = of_holiday - (earned_before(terms, position.on) - before)
    earned = earned_interest(terms, begins_on[:, 0], position.on)
    paid = terms.interest_minor - position.owed_interest
    unpaid, principal = here.of(earned - paid), here.of(position.owed_principal)
    fee, moved, ahead_of_fees = _fees(terms, position, here)
    unpaid, ahead = np.maximum(unpaid, 0), np.maximum(-unpaid, 0).sum(axis=1) + money_minor
    ahead = ahead + ahead_of_fees
    first = np.minimum(ahead, unpaid[:, 0])
    unpaid[:, 0] -= first
    ahead = ahead - first
    require(principal.sum(axis=1) > ahead, "from_day", "nothing is left")
    before_it = np.cumsum(principal, axis=1) - principal
    return Rows(
        due_on=here.of(terms.due_on, days.NEVER),
        begins=np.maximum(here.of(begins_on, days.NEVER), position.on[:, None]),
        principal=principal - np.clip(ahead[:, None] - before_it, 0, principal),
        own=here.of(terms.interest_minor - earned - waited),
        earned=unpaid,
        waited=here.of(waited),
        late=here.of(position.owed_late),
        fee=fee,
        fee_before=moved,
    )


def _fees(terms: Terms, position: Position, here: _Here) -> tuple[Ints, Ints, Ints]:
    """Fees of what is left: what is to come of them, what of it was due before, as far as it is
    unpaid; and [L] what was paid of those not due before."""
    if terms.fee_minor is None:
        none = here.of(np.zeros_like(terms.due_on))
        return none, none, none.sum(axis=1)
    before = terms.fee_before_minor
    moved = here.of(np.zeros_like(terms.fee_minor) if before is None else before)
    fee = here.of(terms.fee_minor)
    unpaid = moved - (fee - here.of(position.owed_fee))
    owed = np.maximum(unpaid, 0)
    return fee - moved + owed, owed, np.maximum(-unpaid, 0).sum(axis=1)


def _past(terms: Terms, position: Position, passed: Ints) -> Rows:
    """What is owed of instalments past, as far as they go [L, N]."""
    past = np.arange(terms.due_on.shape[1]) < passed[:, None]
    none = np.zeros_like(terms.due_on)
    return Rows(
        due_on=np.where(past, terms.due_on, days.NEVER),
        begins=_said(terms.begins_on),
        principal=position.owed_principal * past,
        own=none,
        earned=position.owed_interest * past,
        waited=none,
        late=position.owed_late * past,
        fee=position.owed_fee * past,
        fee_before=none,
    )


def _said(begins_on: Ints | None) -> Ints:
    assert begins_on is not None, "where instalments begin is said before what is left is"
    return begins_on


def _as_a_loan(
    shape: Shape, principal_minor: Ints, start: Ints, count: Ints, ends_on: Ints
) -> Shape:
    """What is left as a loan from `start` on, with what grace is left, on the due days agreed."""
    gone = shape.count - count
    chosen = replace(from_here(shape, ends_on), begun_on=_begun_on(shape, gone))
    own_day = days.to_civil(ends_on)[2]
    last = days.to_civil(days.add_months(days.month_start(ends_on), 1) - 1)[2]
    kept = own_day == np.minimum(chosen.month_day, last)
    return replace(
        shape,
        principal_minor=principal_minor,
        disbursed_on=start,
        count=count,
        grace_principal=np.maximum(shape.grace_principal - gone, 0),
        grace_interest=np.maximum(shape.grace_interest - gone, 0),
        interest_free=np.maximum(shape.interest_free - gone, 0),
        chosen=replace(chosen, month_day=np.where(kept, chosen.month_day, 0)),
    )


def _begun_on(shape: Shape, gone: Ints) -> Ints:
    """The day [L] on which the running period began: the end of the one before, whatever the
    holidays; of the first, the day said, or that on which the shape begins."""
    own = shape.disbursed_on
    if shape.chosen is not None:
        said = shape.chosen.begun_on
        own = np.where(said == days.NEVER, own, said)
    before = period_ends(shape)[np.arange(len(gone)), np.maximum(gone - 1, 0)]
    return np.where(gone > 0, before, own)
