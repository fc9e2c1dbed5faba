"""What may be said in a call, in the person's language: who speaks, how to check it, the sums."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings
from django.utils import translation

from evenhand.lifecycle.call.wanted import Todo
from evenhand.outbound.contact import wording
from evenhand.people.staff import Member
from evenhand.web import shown
from evenhand.web.words import word

PARTS: Final = ("opening", "who", "matter", "choices", "close")
"""In the order in which they are said; the sums come only when the person is known."""


def script(todo: Todo, member: Member, lang: str, reference: str) -> str:
    """The whole script, a part a line, in the words approved; wording.NotApproved without any."""
    lender = settings.EVENHAND_LENDER
    with translation.override(lang):
        values = {
            "lender": lender["name"],
            "hotline": lender["hotline"],
            "role": word("role", member.role),
            "number": member.number,
            "reference": reference,
            "day": shown.day_text(date.fromisoformat(todo.since)),
            "amount": " + ".join(
                f"{one.currency}\u00a0{shown.amount(one.minor, one.currency)}" for one in todo.sums
            ),
        }
    said = wording.fields("call", "script", lang)
    return "\n".join(said[part].format(**values) for part in PARTS)
