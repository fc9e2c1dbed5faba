"""A cap on late interest: once it is reached, none is charged any more.

The day on which a cap is reached is no fact anybody writes: it follows from terms, what happened
and the cap, and is found in the fold (`open_book`). Late interest stops with the last day on which
all that was charged still lies within the cap, so it is never passed, not by one minor unit; what a
payment would have changed it changes here too, backdated or not.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from evenhand.core.columns import Ints, require
from evenhand.core.days import NEVER
from evenhand.core.money import PPM, times_over
from evenhand.core.terms import Terms

NO_CAP: Final = 2**62
"""More than is ever charged."""


def cap_of(principal_minor: Ints, share_ppm: Ints) -> Ints:
    """A cap as a share of the principal, a part of a unit left to the borrower.

    >>> cap_of(np.array([10_001]), np.array([500_000])).tolist()
    [5000]
    """
    require(share_ppm >= 0, "late_cap", "below zero")
    return times_over(principal_minor, share_ppm, PPM)[0]


def room_of(terms: Terms, cap_minor: Ints) -> Ints:
    """What a cap [L] on all late interest ever charged leaves for these terms: what was brought
    into a loan taken over (`late_brought_minor`) counts first. NO_CAP stays."""
    require(cap_minor >= 0, "late_cap", "below zero")
    left = np.maximum(cap_minor - terms.late_brought_minor.sum(axis=1), 0)
    return np.where(cap_minor == NO_CAP, NO_CAP, left)


def stopped_after(terms: Terms, since: Ints) -> Terms:
    """The terms whose late interest does not run after `since` [L]; NEVER leaves it running."""
    if bool((since == NEVER).all()):
        return terms
    last = np.stack((since, np.full_like(since, NEVER)), axis=1)[:, None, :]
    if terms.stopped is None:
        return replace(terms, stopped=last)
    spans = np.minimum(terms.stopped, since[:, None, None])
    return replace(terms, stopped=np.concatenate((spans, last), axis=1))
