"""What belongs to no borrower: the streams of the house itself, and its calendar day."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings

DAYCLOSE: Final = -1
"""Closed days and their signed roots."""
RULES: Final = -2
"""The law and the policy in force."""
IMPORTS: Final = -3
"""Books taken over from others."""
STAFF: Final = -4
"""The staff roll."""
ACCOUNTS: Final = -5
"""The lender's own accounts and channels: where to pay."""
SUSPENSE: Final = -6
"""Money that came in and is not known to be anybody's yet."""
FRAUD: Final = -7
"""What people report of frauds in our name."""
WORDS: Final = -8
"""The wordings that may leave: proposed by one, approved by another."""
HELD_BACK: Final = -9
"""Words of staff that the guard did not let through."""
PRODUCTS: Final = -10
"""Terms that loans may have: proposed by one, approved by another."""
WAIVERS: Final = -11
"""Charges to be given up: proposed by one, approved by another."""
WRITE_OFFS: Final = -12
"""Loans to be taken off the books: proposed by one, approved by another."""
RELIEFS: Final = -13
"""Relief that costs the lender money: proposed by one, approved by another."""
CIRCUMSTANCES: Final = -14
"""What protects a borrower, to be ended before its day: proposed by one, approved by another."""
INVITATIONS: Final = -15
"""Who answers for a loan by law: proposed by one, approved by another."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@lru_cache(1024)
def day_of(at: int) -> date:
    """The calendar day, in the lender's zone, of a moment in microseconds UTC."""
    moment = _EPOCH + timedelta(microseconds=at)
    return moment.astimezone(ZoneInfo(settings.EVENHAND_ZONE)).date()


def midnight(day: date) -> int:
    """The moment a day begins in the lender's zone, microseconds UTC."""
    begins = datetime.combine(day, time(), ZoneInfo(settings.EVENHAND_ZONE))
    return (begins - _EPOCH) // timedelta(microseconds=1)


def day_number(day: date) -> int:
    """Days since 1970-01-01, as columns have them."""
    return day.toordinal() - _EPOCH.toordinal()


def day_from(number: int | np.int64) -> date:
    """The day of a number of days since 1970-01-01."""
    return date.fromordinal(int(number) + _EPOCH.toordinal())
