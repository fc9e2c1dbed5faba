"""One loan on a day: the figures of the whole stream's standing, and what was really paid."""

from datetime import date, timedelta

import pytest

from evenhand.core import payoff
from evenhand.ledger import changes, house, made_up, standing
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.one_loan import after, here

D = date(2026, 3, 2)
FEES = [[n, 700] for n in range(1, 13)]
STREAM = made_up.stream(
    made_up.enrolled(D),
    made_up.signed(7, D, fees_due=FEES),
    made_up.signed(8, D, product="steady", currency="JPY"),
    made_up.paid(8, D + timedelta(days=30), 101_000),
    made_up.paid(7, D + timedelta(days=31), 60_000),
)


@pytest.mark.parametrize("loan", [7, 8])
@pytest.mark.parametrize("days", [0, 30, 75, 400])
def test_it_is_the_standing_of_the_whole_stream(loan: int, days: int) -> None:
    on = D + timedelta(days=days)
    found = here(STREAM, loan, on)
    stood = standing.stand_by(STREAM, house.day_number(on))
    row, position = stood.loan.tolist().index(loan), stood.position
    assert found and (found.borrower, found.loan, found.on) == (9, loan, on)
    for name in ("outstanding_minor", "due_minor", "past_due_minor", "past_due_days"):
        assert getattr(found, name) == getattr(position, name)[row]
    assert found.late_minor == position.late_interest_minor[row]
    assert found.late_charged_minor == position.late_charged_minor[row]
    total = payoff.pay_off(stood.terms, stood.begins_on, position).total_minor[row]
    assert found.pay_off_minor == total
    since = house.day_from(position.past_due_since[row]) if found.past_due_days else None
    assert found.past_due_since == since
    assert (found.currency, found.product) == (("CNY", "demo"), ("JPY", "steady"))[loan - 7]


def test_what_is_due_later_is_not_owed_yet() -> None:
    found = here(STREAM, 7, D + timedelta(days=75))
    assert found
    # Two are due; 600.00 went to late interest and interest of the first, then to its principal.
    assert (found.paid, found.left, found.due_day) == (0, 10, (D + timedelta(days=90)).day)
    assert found.interest_minor == 1_000
    assert found.owed("fee") == found.fee_minor and found.owed("principal") == 0
    owed = (found.outstanding_minor, found.interest_minor, found.fee_minor, found.late_minor)
    assert found.claim_minor == sum(owed)


def test_a_loan_that_has_not_begun_stands_nowhere() -> None:
    assert here(STREAM, 9, D) is None and here([], 7, D) is None


def test_with_one_more_fact_it_stands_where_it_then_does() -> None:
    on = D + timedelta(days=75)
    draft = made_up.paid(7, on, 50_000)
    assert after(STREAM, draft, on) == here([*STREAM, supposed(STREAM, draft)], 7, on)
    assert after(STREAM, draft, on) != here(STREAM, 7, on)


def test_what_a_change_moved_on_was_not_paid() -> None:
    facts = made_up.stream(
        made_up.enrolled(D),
        made_up.signed(7, D),
        made_up.paid(7, D + timedelta(days=30), 101_000),
    )
    on = D + timedelta(days=100)
    before = here(facts, 7, on)
    assert before and (before.paid, before.left) == (1, 9)
    again = changed(facts, on)
    now = here([*facts, again], 7, on)
    assert now and (now.past_due_minor, now.paid, now.left) == (0, 1, 9)
    early = here([*facts, again], 7, on - timedelta(days=1))
    assert early and early.paid == 1
    due = date.fromisoformat(again.body["shown"][0][0])
    pay = Draft("payment.received", due, "house", 7, again.body["shown"][0][1] * 2)
    later = here([*facts, again, supposed([*facts, again], pay)], 7, due)
    assert later and later.paid == 2


def changed(facts: list[Fact], on: date) -> Fact:
    return supposed(facts, changes.draft(facts, 7, {"change": "re_age"}, on, "staff:1", 1))
