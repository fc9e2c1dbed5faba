"""How it stands with the words of the house, in a few numbers: for a desk that looks."""

from __future__ import annotations

from typing import NamedTuple

from evenhand.outbound.contact import own_words, wording


class Counts(NamedTuple):
    """Wordings nobody has approved, proposals that wait, attempts held back since a moment."""

    missing: int
    waiting: int
    held: int


def counts(since: int) -> Counts:
    """As of now; `since` in microseconds UTC."""
    waiting = sum(one.waits for one in wording.proposals())
    held = sum(one.at >= since for one in own_words.attempts())
    return Counts(len(wording.missing()), waiting, held)
