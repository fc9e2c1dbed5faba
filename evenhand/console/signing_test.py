"""A member's first sign-in and the next: password, the app's code, recovery codes."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.people import staff, staff_factor, totp

pytestmark = pytest.mark.django_db
WORDS = {"username": "lin", "password": "correct horse battery", "next": "/law/"}


@pytest.fixture
def lin(settings: Any) -> int:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return staff.enlist("lin", WORDS["password"], role="auditor", number="E007", lang="en")


def now_code(member: int, ahead: int = 0) -> str:
    """The code the member's app shows, of its secret as the page showed it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select box, floor(extract(epoch from now()) / 30)::bigint"
            " from people_factor where staff = %s",
            [member],
        )
        box, step = cursor.fetchone()
    return totp.code(staff_factor._opened(member, box), step + ahead)


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def set_up(client: Client, member: int) -> list[str]:
    """The first sign-in; returns the recovery codes as the page shows them."""
    assert client.post("/sign-in/", WORDS).headers["Location"] == "/sign-in/factor/"
    shown = english(client).get("/sign-in/factor/")
    assert "otpauth://totp/Evenhand:E007" in shown.text and "no-store" in shown["Cache-Control"]
    answer = client.post("/sign-in/factor/", {"code": now_code(member)})
    return re.findall(r"<li><code>([A-Z2-7-]{19})</code>", answer.text)


def test_the_first_sign_in_sets_up_the_app_and_shows_ten_codes_once(lin: int) -> None:
    client = Client()
    assert len(set_up(client, lin)) == staff_factor.RECOVERY_CODES
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
    set_up(Client(), lin)
    client = english(Client())
    assert client.post("/sign-in/", WORDS).headers["Location"] == "/sign-in/code/"
    assert "demo-code" not in client.get("/sign-in/code/").text
    used = client.post("/sign-in/code/", {"code": now_code(lin)})
    assert used.status_code == 400 and "used before" in used.text
    right = client.post("/sign-in/code/", {"code": now_code(lin, ahead=1)})
    assert right.headers["Location"] == "/law/"
    assert client.get("/law/").status_code == 200


def test_a_lost_phone_a_recovery_code_signs_in_once(lin: int) -> None:
    codes = set_up(Client(), lin)
    client = english(Client())
    client.post("/sign-in/", WORDS)
    client.post("/sign-in/code/", {"code": codes[3]})
    assert "9 recovery codes are left" in client.get("/law/").text
    other = Client()
    other.post("/sign-in/", WORDS)
    assert other.post("/sign-in/code/", {"code": codes[3]}).status_code == 400


def test_guessing_codes_is_stopped(lin: int) -> None:
    set_up(Client(), lin)
    client = english(Client())
    client.post("/sign-in/", WORDS)
    answers = [client.post("/sign-in/code/", {"code": f"00000{n}"}).status_code for n in range(6)]
    assert answers[:4] == [400] * 4 and answers[5] == 429
    assert client.post("/sign-in/code/", {"code": now_code(lin, ahead=1)}).status_code == 429


def test_who_left_between_password_and_code_does_not_come_in(lin: int) -> None:
    set_up(Client(), lin)
    client = Client()
    client.post("/sign-in/", WORDS)
    with connection.cursor() as cursor:
        cursor.execute("update auth_user set is_active = false")
    answer = client.post("/sign-in/code/", {"code": now_code(lin, ahead=1)})
    assert answer.headers["Location"] == "/sign-in/"
