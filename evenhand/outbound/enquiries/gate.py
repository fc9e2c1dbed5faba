"""The gate of enquiries: may this be asked about this person now?

Data about a person is asked for a stated purpose, on a consent given for that purpose and not
withdrawn (Personal Information Protection Law, articles 13, 15, 28 and 29), and not more often than
the house allows itself. Refusals are values, all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from evenhand.ledger import house
from evenhand.ledger.facts import Fact

PURPOSES: Final[Mapping[str, str]] = {"identity": "identity_check"}
"""What is asked about -> the purpose it is asked for, as the consent words it."""
TRIES_A_DAY: Final = 3
"""Banks refuse a card that is asked about four or five times in 24 hours, and who may guess at
will could find out whose card or number it is."""
GRACE: Final = 60_000_000
"""Microseconds a question may be without answer before the provider is asked what became of it."""

Refusal = str
"""no_consent | too_many_tries"""


def refusals(facts: Sequence[Fact], about: str, at: int) -> list[Refusal]:
    """Why this may not be asked at `at`: all reasons, none where it may.

    `facts` is the person's stream, `about` one of PURPOSES.
    """
    found = {
        "no_consent": not consent(facts, PURPOSES[about]),
        "too_many_tries": tries(facts, about, at) >= TRIES_A_DAY,
    }
    return [reason for reason, holds in found.items() if holds]


def consent(facts: Sequence[Fact], purpose: str) -> int:
    """The seq of the consent for this purpose that stands; 0 where none does.

    Whoever withdraws one consent for a purpose withdraws them all.
    """
    purpose_of = {fact.seq: fact.body["purpose"] for fact in facts if fact.kind == "consent.given"}
    standing = 0
    for fact in facts:
        if fact.kind == "consent.given" and fact.body["purpose"] == purpose:
            standing = fact.seq
        elif fact.kind == "consent.withdrawn" and purpose_of.get(fact.cause) == purpose:
            standing = 0
    return standing


def tries(facts: Sequence[Fact], about: str, at: int) -> int:
    """How often it was asked on the house day of `at`; what surely nobody looked at is no try."""
    day = house.day_of(at)
    unasked = {
        fact.cause for fact in facts if fact.kind == "enquiry.unknown" and fact.body.get("again")
    }
    return sum(
        fact.kind == "enquiry.leaving"
        and fact.body["about"] == about
        and fact.seq not in unasked
        and house.day_of(fact.at) == day
        for fact in facts
    )


def under_way(facts: Sequence[Fact], about: str) -> Fact | None:
    """The question that has left and is not answered; one at a time."""
    ended = {fact.cause for fact in facts if fact.kind in ("enquiry.answered", "enquiry.unknown")}
    left = (
        fact
        for fact in reversed(facts)
        if fact.kind == "enquiry.leaving" and fact.body["about"] == about
    )
    return next((fact for fact in left if fact.seq not in ended), None)
