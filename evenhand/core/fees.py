"""What is charged beside interest, where a contract says so: at disbursal, with every instalment,
or on a day; a fixed sum, or per cent of what is lent, owed or due.

A fee of a day falls due with the first instalment due on or after it. A fee in per cent is rounded
once for each instalment, as the shape rounds. Nothing is charged that is not in these columns.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.columns import Bools, Ints, require, require_of
from evenhand.core.days import NEVER
from evenhand.core.money import PPM, rounded, times_over
from evenhand.core.schedule import Schedule
from evenhand.core.terms import PRINCIPAL_MAX, RATE_PPM_MAX

WHEN: Final = ("at_disbursal", "per_instalment", "on_a_day")
AT_DISBURSAL, PER_INSTALMENT, ON_A_DAY = range(3)
OF: Final = ("fixed", "lent", "balance", "principal", "interest", "instalment")
FIXED, LENT, BALANCE, PRINCIPAL, INTEREST, INSTALMENT = range(6)
OF_PAYOUT: Final = OF[: LENT + 1]
"""What a fee at disbursal may be counted of: there is no instalment then."""
CODES: Final = tuple(range(len(OF)))


@dataclass(frozen=True, slots=True)
class Fees:
    """Columns [F]: the loan's row, a code of WHEN, the day (ON_A_DAY; else NEVER), a code of OF,
    and the amount: minor units where FIXED, else parts per million of

    LENT          the principal lent
    BALANCE       the principal owed before the instalment
    PRINCIPAL, INTEREST, INSTALMENT   the instalment's principal, interest, or both
    """

    row: Ints
    when: Ints
    day: Ints
    of: Ints
    amount: Ints


class Charged(NamedTuple):
    """Fees in minor units: [L] taken at disbursal, [L, N] due with each instalment."""

    at_disbursal_minor: Ints
    due_minor: Ints


def charged(plan: Schedule, rounding: Ints, fees: Fees) -> Charged:
    """The fees of each loan; KeyedError names `fees` where one has no place or no meaning.

    >>> from evenhand.core.days import of_iso
    >>> from evenhand.core.schedule import schedule
    >>> from evenhand.core.shape import monthly_equal
    >>> one = np.array([1])
    >>> shape = monthly_equal(one * 100_00, one * 0, of_iso(["2026-01-01"]), one * 3)
    >>> two = Fees(one.repeat(2) * 0, np.array([AT_DISBURSAL, PER_INSTALMENT]),
    ...            one.repeat(2) * NEVER, np.array([LENT, FIXED]), np.array([10_000, 5_00]))
    >>> [column.tolist() for column in charged(schedule(shape), shape.rounding, two)]
    [[100], [[500, 500, 500]]]
    """
    lent = plan.principal_minor.sum(axis=1)
    _require(plan, fees)
    each = _amounts(plan, lent, rounding, fees)
    at_once = np.zeros(len(lent), dtype=np.int64)
    first = fees.when == AT_DISBURSAL
    np.add.at(at_once, fees.row[first], each[first, 0])
    due = np.zeros(plan.due_on.shape, dtype=np.int64)
    np.add.at(due, fees.row[~first], np.where(_falls(plan, fees), each, 0)[~first])
    return Charged(at_once, due)


def _amounts(plan: Schedule, lent: Ints, rounding: Ints, fees: Fees) -> Ints:
    """[F, N] what each fee would be with each instalment."""
    row, of = fees.row, fees.of[:, None]
    principal, interest = plan.principal_minor[row], plan.interest_minor[row]
    bases = [
        np.broadcast_to(fees.amount[:, None], principal.shape),
        np.broadcast_to(lent[row, None], principal.shape),
        plan.balance_minor[row] + principal,
        principal,
        interest,
        principal + interest,
    ]
    base: Ints = np.select([of == code for code in CODES], bases)
    share = np.where(of == FIXED, PPM, fees.amount[:, None])
    whole, rest = times_over(base, share, PPM)
    return rounded(whole, rest, PPM, rounding[row, None])


def _falls(plan: Schedule, fees: Fees) -> Bools:
    """[F, N] with which instalments each fee falls due."""
    held = plan.due_on[fees.row] != NEVER
    reached = (plan.due_on[fees.row] >= fees.day[:, None]) & held
    first = reached & (np.cumsum(reached, axis=1) == 1)
    return np.asarray(np.where((fees.when == ON_A_DAY)[:, None], first, held), dtype=np.bool_)


def _require(plan: Schedule, fees: Fees) -> None:
    row, of = fees.row, fees.of
    require((row >= 0) & (row < len(plan.count)), "fees", "no such loan")
    require_of(row, (fees.when >= 0) & (fees.when < len(WHEN)), "fees", "unknown moment")
    require_of(row, (of >= 0) & (of < len(OF)), "fees", "unknown base")
    most = np.where(of == FIXED, PRINCIPAL_MAX, RATE_PPM_MAX)
    bounded = (fees.amount >= 0) & (fees.amount <= most)
    require_of(row, bounded, "fees", "an amount out of bounds")
    whole_loan = (fees.when != AT_DISBURSAL) | (of <= LENT)
    require_of(row, whole_loan, "fees", "at disbursal there is no instalment to take it of")
    last = np.where(plan.due_on == NEVER, -NEVER, plan.due_on).max(axis=1)
    reaches = (fees.when != ON_A_DAY) | (fees.day <= last[row])
    require_of(row, reaches, "fees", "its day comes after the last instalment")
