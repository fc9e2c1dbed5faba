"""Assisted service, from the check to what the borrower reads of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from evenhand.ledger import hands, streams
from evenhand.lifecycle.redress.complaints import complaints_of
from evenhand.lifecycle.register import made_up
from evenhand.lifecycle.serve import services
from evenhand.outbound.contact.made_up import moment
from evenhand.people import look, points, serving, staff
from evenhand.people import made_up as people

pytestmark = pytest.mark.django_db
NOW = moment(date(2026, 4, 15), 10)
PASSWORD = "correct horse battery"
ENGLISH = {"accept-language": "en"}
SERVE = "/staff/serve/"
SAME = "This does not fit, or was tried too often."


@pytest.fixture(autouse=True)
def _here(move_clock: Callable[[int], None]) -> None:
    move_clock(NOW)


@pytest.fixture
def person(_here: None) -> int:
    return made_up.register(NUMBER, at=NOW - 1_000_000, lang="en")


NUMBER = 7


def said(**other: str) -> dict[str, str]:
    """What the made-up person of that number says of themselves."""
    number = NUMBER
    own = {
        "phone": made_up.phone_of(number),
        "name": made_up.name_of(number, "en"),
        "identity": made_up.identity_of(number),
        "account": made_up.account_of(number)[-4:],
        "via": "counter",
    }
    return own | other


def signed_in(client: Client, role: str = "supervisor", number: str = "E0042") -> int:
    by = staff.enlist(number, PASSWORD, role=role, number=number, lang="en")
    assert client.login(username=number, password=PASSWORD)
    return by


def serve(client: Client, **other: str) -> str:
    """Where the check leads, or the one sentence it says otherwise."""
    answer = client.post(SERVE, said(**other), headers=ENGLISH)
    if answer.status_code == 302:
        return str(answer.headers["Location"])
    assert answer.status_code == 400
    return SAME if SAME in answer.content.decode() else "?"


def complain(client: Client) -> None:
    said = {"ground": "contact", "text": "Somebody shouted.", "loan": ""}
    assert client.post("/my/complaint/new/", said).status_code == 302


def test_at_the_counter_a_complaint_is_made_by_both_hands(client: Client, person: int) -> None:
    by = signed_in(client)
    assert serve(client) == "/my/"
    complain(client)
    (made,) = complaints_of(streams.stream(person))
    fact = next(fact for fact in streams.stream(person) if fact.seq == made.seq)
    assert fact.hand == f"borrower:staff.{by}" and hands.staff_of(fact.hand) == by
    looked = [(one.staff, one.field, one.purpose) for one in look.looks(person)]
    assert looked == [(by, "own_pages", "service")]


def test_afterwards_the_borrower_is_told_once_and_reads_it(client: Client, person: int) -> None:
    signed_in(client)
    serve(client)
    complain(client)
    assert client.post(f"{SERVE}end/").headers["Location"] == SERVE
    assert client.get("/my/complaint/").status_code == 302, "their pages are closed again"
    ended = [f.seq for f in streams.stream(person) if f.kind == "service.ended"]
    for _again in range(2):
        services.told([(person, seq) for seq in ended], at=NOW)
    facts = streams.stream(person)
    told = [f for f in facts if f.kind == "contact.intended" and f.body["template"] == "served"]
    assert [fact.body["channel"] for fact in told] == ["in_app"]
    own = Client()
    people.sign_in(own, person)
    shown = own.get("/my/served/", headers=ENGLISH).content.decode()
    assert "At the counter" in shown and "E0042" in shown and "Complaint" in shown


def test_a_stranger_hears_the_same_whatever_is_wrong(client: Client, person: int) -> None:
    signed_in(client)
    for wrong in (
        {"name": "Ping Zhao"},
        {"identity": made_up.identity_of(8)},
        {"phone": made_up.phone_of(8)},
        {"via": "hotline", "account": "0000"},
        {"phone": "", "name": "", "identity": ""},
    ):
        assert serve(client, **wrong) == SAME
    assert not [fact for fact in streams.stream(person) if fact.kind == "service.begun"]
    assert not look.looks(person)


def test_after_five_wrong_tries_the_right_one_does_not_fit_either(
    client: Client, person: int
) -> None:
    signed_in(client)
    for _try in range(serving.TRIES):
        assert serve(client, name="Ping Zhao") == SAME
    assert serve(client) == SAME


def test_on_the_hotline_nothing_is_signed_and_no_account_changed(
    client: Client, person: int
) -> None:
    signed_in(client)
    assert serve(client, via="hotline") == "/my/"
    assert client.get("/my/wishes/").status_code == 200
    own = ("me/account/", "me/number/", "pay/1/ahead/", "evidence/data/", "me/pin/")
    for path in (f"/my/{page}" for page in own):
        assert client.get(path).headers["Location"] == f"{SERVE}elsewhere/", path
    assert "identity document" in client.get(f"{SERVE}elsewhere/", headers=ENGLISH).content.decode()


def test_at_the_counter_all_but_the_own_hands(client: Client, person: int) -> None:
    signed_in(client)
    serve(client)
    assert client.get("/my/me/account/").status_code == 200
    for path in ("/my/me/pin/", "/my/me/safe/", "/my/offline.json"):
        assert client.get(path).headers["Location"] == f"{SERVE}elsewhere/", path


def test_who_keeps_a_number_out_of_sight_is_not_served_by_telephone(
    client: Client, person: int
) -> None:
    points.hide_only(person, [points.shown(person)[0].point])
    signed_in(client)
    assert serve(client, via="hotline") == SAME
    assert serve(client) == "/my/"


def test_the_borrower_sees_the_session_and_ends_it(client: Client, person: int) -> None:
    signed_in(client)
    serve(client)
    own = Client()
    people.sign_in(own, person)
    assert (
        "One of ours, serving you" in own.get("/my/me/sessions/", headers=ENGLISH).content.decode()
    )
    own.post("/my/me/sessions/", {"session": "others"})
    assert client.get("/my/").headers["Location"].startswith("/in/")
    assert services.left_open(NOW)
    services.clear_up(at=NOW)
    (service,) = services.services(streams.stream(person))
    assert service.ended and not services.left_open(NOW)


def test_what_a_borrower_does_alone_is_by_the_own_hand(client: Client, person: int) -> None:
    people.sign_in(client, person)
    complain(client)
    (made,) = complaints_of(streams.stream(person))
    assert next(f for f in streams.stream(person) if f.seq == made.seq).hand == "borrower"


def test_who_leaves_the_house_serves_nobody_any_more(client: Client, person: int) -> None:
    by = signed_in(client)
    serve(client)
    with connection.cursor() as cursor:
        cursor.execute("update people_staff set role = 'finance' where id = %s", [by])
    assert client.get("/my/").headers["Location"].startswith("/in/")


def test_who_is_served_is_on_every_page_and_nothing_of_theirs_is_kept(
    client: Client, person: int
) -> None:
    signed_in(client)
    serve(client)
    for path in ("/my/", "/staff/serve/", "/my/me/"):
        page = client.get(path, headers=ENGLISH).content.decode()
        assert "End the service" in page and "Quick exit" not in page, path


def test_the_table_names_pages_that_are() -> None:
    assert set(get_resolver().reverse_dict) >= serving.OWN_HANDS | serving.AT_COUNTER
