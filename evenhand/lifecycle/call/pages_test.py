"""The collector's day as pages: masked names, reasons with sources, a look for every number."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import house, standing, streams
from evenhand.ledger.calls import calls, promises
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact.made_up import MINUTE, enrol, learn, lend, moment
from evenhand.people import look, persons, points, staff, staff_roll

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
D = SIGNED + timedelta(days=51)
NOW = moment(D, 14)
ENGLISH = {"accept-language": "en"}
PASSWORD = "correct horse battery"
DAY = "/staff/day/"
PHONE = "13800000001"


@pytest.fixture(autouse=True)
def _today(move_clock: Any) -> None:
    move_clock(NOW)


@pytest.fixture
def late(db: None) -> int:
    (borrower,) = enrol(1, SIGNED - timedelta(days=9))
    lend([borrower], SIGNED, strategy="standard-calls")
    standing.restand([borrower], house.day_number(D))
    return borrower


def as_(client: Client, role: str = "collector", number: str = "E0001") -> int:
    by = staff.enlist(number, PASSWORD, role=role, number=number, lang="en")
    staff_roll.set_trained(by, SIGNED)
    assert client.login(username=number, password=PASSWORD)
    return by


def text(client: Client, path: str) -> str:
    return client.get(path, headers=ENGLISH).content.decode()


def begun(client: Client, borrower: int) -> tuple[str, str]:
    """The call's page and where its outcome is sent, once it is begun."""
    path = f"/staff/calls/{borrower}/"
    assert client.post(f"{path}begin/").status_code == 302
    return path, f"{path}{calls(streams.stream(borrower))[-1].leaving}/"


def test_the_list_masks_who_says_why_and_until_when(client: Client, late: int) -> None:
    as_(client)
    told = text(client, DAY)
    assert "Step of the ladder" in told and "21 Apr 2026 21:00" in told and "1,0" in told
    assert PHONE not in told and "甲0" not in told
    assert not look.looks(late)


def test_a_complaint_shows_with_its_source_and_no_button(client: Client, late: int) -> None:
    learn(late, Draft("complaint.opened", D, "borrower"), at=NOW - MINUTE)
    as_(client)
    assert "Complaint open" in text(client, DAY) and "House policy" in text(client, DAY)
    assert "Begin the call" not in text(client, f"/staff/calls/{late}/")


def test_the_number_shows_in_a_call_that_left_and_every_showing_is_a_look(
    client: Client, late: int
) -> None:
    by = as_(client)
    assert PHONE not in text(client, f"/staff/calls/{late}/")
    path, _outcome = begun(client, late)
    told = text(client, path)
    assert PHONE in told and calls(streams.stream(late))[0].reference in told
    assert [(one.staff, one.field, one.purpose) for one in look.looks(late)] == [
        (by, "text", "collection"),
        (by, "phone", "collection"),
        (by, "name", "collection"),
    ]


def test_refused_at_that_very_moment_no_number_shows(
    client: Client, late: int, move_clock: Any
) -> None:
    as_(client)
    move_clock(moment(D, 21, 30))
    answer = client.post(f"/staff/calls/{late}/begin/", headers=ENGLISH)
    told = answer.content.decode()
    assert answer.status_code == 400 and "Hours of contact" in told and PHONE not in told
    assert streams.stream(late)[-1].kind == "contact.refused" and not look.looks(late)


def test_whom_the_roll_keeps_from_work_begins_no_call(client: Client, late: int) -> None:
    by = as_(client)
    staff_roll.set_trained(by, D + timedelta(days=1))
    answer = client.post(f"/staff/calls/{late}/begin/", headers=ENGLISH)
    assert answer.status_code == 400 and "staff roll" in answer.content.decode()
    assert not calls(streams.stream(late))


def test_another_sees_that_it_runs_and_not_the_number(client: Client, late: int) -> None:
    as_(client)
    path, outcome = begun(client, late)
    as_(client, "supervisor", "E0002")
    told = text(client, path)
    assert "A colleague has been calling" in told and PHONE not in told
    assert client.post(outcome, {"outcome": "busy"}).status_code == 403
    assert client.post(f"{path}begin/", headers=ENGLISH).status_code == 400


def test_after_half_an_hour_it_stands_on_top_and_anybody_who_calls_may_say(
    client: Client, late: int, move_clock: Any
) -> None:
    as_(client)
    path, outcome = begun(client, late)
    move_clock(NOW + 31 * MINUTE)
    assert "no outcome: counts as a conversation" in text(client, DAY)
    assert PHONE not in text(client, path)
    as_(client, "supervisor", "E0002")
    assert client.post(outcome, {"outcome": "unanswered"}).status_code == 302
    assert "no outcome" not in text(client, DAY)


def test_what_was_said_and_promised_is_written_and_shown(
    client: Client, late: int, move_clock: Any
) -> None:
    as_(client)
    path, outcome = begun(client, late)
    sent = {
        "outcome": "conversation",
        "note": "On Friday.",
        "amount": "500",
        "by": "2026-04-24",
    }
    assert client.post(outcome, sent).status_code == 302
    (promise,) = promises(streams.stream(late))
    assert (promise.amount_minor, promise.by) == (50_000, date(2026, 4, 24))
    told = text(client, path)
    assert "On Friday." in told and "500.00" in told
    move_clock(moment(date(2026, 4, 24), 10))
    assert "Promised for today" in text(client, DAY)
    move_clock(moment(date(2026, 4, 30), 10))
    assert "not kept" in text(client, DAY) or "not kept" in text(client, path)


def test_a_form_that_does_not_do_keeps_what_was_typed(client: Client, late: int) -> None:
    as_(client)
    _path, outcome = begun(client, late)
    sent = {"outcome": "conversation", "note": "Sick.", "amount": "lots", "by": "2020-01-01"}
    answer = client.post(outcome, sent | {"day": "2026-04-22", "time": "soon"}, headers=ENGLISH)
    told = answer.content.decode()
    assert answer.status_code == 400 and "Sick." in told and "lots" in told
    assert "Type an amount" in told and "within the next 31 days" in told
    assert "Choose a day and a time" in told
    assert "Choose what came of it." in client.post(outcome, headers=ENGLISH).content.decode()


def test_who_keeps_the_number_out_of_sight_is_not_called(client: Client, late: int) -> None:
    point = next(one.point for one in persons.points([late]))
    points.hide_only(late, [point])
    as_(client)
    answer = client.post(f"/staff/calls/{late}/begin/", headers=ENGLISH)
    assert answer.status_code == 400 and "out of sight" in answer.content.decode()
    assert not calls(streams.stream(late))


@pytest.mark.parametrize(("role", "day", "call"), [("auditor", 200, 403), ("finance", 403, 403)])
def test_others_look_or_stay_out(client: Client, late: int, role: str, day: int, call: int) -> None:
    as_(client, role)
    assert client.get(DAY).status_code == day
    assert client.get(f"/staff/calls/{late}/").status_code == call
    assert client.post(f"/staff/calls/{late}/begin/").status_code == call
