"""Coming in through the pages: number, code, PIN, and each step to the end; signing in again."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from evenhand.ledger import bank_accounts, streams
from evenhand.ledger.made_up import noon
from evenhand.lifecycle.register import consents, made_up, rules
from evenhand.people import holders, persons
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
AT = noon(DAY)
NUMBER = "12000000077"
NAME = "欧阳小明"
IDENTITY = made_up.born(date(1991, 2, 3))
CARD = made_up.account_of(77)
PIN = made_up.PIN


def post(client: Client, page: str, **typed: str) -> Any:
    """The form sent as a browser does, and where it leads."""
    return client.post(page, typed, follow=True)


def code_sent(number: str = NUMBER) -> str:
    """The code the phone got last."""
    found = re.search(r"\d{6}", simulator.inbox(persons.dialled("phone", number), 1)[0].text)
    assert found
    return found[0]


def a_day_passes() -> None:
    """Real time, as the sending of codes counts it."""
    with connection.cursor() as cursor:
        cursor.execute("update contact_security_code set at = at - interval '25 hours'")


def prove(client: Client, number: str = NUMBER, door: str = "/in/") -> Any:
    """Number and code at the door."""
    a_day_passes()
    post(client, door, phone=number)
    return post(client, f"{door}code/", code=code_sent(number))


def sign_in(client: Client, number: str = NUMBER) -> None:
    """Number, code and PIN."""
    prove(client, number)
    client.post("/in/pin/", {"pin": PIN})


def at(page: Any) -> str:
    """The address a page was found at."""
    return str(page.request["PATH_INFO"])


def stream(number: str = NUMBER) -> list[str]:
    return [fact.kind for fact in streams.stream(holders.holder(number))]


def begun(client: Client, number: str = NUMBER) -> int:
    """Somebody who has confirmed the number and chosen a PIN."""
    prove(client, number, "/register/")
    post(client, "/register/pin/", pin=PIN, pin_again=PIN)
    return holders.holder(number)


@pytest.fixture(autouse=True)
def house_day(move_clock: Callable[[int], None]) -> None:
    move_clock(AT)


@pytest.fixture
def ming() -> int:
    return made_up.register(77, at=AT, name=NAME, identity=IDENTITY)


def test_from_a_number_to_a_verified_person(client: Client) -> None:
    page = post(client, "/register/", phone="+86 120-0000 0077")
    assert at(page) == "/register/code/" and "120****0077" in page.content.decode()
    assert holders.holder(NUMBER) == 0
    page = post(client, "/register/code/", code=code_sent())
    assert at(page) == "/register/pin/" and stream() == ["borrower.enrolled"]
    page = post(client, "/register/pin/", pin=PIN, pin_again=PIN)
    assert at(page) == "/register/name/"
    page = post(client, "/register/name/", name=NAME, identity=IDENTITY)
    assert at(page) == "/register/student/"
    page = post(client, "/register/student/", student="no")
    assert at(page) == "/register/account/"
    page = post(client, "/register/account/", account=CARD, bank="中国工商银行")
    assert at(page) == "/register/consents/"
    page = client.post("/register/consents/", {"consent": [*consents.needed()]}, follow=True)
    assert at(page) == "/register/check/"
    page = post(client, "/register/check/")
    assert at(page) == "/register/done/"
    assert stream() == [
        "borrower.enrolled",
        "person.declared",
        *["consent.given"] * 4,
        "enquiry.leaving",
        "enquiry.answered",
        "account.named",
    ]


def test_who_closes_the_browser_goes_on_where_they_stopped(client: Client) -> None:
    begun(client)
    post(client, "/register/name/", name=NAME, identity=IDENTITY)
    other = Client()
    prove(other)
    page = post(other, "/in/pin/", pin=PIN)
    assert at(page) == "/register/student/"


def test_who_stopped_before_the_pin_confirms_the_number_again_and_goes_on(client: Client) -> None:
    prove(client, door="/register/")
    other = Client()
    assert at(prove(other, door="/register/")) == "/register/pin/"
    assert stream() == ["borrower.enrolled"]


def test_a_number_that_is_registered_leads_to_its_pin(client: Client, ming: int) -> None:
    page = prove(client, door="/register/")
    assert at(page) == "/in/pin/"
    assert client.post("/in/pin/", {"pin": PIN}).headers["Location"] == "/"
    assert stream().count("borrower.enrolled") == 1


def test_a_number_that_is_nobodys_may_be_registered_from_the_other_door(client: Client) -> None:
    assert at(prove(client)) == "/register/begin/"
    assert holders.holder(NUMBER) == 0
    assert at(post(client, "/register/begin/")) == "/register/pin/"
    assert stream() == ["borrower.enrolled"]


def test_nobody_under_eighteen_registers_and_nothing_is_kept(client: Client) -> None:
    person = begun(client)
    today = DAY
    young = made_up.born(
        date(today.year - 18, today.month, today.day).replace(year=today.year - 17)
    )
    page = post(client, "/register/name/", name=NAME, identity=young)
    assert page.status_code == 400 and young in page.content.decode()
    assert persons.masked([person])[person].name == ""


def test_the_birthday_itself_is_of_age() -> None:
    on = date(2026, 6, 1)
    assert not rules.is_minor(date(2008, 6, 1), on) and rules.is_minor(date(2008, 6, 2), on)
    assert not rules.is_minor(date(2008, 2, 29), date(2026, 3, 1))
    assert rules.is_minor(date(2008, 2, 29), date(2026, 2, 28))


def test_a_student_is_refused_with_the_rule_that_says_so(client: Client) -> None:
    begun(client)
    post(client, "/register/name/", name=NAME, identity=IDENTITY)
    page = post(client, "/register/student/", student="yes")
    assert at(page) == "/register/refused/" and "2021-03-17" in page.content.decode()
    assert at(client.get("/register/account/", follow=True)) == "/register/refused/"
    assert at(post(client, "/register/student/", student="no")) == "/register/refused/"


def test_where_the_law_says_nothing_of_students_they_may_borrow(
    client: Client, settings: Any
) -> None:
    settings.EVENHAND_PACKS = ("policy",)
    begun(client)
    post(client, "/register/name/", name=NAME, identity=IDENTITY)
    assert at(post(client, "/register/student/", student="yes")) == "/register/account/"


def test_a_student_by_the_providers_answer_is_refused_too(client: Client) -> None:
    studying = made_up.with_order("971", date(1991, 2, 3))
    person = up_to_check(client, identity=studying)
    assert at(post(client, "/register/check/")) == "/register/refused/"
    assert bank_accounts.named(streams.stream(person)) == []


def test_a_mismatch_says_what_to_compare_and_may_be_put_right(client: Client) -> None:
    up_to_check(client, card=made_up.ending("0404"))
    page = post(client, "/register/check/")
    assert at(page) == "/register/check/" and page.context["latest"].answer == "mismatch"
    page = post(client, "/register/account/", account=CARD, bank="中国银行")
    assert at(page) == "/register/check/"
    assert at(post(client, "/register/check/")) == "/register/done/"
    (account,) = persons.accounts(holders.holder(NUMBER))
    assert account.number == f"**** {CARD[-4:]}"


def test_after_three_tries_a_person_is_named_to_call(client: Client) -> None:
    up_to_check(client, card=made_up.ending("0404"))
    for _ in range(3):
        post(client, "/register/check/")
    page = post(client, "/register/check/")
    assert page.context["tries"] == 0
    assert settings.EVENHAND_LENDER["hotline"] in page.content.decode()


def test_one_person_is_registered_once(client: Client, ming: int) -> None:
    number = "12000000099"
    other = up_to_check(client, number=number)
    page = post(client, "/register/check/")
    assert at(page) == "/register/check/"
    assert bank_accounts.named(streams.stream(other)) == []


def test_no_consent_is_ticked_and_a_needed_one_is_missed_by_name(client: Client) -> None:
    begun(client)
    post(client, "/register/name/", name=NAME, identity=IDENTITY)
    post(client, "/register/student/", student="no")
    page = post(client, "/register/account/", account=CARD, bank="中国银行")
    assert b" checked" not in page.content
    page = client.post("/register/consents/", {"consent": ["app_terms", "marketing"]})
    said = page.content.decode()
    assert page.status_code == 400 and said.count(" checked") == 2
    assert said.count('class="error"') == 3 and "consent.given" not in stream()


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("/register/", {"phone": "138-1234"}),
        ("/in/", {"phone": "not a number"}),
        ("/register/name/", {"name": "王小明", "identity": "11010519491231002"}),
        ("/register/name/", {"name": "王小明", "identity": "110105194912310021"}),
        ("/register/name/", {"name": "王2", "identity": IDENTITY}),
        ("/register/account/", {"account": "6222020200112230002", "bank": "中国银行"}),
        ("/register/account/", {"account": CARD, "bank": ""}),
    ],
)
def test_wrong_input_is_said_and_nothing_typed_is_lost(
    client: Client, page: str, typed: dict[str, str]
) -> None:
    if page.count("/") > 2:
        begun(client)
    if "account" in typed:
        post(client, "/register/name/", name=NAME, identity=IDENTITY)
        post(client, "/register/student/", student="no")
    answer = post(client, page, **typed)
    said = answer.content.decode()
    assert answer.status_code == 400
    assert all(f'value="{value}"' in said for value in typed.values() if value)
    assert 'aria-invalid="true"' in said and 'class="error"' in said


def test_a_code_or_pin_typed_wrong_is_not_shown_again(client: Client) -> None:
    post(client, "/register/", phone=NUMBER)
    page = post(client, "/register/code/", code="123 456")
    assert page.status_code == 400 and b"123 456" not in page.content
    post(client, "/register/code/", code=code_sent())
    page = post(client, "/register/pin/", pin="123456", pin_again="123456")
    assert page.status_code == 400 and b"123456" not in page.content.replace(b" 123456", b"")


def test_a_pin_that_is_the_birth_date_is_asked_for_again(client: Client) -> None:
    prove(client, door="/register/")
    post(client, "/register/pin/", pin="19910203", pin_again="19910203")
    page = post(client, "/register/name/", name=NAME, identity=IDENTITY)
    assert page.status_code == 400 and IDENTITY in page.content.decode()
    typed = {"name": NAME, "identity": IDENTITY}
    assert (
        post(client, "/register/name/", **typed, pin="910203", pin_again="910203").status_code
        == 400
    )
    page = post(client, "/register/name/", **typed, pin=PIN, pin_again=PIN)
    assert at(page) == "/register/student/"


def up_to_check(
    client: Client, *, number: str = NUMBER, identity: str = IDENTITY, card: str = CARD
) -> int:
    """Somebody who has gone every step but the identity check."""
    person = begun(client, number)
    post(client, "/register/name/", name=NAME, identity=identity)
    post(client, "/register/student/", student="no")
    post(client, "/register/account/", account=card, bank="中国银行")
    client.post("/register/consents/", {"consent": [*consents.needed()]})
    return person
