"""What has to be stated in words to a person: which statements the packs in force ask for, which of
them each sort of our wordings must carry before anybody may approve it, and what the house puts
under a text message that lacks one the law wants.

The law's content rules name statements (`states`). The house's own rule names them for words that
staff write (`closing`); a text message, whose words are approved, carries what the law itself asks.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from evenhand.law import loader
from evenhand.law.schema import STATEMENTS
from evenhand.ledger import house
from evenhand.outbound.contact import words
from evenhand.outbound.contact.words import Fields

OPT_OUT: Final = "how_to_opt_out"
HOUSE: Final = "house"
"""The law effect of a rule that is the lender's own."""


def required(on: date) -> tuple[str, ...]:
    """The statements that the packs in force ask for on a day, in the order of the law's list."""
    return _asked(tuple(settings.EVENHAND_PACKS), on, of_house=True)


def by_law(on: date) -> tuple[str, ...]:
    """Those of them that a law asks for, not the house's own rule alone."""
    return _asked(tuple(settings.EVENHAND_PACKS), on, of_house=False)


@lru_cache(256)
def _asked(packs: tuple[str, ...], on: date, *, of_house: bool) -> tuple[str, ...]:
    rules = [rule for pack in packs for rule in loader.load(pack).rules if rule.type == "content"]
    values = [rule.on(on) for rule in rules if of_house or rule.law_effect != HOUSE]
    asked = {name for value in values if value for name in value.says.get("states", ())}
    return tuple(name for name in STATEMENTS if name in asked)


def missing(sort: str, template: str, field: str, text: str) -> Iterator[Sequence[str]]:
    """What a wording of ours must say there and does not: for each thing, words of which one would
    do."""
    for said in _rules().get(sort, {}).get(template, {}).get(field, ()):
        if not any(each.lower() in text.lower() for each in said):
            yield said


def lacks_opt_out(body: Mapping[str, Any], text: str) -> bool:
    """Does a text message, an intention's `body`, not say how to stop such messages, though the law
    in force on its day asks it of every one?"""
    due = body.get("due_at")
    on = house.day_of(int(due)) if due is not None else date.max
    says = any(each.lower() in text.lower() for each in _rules()["stops"])
    return not says and OPT_OUT in by_law(on)


def with_opt_out(text: str, closing: Fields) -> str:
    """The text with the house's approved words on how to stop messages behind it.

    >>> with_opt_out("[E] News.", {"how_to_opt_out": "You can stop our messages in the app."})
    '[E] News. You can stop our messages in the app.'
    """
    return f"{text} {closing[OPT_OUT]}"


@cache
def _rules() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("stated.toml").read_text("utf-8"))


def known() -> Iterator[tuple[str, str, str]]:
    """Sort, template and field of each text that must state something."""
    for sort in words.SORTS:
        for template, fields in _rules().get(sort, {}).items():
            for field in fields:
                yield sort, template, field
