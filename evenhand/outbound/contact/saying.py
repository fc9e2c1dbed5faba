"""A wording with its values: the words as they would leave, read by the guard before they may.

Read twice: when a contact is asked for, with what is known then, and again as it leaves.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from django.conf import settings

from evenhand.outbound.contact import stated, wording, words
from evenhand.outbound.contact.again import REPLY
from evenhand.outbound.contact.wording import NotApproved, Offends, Wording
from evenhand.outbound.contact.words import Fields

IN_APP: Final = "in_app"
_log: Final = logging.getLogger(__name__)


def key_for(body: Mapping[str, Any]) -> str:
    """The key of the wording an intention leaves with; empty where nobody ever wrote any."""
    if not words.has(body["channel"], body["template"], body["lang"]):
        return ""
    sort = "reply" if body.get("purpose") == REPLY else body["channel"]
    return words.key_of(sort, body["template"], body["lang"])


def text(
    body: Mapping[str, Any], said: Fields, values: Mapping[str, Any], reference: str = ""
) -> str:
    """The words of an intention, with these figures where they are for the inbox, else with the
    reference and what the law wants stated (`stated`); Offends where they may not be said, whatever
    the reference."""
    lender = settings.EVENHAND_LENDER
    if body["channel"] == IN_APP:
        shown = words.render_in_app(said, body["lang"], values, lender["hotline"])
        wording.require_clean(shown, body["lang"], {values.get("amount_minor", 0)})
        return shown
    told = {"lender": lender["name"], "hotline": lender["hotline"]}
    wording.require_clean(_sms(body, words.render(said, **told, reference="")), body["lang"])
    return _sms(body, words.render(said, **told, reference=reference))


def _sms(body: Mapping[str, Any], text: str) -> str:
    """A text message with what the law wants said in it; NotApproved without words for that."""
    if not stated.lacks_opt_out(body, text):
        return text
    return stated.with_opt_out(text, wording.fields("closing", "own", body["lang"]))


def require_sayable(
    body: Mapping[str, Any], values: Mapping[str, Any], approved: Mapping[str, Wording]
) -> None:
    """Raise Offends where what is asked for may not be said; words nobody has approved yet say
    nothing yet, and are read as they leave."""
    found = approved.get(key_for(body))
    if found is not None:
        with suppress(NotApproved):
            text(body, found.fields, values)


def say_aloud(
    body: Mapping[str, Any], values: Mapping[str, Any], approved: Mapping[str, Wording]
) -> None:
    """The same for what has to be told all the same: it is said to whoever looks after the house,
    and the words are held back as they would leave, until somebody mends them."""
    try:
        require_sayable(body, values, approved)
    except Offends as offends:
        told = {"kind": str(offends), "template": body["template"], "lang": body["lang"]}
        _log.error("words that offend were asked for", extra=told)
