"""An answer of ours that has a last day: promised by working days, and said once where it is late.

A question that is not answered by the end of its last day makes a fact, which the borrower is told;
it goes on waiting for its answer.
"""

from datetime import date, timedelta

from django.conf import settings

from evenhand.law.workdays import working_day
from evenhand.ledger.facts import Draft, Fact


def answer_by(asked: date, working_days: int) -> date:
    """The last day for our answer: so many working days after the day it was asked."""
    return working_day(asked, settings.EVENHAND_PACKS, working_days)


def accept_by(offered: date, days: int) -> date:
    """The last day to accept what we offer, so many days after the day it was offered."""
    return offered + timedelta(days=days)


def late(kind: str, asked: Fact, due_on: date, said: Fact | None, on: date) -> list[Draft]:
    """At the end of day `on`: that our answer to `asked`, due by `due_on`, is late; nothing where
    it is in time, or was `said` to be late already."""
    if said or on < due_on:
        return []
    return [Draft(kind, on, "house", asked.loan, cause=asked.seq)]
