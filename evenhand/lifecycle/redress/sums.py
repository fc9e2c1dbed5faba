"""What the page of a dispute shows: its figures when it was disputed and by the answer.

Staff see those of every loan it is about. Whoever disputes them sees the same of an own loan, and
what they answer for of another's: never how the borrower came to owe it, which tells of what the
borrower was granted, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from evenhand.ledger import answering, house, loans, parties, streams
from evenhand.ledger.answering import Answered
from evenhand.ledger.facts import Fact
from evenhand.ledger.parties import Promise
from evenhand.lifecycle.redress import typed
from evenhand.lifecycle.redress.complaints import Complaint

WHOLE: Final = "owed"
"""The figure shown where none is named: everything that is owed."""
PAID: Final = "paid"


class Moment(NamedTuple):
    """A day, and up to when (microseconds UTC) what was known of it counts."""

    on: date
    at: int


def moment_of(at: int) -> Moment:
    """The day of a moment, with what was known then."""
    return Moment(house.day_of(at), at)


class Stood(NamedTuple):
    """What somebody answers for, as it stood on a day."""

    promise: Promise
    stood: Answered
    court_first: bool
    on: date


def shown(one: Complaint, facts: Sequence[Fact], now: int) -> dict[str, Any]:
    """The figures of each loan it is about, the two moments, what was corrected between them; empty
    where it is about no sum."""
    return _shown(one, facts, now, _loans(one, facts)) if one.is_dispute else {}


def shown_to_them(one: Complaint, facts: Sequence[Fact], now: int) -> dict[str, Any]:
    """The same of the loans that are their own, for whoever disputes; empty where none is."""
    own = [loan for loan in _loans(one, facts) if is_own(facts, loan)]
    return _shown(one, facts, now, own) if one.is_dispute and own else {}


def answered_for(
    one: Complaint, facts: Sequence[Fact], now: int
) -> list[tuple[Stood | None, Stood | None]]:
    """What they answer for of each loan of another's: when it was disputed and, where that is
    another by the answer, by then."""
    if not one.is_dispute:
        return []
    then, since = moment_of(one.rounds[0].at), _since(one, now)
    found = (
        (of_party(facts, loan, then), of_party(facts, loan, since)) for loan in _loans(one, facts)
    )
    return [
        (was, None if was and by and was.stood == by.stood else by)
        for was, by in found
        if was or by
    ]


def of_party(facts: Sequence[Fact], loan: int, moment: Moment) -> Stood | None:
    """What the person answers for of a loan of another's, as it was known at a moment; None where
    they answer for nothing of it."""
    promise = promise_of(facts, loan)
    if promise is None:
        return None
    theirs = streams.stream(promise.borrower, known_at=moment.at)
    if not any(one.person == facts[0].borrower for one in parties.parties(theirs, loan)):
        return None
    stood = answering.answered(theirs, promise, moment.on)
    first = answering.court_first(theirs, promise)
    return Stood(promise, stood, first, moment.on) if stood else None


def promise_of(facts: Sequence[Fact], loan: int) -> Promise | None:
    """The standing promise by which the person answers for a loan of another's."""
    found = (one for one in parties.promises(facts) if one.loan == loan and not one.ended)
    return next(found, None)


def is_own(facts: Sequence[Fact], loan: int) -> bool:
    """Is the loan the person's own, and not one of another's?"""
    signs = (fact for fact in facts if fact.kind == "loan.signed" or loans.begins(fact))
    return any(fact.loan == loan for fact in signs)


def _shown(
    one: Complaint, facts: Sequence[Fact], now: int, loans_: Sequence[int]
) -> dict[str, Any]:
    corrected = one.corrected(facts)
    return {
        "figures": [(loan, name) for loan in loans_ for name in _figures(one)],
        "then": moment_of(one.rounds[0].at),
        "since": _since(one, now),
        "corrected": [fact for fact in corrected if fact.loan in (0, *loans_)],
    }


def _since(one: Complaint, now: int) -> Moment:
    answered = one.now.answered
    return moment_of(answered.at if answered else now)


def _figures(one: Complaint) -> list[str]:
    """The one that is disputed; and of what is said to be paid, what was paid."""
    named = one.figure or WHOLE
    return [named, PAID] if one.says == "paid" and named != PAID else [named]


def _loans(one: Complaint, facts: Sequence[Fact]) -> list[int]:
    return [one.loan] if one.loan else typed.loans_of(facts)
