"""Where late interest stops and goes on, as spans of days."""

from datetime import date, timedelta

import numpy as np
import pytest

from evenhand.core.days import NEVER
from evenhand.ledger import late_stops, loans
from evenhand.ledger import made_up as m
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.ledger.streams import append, stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
N = day_number(D)


def later(days: int) -> date:
    return D + timedelta(days=days)


def stopped(days: int, loan: int, cause: int) -> Draft:
    return Draft(late_stops.STOPPED, later(days), "house", loan, cause=cause)


def resumed(days: int, loan: int, cause: int) -> Draft:
    return Draft(late_stops.RESUMED, later(days), "house", loan, cause=cause)


@pytest.fixture
def book(db: None) -> None:
    """A borrower with two loans and a complaint, and one who has nothing to do with it."""
    opened = Draft("complaint.opened", D, "borrower")
    drafts = [m.enrolled(D), m.signed(7, D), m.signed(8, D), opened]
    append(41, drafts, at=m.noon(D), expected_seq=0)
    append(42, [m.enrolled(D), m.signed(9, D)], at=m.noon(D), expected_seq=0)


def say(*drafts: Draft, seq: int) -> None:
    append(41, drafts, at=m.noon(later(60)), expected_seq=seq)


def spans_of() -> list[list[list[int]]]:
    found = late_stops.spans(loans.terms([41, 42]), late_stops.of([41, 42]))
    assert found is not None
    shifted: list[list[list[int]]] = np.where(found == NEVER, NEVER, found - N).tolist()
    return shifted


def test_nothing_stopped_is_no_column_at_all(book: None) -> None:
    assert late_stops.spans(loans.terms([41, 42]), late_stops.of([41, 42])) is None


def test_a_stop_lasts_until_what_resumes_it_or_for_good(book: None) -> None:
    say(stopped(10, 7, 4), stopped(12, 8, 4), resumed(15, 7, 5), seq=4)
    never = [NEVER, NEVER]
    assert spans_of() == [[[10, 15]], [[12, NEVER]], [never]]
    assert late_stops.standing(stream(41)).keys() == {8}


def test_a_loan_that_stops_twice_has_both_and_the_others_are_padded(book: None) -> None:
    say(stopped(20, 7, 4), resumed(25, 7, 5), stopped(10, 7, 4), resumed(15, 7, 7), seq=4)
    never = [NEVER, NEVER]
    assert spans_of() == [[[10, 15], [20, 25]], [never, never], [never, never]]


def test_what_two_causes_stop_at_once_is_stopped_once(book: None) -> None:
    say(stopped(10, 7, 4), stopped(12, 7, 4), resumed(15, 7, 5), resumed(18, 7, 6), seq=4)
    assert spans_of()[0] == [[10, 18]]


def test_the_facts_alone_say_the_same(book: None) -> None:
    say(stopped(10, 7, 4), resumed(15, 7, 5), seq=4)
    by = late_stops.by(stream(41))
    assert by.tolist() == late_stops.of([41, 42]).tolist()
