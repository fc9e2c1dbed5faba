"""What a code answers, as pages and the API say it: the same words for whatever it was about."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from django.conf import settings

from evenhand.ledger import house
from evenhand.outbound.contact import verify
from evenhand.outbound.payments import register, spelling
from evenhand.web import shown

HOUR: Final = 3_600_000_000
LONGEST: Final = 400
"""A whole message may be pasted."""


class Answer(NamedTuple):
    """Ours or not. `day` and `hour` are the house's when it left, `ends_with` the last two digits
    of the number it went to (empty for none), `own` where the person signed in is whom it is to."""

    ours: bool
    code: str
    channel: str = ""
    day: date | None = None
    hour: int = 0
    ends_with: str = ""
    own: bool = False

    @property
    def next_hour(self) -> int:
        return self.hour + 1


def ask(code: str, *, at: int, person: int = 0) -> Answer:
    """What a code (as `verify.typed` gives it) answers to this person, 0 for nobody signed in."""
    found = verify.ours(code, at=at, person=person)
    if found is None:
        return Answer(False, code)
    local = shown.at_house(found.at)
    own = bool(person) and found.borrower == person
    return Answer(True, code, found.channel, local.date(), local.hour, found.ends_with, own)


def as_json(answer: Answer) -> dict[str, Any]:
    """The same for programs; nothing more."""
    if not answer.ours or answer.day is None:
        return {"ours": False}
    return {
        "ours": True,
        "channel": answer.channel,
        "day": answer.day.isoformat(),
        "hour": answer.hour,
        "zone": settings.EVENHAND_ZONE,
        "ends_with": answer.ends_with,
    }


class Calling(NamedTuple):
    """Is a number one of ours on a day, and did calls of ours leave in that hour?"""

    ours: bool
    calling: bool


def of_number(text: str, day: date, hour: int) -> Calling:
    """Registered numbers only, and the hotline; of whom was called nothing is read."""
    number = spelling.telephone(text)
    known = [channel.number for channel in register.numbers(day)]
    known.append(str(settings.EVENHAND_LENDER["hotline"]))
    if not number or number not in {spelling.telephone(one) for one in known}:
        return Calling(False, False)
    begins = house.midnight(day) + hour * HOUR
    return Calling(True, verify.was_calling(begins, begins + HOUR))


def hour_text(hour: int) -> str:
    """An hour as a choice shows it."""
    return f"{datetime.combine(date.min, time(hour)):%H:%M}"
