"""Wishes the gate leaves to us: who has stopped text messages gets none, not even required ones.

The law lets a required notice pass an opt-out. The house tells it in the inbox then, only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from evenhand.core.words import ANY, CHANNELS, STATE_KINDS, code
from evenhand.ledger import states

OPT_OUT: Final = code("opt_out", STATE_KINDS)
SMS: Final = code("sms", CHANNELS)


def may_message(person: int, at: int) -> bool:
    """Does the person, as far as their own wishes go, want text messages at all?"""
    return person not in stopped([person], at)


def stopped(persons: Iterable[int], at: int) -> set[int]:
    """Those who have stopped text messages, at a moment in microseconds UTC."""
    held = states.states(sorted(set(persons)))
    about = (held["channel"] == SMS) | (held["channel"] == ANY)
    standing = (held["kind"] == OPT_OUT) & about & (held["at"] <= at) & (held["until"] > at)
    return set(held["borrower"][standing].tolist())
