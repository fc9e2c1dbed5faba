"""One kind of fact, and how the tables of kinds (`kinds_*`) say it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from evenhand.ledger.bodies import Check

HANDS: Final = ("borrower", "staff", "dayclose", "outbox", "provider", "import", "house")
"""Who may act. A hand is one of these, with an id after a colon where there is one: `staff:7`."""
ANYBODY: Final = "borrower staff import house"

_HAND = re.compile(r"[a-z]+(:[A-Za-z0-9._-]{1,60})?")


class Kind(NamedTuple):
    """One kind of fact.

    `signs` are the amount's: 1, -1 or 0 (no amount). `caused`: it names the fact it answers.
    `touches`: money (positions stand again), step (the borrower is looked at again on that day),
    contact (contacts and the ladder's progress) or none.
    """

    signs: tuple[int, ...]
    caused: bool
    must: frozenset[str]
    checks: Mapping[str, Check]
    hands: frozenset[str]
    touches: str


@lru_cache(4096)
def hand_of(hand: str) -> str:
    """Who acts, without the id; empty where it is no hand.

    >>> hand_of("staff:7"), hand_of("Mr Li")
    ('staff', '')
    """
    return hand.partition(":")[0] if _HAND.fullmatch(hand) else ""


def kind(
    must: Mapping[str, Check],
    hands: str,
    touches: str = "none",
    *signs: int,
    caused: bool = False,
    may: Mapping[str, Check] | None = None,
) -> Kind:
    """A kind: the keys its body must and may hold, who may write it, what it touches."""
    writers = frozenset(hands.split())
    assert writers <= set(HANDS), hands
    checks = {**must, **(may or {})}
    return Kind(signs or (0,), caused, frozenset(must), checks, writers, touches)
