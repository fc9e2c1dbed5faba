"""How the demo's made-up borrowers behave: who borrows when and how much, and who pays what.

Everything follows from the borrower's number and the position of the day, so the same book comes
out each time, and a demo moved on tomorrow goes on as it began.
"""

import hashlib
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

FIRST_DAY = date(2026, 5, 1)
DAYS = 200
PEOPLE = 300
JOINING_DAYS = 185
MONTHS = (3, 6, 9, 12, 12, 18, 24)
SECOND_LOAN_AFTER = 75


class Temper(Enum):
    """How a person pays."""

    PUNCTUAL = "on the due day"
    EARLY = "two days before"
    FORGETFUL = "some days after a reminder"
    IN_PARTS = "half when reminded, the rest later"
    SLIPPING = "well at first, then with a gap, then all at once"
    STOPPED = "well at first, then no more"


# Of a hundred people, how many are of which temper.
SHARES = (
    (Temper.PUNCTUAL, 46),
    (Temper.EARLY, 14),
    (Temper.FORGETFUL, 14),
    (Temper.IN_PARTS, 4),
    (Temper.SLIPPING, 8),
    (Temper.STOPPED, 14),
)


class Signing(NamedTuple):
    """A loan to sign: minor units and months."""

    number: int
    principal: int
    months: int


class Stands(NamedTuple):
    """One loan on a day, in minor units and days; `age` is days since it was signed."""

    age: int
    due_minor: int
    next_due_minor: int
    days_to_next: int
    past_due_days: int


def roll(number: int, about: str, sides: int) -> int:
    """A throw from 0 to sides - 1 that is always the same for this person and matter."""
    return int.from_bytes(hashlib.sha256(f"{number} {about}".encode()).digest()[:8]) % sides


def temper(number: int) -> Temper:
    """The temper of a person."""
    left = roll(number, "temper", 100)
    for kind, share in SHARES:
        if left < share:
            return kind
        left -= share
    raise AssertionError("the shares are of a hundred")


def signings(day: date) -> list[Signing]:
    """The loans signed on a day, first ones and second ones, by number."""
    since = (day - FIRST_DAY).days
    return [
        _signing(number, loan)
        for number in range(PEOPLE)
        for loan, joins in enumerate(_joins(number))
        if joins == since
    ]


def pays(number: int, stands: Stands) -> int:
    """What this person pays on a loan today, in minor units; 0 for nothing."""
    kind = temper(number)
    lag = 1 + roll(number, f"lag {stands.age // 28}", 9)
    if kind is Temper.EARLY and stands.days_to_next == 2 and not stands.due_minor:
        return stands.next_due_minor
    if kind is Temper.FORGETFUL:
        return stands.due_minor if stands.past_due_days >= lag else 0
    if kind is Temper.IN_PARTS:
        return _in_parts(stands)
    if stands.age >= _well_until(number, kind):
        recovers = kind is Temper.SLIPPING and stands.past_due_days >= 12 + 4 * lag
        return stands.due_minor if recovers else 0
    return stands.due_minor


def complains(number: int, past_due_days: int) -> bool:
    """Does this person complain today?"""
    return past_due_days == 4 and roll(number, "complains", 20) == 0


def disputes(number: int, past_due_days: int) -> bool:
    """Does this person say today that the sum is not owed?"""
    return past_due_days == 9 and roll(number, "disputes", 20) == 0


def opts_out(number: int, past_due_days: int) -> bool:
    """Does this person want no more text messages from today on?"""
    return past_due_days == 8 and roll(number, "opts out", 14) == 0


def agrees_to_a_plan(number: int, past_due_days: int) -> bool:
    """Does this person, in trouble, agree to a plan today?"""
    return past_due_days in (18, 45) and roll(number, f"plan {past_due_days}", 3) == 0


def wants_afternoons(number: int) -> bool:
    """Does this person ask, on enrolling, not to be reached before one in the afternoon?"""
    return roll(number, "afternoons", 25) == 0


def _joins(number: int) -> tuple[int, ...]:
    first = number * JOINING_DAYS // PEOPLE
    return (first, first + SECOND_LOAN_AFTER) if roll(number, "again", 9) == 0 else (first,)


def _signing(number: int, loan: int) -> Signing:
    months = MONTHS[roll(number, f"months {loan}", len(MONTHS))]
    principal = 1_000_00 + 500_00 * roll(number, f"principal {loan}", 99)
    return Signing(number, min(principal, 50_000_00), months)


def _in_parts(stands: Stands) -> int:
    if stands.past_due_days == 5:
        return stands.due_minor // 2
    return stands.due_minor if stands.past_due_days >= 13 else 0


def _well_until(number: int, kind: Temper) -> int:
    """The age of a loan up to which a person pays on the due day."""
    if kind in (Temper.SLIPPING, Temper.STOPPED):
        return int(timedelta(days=35 + roll(number, "well until", 80)).days)
    return 10_000
