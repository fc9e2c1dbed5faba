"""Every page as each role sees it, in three languages; signing in; what a look leaves behind."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from evenhand.dayclose import progress
from evenhand.dayclose.progress import Counts
from evenhand.ledger import house, standing, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.kinds import KINDS
from evenhand.outbound.contact import made_up
from evenhand.people import look, persons, staff, throttle
from evenhand.site import clock
from evenhand.web.words import WORDS

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
TODAY = date(2026, 4, 15)
PASSWORD = "correct horse battery"
LANGUAGES = [code for code, _ in settings.LANGUAGES]

# Page of the matrix → the address names that belong to it.
PAGES = {
    "book": ["book"],
    "file": ["file"],
    "closes": ["closes", "close"],
    "law": ["law", "law-diff", "law-pack"],
    "law_draft": ["law-draft"],
    "demo": ["demo-progress", "demo-bank"],
    "applications": ["applications"],
    "claims": ["claims"],
    "complaints": ["complaints"],
    "replies": ["replies"],
    "complaint_record": ["complaint-find"],
    "money": ["money"],
    "accounts": ["accounts"],
    "suspense": ["suspense"],
    "portfolio": ["portfolio"],
    "compliance_desk": ["compliance-desk"],
    "real": ["staff-real"],
    "fraud": ["fraud"],
}
ARGUMENTS: dict[str, list[Any]] = {"close": [TODAY], "law-pack": ["cn"]}


@pytest.fixture
def borrower() -> int:
    """Somebody fifteen days past due, reminded once, on the day shown."""
    clock.set_demo(made_up.moment(TODAY, 20))
    (someone,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([someone], SIGNED)
    planned = facts.intended(date(2026, 4, 1), {loan: 1}, date(2026, 3, 31), 2)
    made_up.learn(someone, planned, at=made_up.moment(date(2026, 4, 1), 0, 5))
    made_up.learn(someone, facts.leaving(date(2026, 4, 1), 3), at=facts.noon(date(2026, 4, 1)))
    made_up.learn(someone, facts.answered(date(2026, 4, 1), 4), at=facts.noon(date(2026, 4, 1)))
    standing.restand([someone], house.day_number(TODAY))
    progress.add(TODAY, {0: Counts(looked=1, steps=1, set_aside={someone: "no zone"})})
    return someone


@pytest.fixture
def signed_in() -> Iterator[dict[str, Client]]:
    """A browser of each role."""
    clients = {}
    for number, role in enumerate(staff.ROLES):
        staff.enlist(role, PASSWORD, role=role, number=f"T{number}")
        clients[role] = Client()
        assert clients[role].login(username=role, password=PASSWORD)
    yield clients


def address(name: str, borrower: int) -> str:
    return reverse(name, args=[borrower] if name == "file" else ARGUMENTS.get(name, []))


def test_each_role_opens_its_pages_and_no_other(
    borrower: int, signed_in: dict[str, Client]
) -> None:
    for role, client in signed_in.items():
        for page, names in PAGES.items():
            for name in names:
                answer = client.get(address(name, borrower))
                wanted = 200 if staff.may_see(role, page) else 403
                assert answer.status_code == wanted, (role, name)


def test_every_page_speaks_three_languages(borrower: int, signed_in: dict[str, Client]) -> None:
    client = signed_in["compliance"]
    for names in PAGES.values():
        for name in names:
            texts = set()
            for code in LANGUAGES:
                client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
                answer = client.get(address(name, borrower))
                assert f'<html lang="{code}">' in answer.text or name == "demo-progress"
                texts.add(answer.text)
            assert len(texts) == len(LANGUAGES)


def test_every_kind_of_fact_has_its_words() -> None:
    assert set(KINDS) <= set(WORDS["kind"])


def test_a_stranger_is_led_to_the_sign_in_and_back(borrower: int) -> None:
    answer = Client().get(address("file", borrower))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/sign-in/?next=/borrowers/{borrower}/"


def test_too_many_wrong_passwords_close_the_door() -> None:
    staff.enlist("lin", PASSWORD, role="auditor", number="T9")
    client = Client()
    for _ in range(throttle.NAME_LIMIT):
        wrong = client.post("/sign-in/", {"username": "lin", "password": "guess"})
        assert wrong.status_code == 400
    right = client.post("/sign-in/", {"username": "lin", "password": PASSWORD})
    assert right.status_code == 429


def test_behind_a_proxy_one_address_does_not_close_the_door_for_all(settings: Any) -> None:
    settings.EVENHAND_PROXY = True
    staff.enlist("lin", PASSWORD, role="auditor", number="T9")
    words = {"username": "lin", "password": PASSWORD}
    for number in range(throttle.ADDRESS_LIMIT):
        throttle.failed(f"guess{number}", "203.0.113.9")
    told = {"X-Forwarded-For": "203.0.113.10, 203.0.113.9"}
    assert Client().post("/sign-in/", words, headers=told).status_code == 429
    other = {"X-Forwarded-For": "203.0.113.9, 203.0.113.10"}
    assert Client().post("/sign-in/", words, headers=other).status_code == 302


def test_signing_out_ends_the_session(signed_in: dict[str, Client]) -> None:
    client = signed_in["auditor"]
    client.post("/sign-out/")
    assert client.get("/law/").status_code == 302


def test_lists_and_files_show_masked_names_only(
    borrower: int, signed_in: dict[str, Client]
) -> None:
    for name in ("book", "file"):
        text = signed_in["compliance"].get(address(name, borrower)).text
        assert "甲**" in text and "甲0" not in text and "13800000001" not in text


def test_the_file_tells_position_contact_and_facts(
    borrower: int, signed_in: dict[str, Client]
) -> None:
    client = signed_in["compliance"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.get(address("file", borrower)).text
    # 15 days of 18 % a year on 1,000.00: 7.50; with principal and interest 1,017.50.
    assert "1,017.50" in text and "7.50" in text and "15 days" in text
    assert "Message sent" in text and "Measures agreed: Text message, Phone call." in text


def test_a_look_needs_a_purpose_and_is_written_down(
    borrower: int, signed_in: dict[str, Client]
) -> None:
    client, where = signed_in["compliance"], reverse("reveal", args=[borrower])
    assert client.post(where, {"field": "phone", "purpose": ""}).status_code == 400
    assert look.looks(borrower) == []
    shown = client.post(where, {"field": "phone", "purpose": "complaint"})
    assert "13800000001" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    (line,) = look.looks(borrower)
    assert (line.field, line.purpose, line.at) == ("phone", "complaint", clock.now())


def test_an_auditor_reads_and_does_not_reveal(borrower: int, signed_in: dict[str, Client]) -> None:
    where = reverse("reveal", args=[borrower])
    words = {"field": "phone", "purpose": "audit"}
    assert signed_in["auditor"].post(where, words).status_code == 403


def test_somebody_erased_is_shown_as_such(borrower: int, signed_in: dict[str, Client]) -> None:
    persons.erase(borrower, purpose="legal_request", by=1, at=clock.now())
    client = signed_in["compliance"]
    assert client.get(address("book", borrower)).status_code == 200
    assert client.get(address("file", borrower)).status_code == 200
    words = {"field": "phone", "purpose": "audit"}
    assert client.post(reverse("reveal", args=[borrower]), words).status_code == 404


def test_the_links_of_a_stream_are_proven_on_demand(
    borrower: int, signed_in: dict[str, Client]
) -> None:
    client = signed_in["auditor"]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = client.get(address("file", borrower) + "?verify=1").text
    assert "All 5 links hold" in text
    assert streams.head(borrower).link.hex() in text


def test_a_borrower_is_found_by_phone_loan_or_number(
    borrower: int, signed_in: dict[str, Client]
) -> None:
    client = signed_in["collector"]
    loan = str(max(fact.loan for fact in streams.stream(borrower)))
    for value in ("138 0000-0001", loan, str(borrower)):
        found = client.post(reverse("find"), {"value": value})
        assert found.headers["Location"] == address("file", borrower)
    assert "href" in client.post(reverse("find"), {"value": "13999999999"}).text


def test_the_book_narrows_by_age_and_state(borrower: int, signed_in: dict[str, Client]) -> None:
    client = signed_in["collector"]
    name = f"/borrowers/{borrower}/"
    assert name not in signed_in["finance"].get("/book/").text
    assert name in client.get("/book/?age=1").text
    assert name not in client.get("/book/?age=31").text
    assert name not in client.get("/book/?state=complaint").text
    assert client.get("/book/?age=x&state=x&page=999999999").status_code == 200


def test_set_aside_names_are_for_compliance_and_audit(
    borrower: int, signed_in: dict[str, Client]
) -> None:
    where = address("close", borrower)
    assert "no zone" in signed_in["compliance"].get(where).text
    assert "no zone" not in signed_in["finance"].get(where).text


def test_a_running_close_is_asked_for_again(borrower: int, signed_in: dict[str, Client]) -> None:
    client, where = signed_in["finance"], address("close", borrower)
    assert "every 1s" in client.get(where, headers={"HX-Request": "true"}).text
    progress.close(TODAY, range(32))
    assert "every 1s" not in client.get(where, headers={"HX-Request": "true"}).text


def test_the_law_stands_with_its_sources(signed_in: dict[str, Client], borrower: int) -> None:
    text = signed_in["visitor"].get("/law/cn/?on=2026-06-01").text
    assert "cn.hours" in text and "45251" in text
    assert signed_in["visitor"].get("/law/atlantis/").status_code == 404


def test_error_pages_say_what_happened(signed_in: dict[str, Client], borrower: int) -> None:
    client = signed_in["admin"]
    words = {"zh-hant": "沒有這個頁面", "zh-hans": "没有这个页面", "en": "no such page"}
    for code, said in words.items():
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = code
        answer = client.get("/nowhere/")
        assert answer.status_code == 404 and said in answer.text


def test_pages_allow_nothing_inline_and_nothing_from_elsewhere(
    signed_in: dict[str, Client], borrower: int
) -> None:
    answer = signed_in["compliance"].get(address("file", borrower))
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<style" not in answer.text and " style=" not in answer.text
    assert "<script>" not in answer.text and "onclick" not in answer.text


def test_outside_demo_mode_the_demo_has_no_address() -> None:
    asked = (
        "import django; django.setup(); from django.urls import resolve, Resolver404\n"
        "try: resolve('/demo/advance/')\n"
        "except Resolver404: print('no such address')"
    )
    environment = os.environ | {
        "EVENHAND_DEMO": "0",
        "EVENHAND_SECRET": "only for this test, and long enough for Django to take it",
        "EVENHAND_HOSTS": "lender.example",
    }
    said = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout == "no such address\n"


def test_healthz_says_how_the_house_is(borrower: int) -> None:
    found = Client().get("/healthz").json()
    assert found["database"] == "up" and found["worker"] == "silent"
    assert found["last_close"] is None
    progress.close(TODAY, range(32))
    assert Client().get("/healthz").json()["last_close"] == "2026-04-15"
