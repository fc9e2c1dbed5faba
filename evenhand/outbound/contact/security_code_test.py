"""One-time codes: who may have one, how often, and what opens with it."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from evenhand.outbound.contact import security_code
from evenhand.outbound.contact.security_code import DIGITS, TRIES, WHAT_FOR, Sent, check, send
from evenhand.outbound.contact.words import LANGUAGES, key_of, render_code, shipped
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db
PHONE = "13800000001"
AT = 1_767_225_600_000_000


def later(seconds: int) -> None:
    """So much real time passes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update contact_security_code set at = at - make_interval(secs => %s)", [seconds]
        )


def sent(what_for: str = "register", phone: str = PHONE, network: str = "") -> Sent:
    return send(phone, "zh-hans", what_for, at=AT, network=network)


def on_the_phone() -> str:
    """The digits of the newest message."""
    found = re.search(rf"\d{{{DIGITS}}}", simulator.inbox(limit=1)[0].text)
    assert found
    return found[0]


def wrong() -> str:
    return f"{(int(on_the_phone()) + 1) % 10**DIGITS:0{DIGITS}d}"


def test_the_code_on_the_phone_is_right_once_and_for_its_one_thing() -> None:
    assert sent().state == "sent"
    code = on_the_phone()
    assert not check(PHONE, "sign_in", code)
    assert not check("13800000002", "register", code)
    assert check(PHONE, "register", code)
    assert not check(PHONE, "register", code)


def test_a_code_is_read_however_it_and_the_number_are_written() -> None:
    sent()
    code = on_the_phone()
    typed = f" {code[:3]} {chr(ord('０') + int(code[3]))}-{code[4:]}"
    assert check("+86 138 0000 0001", "register", typed)


def test_after_five_wrong_tries_the_right_one_is_wrong_too() -> None:
    sent()
    assert [check(PHONE, "register", wrong()) for _try in range(TRIES)] == [False] * TRIES
    assert not check(PHONE, "register", on_the_phone())


def test_a_code_holds_ten_minutes() -> None:
    sent()
    later(599)
    assert check(PHONE, "register", on_the_phone())
    later(61)
    sent()
    later(600)
    assert not check(PHONE, "register", on_the_phone())


def test_a_new_code_ends_the_one_before_it() -> None:
    sent()
    first = on_the_phone()
    later(60)
    sent()
    assert check(PHONE, "register", on_the_phone())
    assert not check(PHONE, "register", first)


def test_one_number_gets_one_a_minute_whatever_for() -> None:
    assert sent() == Sent("sent")
    assert sent("sign_in") == Sent("wait", 60)
    later(59)
    assert sent("sign_in") == Sent("wait", 1)
    later(1)
    assert sent("sign_in") == Sent("sent")
    assert sent(phone="13800000002") == Sent("sent"), "another number is another matter"


def test_one_number_gets_five_an_hour_and_ten_a_day() -> None:
    for _code in range(5):
        assert sent() == Sent("sent")
        later(60)
    assert sent() == Sent("wait", 3_600 - 300)
    later(3_300)
    for _code in range(5):
        assert sent() == Sent("sent")
        later(600)
    assert sent() == Sent("wait", 86_400 - 300 - 3_300 - 5 * 600)
    later(86_400)
    assert sent() == Sent("sent")


def test_one_network_address_gets_so_many_an_hour() -> None:
    numbers = [f"1380000{n:04}" for n in range(security_code.NETWORK_LIMITS[0][1] + 1)]
    said = [sent(phone=number, network="192.0.2.1").state for number in numbers]
    assert said == ["sent"] * (len(numbers) - 1) + ["wait"]
    assert sent(phone=numbers[-1], network="192.0.2.2") == Sent("sent")


@pytest.mark.parametrize("number", ["", "12345", "02112345678", "+86 21 1234 5678", "http://a.b"])
def test_what_is_no_mobile_number_gets_none(number: str) -> None:
    assert sent(phone=number) == Sent("failed")
    assert simulator.count() == 0


def test_a_number_that_does_not_exist_is_said_and_counts() -> None:
    assert sent(phone="13800000404") == Sent("failed")
    assert sent(phone="13800000404").state == "wait"


def test_only_digests_are_kept_and_for_a_day() -> None:
    sent(network="192.0.2.1")
    code = on_the_phone()
    with connection.cursor() as cursor:
        cursor.execute("select t::text from contact_security_code t")
        (row,) = cursor.fetchall()
    assert PHONE not in row[0] and "192.0.2.1" not in row[0] and code not in row[0].split(",")
    later(86_401)
    sent(phone="13800000002")
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from contact_security_code")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what_for", WHAT_FOR)
def test_the_words_say_what_it_is_for_and_that_nobody_asks_for_it(lang: str, what_for: str) -> None:
    said, purposes = (shipped()[key_of("code", name, lang)] for name in ("text", "what_for"))
    words = render_code(said, purposes[what_for], lender="Evenhand", code="123456")
    assert words.startswith(("【Evenhand】", "[Evenhand]"))
    assert "不会向您索要" in words or "不會向您索取" in words or "will ever ask" in words
    assert "http" not in words and "://" not in words and "{" not in words
    others = {render_code(said, purposes[w], lender="L", code="123456") for w in WHAT_FOR}
    assert len(others) == len(WHAT_FOR)
