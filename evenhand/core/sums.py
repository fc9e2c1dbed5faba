"""How the figures of one loan's position come about, as columns that can be added up by hand.

Nothing is worked out by another rule: a payment's parts are the difference of two positions, and
what is summed here equals the position's own figures exactly. One loan, F payments, N instalments.
"""

from dataclasses import dataclass

import numpy as np

from evenhand.core.allocation import Parts
from evenhand.core.columns import Ints
from evenhand.core.money import PPM, share
from evenhand.core.position import Payments, Position, stand
from evenhand.core.position_fold import late_interest
from evenhand.core.terms import Terms


@dataclass(frozen=True, slots=True)
class Walk:
    """One loan's payments up to the day of its position, and where each of them went.

    day, amount_minor   [F] as they came
    paid                [F, N] what of each paid which instalment, by part
    over_minor          [F] what was left of each
    """

    day: Ints
    amount_minor: Ints
    paid: Parts
    over_minor: Ints


@dataclass(frozen=True, slots=True)
class Late:
    """How the late interest of one loan's instalments comes about.

    since, until, days, principal_minor   [F + 1, N] the stretches between payments: from and up to
                  which day, on how many of them late interest ran, on what unpaid principal
    accrued_minor [N] the sum of principal x days, x rate / (a million x year days), rounded half to
                  even once; with what was brought and less what was paid it is what is owed
    """

    since: Ints
    until: Ints
    days: Ints
    principal_minor: Ints
    accrued_minor: Ints


def walk(terms: Terms, payments: Payments, position: Position, row: int) -> Walk:
    """Where every payment of the loan at `row` went; `payments` are those of all loans."""
    mine = np.flatnonzero((payments.row == row) & (payments.day <= position.on[row]))
    day, amount = payments.day[mine], payments.amount_minor[mine]
    copies = terms.take(np.full(2 * len(day), row))
    # Row 2k has the payments before the k-th, row 2k + 1 the k-th too; both stand on its day.
    known = (np.arange(2 * len(day)) + 1) // 2
    place = np.repeat(np.arange(2 * len(day)), known)
    nth = np.arange(len(place)) - np.repeat(np.cumsum(known) - known, known)
    stood = stand(copies, Payments(place, day[nth], amount[nth]), np.repeat(day, 2))
    paid = Parts(
        stood.owed_late[0::2] - stood.owed_late[1::2],
        stood.owed_interest[0::2] - stood.owed_interest[1::2],
        stood.owed_principal[0::2] - stood.owed_principal[1::2],
    )
    over = amount - (paid.late + paid.interest + paid.principal).sum(axis=1)
    return Walk(day, amount, paid, over)


def late(terms: Terms, walked: Walk, row: int, on: int) -> Late:
    """The late interest of the loan at `row` up to `on`, by the payments that were walked."""
    begin = np.maximum(terms.due_on[row], terms.late_from[row])
    day = walked.day[:, None]
    since = np.concatenate((begin[None, :], np.maximum(day, begin)))
    until = np.maximum(np.append(walked.day, on)[:, None], since)
    gone = np.cumsum(walked.paid.principal, axis=0)
    agreed = terms.principal_minor[row][None, :]
    principal = np.concatenate((agreed, agreed - gone))
    rows = np.full(since.size, row)
    days = terms.late_days(rows, since.ravel(), until.ravel()).reshape(since.shape)
    weighted = (principal * days).sum(axis=0)
    accrued = late_interest(weighted, terms, np.full(len(weighted), row))
    return Late(since, until, days, principal, accrued)


def by_rate(balance_minor: int, rate_ppm: int, part: int = 1, of: int = 12) -> int:
    """Interest on a balance for a part of a year, a month say: x rate x part / of, half to even.

    >>> by_rate(1_000_00, 108_000), by_rate(1_000_00, 108_000, 31, 360)
    (900, 930)
    """
    return int(share(np.array([balance_minor]), rate_ppm * part, of * PPM)[0])
