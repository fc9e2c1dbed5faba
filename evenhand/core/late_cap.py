"""A cap on late interest: once it is reached, none is charged any more.

The day on which a cap is reached is no fact anybody writes: it follows from terms, payments and the
cap, and is found by halving, because what has been charged never falls. Late interest stops with
the last day on which all that was charged still lies within the cap, so it is never passed, not by
one minor unit; what a payment would have changed it changes here too, backdated or not.
"""

from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.columns import Ints, require
from evenhand.core.days import NEVER
from evenhand.core.money import PPM, times_over
from evenhand.core.position import Payments, stand
from evenhand.core.position_fold import DAY_MAX
from evenhand.core.terms import Terms

HALVINGS: Final = range((2 * DAY_MAX).bit_length())


class Capped(NamedTuple):
    """The terms with late interest stopped where it is, and the last day [L] on which it ran: NEVER
    where the cap is not reached by the day that was looked to."""

    terms: Terms
    reached_on: Ints


def cap_of(principal_minor: Ints, share_ppm: Ints) -> Ints:
    """A cap as a share of the principal, a part of a unit left to the borrower.

    >>> cap_of(np.array([10_001]), np.array([500_000])).tolist()
    [5000]
    """
    require(share_ppm >= 0, "late_cap", "below zero")
    return times_over(principal_minor, share_ppm, PPM)[0]


def capped(terms: Terms, payments: Payments, cap_minor: Ints, until: int) -> Capped:
    """The terms under a cap [L] on all late interest ever charged, looked to until a day.

    What was brought into a loan taken over (`late_brought_minor`) counts first.
    """
    require(cap_minor >= 0, "late_cap", "below zero")
    room = np.maximum(cap_minor - terms.late_brought_minor.sum(axis=1), 0)
    within = np.full(len(room), -DAY_MAX)
    beyond = np.full(len(room), until + 1)
    for _round in HALVINGS:
        middle = (within + beyond) // 2
        fits = stand(terms, payments, middle).late_charged_minor <= room
        narrow = beyond - within > 1
        within = np.where(narrow & fits, middle, within)
        beyond = np.where(narrow & ~fits, middle, beyond)
    reached_on = np.where(within == until, NEVER, within)
    return Capped(_stopped(terms, reached_on), reached_on)


def _stopped(terms: Terms, since: Ints) -> Terms:
    """The terms whose late interest does not run after `since` [L]; NEVER leaves it running."""
    last = np.stack((since, np.full_like(since, NEVER)), axis=1)[:, None, :]
    if terms.stopped is None:
        return replace(terms, stopped=last)
    spans = np.minimum(terms.stopped, since[:, None, None])
    return replace(terms, stopped=np.concatenate((spans, last), axis=1))
