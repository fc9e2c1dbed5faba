"""Late interest for days by which our answer is late: none, to the cent, whatever was paid."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger import house, late_stops, made_up, standing, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number
from evenhand.lifecycle.redress import late, steps
from evenhand.lifecycle.redress import made_up as complaints
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment

DUE = date(2026, 3, 31)
"""The first instalment of the loan, signed thirty days before."""
LOAN = 41
STAFF = 71
FOREVER = 400


def told(*drafts: Draft) -> list[Fact]:
    """Facts of a stream that was written so."""
    return [
        Fact(5, seq, d.loan, d.day, house.midnight(d.day), d.kind, d.amount, d.cause, d.hand,
             dict(d.body), b"")
        for seq, d in enumerate(drafts, start=1)
    ]  # fmt: skip


def late_charged(facts: list[Fact], on: date) -> int:
    return int(standing.stand_by(facts, day_number(on)).position.late_charged_minor[0])


def opened(day: date) -> Draft:
    body = {"ground": "sum", "via": "app", "due_on": (day + timedelta(days=15)).isoformat()}
    return Draft("complaint.opened", day, "borrower", LOAN, body=body)


def lived(opens: int, answered: int) -> tuple[list[Fact], list[Fact]]:
    """A loan nobody pays, complained about so many days after its due day and answered so many
    days after that: without the answer's drafts, and with them."""
    day = DUE + timedelta(days=opens)
    facts = told(made_up.signed(LOAN, DUE - timedelta(days=30), 3), opened(day))
    on = day + timedelta(days=answered)
    answer = Draft("complaint.answered", on, f"staff:{STAFF}", LOAN, cause=2)
    drafts = [made_up.signed(LOAN, DUE - timedelta(days=30), 3), opened(day)]
    return facts, told(*drafts, answer, *late.ends(facts, 2, on))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.integers(-20, 60), st.integers(0, 80))
def test_what_is_not_charged_is_just_that_of_the_late_days(opens: int, answered: int) -> None:
    before, after = lived(opens, answered)
    answer_day = DUE + timedelta(days=opens + answered)
    last_day = DUE + timedelta(days=opens + 15)
    saved = late_charged(before, answer_day) - late_charged(before, last_day)
    end = DUE + timedelta(days=FOREVER)
    whole = late_charged(before, answer_day) - late_charged(after, answer_day)
    assert whole == (saved if answered > 15 else 0)
    assert late_charged(before, end) - late_charged(after, end) in range(whole - 3, whole + 4), (
        "an instalment's running total is rounded once: a cent each way for each of three"
    )
    if answered <= 15:
        assert not [fact for fact in after if fact.kind.startswith("late_interest")]


def test_two_late_at_once_and_the_last_answer_lets_it_go_on() -> None:
    drafts = [
        made_up.signed(LOAN, DUE - timedelta(days=30), 3),
        opened(DUE),
        opened(DUE + timedelta(days=5)),
    ]
    facts = told(*drafts)
    day = DUE + timedelta(days=30)
    first = late.ends(facts, 2, day)
    assert [(d.kind, d.day) for d in first] == [
        (late_stops.STOPPED, DUE + timedelta(days=15)),
    ], "the second is late as well"
    answer = Draft("complaint.answered", day, "staff:71", LOAN, cause=2)
    facts = told(*drafts, answer, *first)
    later = day + timedelta(days=4)
    (resumed,) = late.ends(facts, 3, later)
    assert (resumed.kind, resumed.day, resumed.cause) == (late_stops.RESUMED, later, 5)


@pytest.mark.django_db
def test_the_day_after_the_last_one_stops_it_and_the_answer_lets_it_go_on() -> None:
    (borrower,) = enrol(1, DUE)
    lend([borrower], DUE - timedelta(days=30))
    seq = complaints.complain(borrower, "sum", at=moment(DUE, 12))
    last_day = DUE + timedelta(days=15)

    def owed(day: date) -> int:
        return int(standing.stand([borrower], day_number(day)).position.late_interest_minor[0])

    assert steps.stop_late_interest(last_day, at=moment(last_day, 1)) == 0
    late_day = last_day + timedelta(days=1)
    assert steps.stop_late_interest(late_day, at=moment(late_day, 1)) == 1
    assert steps.stop_late_interest(late_day, at=moment(late_day, 2)) == 0, "once"
    assert owed(last_day + timedelta(days=9)) == owed(last_day) == 750
    answer_day = last_day + timedelta(days=5)
    complaints.answer(borrower, seq, STAFF, at=moment(answer_day, 9), outcome="not_upheld")
    assert owed(answer_day) == 750
    assert owed(answer_day + timedelta(days=2)) == 850, "50 a day"
    stream = streams.stream(borrower)
    assert [f.day for f in stream if f.kind.startswith("late_interest")] == [last_day, answer_day]


@pytest.mark.django_db
def test_answered_late_before_the_day_was_closed_it_costs_no_more() -> None:
    (borrower,) = enrol(1, DUE)
    lend([borrower], DUE - timedelta(days=30))
    seq = complaints.complain(borrower, "sum", at=moment(DUE, 12))
    day = DUE + timedelta(days=18)
    complaints.answer(borrower, seq, STAFF, at=moment(day, 0, 1), outcome="not_upheld")
    stood = standing.stand([borrower], day_number(day))
    assert stood.position.late_interest_minor[0] == 750


@pytest.mark.django_db
def test_a_payment_meanwhile_pays_no_late_interest_of_late_days() -> None:
    (borrower,) = enrol(1, DUE)
    (loan,) = lend([borrower], DUE - timedelta(days=30))
    complaints.complain(borrower, "sum", at=moment(DUE, 12))
    day = DUE + timedelta(days=20)
    steps.stop_late_interest(day, at=moment(day, 1))
    learn(borrower, made_up.paid(loan, day, 101_750), at=moment(day, 12))
    stood = standing.stand([borrower], day_number(day))
    assert stood.position.past_due_minor[0] == 0
