"""What an applicant says of means and obligations: sealed in the vault, never a fact.

The form writes it and what decides reads it; a fact holds only the commitment to the text. Amounts
are minor units a month.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

EMPLOYMENTS: Final = ("employed", "self_employed", "retired", "none")
ACCOUNTS: Final = ("none", "empty", "little", "well")
"""What is left on the account at a month's end; none: no account that income comes to."""
SAVINGS: Final = ("none", "some")
"""Some: enough to live on for a week or longer."""


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """The answers as sent. `employed_since` is a month (2024-05), empty for who has no work;
    `supported` counts the people who live on this income beside the applicant."""

    income_minor: int
    housing_minor: int
    duties_minor: int
    loans_minor: int
    employment: str
    employed_since: str
    supported: int
    account: str
    savings: str

    def text(self) -> str:
        """The answers as they are sealed: JSON, keys sorted."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    def employed_months(self, on: date) -> int:
        """Whole months in the present work on a day; 0 without work.

        >>> Answers(0, 0, 0, 0, "employed", "2025-11", 0, "well", "some").employed_months(
        ...     date(2026, 3, 1))
        4
        """
        if not self.employed_since:
            return 0
        year, month = map(int, self.employed_since.split("-"))
        return max((on.year - year) * 12 + on.month - month, 0)


def read(text: str) -> Answers:
    """The answers from the text they were sealed as."""
    return Answers(**json.loads(text))
