"""What may be said in a call, in the person's language: who speaks, how to check it, the sums."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils import translation

from evenhand.lifecycle.call.wanted import Todo
from evenhand.people.staff import Member
from evenhand.web import shown
from evenhand.web.words import word

PARTS: Final = ("opening", "who", "matter", "choices", "close")
"""In the order in which they are said; the sums come only when the person is known."""
_FOLDER: Final = Path(__file__).parent / "words"


def script(todo: Todo, member: Member, lang: str, reference: str) -> str:
    """The whole script, a part a line."""
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
    return "\n".join(_words(lang)[part].format(**values) for part in PARTS)


@cache
def _words(lang: str) -> Mapping[str, str]:
    return tomllib.loads((_FOLDER / f"{lang}.toml").read_text("utf-8"))
