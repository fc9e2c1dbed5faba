"""Signing in with code and PIN, being sure, and what nobody learns by trying."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from evenhand.lifecycle.register import made_up
from evenhand.lifecycle.register.pages_test import (
    AT,
    IDENTITY,
    NAME,
    NUMBER,
    PIN,
    a_day_passes,
    at,
    code_sent,
    post,
    prove,
    sign_in,
    stream,
    up_to_check,
)
from evenhand.people import look, persons, staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def house_day(move_clock: Callable[[int], None]) -> None:
    move_clock(AT)


@pytest.fixture
def ming() -> int:
    return made_up.register(77, at=AT, name=NAME, identity=IDENTITY)


def test_a_known_number_gets_the_same_page_and_words_at_both_doors(
    client: Client, ming: int
) -> None:
    for door in ("/register/", "/in/"):
        answers = []
        for number in (NUMBER, "12000000078"):
            other = Client()
            a_day_passes()
            page = post(other, door, phone=number)
            wrong = post(other, f"{door}code/", code="000000")
            said = page.content.decode() + wrong.content.decode()
            said = re.sub(r'csrfmiddlewaretoken" value="\w+"|12\d\*\*\*\*\d{4}', "", said)
            answers.append((page.status_code, wrong.status_code, at(page), at(wrong), said))
        assert answers[0] == answers[1]


def test_the_session_holds_nothing_about_anybody_in_clear(client: Client, ming: int) -> None:
    post(client, "/in/", phone=NUMBER)
    post(client, "/in/code/", code=code_sent())
    held = str(dict(client.session.items()))
    assert not [each for each in (NUMBER, "0077", str(ming)) if each in held]


def test_the_code_alone_signs_nobody_in(client: Client, ming: int) -> None:
    prove(client)
    assert at(client.get("/my/me/", follow=True)) == "/in/"


def test_without_a_code_there_is_no_pin_page(client: Client, ming: int) -> None:
    for page in ("/in/code/", "/in/pin/", "/in/forgotten/", "/in/new-pin/"):
        assert at(client.get(page, follow=True)) == "/in/"
    for page in ("/register/code/", "/register/pin/", "/register/begin/"):
        assert at(client.get(page, follow=True)) == "/register/"


def test_signing_in_comes_back_to_the_page_wanted_and_nowhere_else(
    client: Client, ming: int
) -> None:
    client.get("/my/me/looks/", follow=True)
    prove(client)
    assert at(post(client, "/in/pin/", pin=PIN)) == "/my/me/looks/"
    other = Client()
    other.get("/in/?next=https://elsewhere.example/")
    prove(other)
    other.post("/in/pin/", {"pin": PIN})
    assert "next_page" not in other.session


def test_five_wrong_pins_close_the_door_in_words_that_say_so(client: Client, ming: int) -> None:
    prove(client)
    pages = [post(client, "/in/pin/", pin="000000") for _ in range(5)]
    assert [page.status_code for page in pages] == [400] * 5
    last = post(client, "/in/pin/", pin=PIN)
    assert last.status_code == 400 and at(last) == "/in/pin/"
    assert pages[0].context["fields"][0].error != last.context["fields"][0].error


def test_a_forgotten_pin_needs_name_and_number_and_is_told(client: Client, ming: int) -> None:
    lost = Client()
    sign_in(lost)
    prove(client)
    page = post(client, "/in/forgotten/", name=NAME, identity=made_up.identity_of(9))
    assert page.status_code == 400 and NAME in page.content.decode()
    page = post(client, "/in/forgotten/", name=NAME, identity=IDENTITY.lower())
    assert at(page) == "/in/new-pin/"
    client.post("/in/new-pin/", {"pin": "472913", "pin_again": "472913"})
    assert client.get("/my/me/").status_code == 200
    assert at(lost.get("/my/me/", follow=True)) == "/in/"
    assert "pin.renewed" in stream()


def test_a_few_wrong_names_close_that_door_too(client: Client, ming: int) -> None:
    prove(client)
    for _ in range(5):
        post(client, "/in/forgotten/", name=NAME, identity="x")
    page = post(client, "/in/forgotten/", name=NAME, identity=IDENTITY)
    assert page.status_code == 400 and at(page) == "/in/forgotten/"


def test_being_sure_is_pin_and_code(client: Client, ming: int) -> None:
    sign_in(client)
    assert at(client.get("/my/me/number/", follow=True)) == "/my/me/number/"
    ten_minutes_pass()
    assert at(client.get("/my/me/number/", follow=True)) == "/sure/"
    assert at(client.get("/sure/code/", follow=True)) == "/sure/"
    assert post(client, "/sure/", pin="000000").status_code == 400
    a_day_passes()
    assert at(post(client, "/sure/", pin=PIN)) == "/sure/code/"
    assert post(client, "/sure/code/", code="000000").status_code == 400
    assert at(post(client, "/sure/code/", code=code_sent())) == "/my/me/number/"


def test_a_session_is_ended_from_another_device(client: Client, ming: int) -> None:
    lost = Client(headers={"user-agent": "Mozilla/5.0 (Linux; Android 9) Chrome/69.0"})
    for each in (lost, client):
        sign_in(each)
    page = client.get("/my/me/sessions/")
    assert "Android · Chrome" in page.content.decode()
    other = next(one for one in page.context["found"] if not one["here"])
    post(client, "/my/me/sessions/", session=str(other["session"]))
    assert at(lost.get("/my/me/", follow=True)) == "/in/"
    assert client.get("/my/me/").status_code == 200


def test_signing_out_ends_the_session(client: Client, ming: int) -> None:
    sign_in(client)
    assert client.get("/out/").status_code == 405
    client.post("/out/")
    assert at(client.get("/my/me/", follow=True)) == "/in/"


def test_a_person_sees_who_looked_at_them_by_role_and_number(client: Client, ming: int) -> None:
    lin = staff.enlist("lin", "correct horse battery", role="collector", number="E007")
    persons.reveal(ming, "phone", purpose="call_back", by=lin, at=AT)
    sign_in(client)
    page = client.get("/my/me/looks/")
    (line,) = page.context["lines"]
    assert (line.role, line.number, line.field) == ("collector", "E007", "phone")
    assert len(look.looks(ming)) == 1


def ten_minutes_pass() -> None:
    with connection.cursor() as cursor:
        cursor.execute("update people_session set sure_at = sure_at - interval '11 minutes'")


def test_who_registers_on_the_way_somewhere_comes_there_at_the_end(client: Client) -> None:
    client.get("/register/?next=/my/me/looks/")
    up_to_check(client)
    page = post(client, "/register/check/")
    assert at(page) == "/register/done/" and page.context["wanted"] == "/my/me/looks/"
    assert client.get("/register/done/").context["wanted"] == ""
