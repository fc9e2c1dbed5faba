"""The form of a proposal, or of what we offer instead, as sent: how, how many parts, which day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from evenhand.ledger import promised
from evenhand.ledger.one_loan import Here
from evenhand.lifecycle.arrange import bounds
from evenhand.lifecycle.arrange.offer import EACH, HOWS, LATER, PARTS, Wanted, each_of
from evenhand.web.amounts import minor_of
from evenhand.web.shown import amount, day_text

TEXT_MAX: Final = 2_000


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, and the clear sentence beside each field that does not do."""

    how: str = PARTS
    parts: str = "3"
    day: str = ""
    each: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)

    def wanted(self) -> Wanted:
        """The proposal; only of what has no errors."""
        parts = int(self.parts) if self.how == PARTS else 1
        return Wanted(self.how, parts, date.fromisoformat(self.day))

    def instead_of(self, total_minor: int, currency: str) -> Wanted:
        """What is offered instead of what was proposed; only of what has no errors."""
        each = minor_of(self.each, currency) if self.how == EACH else 0
        return each_of(total_minor, each, self.wanted().day) if each else self.wanted()


def read(sent: Mapping[str, str]) -> Typed:
    """The form as sent by a borrower."""
    return _read(sent, HOWS)


def read_instead(sent: Mapping[str, str], currency: str) -> Typed:
    """The form as sent by staff: a sum for each part may be typed too."""
    typed = _read(sent, (*HOWS, EACH))
    if typed.how != EACH or minor_of(typed.each, currency):
        return typed
    errors = {**typed.errors, "each": _("Type an amount such as 350.00.")}
    return replace(typed, errors=errors)


def refused(typed: Typed, fault: str, here: Here) -> Typed:
    """The same form with what the house says to it, beside its field."""
    part = "each" if typed.how == EACH else "parts"
    where = {"parts": part, "small": part, "nothing_past_due": "how", "open": "how", "same": "how"}
    errors = {where.get(fault, "day"): _says(fault, typed, here)}
    return replace(typed, errors=errors)


def _read(sent: Mapping[str, str], hows: Sequence[str]) -> Typed:
    how, parts, day, each = (sent.get(one, "").strip() for one in ("how", "parts", "day", "each"))
    errors = {}
    if how not in hows:
        three = EACH in hows
        errors["how"] = _("Choose one of the three.") if three else _("Choose one of the two.")
    if how == PARTS and not (parts.isascii() and parts.isdecimal() and 2 <= int(parts[:4]) <= 99):
        errors["parts"] = _("Choose how many parts.")
    if not _is_day(day):
        errors["day"] = _("Type a day, such as 2026-05-31.")
    return Typed(how, parts, day, each, errors)


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
    answer = day_text(promised.answer_by(here.on, limits.working_days))
    accept = day_text(promised.accept_by(here.on, limits.accept_days))
    least = f"{here.currency} {amount(limits.least_step_minor, here.currency)}"
    return {
        "nothing_past_due": _("Nothing is past due on this loan."),
        "open": _("There is a plan for this loan already."),
        "same": _("That is what was proposed: agree to it."),
        "parts": _("Up to %(most)s parts.") % {"most": reach.parts_most},
        "small": _("Each part comes to %(least)s at least: choose fewer.") % {"least": least},
        "early": _("Choose a day after today."),
        "late": _("Choose a day within the next %(n)s days.") % {"n": within},
        "early_for_person": _(
            "This is for a person to answer, by %(day)s: choose a day after that."
        ) % {"day": answer},
        "early_for_borrower": _(
            "The borrower may accept it until %(day)s: choose a day after that."
        ) % {"day": accept},
    }[fault]  # fmt: skip


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
