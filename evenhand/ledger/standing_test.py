"""Where loans stand, by their facts."""

from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.ledger import made_up as m
from evenhand.ledger import standing
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.ledger.streams import append, stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
DUE = D + timedelta(days=30)
ON = day_number(DUE)
INSTALMENT = 101_000


@pytest.fixture
def book(db: None) -> None:
    """Two borrowers, each with a loan of two instalments."""
    for borrower in (41, 42):
        drafts = [m.enrolled(D), m.signed(borrower, D, 2)]
        append(borrower, drafts, at=m.noon(D), expected_seq=0)


def _past_due(borrower: int, on: int) -> int:
    return int(standing.stand([borrower], on).position.past_due_minor[0])


def test_money_counts_on_its_value_day_and_a_reversal_takes_it_back(book: None) -> None:
    append(41, [m.paid(41, DUE, INSTALMENT)], at=m.noon(DUE), expected_seq=2)
    assert _past_due(41, ON + 1) == 0
    append(41, [m.reversed_(41, DUE, INSTALMENT, 3)], at=m.noon(DUE), expected_seq=3)
    # One day of late interest: 100,000 x 18 % / 360.
    assert _past_due(41, ON + 1) == INSTALMENT + 50


def test_each_borrower_on_a_day_of_his_own(book: None) -> None:
    stood = standing.stand(np.array([42, 41]), np.array([ON + 5, ON]))
    assert stood.borrower.tolist() == [41, 42]
    assert stood.position.past_due_days.tolist() == [0, 5]
    assert stood.seq.tolist() == [2, 2]


def test_a_payment_for_no_loan_of_ours_changes_nothing(book: None) -> None:
    append(41, [m.paid(999, D, 5)], at=m.noon(D), expected_seq=2)
    assert standing.stand([41], ON).position.paid_minor.tolist() == [0]


def test_who_stood_at_an_older_head_keeps_nothing(book: None) -> None:
    old = standing.stand([41], ON + 9)
    append(41, [m.paid(41, DUE, INSTALMENT)], at=m.noon(DUE), expected_seq=2)
    assert standing.keep(old) == 0
    (row,) = standing.positions([41])
    assert (row["seq"], row["stood_on"]) == (3, ON)
    standing.restand([41], ON + 9)
    (row,) = standing.positions([41])
    assert (row["seq"], row["stood_on"], row["past_due_minor"]) == (3, ON + 9, 0)


def test_as_known_then(book: None) -> None:
    append(41, [m.paid(41, DUE, INSTALMENT)], at=m.noon(DUE), expected_seq=2)
    before = stream(41, known_at=m.noon(DUE) - 1)
    assert standing.stand_by(before, ON + 1).position.past_due_minor.tolist() == [INSTALMENT + 50]
    assert standing.stand_by(stream(41), ON + 1).position.past_due_minor.tolist() == [0]
    assert len(standing.stand_by([], ON).loan) == 0


def test_where_late_interest_stopped_its_days_cost_nothing_and_both_ways_of_reading_agree(
    book: None,
) -> None:
    opened = Draft("complaint.opened", D, "borrower")
    stop, back = "late_interest.stopped", "late_interest.resumed"
    day = DUE + timedelta(days=10)
    append(41, [opened, Draft(stop, day, "house", 41, cause=3)], at=m.noon(day), expected_seq=2)
    assert _past_due(41, ON + 10) == _past_due(41, ON + 20) == INSTALMENT + 500
    later = DUE + timedelta(days=15)
    append(41, [Draft(back, later, "house", 41, cause=4)], at=m.noon(later), expected_seq=4)
    # Ten days before it, and five after: a day is 100,000 x 18 % / 360.
    assert _past_due(41, ON + 20) == INSTALMENT + 750
    assert _past_due(42, ON + 20) == INSTALMENT + 1_000
    by_facts = standing.stand_by(stream(41), ON + 20)
    assert by_facts.position.past_due_minor.tolist() == [INSTALMENT + 750]
