"""The form of a waiver, read: what is wrong stands beside its field, what was typed stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from evenhand.ledger.kinds_writeoff import WAIVED_FOR, WAIVED_PARTS
from evenhand.ledger.one_loan import Here
from evenhand.lifecycle.writeoff.waiving import Wanted
from evenhand.web.amounts import minor_of

WHOLE: Final = "whole"
SUM: Final = "sum"
LENGTH_MAX: Final = 40


@dataclass(slots=True)
class Form:
    """What is typed, what is wrong by field, and what it asks for where nothing is."""

    part: str = ""
    how: str = WHOLE
    amount: str = ""
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    wanted: Wanted | None = None


def read(sent: QueryDict, at: Here) -> Form:
    """What was sent about the loan that stands so."""
    form = Form(
        sent.get("part", ""),
        sent.get("how", WHOLE),
        sent.get("amount", "").strip()[:LENGTH_MAX],
        sent.get("reason", ""),
    )
    if form.part not in WAIVED_PARTS or not at.owed(form.part):
        form.errors["part"] = _("Choose a part of which something is owed.")
    if form.reason not in WAIVED_FOR:
        form.errors["reason"] = _("Choose the reason.")
    minor = _amount(form, at)
    if not form.errors:
        form.wanted = Wanted(at.loan, form.part, minor, form.reason, form.how == WHOLE)
    return form


def _amount(form: Form, at: Here) -> int:
    owed = at.owed(form.part)
    if form.how == WHOLE:
        return owed
    minor = minor_of(form.amount, at.currency) or 0
    if not minor:
        form.errors["amount"] = _("Type an amount above nothing, such as 12.50.")
    elif minor > owed and "part" not in form.errors:
        form.errors["amount"] = _("No more can be waived than is owed of it.")
    return minor
