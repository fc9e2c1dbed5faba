"""Who is looked at next: pulled by facts, set later only by who judged the newest of them."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import looks
from evenhand.ledger import made_up as m
from evenhand.ledger.house import day_number
from evenhand.ledger.parts import part_of
from evenhand.ledger.streams import append

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
ON = day_number(D)


@pytest.fixture
def book(db: None) -> None:
    """A borrower with a loan, learnt of on D."""
    append(41, [m.enrolled(D), m.signed(7, D)], at=m.noon(D), expected_seq=0)


def _look_on() -> int:
    return int(looks.look_on([41])["look_on"][0])


def test_a_new_loan_is_looked_at_on_its_day(book: None) -> None:
    assert _look_on() == ON
    assert looks.due_borrowers(part_of(41), ON).tolist() == [41]
    assert looks.due_borrowers(part_of(41), ON - 1).tolist() == []
    assert (looks.everybody_due(ON).tolist(), looks.everybody_due(ON - 1).tolist()) == ([41], [])
    assert looks.borrowers_with_loans(part_of(41)).tolist() == [41]


def test_set_later_by_who_saw_the_head(book: None) -> None:
    assert looks.set_look_on([41], [ON + 9], [2]).tolist() == [41]
    assert _look_on() == ON + 9


def test_who_saw_an_older_head_sets_nothing(book: None) -> None:
    assert looks.set_look_on([41], [ON + 9], [1]).tolist() == []
    assert _look_on() == ON


def test_money_and_complaints_pull_contacts_do_not(book: None) -> None:
    later = D + timedelta(days=3)
    looks.set_look_on([41], [ON + 9], [2])
    append(41, [m.intended(later, {7: 1}, D, 2)], at=m.noon(later), expected_seq=2)
    assert _look_on() == ON + 9
    append(41, [m.begun(later, "complaint.opened")], at=m.noon(later), expected_seq=3)
    assert _look_on() == ON + 3
    append(41, [m.paid(7, D, 100)], at=m.noon(later + timedelta(days=1)), expected_seq=4)
    assert _look_on() == ON + 3


def test_nobody_to_look_at(db: None) -> None:
    assert looks.set_look_on([], [], []).tolist() == []
    assert looks.due_borrowers(0, ON).tolist() == []
