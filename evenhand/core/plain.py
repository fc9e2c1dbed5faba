"""The keys by which terms say how a loan is worked out, and what each is in the plain loan.

Monthly equal instalments, 30/360 by day, to the minor unit half to even, the last taking the rest;
no grace, no day chosen. What terms do not say is as here: so whoever checks, works out, asks for or
tells terms reads these tables.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from evenhand.core.due_days import SHIFTS, UNITS
from evenhand.core.money import ROUNDINGS
from evenhand.core.shape import DAY_COUNTS, INTEREST_PER, LASTS, METHODS, TERM_DAYS_MAX

AMOUNT_MAX: Final = 2**63 - 1


class Words(NamedTuple):
    """The words a key may have, and the one where it is not said."""

    among: tuple[str, ...]
    plain: str


class Number(NamedTuple):
    """The number where a key is not said, and from what to what one may be said."""

    plain: int
    least: int
    most: int


WORDS: Final[Mapping[str, Words]] = {
    "method": Words(METHODS, "equal_instalment"),
    "unit": Words(UNITS, "month"),
    "day_count": Words(DAY_COUNTS, "30/360"),
    "interest_per": Words(INTEREST_PER, "day"),
    "last": Words(LASTS, "takes_the_rest"),
    "rounding": Words(ROUNDINGS, "half_even"),
    "holiday_shift": Words(SHIFTS, "none"),
}
NUMBERS: Final[Mapping[str, Number]] = {
    "every": Number(1, 1, TERM_DAYS_MAX),
    "instalment_multiple_minor": Number(1, 1, AMOUNT_MAX),
    "grace_principal": Number(0, 0, TERM_DAYS_MAX),
    "grace_interest": Number(0, 0, TERM_DAYS_MAX),
    "interest_free": Number(0, 0, TERM_DAYS_MAX),
    "first_due_days": Number(0, 1, TERM_DAYS_MAX),
    "month_day": Number(0, 1, 31),
}
"""Of a `first_due_days` or `month_day` of 0 nothing is chosen: it is not said."""


def said(terms: Mapping[str, Any], key: str) -> str:
    """What terms say of a key of WORDS.

    >>> said({"unit": "week"}, "unit"), said({}, "unit")
    ('week', 'month')
    """
    return str(terms.get(key, WORDS[key].plain))


def number(terms: Mapping[str, Any], key: str) -> int:
    """What terms say of a key of NUMBERS."""
    return int(terms.get(key, NUMBERS[key].plain))
