"""The book without persons: who caught up, what left, what went wrong, what was refused."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import house, made_up, portfolio, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.made_up import noon
from evenhand.ledger.portfolio import Refused, Span

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
TODAY = date(2026, 4, 20)
BORROWER = 41
WHOLE = 101_000


def learn(day: date, *drafts: Draft, borrower: int = BORROWER) -> None:
    head = streams.head(borrower)
    streams.append(borrower, drafts, at=noon(day), expected_seq=head.seq if head else 0)


def a_loan(borrower: int = BORROWER) -> int:
    """A loan whose first instalment is due on DUE."""
    (loan,) = streams.new_loans(1).tolist()
    learn(SIGNED, made_up.enrolled(SIGNED), made_up.signed(loan, SIGNED), borrower=borrower)
    return int(loan)


def pay(loan: int, day: date, amount: int, borrower: int = BORROWER) -> None:
    learn(day, made_up.paid(loan, day, amount), borrower=borrower)


def test_who_pays_what_was_past_due_has_caught_up() -> None:
    loan = a_loan()
    pay(loan, DUE + timedelta(days=10), WHOLE + 5_000)
    assert portfolio.cured(TODAY, 30) == 1
    assert portfolio.cured(TODAY, 5) == 0


def test_who_was_never_late_has_nothing_to_catch_up() -> None:
    loan = a_loan()
    pay(loan, DUE, WHOLE)
    assert portfolio.cured(TODAY, 30) == 0


def test_a_part_is_not_the_whole_and_the_second_part_is() -> None:
    loan = a_loan()
    pay(loan, DUE + timedelta(days=5), 50_000)
    assert portfolio.cured(TODAY, 30) == 0
    pay(loan, DUE + timedelta(days=8), 60_000)
    assert portfolio.cured(TODAY, 30) == 1


def test_each_loan_is_counted_once_whoever_owes_it() -> None:
    for borrower in (51, 52):
        loan = a_loan(borrower)
        pay(loan, DUE + timedelta(days=4), WHOLE + 5_000, borrower)
        pay(loan, DUE + timedelta(days=9), 1_000, borrower)
    assert portfolio.cured(TODAY, 30) == 2


def test_contacts_complaints_and_incidents_fall_into_their_spans() -> None:
    a_loan()
    march, april, may = (house.midnight(date(2026, month, 1)) for month in (3, 4, 5))
    planned = made_up.intended(DUE, {1: 1}, DUE, 2)
    learn(DUE, planned, made_up.leaving(DUE, 3), made_up.answered(DUE, 4))
    later = DUE + timedelta(days=3)
    learn(later, made_up.intended(later, {1: 2}, later, 5), made_up.leaving(later, 6))
    learn(later, made_up.answered(later, 7, "contact.unknown"))
    learn(later, made_up.begun(later, "complaint.opened"))
    assert portfolio.spans([march, april, may]) == [
        Span(contacts=1),
        Span(contacts=1, complaints=1, unknown=1),
    ]
    assert portfolio.spans([april, may])[0].incidents == 1


def test_a_planned_contact_and_an_appeal_count_for_nothing() -> None:
    a_loan()
    learn(DUE, made_up.intended(DUE, {1: 1}, DUE, 2), made_up.begun(DUE, "complaint.opened"))
    learn(DUE, made_up.ended(DUE, "complaint.answered", 4))
    body = {"due_on": TODAY.isoformat()}
    learn(DUE, Draft("complaint.appealed", DUE, "borrower", cause=4, body=body))
    edges = [house.midnight(SIGNED), house.midnight(TODAY)]
    assert portfolio.spans(edges) == [Span(complaints=1)]


def test_refusals_of_closed_days_and_of_contacts_by_rule() -> None:
    a_loan()
    learn(TODAY, made_up.intended(TODAY, {1: 1}, TODAY, 2))
    two_sources = [{"rule": "cn.pause", "cite": cite} for cite in ("Article 1", "5.3")]
    body = {"rules": two_sources, "not_before": 0}
    learn(TODAY, Draft("contact.refused", TODAY, "outbox", cause=3, body=body))
    for day, times in ((TODAY, 3), (TODAY - timedelta(days=1), 2), (SIGNED, 50)):
        closed = {"looked": 1, "steps": 1, "intended": 0, "facts": 0}
        body = {"day": day.isoformat(), "refusals": {"cn.hours": times}, **closed}
        learn(day, Draft("day.closed", day, "dayclose", body=body), borrower=house.DAYCLOSE)
    assert portfolio.refused(TODAY, 30) == [Refused("cn.hours", 5, 0), Refused("cn.pause", 0, 1)]


def test_incidents_name_the_fact_that_tells_of_them() -> None:
    a_loan()
    learn(DUE, made_up.intended(DUE, {1: 1}, DUE, 2), made_up.leaving(DUE, 3))
    learn(DUE, made_up.answered(DUE, 4, "contact.unknown"))
    body = {"address": 500_001, "via": "page"}
    learn(TODAY, Draft("contact.disowned", TODAY, "house", cause=4, body=body))
    found = portfolio.incidents(house.midnight(SIGNED), limit=5)
    assert [(one.kind, one.borrower) for one in found] == [
        ("contact.disowned", BORROWER),
        ("contact.unknown", BORROWER),
    ]
    assert portfolio.incidents(house.midnight(TODAY), limit=5) == found[:1]
    assert portfolio.clusters(house.midnight(SIGNED), noon(TODAY)) == 0
