"""What came of a call, as typed: the outcome, a note, a promise, a time to call back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext as _

from evenhand.law import written
from evenhand.ledger import house
from evenhand.lifecycle.call.acts import CAME_OF_IT, TALKED, Result
from evenhand.web.amounts import minor_of

NOTE_MAX: Final = 2_000
AHEAD_DAYS: Final = 31
"""How far ahead a promise or a time to call back may lie."""
MINUTE: Final = 60_000_000
MINUTES: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and the clear sentence beside each field that does not do."""

    outcome: str = ""
    note: str = field(default="", repr=False)
    amount: str = ""
    loan: str = ""
    by: str = ""
    day: str = ""
    time: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    result: Result | None = None


def read(sent: Mapping[str, str], loans: Mapping[int, str], at: int) -> Typed:
    """The form as sent at `at`; `loans` that may be promised for, each with its currency."""
    names = ("outcome", "note", "amount", "loan", "by", "day", "time")
    values = {name: sent.get(name, "").strip() for name in names}
    errors: dict[str, str] = {}
    if values["outcome"] not in CAME_OF_IT:
        errors["outcome"] = _("Choose what came of it.")
    if len(values["note"]) > NOTE_MAX:
        errors["note"] = _("That is too long. Up to %(most)s characters.") % {"most": NOTE_MAX}
    result = Result(values["outcome"], values["note"])
    if values["outcome"] == TALKED:
        result, wrong = _promise(values, result, loans, house.day_of(at))
        errors |= wrong
        result, wrong = _call_back(values, result, at)
        errors |= wrong
    return Typed(**values, errors=errors, result=None if errors else result)


def _promise(
    values: Mapping[str, str], result: Result, loans: Mapping[int, str], today: date
) -> tuple[Result, dict[str, str]]:
    """The promise: nothing typed is none, else an amount of one of these loans and a day."""
    if not values["amount"] and not values["by"]:
        return result, {}
    loan = int(values["loan"]) if values["loan"].isdecimal() else next(iter(loans), 0)
    currency, by, errors = loans.get(loan, ""), _day(values["by"]), {}
    minor = minor_of(values["amount"], currency) if currency else None
    if not currency:
        errors["loan"] = _("Choose one of these loans.")
    elif not minor:
        errors["amount"] = _("Type an amount, such as 500 or 500.50.")
    if by is None or not today <= by <= today + timedelta(days=AHEAD_DAYS):
        errors["by"] = _("Choose a day within the next %(n)s days.") % {"n": AHEAD_DAYS}
    return result._replace(amount_minor=minor or 0, currency=currency, loan=loan, by=by), errors


def _call_back(values: Mapping[str, str], result: Result, at: int) -> tuple[Result, dict[str, str]]:
    """The time the person named: nothing typed is none, else a moment to come."""
    if not values["day"] and not values["time"]:
        return result, {}
    day, minute = _day(values["day"]), _minute(values["time"])
    wrong = _("Choose a day and a time to come, within %(n)s days.") % {"n": AHEAD_DAYS}
    if day is None or minute is None:
        return result, {"day": wrong}
    moment = house.midnight(day) + minute * MINUTE
    if not at < moment <= at + AHEAD_DAYS * MINUTES * MINUTE:
        return result, {"day": wrong}
    return result._replace(call_back_at=moment), {}


def _day(text: str) -> date | None:
    try:
        return written.day(text)
    except ValueError:
        return None


def _minute(text: str) -> int | None:
    """Minutes after midnight of 09:30; None where it is no time.

    >>> _minute("09:30"), _minute("24:00"), _minute("soon")
    (570, None, None)
    """
    hour, _colon, minute = text.partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and len(text) == len("09:30")):
        return None
    found = int(hour) * 60 + int(minute)
    return found if int(minute) < 60 and found < MINUTES else None
