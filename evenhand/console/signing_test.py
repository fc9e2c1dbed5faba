"""A member's first sign-in and the next: password, the app's code, recovery codes."""

import base64
import re

import pytest
from django.db import connection
from django.test import Client

from evenhand.people import staff, staff_factor, totp
from evenhand.people.made_up import app_code
from evenhand.web import qr

pytestmark = pytest.mark.django_db
WORDS = {"username": "lin", "password": "correct horse battery", "next": "/law/"}


@pytest.fixture
def lin() -> int:
    return staff.enlist("lin", WORDS["password"], role="auditor", number="E007", lang="en")


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def set_up(client: Client) -> tuple[bytes, list[str]]:
    """The first sign-in; returns secret and recovery codes as the pages show them."""
    assert client.post("/sign-in/", WORDS).headers["Location"] == "/sign-in/factor/"
    shown = english(client).get("/sign-in/factor/")
    assert "otpauth://totp/Evenhand:E007" in shown.text and "no-store" in shown["Cache-Control"]
    spelt = re.search(r'id="secret"><code>([A-Z2-7 ]+)<', shown.text)
    assert spelt
    secret = base64.b32decode(spelt[1].replace(" ", ""))
    assert qr.svg(totp.address(secret, "Evenhand", "E007")) in shown.text
    answer = client.post("/sign-in/factor/", {"code": app_code(secret)})
    return secret, re.findall(r"<li><code>([A-Z2-7-]{19})</code>", answer.text)


def test_the_first_sign_in_sets_up_the_app_and_shows_ten_codes_once(lin: int) -> None:
    client = Client()
    assert len(set_up(client)[1]) == staff_factor.RECOVERY_CODES
    assert client.get("/law/").status_code == 200
    again = client.get("/sign-in/factor/")
    assert again.status_code == 302 and "otpauth" not in again.text


def test_the_password_alone_opens_nothing(lin: int) -> None:
    client = Client()
    client.post("/sign-in/", WORDS)
    assert client.get("/law/").headers["Location"].startswith("/sign-in/")
    wrong = client.post("/sign-in/factor/", {"code": "no"})
    assert wrong.status_code == 400 and client.get("/law/").status_code == 302
    assert Client().get("/sign-in/code/").headers["Location"] == "/sign-in/"
    assert Client().get("/sign-in/factor/").headers["Location"] == "/sign-in/"


def test_the_next_sign_in_asks_for_the_code_and_leads_where_one_wanted_to_go(lin: int) -> None:
    secret, _codes = set_up(Client())
    client = english(Client())
    assert client.post("/sign-in/", WORDS).headers["Location"] == "/sign-in/code/"
    assert "demo-code" not in client.get("/sign-in/code/").text
    used = client.post("/sign-in/code/", {"code": app_code(secret)})
    assert used.status_code == 400 and "used before" in used.text
    right = client.post("/sign-in/code/", {"code": app_code(secret, 1)})
    assert right.headers["Location"] == "/law/"
    assert client.get("/law/").status_code == 200


def test_signing_in_never_leads_out_of_the_house(lin: int) -> None:
    secret, _codes = set_up(Client())
    client = Client()
    client.post("/sign-in/", WORDS | {"next": "https://elsewhere.example/"})
    answer = client.post("/sign-in/code/", {"code": app_code(secret, 1)})
    assert answer.headers["Location"] == "/staff/"


def test_the_demo_shows_the_code_of_whom_everybody_may_know(lin: int) -> None:
    staff_factor.publish(lin, b"12345678901234567890")
    client = Client()
    client.post("/sign-in/", WORDS)
    shown = re.search(r'id="demo-code">([0-9]{6})<', client.get("/sign-in/code/").text)
    assert shown
    assert client.post("/sign-in/code/", {"code": shown[1]}).headers["Location"] == "/law/"


def test_a_lost_phone_a_recovery_code_signs_in_once(lin: int) -> None:
    _secret, codes = set_up(Client())
    client = english(Client())
    client.post("/sign-in/", WORDS)
    client.post("/sign-in/code/", {"code": codes[3]})
    assert "9 recovery codes are left" in client.get("/law/").text
    other = Client()
    other.post("/sign-in/", WORDS)
    assert other.post("/sign-in/code/", {"code": codes[3]}).status_code == 400


def test_guessing_codes_is_stopped(lin: int) -> None:
    secret, _codes = set_up(Client())
    client = english(Client())
    client.post("/sign-in/", WORDS)
    answers = [client.post("/sign-in/code/", {"code": f"00000{n}"}).status_code for n in range(6)]
    assert answers[:4] == [400] * 4 and answers[5] == 429
    assert client.post("/sign-in/code/", {"code": app_code(secret, 1)}).status_code == 429


def test_who_left_between_password_and_code_does_not_come_in(lin: int) -> None:
    secret, _codes = set_up(Client())
    client = Client()
    client.post("/sign-in/", WORDS)
    with connection.cursor() as cursor:
        cursor.execute("update auth_user set is_active = false")
    answer = client.post("/sign-in/code/", {"code": app_code(secret, 1)})
    assert answer.headers["Location"] == "/sign-in/"
