"""What is known of an applicant when an application is decided: their answers and their stream.

Nothing else is looked at: no address book, no photo, no place, no other person.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from evenhand.core import words
from evenhand.core.columns import Ints
from evenhand.core.offer import COLUMNS, Means
from evenhand.ledger import bank_accounts, standing, states
from evenhand.ledger.applications import REFUSED_PURPOSES, Application, applications
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number, day_of
from evenhand.outbound.enquiries import identity
from evenhand.people import kept
from evenhand.people.answers import Answers

LATE_DAYS: Final = 30
"""Somebody who was later than this on a loan with us was late."""
DUE_DAYS_LOOKED_AT: Final = 60
PROTECTED: Final = ("debtor_deceased", "debtor_minor", "no_capacity", "bankruptcy", "moratorium")
THIRTY_DAYS: Final = 30


class Book(NamedTuple):
    """How the applicant stands with us. `history` is as the scorecard's attribute has it."""

    outstanding_minor: int
    past_due_days: int
    history: str


class Known(NamedTuple):
    """What the rules and the card read, without what a loan would cost."""

    columns: Mapping[str, int]
    means: Means
    attributes: Mapping[str, int | str]
    outstanding_minor: int


def known(facts: Sequence[Fact], application: Application, answers: Answers, at: int) -> Known:
    """What is known on the day of `at` by these facts, the application's own among them."""
    on = day_of(at)
    book = book_of(facts, on)
    months = answers.employed_months(on)
    columns = _of_the_person(facts, application, at) | {
        "past_due_days": book.past_due_days,
        "income_minor": answers.income_minor,
        "employed_months": months,
    }
    attributes: dict[str, int | str] = {
        "account": answers.account,
        "savings": answers.savings,
        "history": book.history,
        "months": application.months,
        "employed_months": months,
        "other_loans": "some" if answers.loans_minor else "none",
    }
    return Known(columns, means_of(answers), attributes, book.outstanding_minor)


def row(known: Known, principal_minor: int, share_ppm: int, left_minor: int) -> Ints:
    """The columns of one application as core has them, for a loan of this size and strain."""
    columns = dict(known.columns) | {
        "exposure_minor": known.outstanding_minor + principal_minor,
        "share_ppm": share_ppm,
        "left_per_head_minor": left_minor,
    }
    return np.array([[columns[name] for name in COLUMNS]], dtype=np.int64)


def means_of(answers: Answers) -> Means:
    """The means as core has them."""
    one = np.array([1], dtype=np.int64)
    return Means(
        one * answers.income_minor,
        one * (answers.housing_minor + answers.duties_minor),
        one * answers.loans_minor,
        one + answers.supported,
    )


def book_of(facts: Sequence[Fact], on: date) -> Book:
    """How the person stands with us by their own facts, and whether they ever were late."""
    today = day_number(on)
    now = standing.stand_by(facts, today)
    if not len(now.borrower):
        return Book(0, 0, "fresh")
    outstanding = int(now.position.outstanding_minor.sum())
    late = int(now.position.past_due_days.max())
    if late > LATE_DAYS or _was_late(facts, now, today):
        return Book(outstanding, late, "late")
    paid = bool((now.position.paid_off & ~now.rows["imported"]).any())
    return Book(outstanding, late, "paid" if paid and late == 0 else "fresh")


def _was_late(facts: Sequence[Fact], now: standing.Standing, today: int) -> bool:
    """Was an instalment still unpaid so many days after it fell due?"""
    days = np.unique(now.terms.due_on[now.terms.due_on < today - LATE_DAYS]) + LATE_DAYS + 1
    return any(
        int(standing.stand_by(facts, int(day)).position.past_due_days.max()) > LATE_DAYS
        for day in days[-DUE_DAYS_LOOKED_AT:]
    )


def _of_the_person(facts: Sequence[Fact], application: Application, at: int) -> dict[str, int]:
    on = day_of(at)
    all_of_them = applications(facts).values()
    others = [each for each in all_of_them if each.loan != application.loan and each.goes_on(on)]
    recent = [each for each in all_of_them if (on - each.day).days < THIRTY_DAYS]
    stand = _states(facts, at)
    return {
        "age_years": kept.age(application.borrower, on) or 0,
        "verified": bank_accounts.is_verified(facts),
        "student": _studies(facts),
        "claimed_not_mine": "identity_theft" in stand,
        "protected": bool(stand & set(PROTECTED)),
        "purpose_refused": application.purpose in REFUSED_PURPOSES,
        "other_open": len(others),
        "applications_30d": len(recent),
    }


def _studies(facts: Sequence[Fact]) -> bool:
    declared = [fact.body["student"] for fact in facts if fact.kind == "person.declared"]
    answer = identity.answered(facts)
    return declared[-1:] == ["yes"] or (answer is not None and answer.student == "yes")


def _states(facts: Sequence[Fact], at: int) -> set[str]:
    """The words of the states that stand at a moment."""
    rows = states.states_by(facts)
    stands = (rows["since"] <= at) & (rows["until"] > at)
    return {words.STATE_KINDS[code] for code in rows["kind"][stands].tolist()}
