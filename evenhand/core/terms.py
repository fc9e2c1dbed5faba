"""The terms of many loans as columns: what was agreed, not what was paid.

L loans, N the greatest count of instalments among them. Amounts are int64 minor units, days int64
(see `days`), rates parts per million a year. Padding beyond a loan's count: due_on and late_from
NEVER, amounts 0. Instalments are numbered from 0 here, from 1 in what people read.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from evenhand.core.columns import Bools, Ints, require
from evenhand.core.columns import with_rows as put_rows
from evenhand.core.days import NEVER

PRINCIPAL_MAX = 10**13
RATE_PPM_MAX = 10_000_000
INSTALMENTS_MAX = 600
YEAR_DAYS = (360, 365)


@dataclass(frozen=True, slots=True)
class Terms:
    """Columns [L] and [L, N].

    `late_brought_minor` is late interest already owed on an instalment when its loan was taken in;
    `late_from` is the day until which late interest is settled in that figure (0 or any day up to
    the due day where none was): late interest runs from max(due_on, late_from). `stopped` [L, S, 2]
    are spans (day, day) after whose first day and up to whose last none runs, rising and apart,
    padded with NEVER; None where no loan has any.

    Of loans that charge fees, or whose terms were changed (None where none of the loans is such):
    `fee_minor` [L, N] is due with the instalment; `begins_on` [L, N] the day from which on its
    interest is for days to come (else the due day before it), `earned_minor` [L, N] what of its
    interest is for days before, and owed whatever comes; `waited_minor` [L, N] what of it is for
    the days of a holiday, those after `waits` [L, 2]'s first up to its second; `fee_before_minor`
    [L, N] what of its fee was due before, and is owed whatever comes. `by_day` [L, 5] the rate,
    days of the year and rounding of loans whose interest is counted by the day (`core.by_day`), and
    what is carried of a minor unit, over 10**6 x year days, from which day on; 0 of the others.
    """

    loan: Ints
    late_rate_ppm: Ints
    late_year_days: Ints
    count: Ints
    due_on: Ints
    principal_minor: Ints
    interest_minor: Ints
    late_brought_minor: Ints
    late_from: Ints
    stopped: Ints | None = None
    fee_minor: Ints | None = None
    begins_on: Ints | None = None
    earned_minor: Ints | None = None
    waited_minor: Ints | None = None
    waits: Ints | None = None
    fee_before_minor: Ints | None = None
    by_day: Ints | None = None

    def take(self, rows: Ints | slice) -> "Terms":
        """The same columns for the loans at `rows`, in that order (views, of a slice), at the same
        padded width."""

        def column(name: str) -> Any:
            whole = getattr(self, name)
            return None if whole is None else whole[rows]

        return Terms(*(column(field.name) for field in fields(self)))

    def late_days(self, rows: Ints, since: Ints, until: Ints) -> Ints:
        """[R] the days after `since` up to `until` on which late interest runs, for loans `rows`.

        >>> one = np.ones((1, 1), dtype=np.int64)
        >>> spans = np.array([[[12, 15], [18, NEVER]]])
        >>> loan = Terms(one[0], one[0], one[0], one[0], one, one, one, one, one, spans)
        >>> loan.late_days(np.array([0]), np.array([10]), np.array([20])).tolist()
        [5]
        """
        days: Ints = np.maximum(until - since, 0)
        if self.stopped is None:
            return days
        spans = self.stopped[rows]
        begin = np.maximum(spans[..., 0], since[:, None])
        end = np.minimum(spans[..., 1], until[:, None])
        return np.asarray(days - np.maximum(end - begin, 0).sum(axis=1), dtype=np.int64)


PADDING = {"due_on": NEVER, "late_from": NEVER, "begins_on": NEVER, "stopped": NEVER}
"""What stands beyond the count of a loan's instalments, where it is not 0."""


def with_rows(terms: Terms, rows: Ints, new: Terms) -> Terms:
    """The terms, with others for the loans at `rows`; as wide as the wider of the two."""

    def column(name: str) -> Any:
        old, fresh = getattr(terms, name), getattr(new, name)
        if old is None and fresh is None:
            return None
        return put_rows(old, rows, fresh, len(terms.count), PADDING.get(name, 0))

    return Terms(*(column(field.name) for field in fields(Terms)))


def checked(terms: Terms) -> Terms:
    """The terms themselves where every bound holds, else KeyedError naming column and row.

    Bounds: a principal of 0 to 10**13 minor units a loan, interest and late interest brought
    likewise, a late rate of 0 to 1000 % a year, 1 to 600 instalments, due days in rising order
    (two may fall on one day), padding as promised.
    """
    numbers = np.arange(terms.due_on.shape[1])
    held = numbers[None, :] < terms.count[:, None]
    require((terms.count >= 1) & (terms.count <= INSTALMENTS_MAX), "instalments", "not 1 to 600")
    charged = (terms.late_rate_ppm >= 0) & (terms.late_rate_ppm <= RATE_PPM_MAX)
    require(charged, "late_rate_ppm", "not 0 to 1000 %")
    require(np.isin(terms.late_year_days, YEAR_DAYS), "late_year_days", "neither 360 nor 365")
    require(held == (terms.due_on != NEVER), "due_on", "padding and count disagree")
    require(terms.due_on[:, 1:] >= terms.due_on[:, :-1], "due_on", "out of order")
    if terms.stopped is not None:
        spans = terms.stopped.reshape(len(terms.count), 2 * terms.stopped.shape[1])
        require(spans[:, 1:] >= spans[:, :-1], "stopped", "spans out of order")
    _require_amounts(terms.principal_minor, held, "principal_minor")
    _require_amounts(terms.interest_minor, held, "interest_minor")
    _require_amounts(terms.late_brought_minor, held, "late_brought_minor")
    if terms.fee_minor is not None:
        _require_amounts(terms.fee_minor, held, "fee_minor")
    if terms.earned_minor is not None:
        earned = (terms.earned_minor >= 0) & (terms.earned_minor <= terms.interest_minor)
        require(earned, "earned_minor", "not 0 to the interest")
    return terms


def _require_amounts(amounts: Ints, held: Bools, key: str) -> None:
    require((amounts >= 0) & (amounts <= PRINCIPAL_MAX), key, "not 0 to 10**13 minor units")
    require(amounts.sum(axis=1) <= PRINCIPAL_MAX, key, "more than 10**13 minor units in all")
    require((amounts == 0) | held, key, "an amount beyond the count of instalments")
