"""An application while it is being filled in: sealed in the vault as typed, for days if need be.

Nothing of it is in the session, in an address or in a fact. It is dropped when it is sent.
"""

import json
from collections.abc import Mapping

from evenhand.people import kept

KIND = "application"


def load(person: int) -> dict[str, str]:
    """What was typed so far, by field."""
    text = kept.kept(person, KIND)
    typed: dict[str, str] = json.loads(text) if text else {}
    return typed


def save(person: int, typed: Mapping[str, str]) -> dict[str, str]:
    """Keeps what was typed beside what was typed before; returns all of it."""
    whole = load(person) | dict(typed)
    kept.keep(person, KIND, json.dumps(whole, ensure_ascii=False, sort_keys=True))
    return whole


def drop(person: int) -> None:
    """Keeps nothing more."""
    kept.drop(person, KIND)
