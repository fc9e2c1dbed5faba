"""The form of a proposal as sent: how, how many parts, which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from evenhand.lifecycle.arrange import bounds
from evenhand.lifecycle.arrange.offer import HOWS, LATER, PARTS, Here, Wanted
from evenhand.web.shown import amount, day_text

TEXT_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and the clear sentence beside each field that does not do."""

    how: str = PARTS
    parts: str = "3"
    day: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    def wanted(self) -> Wanted:
        """The proposal; only of what has no errors."""
        parts = int(self.parts) if self.how == PARTS else 1
        return Wanted(self.how, parts, date.fromisoformat(self.day))


def read(sent: Mapping[str, str]) -> Typed:
    """The form as sent."""
    how, parts, day = (sent.get(name, "").strip() for name in ("how", "parts", "day"))
    errors = {}
    if how not in HOWS:
        errors["how"] = _("Choose one of the two.")
    if how == PARTS and not (parts.isascii() and parts.isdecimal() and 2 <= int(parts[:4]) <= 99):
        errors["parts"] = _("Choose how many parts.")
    if not _is_day(day):
        errors["day"] = _("Type a day, such as 2026-05-31.")
    return Typed(how, parts, day, errors)


def refused(typed: Typed, fault: str, here: Here) -> Typed:
    """The same form with what the house says to it, beside its field."""
    where = {"parts": "parts", "small": "parts", "nothing_past_due": "how", "open": "how"}
    errors = {where.get(fault, "day"): _says(fault, typed, here)}
    return Typed(typed.how, typed.parts, typed.day, errors)


def words_error(text: str, *, needed: bool = False) -> str:
    """What is wrong with free words; empty where nothing is."""
    if needed and not text:
        return _("Write it in a few words.")
    if len(text) > TEXT_MAX:
        return _("That is too long. Up to %(most)s characters.") % {"most": TEXT_MAX}
    return ""


def _says(fault: str, typed: Typed, here: Here) -> str:
    limits = bounds.of(here.product)
    reach = limits.by_person
    within = reach.later_within_days if typed.how == LATER else reach.first_within_days
    answer = day_text(bounds.answer_by(here.on, limits.working_days))
    least = f"{here.currency} {amount(limits.least_step_minor, here.currency)}"
    return {
        "nothing_past_due": _("Nothing is past due on this loan."),
        "open": _("There is a plan for this loan already."),
        "parts": _("Up to %(most)s parts.") % {"most": reach.parts_most},
        "small": _("Each part comes to %(least)s at least: choose fewer.") % {"least": least},
        "early": _("Choose a day after today."),
        "late": _("Choose a day within the next %(n)s days.") % {"n": within},
        "early_for_person": _(
            "This is for a person to answer, by %(day)s: choose a day after that."
        ) % {"day": answer},
    }[fault]  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
