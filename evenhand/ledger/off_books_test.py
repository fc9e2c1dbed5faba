"""Taken off the books and still owed: what stands, what came in since, month by month."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.ledger import house, made_up, off_books, standing, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.made_up import noon

SIGNED = date(2025, 1, 1)
OFF = date(2026, 3, 20)
PRINCIPAL = 1_200_000


def writes_off(loan: int, day: date = OFF, principal: int = PRINCIPAL) -> Draft:
    body = {"outstanding_minor": principal, "reason": "age"}
    return Draft("loan.written_off", day, "staff:1", loan, body=body)


def undone(loan: int, cause: int, day: date = OFF) -> Draft:
    return Draft("loan.write_off_undone", day, "staff:1", loan, cause=cause, body={"proposal": 1})


def learn(borrower: int, day: date, *drafts: Draft) -> None:
    head = streams.head(borrower)
    streams.append(borrower, drafts, at=noon(day), expected_seq=head.seq if head else 0)


def a_loan(borrower: int) -> int:
    (loan,) = streams.new_loans(1).tolist()
    learn(borrower, SIGNED, made_up.enrolled(SIGNED), made_up.signed(loan, SIGNED))
    return int(loan)


def test_the_claim_stands_as_it_was() -> None:
    before = [made_up.enrolled(SIGNED), made_up.signed(41, SIGNED), made_up.paid(41, OFF, 5_000)]
    later = [made_up.paid(41, OFF + timedelta(days=9), 70_000)]
    on = house.day_number(OFF + timedelta(days=30))
    off = standing.stand_by(made_up.stream(*before, writes_off(41), *later), on).position
    never = standing.stand_by(made_up.stream(*before, *later), on).position
    for name in standing.COMPUTED:
        assert getattr(off, name).tolist() == getattr(never, name).tolist()


def test_a_write_off_stands_until_it_is_undone() -> None:
    drafts = [made_up.enrolled(SIGNED), made_up.signed(41, SIGNED), writes_off(41)]
    facts = made_up.stream(*drafts)
    found = off_books.write_off(facts, 41)
    assert found and found.seq == 3 and off_books.write_off(facts, 42) is None
    again = made_up.stream(*drafts, undone(41, 3), writes_off(41))
    assert off_books.write_off(again[:4], 41) is None
    assert off_books.write_off(again, 41) == again[4]
    assert off_books.charged_off(facts, 41) is None


@pytest.mark.django_db
def test_what_came_before_is_no_recovery_and_a_reversal_takes_one_back() -> None:
    loan = a_loan(61)
    learn(61, OFF, made_up.paid(loan, OFF, 1_000), writes_off(loan))
    may = date(2026, 5, 2)
    learn(61, may, made_up.paid(loan, may, 20_000), made_up.paid(loan, may, 300))
    learn(61, may, made_up.paid(loan, OFF - timedelta(days=40), 4_000))
    march, later = off_books.months("loan.written_off")
    assert march == ("CNY", date(2026, 3, 1), 1, PRINCIPAL, 4_000), "learnt later: on its own day"
    assert later == ("CNY", date(2026, 5, 1), 0, 0, 20_300)
    learn(61, may, made_up.reversed_(loan, may, 20_000, 5))
    assert [month.recovered_minor for month in off_books.months("loan.written_off")] == [4_000, 300]
    facts = streams.stream(61)
    assert off_books.recovered(facts, facts[3]) == 4_300
    assert off_books.held("loan.written_off")[0].loans == 1
    learn(61, may, undone(loan, 4, may))
    assert not off_books.months("loan.written_off") and not off_books.held("loan.written_off")


@pytest.mark.django_db
def test_the_old_are_those_on_the_books() -> None:
    first, second = a_loan(71), a_loan(72)
    standing.restand([71, 72], house.day_number(OFF))
    due = SIGNED + timedelta(days=30)
    days = (OFF - due).days
    found = off_books.old(OFF, days, 9)
    assert [(one.loan, one.days, one.past_due_since) for one in found] == [
        (first, days, due),
        (second, days, due),
    ]
    assert off_books.old(OFF, days + 1, 9) == [] and len(off_books.old(OFF, 1, 1)) == 1
    learn(71, OFF, writes_off(first))
    assert [one.loan for one in off_books.old(OFF, days, 9)] == [second]
    learn(71, OFF, undone(first, 3))
    assert [one.loan for one in off_books.old(OFF, days, 9)] == [first, second]


Event = tuple[str, int, int]
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(("pay", "pay", "reverse", "off", "undo")),
        st.integers(0, 90),
        st.integers(1, 900_000),
    ),
    min_size=4,
    max_size=14,
)


@pytest.mark.django_db
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(EVENTS, min_size=3, max_size=3))
def test_months_are_those_of_a_naive_walk_over_every_stream(lives: list[list[Event]]) -> None:
    borrowers = [80 + n for n in range(len(lives))]
    # An earlier example's streams go on: nothing is ever taken out of one.
    for borrower, life in zip(borrowers, lives, strict=True):
        loan = a_loan(borrower) if not streams.head(borrower).seq else _loan(borrower)
        for what, back, minor in life:
            draft = _draft(streams.stream(borrower), loan, what, OFF - timedelta(days=back), minor)
            if draft:
                learn(borrower, OFF + timedelta(days=100), draft)
    naive: Counter[tuple[date, str]] = Counter()
    for borrower in borrowers:
        _walk(streams.stream(borrower), naive)
    told: Counter[tuple[date, str]] = Counter()
    for month in off_books.months("loan.written_off"):
        told[month.begins, "loans"] += month.loans
        told[month.begins, "principal"] += month.principal_minor
        told[month.begins, "recovered"] += month.recovered_minor
    assert +told == +naive


def _loan(borrower: int) -> int:
    return next(fact.loan for fact in streams.stream(borrower) if fact.kind == "loan.signed")


def _draft(facts: list[Fact], loan: int, what: str, day: date, minor: int) -> Draft | None:
    standing_off = off_books.write_off(facts, loan)
    gone = {fact.cause for fact in facts if fact.kind == "payment.reversed"}
    paid = [f for f in facts if f.kind == "payment.received" and f.seq not in gone]
    if what == "pay":
        return made_up.paid(loan, day, minor)
    if what == "reverse" and paid:
        one = paid[minor % len(paid)]
        return made_up.reversed_(loan, day, one.amount, one.seq)
    if what == "off" and not standing_off:
        return writes_off(loan, day, minor)
    if what == "undo" and standing_off:
        return undone(loan, standing_off.seq, day)
    return None


def _walk(facts: list[Fact], told: Counter[tuple[date, str]]) -> None:
    """The last write-off that stands, and every later payment that was never taken back."""
    off = None
    for fact in facts:
        if fact.kind == "loan.written_off":
            off = fact
        elif fact.kind == "loan.write_off_undone":
            off = None
    if off is None:
        return
    told[off.day.replace(day=1), "loans"] += 1
    told[off.day.replace(day=1), "principal"] += off.body["outstanding_minor"]
    for fact in facts[off.seq :]:
        later = [f for f in facts if f.kind == "payment.reversed" and f.cause == fact.seq]
        if fact.kind == "payment.received" and not later:
            told[max(fact.day, off.day).replace(day=1), "recovered"] += fact.amount
