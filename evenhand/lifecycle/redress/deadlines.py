"""By when a complaint is to be answered: the days of the packs in force, and working days."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.conf import settings

from evenhand.law import loader
from evenhand.law.workdays import working_day

EVENT: Final = "complaint_received"


class Deadlines(NamedTuple):
    """Days for an answer, counted from the day the complaint came in."""

    answer: int
    complex: int
    """In all, where the matter is complex."""
    special: int
    """More, for special reasons."""


OURS: Final = Deadlines(15, 30, 30)
"""Where no pack of the house says fewer."""


def deadlines(on: date) -> Deadlines:
    """The shortest days that a pack of the house gives on that day."""
    rules = [rule for pack in settings.EVENHAND_PACKS for rule in loader.load(pack).rules]
    values = [rule.on(on) for rule in rules if rule.type == "deadline"]
    said = [v.says for v in values if v is not None and v.says.get("event") == EVENT]
    return Deadlines(
        min((int(each["answer_within_days"]) for each in said), default=OURS.answer),
        min((int(each["complex_days"]) for each in said if "complex_days" in each),
            default=OURS.complex),
        min((int(each["special_days"]) for each in said if "special_days" in each),
            default=OURS.special),
    )  # fmt: skip


def due_on(opened: date) -> date:
    """The last day for the answer to what came in on that day."""
    return opened + timedelta(days=deadlines(opened).answer)


def next_working_day(day: date) -> date:
    """The first working day after a day, by the calendars of the packs in force."""
    return working_day(day, settings.EVENHAND_PACKS)
