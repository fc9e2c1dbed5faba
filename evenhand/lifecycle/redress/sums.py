"""What the page of a dispute shows: its figures when it was disputed and by the answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from evenhand.ledger import house
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.redress import typed
from evenhand.lifecycle.redress.complaints import Complaint

WHOLE: Final = "owed"
"""The figure shown where none is named: everything that is owed."""
PAID: Final = "paid"


class Moment(NamedTuple):
    """A day, and up to when (microseconds UTC) what was known of it counts."""

    on: date
    at: int


def shown(one: Complaint, facts: Sequence[Fact], now: int) -> dict[str, Any]:
    """The figures of each loan it is about, the two moments, what was corrected between them; empty
    where it is about no sum."""
    if not one.is_dispute:
        return {}
    answered = one.now.answered
    return {
        "figures": [(loan, name) for loan in _loans(one, facts) for name in _figures(one)],
        "then": _moment(one.rounds[0].at),
        "since": _moment(answered.at if answered else now),
        "corrected": one.corrected(facts),
    }


def _figures(one: Complaint) -> list[str]:
    """The one that is disputed; and of what is said to be paid, what was paid."""
    named = one.figure or WHOLE
    return [named, PAID] if one.says == "paid" and named != PAID else [named]


def _loans(one: Complaint, facts: Sequence[Fact]) -> list[int]:
    return [one.loan] if one.loan else typed.loans_of(facts)


def _moment(at: int) -> Moment:
    return Moment(house.day_of(at), at)
