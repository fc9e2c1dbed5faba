"""Complaints as staff meet them: the queue, taking, answering, the counter and the telephone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import streams
from evenhand.lifecycle.redress import made_up
from evenhand.lifecycle.redress.complaints import complaint_of, complaints_of
from evenhand.outbound.contact.made_up import enrol, lend, moment
from evenhand.people import kept, look, staff, staff_roll

pytestmark = pytest.mark.django_db
D = date(2026, 11, 2)
NOW = moment(D, 12)
ENGLISH = {"accept-language": "en"}
PASSWORD = "correct horse battery"
QUEUE = "/staff/complaints/"


@pytest.fixture(autouse=True)
def _today(move_clock: Any) -> None:
    move_clock(NOW)


@pytest.fixture
def borrower(db: None) -> int:
    (one,) = enrol(1, D - timedelta(days=90))
    lend([one], D - timedelta(days=40))
    return one


def as_(client: Client, role: str, number: str = "E0001") -> int:
    """The client goes on as somebody new of that role."""
    by = staff.enlist(number, PASSWORD, role=role, number=number, lang="en")
    assert client.login(username=number, password=PASSWORD)
    return by


def text(client: Client, path: str) -> str:
    return client.get(path, headers=ENGLISH).content.decode()


def test_the_overdue_come_first_and_say_so(client: Client, borrower: int, move_clock: Any) -> None:
    made_up.complain(borrower, "sum", at=NOW)
    made_up.complain(borrower, "privacy", at=moment(D + timedelta(days=3), 12))
    move_clock(moment(D + timedelta(days=16), 9))
    as_(client, "supervisor")
    told = text(client, QUEUE)
    assert told.index("A sum or a charge") < told.index("My data")
    assert "Answers overdue: 1." in told and "nobody yet" in told


def test_who_is_away_has_their_complaints_answered_by_who_stands_in(
    client: Client, borrower: int
) -> None:
    seq = made_up.complain(borrower, "contact", at=NOW)
    owner = as_(client, "supervisor", "E0001")
    client.post(f"{QUEUE}{borrower}/{seq}/take/")
    other = as_(client, "compliance", "E0002")
    staff.enlist("E0003", PASSWORD, role="supervisor", number="E0003")
    assert "E0001" in text(client, QUEUE) and "You stand in" not in text(client, QUEUE)
    staff_roll.set_away(owner, D, D, other)
    assert "You stand in" in text(client, QUEUE)
    assert "You stand in" in text(client, f"{QUEUE}{borrower}/{seq}/")
    assert client.post(f"{QUEUE}{borrower}/{seq}/take/").status_code == 302
    assert complaint_of(streams.stream(borrower), seq).now.owner == other
    staff_roll.set_away(other, D, D, owner)
    as_(client, "auditor", "E0004")
    told = text(client, QUEUE)
    assert "Stands in: E0003" in told, "both are away: the supervisor"


def test_taken_answered_and_every_reading_is_a_look(client: Client, borrower: int) -> None:
    seq = made_up.complain(borrower, "contact", "Too much.", at=NOW)
    by, path = as_(client, "compliance"), f"{QUEUE}{borrower}/{seq}/"
    assert "Too much." in text(client, path)
    assert [(one.staff, one.purpose) for one in look.looks(borrower)] == [(by, "complaint")]
    assert client.post(f"{path}take/").status_code == 302
    said = {"outcome": "partly", "text": "Half of it."}
    assert client.post(f"{path}answer/", said).status_code == 302
    found = complaint_of(streams.stream(borrower), seq)
    assert (found.now.owner, found.now.outcome) == (by, "partly")


def test_an_answer_needs_its_outcome_and_its_reason(client: Client, borrower: int) -> None:
    seq = made_up.complain(borrower, at=NOW)
    as_(client, "compliance")
    path = f"{QUEUE}{borrower}/{seq}/"
    client.post(f"{path}take/")
    answer = client.post(f"{path}answer/", {"text": "I see."}, headers=ENGLISH)
    assert answer.status_code == 400
    told = answer.content.decode()
    assert "Choose what came of it." in told and "I see." in told
    assert client.post(f"{path}answer/", {"outcome": "upheld"}).status_code == 400
    assert complaint_of(streams.stream(borrower), seq).is_open


def test_more_time_with_a_reason(client: Client, borrower: int) -> None:
    seq = made_up.complain(borrower, at=NOW)
    as_(client, "supervisor")
    path = f"{QUEUE}{borrower}/{seq}/"
    client.post(f"{path}take/")
    assert client.post(f"{path}extend/", {"reason": "complex"}).status_code == 400
    client.post(f"{path}extend/", {"reason": "complex", "text": "The bank is slow."})
    assert complaint_of(streams.stream(borrower), seq).now.due_on == D + timedelta(days=30)


def test_who_is_complained_about_neither_sees_nor_answers_it(client: Client, borrower: int) -> None:
    by = as_(client, "supervisor", "E0417")
    seq = made_up.complain(borrower, "treatment", at=NOW, about=by)
    path = f"{QUEUE}{borrower}/{seq}/"
    assert "How I was treated" not in text(client, QUEUE)
    assert client.get(path).status_code == 403
    assert client.post(f"{path}take/").status_code == 403


def test_only_compliance_lets_collecting_go_on_beside_a_repeat(
    client: Client, borrower: int
) -> None:
    first = made_up.complain(borrower, "contact", at=NOW)
    made_up.answer(borrower, first, 99, at=NOW)
    seq = made_up.complain(borrower, "contact", at=NOW)
    path = f"{QUEUE}{borrower}/{seq}/"
    as_(client, "supervisor", "E0002")
    assert client.post(f"{path}allow/", {"text": "Why."}).status_code == 403
    as_(client, "compliance")
    assert "repeat: decide by" in text(client, QUEUE)
    assert client.post(f"{path}allow/", {"text": " "}).status_code == 400
    client.post(f"{path}allow/", {"text": "These calls were lawful."})
    found = complaint_of(streams.stream(borrower), seq)
    assert found.is_open and not found.now.pauses


def test_at_the_counter_both_hands_are_written_down(client: Client, borrower: int) -> None:
    by = as_(client, "collector")
    answer = client.post("/staff/complaints/new/", {"value": str(borrower)})
    path = answer.headers["Location"]
    assert path == f"/staff/complaints/new/{borrower}/"
    assert client.post(path, {"ground": "sum"}, headers=ENGLISH).status_code == 400
    answer = client.post(path, {"ground": "sum", "via": "counter", "text": "Too much."})
    assert answer.headers["Location"] == f"/borrowers/{borrower}/"
    (found,) = complaints_of(streams.stream(borrower))
    assert (found.hand, found.via) == (f"staff:{by}", "counter")
    assert kept.committed(borrower, found.now.text) == "Too much."
    assert streams.stream(borrower)[found.seq - 1].body["on_behalf"] == "borrower"


def test_an_appeal_at_the_counter_is_found_by_the_borrower_and_written_down(
    client: Client, borrower: int
) -> None:
    seq = made_up.complain(borrower, "sum", at=NOW)
    made_up.answer(borrower, seq, 99, at=NOW, outcome="not_upheld")
    by, path = as_(client, "supervisor"), f"{QUEUE}{borrower}/{seq}/"
    assert path in text(client, f"/staff/complaints/new/{borrower}/")
    assert "The borrower does not agree" in text(client, path)
    assert client.post(f"{path}appeal/", {"text": "No."}).status_code == 400
    client.post(f"{path}appeal/", {"text": "No.", "via": "counter"})
    found = complaint_of(streams.stream(borrower), seq)
    assert found.is_appeal and kept.committed(borrower, found.now.text) == "No."
    fact = streams.stream(borrower)[found.now.seq - 1]
    assert (fact.hand, fact.body["via"], fact.body["on_behalf"]) == (
        f"staff:{by}",
        "counter",
        "borrower",
    )


def test_nobody_is_found_and_it_says_so(client: Client) -> None:
    as_(client, "supervisor")
    answer = client.post("/staff/complaints/new/", {"value": "13900000000"}, headers=ENGLISH)
    assert answer.status_code == 400 and "Nobody is found by that." in answer.content.decode()
    assert client.get("/staff/complaints/new/999999/").status_code == 404
