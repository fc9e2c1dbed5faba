"""Relief read from facts, and what waits across the book."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import reliefs, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.made_up import enrolled, noon, signed, stream

D = date(2026, 3, 1)
LATER = D + timedelta(days=10)
HOLIDAY = {"change": "holiday", "count": 2, "interest": "runs"}
DUE = {"due_on": (D + timedelta(days=7)).isoformat()}


def asked(loan: int = 7, day: date = D) -> Draft:
    return Draft("relief.asked", day, "borrower", loan, body=HOLIDAY | DUE)


def offered(loan: int = 7) -> Draft:
    return Draft("relief.offered", D, "staff:2", loan, body=HOLIDAY | DUE)


def answer(kind: str, cause: int, hand: str = "borrower", **body: object) -> Draft:
    return Draft(kind, D, hand, 7, cause=cause, body=body)


def holds(cause: int) -> Draft:
    body = HOLIDAY | {"from_day": D.isoformat(), "shown": []}
    return Draft("loan.terms_changed", D, "borrower", 7, cause=cause, body=body)


@pytest.mark.parametrize(
    ("said", "then", "state"),
    [
        (asked(), [], "waiting"),
        (asked(), [holds(2)], "given"),
        (asked(), [answer("relief.withdrawn", 2)], "withdrawn"),
        (asked(), [answer("relief.declined", 2, "staff:2", reason="not_now")], "declined"),
        (offered(), [], "lapsed"),
        (offered(), [answer("relief.refused", 2)], "refused"),
    ],
)
def test_what_came_of_it(said: Draft, then: list[Draft], state: str) -> None:
    (one,) = reliefs.reliefs_of(stream(signed(7, D), said, *then), 7)
    assert (one.seq, one.change, one.state(LATER)) == (2, HOLIDAY, state)


def test_what_waits_and_what_holds_of_a_loan() -> None:
    facts = stream(signed(7, D), asked(), holds(2), asked(8), asked())
    waits = reliefs.waiting(facts, 7, LATER)
    assert waits and waits.seq == 5
    assert [one.seq for one in reliefs.given(facts, 7)] == [2]
    assert reliefs.waiting(facts, 9, LATER) is None


def test_a_relief_is_known_by_its_number() -> None:
    facts = stream(signed(7, D), asked(), holds(2), asked(8))
    found = [reliefs.relief_of(facts, seq) for seq in (2, 4)]
    assert [one and (one.loan, one.state(LATER)) for one in found] == [
        (7, "given"),
        (8, "waiting"),
    ]
    assert [reliefs.relief_of(facts, seq) for seq in (0, 1, 3, 5)] == [None] * 4


def test_how_often_within_a_year() -> None:
    given = reliefs.given(stream(signed(7, D), asked(), holds(2), asked(), holds(4)), 7)
    year = D + timedelta(days=365)
    assert reliefs.within_a_year(given, LATER) == 2
    assert reliefs.within_a_year(given, LATER, "holiday") == 2
    assert reliefs.within_a_year(given, LATER, "longer_term") == 0
    assert reliefs.within_a_year(given, year) == 0


@pytest.mark.django_db
def test_across_the_book_the_oldest_waits_first() -> None:
    for borrower, day in ((61, D), (62, D - timedelta(days=1))):
        due = {"due_on": (day + timedelta(days=7)).isoformat()}
        wanted = Draft("relief.asked", day, "borrower", borrower, body=HOLIDAY | due)
        drafts = [enrolled(day), signed(borrower, day), wanted]
        streams.append(borrower, drafts, at=noon(day), expected_seq=0)
    assert [one.said.borrower for one in reliefs.all_waiting(D)] == [62, 61]
    back = Draft("relief.withdrawn", D, "borrower", 62, cause=3)
    streams.append(62, [back], at=noon(D), expected_seq=3)
    assert [one.said.borrower for one in reliefs.all_waiting(D)] == [61]
