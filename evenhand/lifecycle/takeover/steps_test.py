"""An import as it happens: totals first, bad rows aside, twice is once, and the way back."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from evenhand.ledger import contacts, house, looks, standing, states, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.takeover import steps
from evenhand.lifecycle.takeover.steps import Book, Files, Made, Refused
from evenhand.lifecycle.takeover.take_back import take_back
from evenhand.lifecycle.takeover.tape_test import HEADER, LADDERS, ROW, STANDS
from evenhand.people import persons

AS_OF = date(2026, 3, 11)
AT = int(datetime(2026, 3, 11, 2, tzinfo=UTC).timestamp()) * 1_000_000
HISTORY = (
    "borrower_reference,kind,at,channel,outcome,loan_reference,until\n"
    "B-A,contact,2026-03-10T10:00:00+08:00,sms,sent,,\n"
    "B-A,opt_out,2026-03-09T10:00:00+08:00,sms,,,\n"
    "B-B,complaint_open,2026-03-09T10:00:00+08:00,,,,\n"
    "B-B,agreement_in_force,2026-03-01T00:00:00+08:00,,,B,2026-06-30\n"
)

pytestmark = pytest.mark.django_db


def tape(folder: Path, *rows: str, history: str = "") -> Book:
    path = folder / "tape.csv"
    path.write_text("\n".join([HEADER + ",measures,instalments", *rows]) + "\n")
    told = folder / "history.csv"
    told.write_text(history)
    return steps.read(Files(path, None, told if history else None), AS_OF, LADDERS)


def two_loans(folder: Path, history: str = HISTORY) -> Book:
    a = ROW.format("A") + ",sms call," + STANDS.replace("20.00;", "20.00 4.15;")
    b = ROW.format("B").replace("0001", "0002") + ",," + STANDS
    return tape(folder, a, b, history=history)


def imported(book: Book) -> Made:
    return steps.write(book, book.totals, at=AT)


def loan_of(reference: str) -> persons.Found:
    found = persons.find("loan", reference)
    return found[-1]


def kinds_of(borrower: int) -> list[str]:
    return [fact.kind for fact in streams.stream(borrower)]


def close_a_day() -> None:
    body = {"day": "2026-03-11", "looked": 0, "steps": 0, "intended": 0, "refusals": {}, "facts": 0}
    draft = Draft("day.closed", AS_OF, "dayclose", body=body)
    streams.append(house.DAYCLOSE, [draft], at=AT + 1, expected_seq=0)


def test_the_position_is_what_the_tape_says(tmp_path: Path) -> None:
    assert imported(two_loans(tmp_path)) == Made(1, 2, 2, 0)
    found = loan_of("A")
    stood = standing.stand([found.person], house.day_number(AS_OF)).position
    assert stood.outstanding_minor.tolist() == [200_000]
    assert stood.late_interest_minor.tolist() == [415]
    assert stood.past_due_minor.tolist() == [102_415]
    row = standing.positions([found.person])[0]
    assert row["past_due_minor"] == 102_415


def test_the_fact_says_where_the_measures_come_from(tmp_path: Path) -> None:
    imported(two_loans(tmp_path))
    said = {
        reference: streams.stream(loan_of(reference).person)[1].body for reference in ("A", "B")
    }
    assert (said["A"]["measures"], said["A"]["measures_from"]) == (["sms", "call"], "contract")
    assert said["B"]["measures_from"] == "house default"
    assert "王" not in str(said) and "120" not in str(said["A"]["instalments"])


def test_history_becomes_facts_the_gate_counts(tmp_path: Path) -> None:
    imported(two_loans(tmp_path))
    a, b = loan_of("A").person, loan_of("B")
    assert kinds_of(a) == ["borrower.enrolled", "loan.imported", "wish.opt_out", "contact.prior"]
    assert len(contacts.contact_history([a], 0)) == 1
    plan = streams.stream(b.person)[2]
    assert (plan.kind, plan.loan) == ("plan.agreed", b.target)
    assert house.day_of(plan.body["until"] - 1) == date(2026, 6, 30)
    assert house.day_of(plan.body["until"]) == date(2026, 7, 1)
    assert len(states.states([b.person])) == 2


def test_disagreeing_totals_write_nothing(tmp_path: Path) -> None:
    book = two_loans(tmp_path)
    wrong = book.totals._replace(principal=book.totals.principal + 1)
    with pytest.raises(Refused, match=r"principal: 4000\.01 expected, the tape stands at 4000\.00"):
        steps.write(book, wrong, at=AT)
    assert persons.find("loan", "A") == []
    assert streams.head(house.IMPORTS).seq == 0


def test_a_tape_of_tomorrow_is_refused(tmp_path: Path) -> None:
    book = two_loans(tmp_path)
    with pytest.raises(Refused, match="has not come yet"):
        steps.write(book, book.totals, at=AT - 2 * 86_400_000_000)


def test_the_same_files_twice_change_nothing(tmp_path: Path) -> None:
    imported(two_loans(tmp_path))
    before = streams.streams([loan_of("A").person, loan_of("B").person, house.IMPORTS])
    assert imported(two_loans(tmp_path)) == Made(0, 0, 0, 2)
    after = streams.streams([loan_of("A").person, loan_of("B").person, house.IMPORTS])
    assert before == after


def test_a_second_loan_of_the_same_person_goes_to_the_same_stream(tmp_path: Path) -> None:
    imported(two_loans(tmp_path))
    more = ROW.format("A2").replace("B-A2", "B-A") + ",," + STANDS
    assert imported(tape(tmp_path, more)).loans == 1
    assert loan_of("A2").person == loan_of("A").person
    assert kinds_of(loan_of("A").person).count("borrower.enrolled") == 1


def test_who_was_imported_is_looked_at_by_the_first_close(tmp_path: Path) -> None:
    imported(two_loans(tmp_path))
    days = looks.look_on([loan_of("A").person])
    assert days["look_on"].tolist() == [house.day_number(AS_OF)]


def test_an_import_is_taken_back_and_may_come_again(tmp_path: Path) -> None:
    made = imported(two_loans(tmp_path))
    assert take_back(made.number, at=AT + 1) == (2, 2)
    person = loan_of("A").person
    assert len(standing.stand([person], house.day_number(AS_OF)).borrower) == 0
    with pytest.raises(Refused, match="taken back already"):
        take_back(made.number, at=AT + 2)
    again = steps.write(two_loans(tmp_path), two_loans(tmp_path).totals, at=AT + 3)
    assert (again.loans, again.already) == (2, 0)
    assert loan_of("A").person == person
    assert kinds_of(person).count("contact.prior") == 1
    assert len(standing.stand([person], house.day_number(AS_OF)).borrower) == 1


def test_taking_back_is_refused_once_a_day_is_closed(tmp_path: Path) -> None:
    made = imported(two_loans(tmp_path))
    close_a_day()
    with pytest.raises(Refused, match="a day has been closed"):
        take_back(made.number, at=AT + 2)
    with pytest.raises(Refused, match="there is no import 7"):
        take_back(7, at=AT + 2)


def test_taking_back_is_refused_once_money_came_in(tmp_path: Path) -> None:
    made = imported(two_loans(tmp_path))
    found = loan_of("A")
    paid = Draft(
        "payment.received",
        AS_OF,
        "provider",
        found.target,
        100,
        body={"reference": "r", "channel": "bank"},
    )
    seq = streams.head(found.person).seq
    streams.append(found.person, [paid], at=AT + 1, expected_seq=seq)
    with pytest.raises(Refused, match="money has come in"):
        take_back(made.number, at=AT + 2)
