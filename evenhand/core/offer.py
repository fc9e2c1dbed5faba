"""May this be lent, and how much of it: policy rules over columns, and what a person can afford.

What is known of L applications stands in one table [L, C], a column a name of COLUMNS: integers,
yes 1 and no 0. A rule reads one column and holds it to a bound. Affordability is two such columns,
worked out by `strain` from a person's means and the dearest month; `most` is the same read the
other way: the largest principal at which neither rule of affordability speaks.
"""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.columns import Bools, Ints, require
from evenhand.core.days import NEVER
from evenhand.core.fees import Fees, charged
from evenhand.core.money import PPM, times_over
from evenhand.core.schedule import schedule
from evenhand.core.shape import MONTH, Shape

COLUMNS: Final = (
    "age_years",
    "verified",
    "student",
    "claimed_not_mine",
    "protected",
    "purpose_refused",
    "past_due_days",
    "other_open",
    "applications_30d",
    "exposure_minor",
    "income_minor",
    "employed_months",
    "share_ppm",
    "left_per_head_minor",
)
OUTCOMES: Final = ("approve", "refer", "decline")
APPROVE, REFER, DECLINE = range(3)
MEANS_MAX: Final = 10**12
HEADS_MAX: Final = 1_000
NO_END: Final = 2**62
"""The share of somebody without income, and the room of somebody no bound holds."""
MONTH_DAYS: Final = 31
_HALVINGS: Final = range(44)


@dataclass(frozen=True, slots=True)
class Rules:
    """Columns [R]. `column` is a place in COLUMNS; a rule fires where the value lies above its
    bound (`above`), or else below it; `outcome` is the code of what follows."""

    column: Ints
    above: Bools
    bound: Ints
    outcome: Ints


class Judged(NamedTuple):
    """`fired` [L, R] which rules speak; `outcome` [L] the gravest of what follows from them."""

    fired: Bools
    outcome: Ints


@dataclass(frozen=True, slots=True)
class Means:
    """Columns [L] of minor units a month: what comes in, what housing and other duties take, what
    instalments of other loans take; `heads` [L] who lives on the rest, the applicant among them."""

    income_minor: Ints
    duties_minor: Ints
    instalments_minor: Ints
    heads: Ints


class Strain(NamedTuple):
    """Columns [L]: instalments of all loans as ppm of income, a begun ppm counting whole (NO_END
    without income); minor units left a head and month, rounded down, below zero where short."""

    share_ppm: Ints
    left_per_head_minor: Ints


def judge(known: Ints, rules: Rules) -> Judged:
    """Every rule on every application; without a rule that speaks the outcome is APPROVE.

    >>> one = np.zeros((1, len(COLUMNS)), dtype=np.int64)
    >>> adults = Rules(np.array([0]), np.array([False]), np.array([18]), np.array([DECLINE]))
    >>> judge(one + 18, adults).outcome.tolist(), judge(one + 17, adults).outcome.tolist()
    ([0], [2])
    """
    read = known[:, rules.column]
    fired: Bools = np.where(rules.above, read > rules.bound, read < rules.bound)
    return Judged(fired, np.max(fired * rules.outcome, axis=1, initial=APPROVE))


def strain(means: Means, instalment_minor: Ints) -> Strain:
    """What is left of the means beside a further instalment. Raises KeyedError beyond the bounds.

    >>> one = np.array([1])
    >>> ten_thousand = Means(one * 10_000_00, one * 2_000_00, one * 1_000_00, one * 2)
    >>> [int(column[0]) for column in strain(ten_thousand, one * 1_500_00)]
    [250000, 275000]
    """
    _require_bounds(means)
    owed = means.instalments_minor + instalment_minor
    earns: Bools = means.income_minor > 0
    whole, rest = times_over(owed, PPM, np.where(earns, means.income_minor, 1))
    left = means.income_minor - means.duties_minor - owed
    return Strain(np.where(earns, whole + (rest > 0), NO_END), left // means.heads)


def room(means: Means, share_ppm: Ints, left_per_head_minor: Ints) -> Ints:
    """The largest further instalment [L] at which a share of at most `share_ppm` and at least
    `left_per_head_minor` a head are kept; 0 where there is none."""
    _require_bounds(means)
    by_share = times_over(means.income_minor, share_ppm, PPM)[0]
    by_left = means.income_minor - means.duties_minor - left_per_head_minor * means.heads
    return np.maximum(np.minimum(by_share, by_left) - means.instalments_minor, 0)


def most(shape: Shape, fees: Fees, room_minor: Ints, step_minor: Ints) -> Ints:
    """The largest multiple of `step_minor`, up to the shape's principal, of which no month takes
    more than `room_minor`; 0 where even one step is too much. The loans keep their other terms.

    >>> from evenhand.core.shape import monthly_equal
    >>> one, none = np.array([1]), np.array([], dtype=np.int64)
    >>> wanted = monthly_equal(one * 12_000_00, one * 108_000, one * 20_000, one * 12)
    >>> free = Fees(none, none, none, none, none)
    >>> most(wanted, free, one * 600_00, one * 100_00).tolist()
    [670000]
    """
    require(step_minor >= 1, "step_minor", "below one")
    low, high = step_minor * 0, shape.principal_minor // step_minor
    for _halving in _HALVINGS:
        if bool((low == high).all()):
            break
        middle = (low + high + 1) // 2
        smaller = replace(shape, principal_minor=np.maximum(middle, 1) * step_minor)
        fits = dearest(smaller, fees) <= room_minor
        low, high = np.where(fits, middle, low), np.where(fits, high, middle - 1)
        high = np.maximum(low, high)
    return low * step_minor


def dearest(shape: Shape, fees: Fees) -> Ints:
    """The most that any month takes of each loan [L], fees counted: its largest instalment where
    they are months apart, else all that falls due within 31 days of one."""
    plan = schedule(shape)
    due = plan.due_minor + charged(plan, shape.rounding, fees).due_minor
    largest: Ints = np.max(due, axis=1)
    close = np.flatnonzero(shape.unit != MONTH)
    if not len(close):
        return largest
    day, some = plan.due_on[close], due[close]
    for n in range(due.shape[1]):
        within = (day >= day[:, n, None]) & (day < day[:, n, None] + MONTH_DAYS)
        held = day[:, n] != NEVER
        sums = np.where(within & held[:, None], some, 0).sum(axis=1)
        largest[close] = np.maximum(largest[close], sums)
    return largest


def _require_bounds(means: Means) -> None:
    _require_amount(means.income_minor, "income_minor")
    _require_amount(means.duties_minor, "duties_minor")
    _require_amount(means.instalments_minor, "instalments_minor")
    require((means.heads >= 1) & (means.heads <= HEADS_MAX), "heads", "not 1 to 1,000")


def _require_amount(amounts: Ints, key: str) -> None:
    require((amounts >= 0) & (amounts <= MEANS_MAX), key, "not 0 to 10**12 minor units")
