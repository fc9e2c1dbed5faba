"""Closing only who is due to be looked at is the same as closing everybody every day.

Two books live through the same random history, with the same people in the same order: one is
closed by look_on, in the other everybody is looked at on every day. Every fact about a contact and
every position must be the same at the end.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.dayclose import close
from evenhand.ledger import house, looks, standing, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.contact import made_up, send
from evenhand.outbound.contact.made_up import learn, moment

SIGNED = date(2026, 3, 1)
FIRST = SIGNED + timedelta(days=24)
DAYS = 40
BORROWERS = 4
EXAMPLES = int(os.environ.get("EVENHAND_EXAMPLES", "4"))
"""A history costs a second or two; a soak test asks for a hundred."""


class Act(NamedTuple):
    """On the `day`-th day at `hour`, borrower number `who` does something, `much` of it."""

    day: int
    hour: int
    who: int
    what: str
    much: int


WHATS = ("pay", "pay", "pay", "complain", "answer", "plan", "stop", "hours", "reverse", "dispute")
ACTS = st.lists(
    st.builds(
        Act,
        st.integers(0, DAYS - 1),
        st.integers(7, 20),
        st.integers(0, BORROWERS - 1),
        st.sampled_from(WHATS),
        st.integers(1, 4),
    ),
    max_size=14,
).map(sorted)


class Book:
    """A book of four borrowers, the last with two loans of different strategies."""

    def __init__(self) -> None:
        self.borrowers = made_up.enrol(BORROWERS, SIGNED)
        self.loans = made_up.lend(self.borrowers, SIGNED, count=4)
        made_up.lend(self.borrowers[-1:], SIGNED + timedelta(days=2), 3, "reminders-only")

    def live(self, acts: list[Act], *, everybody: bool) -> None:
        for n, day in enumerate(made_up.days(FIRST, DAYS)):
            send.send_due(moment(day, 8))
            for act in acts:
                if act.day == n:
                    self.act(act, day)
            send.send_due(moment(day, 21))
            if everybody:
                looks.pull(self.borrowers, [house.day_number(FIRST)] * BORROWERS)
            counts = close.close(day, moment(day + timedelta(days=1), 0, 5))
            assert not counts.set_aside

    def act(self, act: Act, day: date) -> None:
        borrower, loan = self.borrowers[act.who], self.loans[act.who]
        written = streams.stream(borrower)
        open_ = _open(written)
        drafts: dict[str, Sequence[Draft | None]] = {
            "pay": [facts.paid(loan, day, act.much * 50_500)],
            "reverse": [_reversal(written, day)],
            "complain": [Draft("complaint.opened", day, "borrower")],
            "dispute": [Draft("dispute.opened", day, "borrower", loan)],
            "answer": [
                Draft(f"{kind}.answered", day, "staff:1", cause=seq)
                for kind, seq in open_[: act.much]
            ],
            "plan": [_plan(loan, day, act.much)],
            "stop": [Draft("wish.opt_out", day, "borrower", body={"channel": "sms"})],
            "hours": [_no_mornings(day, act.much)],
        }
        found = [draft for draft in drafts[act.what] if draft is not None]
        if found:
            learn(borrower, *found, at=moment(day, act.hour))

    def contacts(self) -> list[tuple[Any, ...]]:
        """Every contact's fact, in words that do not depend on numbers given out."""
        place = {loan: n for n, loan in enumerate(self.loans)}
        return [
            (
                self.borrowers.index(fact.borrower),
                fact.seq,
                fact.kind,
                fact.day,
                fact.at,
                fact.cause,
                fact.body.get("step"),
                fact.body.get("since"),
                fact.body.get("due_at"),
                fact.body.get("reason"),
                fact.body.get("purpose"),
                fact.body.get("rules"),
                [(place.get(loan, -1), rung, since) for loan, rung, since in _named(fact)],
            )
            for fact in streams.streams(self.borrowers)
            if fact.kind.startswith("contact.")
        ]

    def positions(self) -> list[list[Any]]:
        """The position rows, brought to the last day."""
        on = house.day_number(FIRST) + DAYS
        standing.restand(self.borrowers, on)
        rows = standing.positions(self.borrowers)
        return [rows[name].tolist() for name in standing.COMPUTED]

    def kept_positions(self) -> list[list[Any]]:
        """What the kept rows say of days rather than amounts that grow: true on every day."""
        rows = standing.positions(self.borrowers)
        names = ("outstanding_minor", "past_due_since", "past_due_count", "next_due_on")
        return [rows[name].tolist() for name in names]


def _named(fact: Fact) -> list[Any]:
    return list(fact.body["loans"]) if fact.kind == "contact.intended" else []


def _open(written: list[Fact]) -> list[tuple[str, int]]:
    """(complaint or dispute, seq) of those not answered yet."""
    answered = {fact.cause for fact in written if fact.kind.endswith(".answered")}
    return [
        (fact.kind.split(".")[0], fact.seq)
        for fact in written
        if fact.kind in ("complaint.opened", "dispute.opened") and fact.seq not in answered
    ]


def _reversal(written: list[Fact], day: date) -> Draft | None:
    """The newest payment not reversed yet goes back."""
    gone = {fact.cause for fact in written if fact.kind == "payment.reversed"}
    paid = [f for f in written if f.kind == "payment.received" and f.seq not in gone]
    if not paid:
        return None
    return facts.reversed_(paid[-1].loan, day, paid[-1].amount, paid[-1].seq)


def _plan(loan: int, day: date, weeks: int) -> Draft:
    until = moment(day + timedelta(days=7 * weeks))
    return Draft("plan.agreed", day, "staff:1", loan, body={"id": 1, "until": until})


def _no_mornings(day: date, hours: int) -> Draft:
    body = {"from_minute": 0, "until_minute": (8 + hours) * 60}
    return Draft("wish.hours", day, "borrower", body=body)


@pytest.mark.django_db
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS)
def test_closing_by_look_on_equals_closing_everybody_every_day(acts: list[Act]) -> None:
    told: list[list[Any]] = []
    for everybody in (False, True):
        before = transaction.savepoint()
        book = Book()
        book.live(acts, everybody=everybody)
        told.append([book.contacts(), book.kept_positions(), book.positions()])
        transaction.savepoint_rollback(before)
    by_look_on, every_day = told
    assert by_look_on[0] == every_day[0]
    assert by_look_on[1:] == every_day[1:]
