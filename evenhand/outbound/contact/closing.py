"""What stands under every text of staff's own: who writes, how to check, complain and opt out.

The house puts it there, in approved words of the person's language, so that nobody forgets it; the
page shows it before anything is sent. Which statements are asked for, `stated` says.
"""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils import translation

from evenhand.ledger import house
from evenhand.outbound.contact import stated, wording
from evenhand.people import staff
from evenhand.web.words import word

RULE: Final = "\n\n――\n"
"""Between what was typed and what the house puts under it."""


def lines(lang: str, by: int, *, at: int) -> tuple[str, ...]:
    """The statements under a text by member of staff `by`, in that language; nothing where no pack
    asks for any. Raises wording.NotApproved, and Offends where they may not be said."""
    asked = stated.required(house.day_of(at))
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
