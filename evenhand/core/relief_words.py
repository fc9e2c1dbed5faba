"""The words for changes of a loan's terms while it lives, and what each needs to be known."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from evenhand.core.columns import Bools, Ints

WORDS: Final = (
    "holiday",
    "later_due_day",
    "longer_term",
    "lower_rate",
    "interest_pause",
    "re_age",
    "re_amortise",
    "moratorium",
    "prepaid_lower",
    "prepaid_shorter",
)
(
    HOLIDAY,
    LATER_DUE_DAY,
    LONGER_TERM,
    LOWER_RATE,
    INTEREST_PAUSE,
    RE_AGE,
    RE_AMORTISE,
    MORATORIUM,
    PREPAID_LOWER,
    PREPAID_SHORTER,
) = range(len(WORDS))
PAID_AHEAD: Final = len(WORDS)
"""No fact says it: what each payment is of a loan whose order re-amortises (`paid_ahead`)."""
PREPAID: Final = (PREPAID_LOWER, PREPAID_SHORTER, PAID_AHEAD)


@dataclass(frozen=True, slots=True)
class Change:
    """Columns [L], one change a loan; what a word does not need is 0 (`until` NEVER).

    word           a code of WORDS, or PAID_AHEAD
    count          holiday: instalments skipped; longer_term: instalments in all left;
                   paid_ahead: instalments of those left that it pays whole
    due_day        later_due_day: day of the month
    rate_ppm       lower_rate: from the day of the position on
    until          interest_pause, moratorium: the last day of it
    interest_runs  holiday: whether interest runs on
    money_minor    prepaid_*, paid_ahead: what was paid beyond all that is due on the day
    """

    word: Ints
    count: Ints
    due_day: Ints
    rate_ppm: Ints
    until: Ints
    interest_runs: Bools
    money_minor: Ints

    def take(self, rows: Ints) -> "Change":
        """The same columns for the loans at `rows`, in that order."""
        return Change(
            self.word[rows],
            self.count[rows],
            self.due_day[rows],
            self.rate_ppm[rows],
            self.until[rows],
            self.interest_runs[rows],
            self.money_minor[rows],
        )

    def before(self, other: "Change") -> "Change":
        """These changes, then others."""
        return Change(
            np.append(self.word, other.word),
            np.append(self.count, other.count),
            np.append(self.due_day, other.due_day),
            np.append(self.rate_ppm, other.rate_ppm),
            np.append(self.until, other.until),
            np.append(self.interest_runs, other.interest_runs),
            np.append(self.money_minor, other.money_minor),
        )

    @property
    def prepays(self) -> Bools:
        """Whether it is caused by a payment, which pays what is due first."""
        return np.isin(self.word, PREPAID)
