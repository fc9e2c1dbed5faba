"""A house under US accounting charges loans off on their day, once; closing by look_on is the same
as closing everybody every day, and a house under no such accounting never does it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.dayclose import close
from evenhand.ledger import house, looks, standing, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import made_up
from evenhand.outbound.contact.made_up import learn, moment

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
FIRST = DUE + timedelta(days=112)
DAYS = 14
EXAMPLES = int(os.environ.get("EVENHAND_EXAMPLES", "2"))
"""A history costs a second or two; a soak test asks for a hundred."""
BORROWERS = 3
WHOLE = 101_000


@contextmanager
def of_us() -> Iterator[None]:
    with override_settings(EVENHAND_PACKS=("us", "policy")):
        yield


class Book:
    """Three borrowers of one loan each, none of whom has paid anything by FIRST."""

    def __init__(self) -> None:
        self.borrowers = made_up.enrol(BORROWERS, SIGNED)
        self.loans = made_up.lend(self.borrowers, SIGNED, count=3)

    def close(self, day: date, *, everybody: bool = False) -> None:
        if everybody:
            looks.pull(self.borrowers, [house.day_number(FIRST)] * BORROWERS)
        counts = close.close(day, moment(day + timedelta(days=1), 0, 5))
        assert not counts.set_aside

    def charged(self) -> list[tuple[int, date, str, int, int]]:
        """Who was charged off when, for which reason, of how much; at which place of the stream."""
        return [
            (
                self.borrowers.index(fact.borrower),
                fact.day,
                fact.body["reason"],
                fact.body["outstanding_minor"],
                fact.seq,
            )
            for fact in streams.streams(self.borrowers)
            if fact.kind == "loan.charged_off"
        ]


def test_on_the_day_it_is_a_hundred_and_twenty_days_past_due_and_once() -> None:
    with of_us():
        book = Book()
        for day in made_up.days(FIRST, DAYS):
            book.close(day)
    when = DUE + timedelta(days=120)
    assert [told[:4] for told in book.charged()] == [(n, when, "age", 300_000) for n in range(3)]
    (fact, *_others) = [f for f in streams.streams(book.borrowers) if f.kind == "loan.charged_off"]
    assert (fact.hand, fact.body["rule"]) == ("dayclose", "us.charge_off")
    on = house.day_number(when)
    stood = standing.stand_by(streams.stream(fact.borrower), on).position
    assert fact.body["interest_minor"] == 3_000
    assert fact.body["late_minor"] == int(stood.late_interest_minor[0])
    assert int(stood.outstanding_minor[0]) == 300_000, "nothing that is owed has changed"


def test_where_no_accounting_wants_it_nothing_is_charged_off() -> None:
    book = Book()
    for day in made_up.days(FIRST, DAYS):
        book.close(day)
    assert book.charged() == []


def test_sixty_days_after_a_bankruptcy_that_stands_and_not_after_one_that_ended() -> None:
    with of_us():
        book = Book()
        for borrower in book.borrowers:
            bankrupt = Draft("state.began", DUE, "staff:1", body={"state": "bankruptcy"})
            learn(borrower, bankrupt, at=moment(DUE, 12))
            seq = streams.head(borrower).seq
        ended = Draft("state.ended", DUE, "staff:1", cause=seq)
        learn(book.borrowers[-1], ended, at=moment(DUE + timedelta(days=9), 12))
        for day in made_up.days(DUE + timedelta(days=55), 8):
            book.close(day)
    when = DUE + timedelta(days=60)
    assert [told[:3] for told in book.charged()] == [(n, when, "bankruptcy") for n in range(2)]


class Act(NamedTuple):
    """On the `day`-th day borrower number `who` does something, `much` of it."""

    day: int
    who: int
    what: str
    much: int


WHATS = ("pay", "pay", "reverse", "bankrupt", "end", "complain")
ACTS = st.lists(
    st.builds(
        Act,
        st.integers(0, DAYS - 1),
        st.integers(0, BORROWERS - 1),
        st.sampled_from(WHATS),
        st.integers(1, 3),
    ),
    min_size=3,
    max_size=12,
).map(sorted)


def _live(book: Book, acts: Sequence[Act], *, everybody: bool) -> None:
    # Two bankruptcies told of nearly sixty days ago: their days come in between.
    for who, ago in ((0, 57), (1, 52)):
        day = FIRST - timedelta(days=ago)
        began = Draft("state.began", day, "staff:1", body={"state": "bankruptcy"})
        learn(book.borrowers[who], began, at=moment(day, 9))
    for n, day in enumerate(made_up.days(FIRST, DAYS)):
        for act in acts:
            if act.day == n and (draft := _draft(book, act, day)):
                learn(book.borrowers[act.who], draft, at=moment(day, 12))
        book.close(day, everybody=everybody)


def _draft(book: Book, act: Act, day: date) -> Draft | None:
    written = streams.stream(book.borrowers[act.who])
    loan = book.loans[act.who]
    over = {fact.cause for fact in written}
    paid = [f for f in written if f.kind == "payment.received" and f.seq not in over]
    began = [f for f in written if f.kind == "state.began" and f.seq not in over]
    if act.what == "pay":
        return facts.paid(loan, day, act.much * WHOLE)
    if act.what == "reverse" and paid:
        return facts.reversed_(loan, day, paid[-1].amount, paid[-1].seq)
    if act.what == "bankrupt":
        return Draft("state.began", day, "staff:1", body={"state": "bankruptcy"})
    if act.what == "end" and began:
        return Draft("state.ended", day, "staff:1", cause=began[0].seq)
    return Draft("complaint.opened", day, "borrower") if act.what == "complain" else None


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(ACTS)
def test_closing_by_look_on_charges_off_as_closing_everybody_every_day(acts: list[Act]) -> None:
    told = []
    for everybody in (False, True):
        before = transaction.savepoint()
        with of_us():
            book = Book()
            _live(book, acts, everybody=everybody)
        told.append([one[:4] for one in book.charged()])
        transaction.savepoint_rollback(before)
    assert told[0] == told[1]
