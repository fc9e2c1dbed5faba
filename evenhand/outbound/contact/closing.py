"""What stands under every text of staff's own: who writes, how to check, complain and opt out.

The house puts it there, in approved words of the person's language, so that nobody forgets it; the
page shows it before anything is sent. Which statements the law asks for, the content rules of the
packs in force say.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from django.conf import settings
from django.utils import translation

from evenhand.law import loader
from evenhand.law.schema import STATEMENTS
from evenhand.ledger import house
from evenhand.outbound.contact import wording
from evenhand.people import staff
from evenhand.web.words import word

RULE: Final = "\n\n――\n"
"""Between what was typed and what the house puts under it."""


def required(on: date) -> tuple[str, ...]:
    """The statements that the packs in force ask for on a day, in the order of the law's list."""
    rules = [rule for pack in settings.EVENHAND_PACKS for rule in loader.load(pack).rules]
    values = [rule.on(on) for rule in rules if rule.type == "content"]
    asked = {name for value in values if value for name in value.says.get("states", ())}
    return tuple(name for name in STATEMENTS if name in asked)


def lines(lang: str, by: int, *, at: int) -> tuple[str, ...]:
    """The statements under a text by member of staff `by`, in that language; nothing where no pack
    asks for any. Raises wording.NotApproved, and Offends where they may not be said."""
    asked = required(house.day_of(at))
    if not asked:
        return ()
    said, values = wording.fields("closing", "own", lang), _values(lang, by)
    filled = tuple(said[name].format(**values) for name in asked)
    wording.require_clean("\n".join(filled), lang)
    return filled


def under(text: str, said: tuple[str, ...]) -> str:
    """The text with the statements under it.

    >>> under("Agreed.", ("Written by E1.",))
    'Agreed.\\n\\n――\\nWritten by E1.'
    """
    return text + RULE + "\n".join(said) if said else text


def typed(text: str) -> str:
    """What was typed of a text with statements under it.

    >>> typed(under("Agreed.", ("Written by E1.",)))
    'Agreed.'
    """
    return text.rsplit(RULE, 1)[0]


def _values(lang: str, by: int) -> dict[str, str]:
    lender = settings.EVENHAND_LENDER
    with translation.override(lang.lower()):
        role = word("role", staff.roles([by]).get(by, ""))
    number = staff.numbers([by]).get(by, str(by))
    return {"lender": lender["name"], "hotline": lender["hotline"], "role": role, "number": number}
