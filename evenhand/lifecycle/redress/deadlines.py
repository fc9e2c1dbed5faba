"""By when a complaint is to be answered: the days of the packs in force, and working days.

A complaint about a sum is a dispute too: of what a pack says of both, the fewer days count.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.conf import settings

from evenhand.law import loader
from evenhand.law.workdays import working_day
from evenhand.ledger.kinds_state import SUM

EVENT: Final = ("complaint_received",)
DISPUTED: Final = (*EVENT, "dispute_received")
"""What the packs call it that starts the clock."""


class Deadlines(NamedTuple):
    """Days for an answer, counted from the day the complaint came in."""

    answer: int
    complex: int
    """In all, where the matter is complex."""
    special: int
    """More, for special reasons."""


OURS: Final = Deadlines(15, 30, 30)
"""Where no pack of the house says fewer."""


def events_of(ground: str) -> tuple[str, ...]:
    """What starts the clock of a complaint on that ground."""
    return DISPUTED if ground == SUM else EVENT


def deadlines(on: date, events: tuple[str, ...] = EVENT) -> Deadlines:
    """The shortest days that a pack of the house gives on that day."""
    rules = [rule for pack in settings.EVENHAND_PACKS for rule in loader.load(pack).rules]
    values = [rule.on(on) for rule in rules if rule.type == "deadline"]
    said = [v.says for v in values if v is not None and v.says.get("event") in events]
    return Deadlines(
        min((int(each["answer_within_days"]) for each in said), default=OURS.answer),
        min((int(each["complex_days"]) for each in said if "complex_days" in each),
            default=OURS.complex),
        min((int(each["special_days"]) for each in said if "special_days" in each),
            default=OURS.special),
    )  # fmt: skip


def due_on(opened: date, events: tuple[str, ...] = EVENT) -> date:
    """The last day for the answer to what came in on that day."""
    return opened + timedelta(days=deadlines(opened, events).answer)


def next_working_day(day: date) -> date:
    """The first working day after a day, by the calendars of the packs in force."""
    return working_day(day, settings.EVENHAND_PACKS)
