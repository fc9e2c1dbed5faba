"""What somebody who is asked to answer for a loan reads, in plain sentences: the very words that
are kept with their promise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from evenhand.ledger.parties import Invitation
from evenhand.web import shown, words
from evenhand.web.terms import span


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of somebody. `name` is the applicant's, masked; `terms` are the product's."""

    name: str
    amount_minor: int
    months: int
    terms: Mapping[str, Any]
    invitation: Invitation


def sentences(asked: Asked) -> list[str]:
    """What they would answer for, in the reader's language."""
    own = _guarantor(asked) if asked.invitation.role == "guarantor" else _co_borrower(asked)
    return [
        *own,
        _("If you do not pay when asked, the contract's measures apply to you: %(measures)s.")
        % {"measures": _measures(asked.invitation)},
        _("While the loan runs, your credit report may show that you answer for it."),
        _("You may say no. It costs nothing, and nobody is told more than that you said no."),
        _("If you say yes, you can take it back until the contract is signed."),
    ]  # fmt: skip


def text(asked: Asked) -> str:
    """The sentences as one text, a line each."""
    return "\n".join(sentences(asked))


def _guarantor(asked: Asked) -> list[str]:
    until = asked.invitation.until
    said = {
        "name": asked.name,
        "amount": _money(asked.amount_minor, asked),
        "span": span(asked.months, asked.terms),
        "limit": _money(asked.invitation.limit_minor, asked),
        "day": shown.day_text(until) if until else "",
    }
    return [
        _("You would be guarantor for a loan of %(amount)s over %(span)s to %(name)s.") % said,
        _("%(name)s is to pay. You can be asked only if %(name)s does not pay.") % said,
        _("You answer for at most %(limit)s in all, never for interest, late interest or costs.")
        % said,
        _("You can be asked until %(day)s at the latest, and never after that day.") % said,
    ]


def _co_borrower(asked: Asked) -> list[str]:
    said = {
        "name": asked.name,
        "amount": _money(asked.amount_minor, asked),
        "span": span(asked.months, asked.terms),
    }
    return [
        _("You would borrow %(amount)s over %(span)s together with %(name)s.") % said,
        _("Each of you owes the whole, not half: you can be asked for all of it.") % said,
        _("The whole is the amount, its interest, and late interest when paid late.")
        if not asked.terms.get("fees")
        else _("The whole is the amount, its interest and fees, and late interest when paid late."),
        _("You answer for it until everything is paid.") % said,
        _("The money is paid out to the account of %(name)s, not to yours.") % said,
    ]


def _money(minor: int, asked: Asked) -> str:
    currency = asked.invitation.currency
    return f"{currency}\u00a0{shown.amount(minor, currency)}"


def _measures(invitation: Invitation) -> str:
    between = "、" if (get_language() or "en").startswith("zh") else ", "
    return between.join(words.word("channel", measure) for measure in invitation.measures)
