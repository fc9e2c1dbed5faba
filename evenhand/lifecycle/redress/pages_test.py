"""Complaints at the pages: the borrower's, those of who is not signed in, the table of pauses."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import states, streams
from evenhand.lifecycle import stops
from evenhand.lifecycle.redress import code_pages, made_up, steps
from evenhand.lifecycle.redress.complaints import complaints_of
from evenhand.outbound.contact.made_up import enrol, go_online, lend, moment
from evenhand.outbound.contact.send import send_due
from evenhand.outbound.contact.tell import tell
from evenhand.people import kept, staff
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db
D = date(2026, 11, 2)
NOW = moment(D, 12)
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def _at(move_clock: Any) -> None:
    move_clock(NOW)


@pytest.fixture
def borrower(db: None) -> int:
    (one,) = enrol(1, D - timedelta(days=90))
    lend([one], D - timedelta(days=40))
    go_online([one], D - timedelta(days=40))
    return one


@pytest.fixture
def page(client: Client, borrower: int) -> Client:
    sign_in(client, borrower)
    return client


def text(client: Client, path: str) -> str:
    return client.get(path, headers=ENGLISH).content.decode()


def test_one_tap_and_collecting_stops(page: Client, borrower: int) -> None:
    assert "As soon as you send this, nobody collects" in text(page, "/my/complaint/")
    answer = page.post("/my/complaint/new/", {"ground": "treatment"})
    (found,) = complaints_of(streams.stream(borrower))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/my/complaint/{found.seq}/")
    assert (found.ground, found.via, found.now.text) == ("treatment", "app", "")
    assert states.stands(borrower, 1, "complaint_open", at=NOW)
    told = text(page, f"/my/complaint/{found.seq}/")
    assert "nothing is collected" in told and "2026-11-17" in told
    assert "Collecting: messages, calls, visits" in told and "Auto-debit" in told
    assert "12378" in told, "the regulator's line"


def test_nothing_chosen_is_said_beside_the_field_and_the_words_stay(page: Client) -> None:
    answer = page.post("/my/complaint/new/", {"text": "They shouted."}, headers=ENGLISH)
    assert answer.status_code == 400
    told = answer.content.decode()
    assert "Choose what it is about." in told and "They shouted." in told


def test_a_loan_of_somebody_else_is_refused(page: Client) -> None:
    answer = page.post("/my/complaint/new/", {"ground": "sum", "loan": "999"})
    assert answer.status_code == 400


def test_an_employee_number_is_found_and_an_unknown_one_stays_in_the_words(
    page: Client, borrower: int
) -> None:
    of_staff = staff.enlist("lin", "correct horse battery", role="collector", number="E0417")
    page.post("/my/complaint/new/", {"ground": "treatment", "about": "e0417"})
    page.post("/my/complaint/new/", {"ground": "contact", "about": "E9", "text": "Rude."})
    first, second = complaints_of(streams.stream(borrower))
    assert (first.about, second.about) == (of_staff, 0)
    words = kept.committed(borrower, second.now.text)
    assert words.startswith("Rude.") and words.endswith("E9")


def test_who_answers_the_answer_and_the_appeal(page: Client, borrower: int) -> None:
    by = staff.enlist("gao", "correct horse battery", role="compliance", number="E0001")
    seq = made_up.complain(borrower, "treatment", "Too much.", at=NOW)
    made_up.answer(borrower, seq, by, at=NOW, outcome="not_upheld", text="It is the contract's.")
    path = f"/my/complaint/{seq}/"
    told = text(page, path)
    assert "Not upheld" in told and "It is the contract&#x27;s." in told and "Too much." in told
    assert "Compliance" in told and "E0001" in told and "Appeal" in told
    assert page.post(f"{path}appeal/", {"text": "It is not."}).status_code == 302
    told = text(page, path)
    assert "It is being given to somebody." in told and "It is not." in told
    assert page.post(f"{path}appeal/", {"text": "Twice."}).status_code == 302
    assert len(complaints_of(streams.stream(borrower))[0].rounds) == 2


def test_a_late_answer_is_said_to_cost_nothing(
    page: Client, borrower: int, move_clock: Any
) -> None:
    seq = made_up.complain(borrower, at=NOW)
    move_clock(moment(D + timedelta(days=16), 9))
    assert "no late interest runs" in text(page, f"/my/complaint/{seq}/")


def test_nobody_sees_the_complaints_of_another(client: Client, borrower: int) -> None:
    seq = made_up.complain(borrower, at=NOW)
    (other,) = enrol(1, D - timedelta(days=90), ending="2")
    sign_in(client, other)
    assert client.get(f"/my/complaint/{seq}/").status_code == 404
    assert client.post(f"/my/complaint/{seq}/appeal/").status_code == 404


def test_what_is_told_goes_to_the_inbox_in_full_and_by_a_neutral_message(borrower: int) -> None:
    seq = made_up.complain(borrower, at=NOW)
    steps.told([(borrower, seq)], at=NOW)
    steps.told([(borrower, seq)], at=NOW)
    told = [f.body for f in streams.stream(borrower) if f.kind == "contact.intended"]
    assert [(one["channel"], one["template"]) for one in told] == [
        ("in_app", "complaint_received"),
        ("sms", "news"),
    ]
    assert told[0]["values"] == {"day": "2026-11-17"}


@pytest.fixture
def reference(borrower: int) -> str:
    """A message has reached the borrower, and this is what it prints."""
    tell(borrower, "where_to_pay_changed", at=moment(D, 9))
    send_due(moment(D, 9, 1))
    left = [f for f in streams.stream(borrower) if f.kind == "contact.leaving"]
    return str(left[-1].body["reference"])


def by_code(client: Client, code: str, **said: str) -> tuple[int, str]:
    said = {"ground": "contact", "code": code, **said}
    answer = client.post("/complain/", said, headers=ENGLISH, follow=True)
    told = answer.content.decode()
    return answer.status_code, re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", told)


def test_by_reference_whatever_is_typed_the_page_says_the_same(
    client: Client, borrower: int, reference: str
) -> None:
    right = by_code(client, f" {reference[:6].upper()} {reference[6:]}", text="At midnight.")
    wrong, none = by_code(client, "0" * 12), by_code(client, "no such thing")
    assert right == wrong == none and right[0] == 200
    (found,) = complaints_of(streams.stream(borrower))
    assert (found.via, found.hand, found.ground) == ("code", "house", "contact")
    assert kept.committed(borrower, found.now.text) == "At midnight."


def test_without_a_reference_or_a_ground_it_says_so(client: Client) -> None:
    assert by_code(client, "")[0] == 400
    assert by_code(client, "0" * 12, ground="")[0] == 400


def test_by_one_reference_only_a_few_and_from_one_network_not_for_ever(
    client: Client, borrower: int, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(code_pages.CODE_MOST + 2):
        assert by_code(client, reference, text=f"Again {n}.")[0] == 200
    (found,) = complaints_of(streams.stream(borrower))
    assert len(found.added) == code_pages.CODE_MOST - 1
    for _more in range(code_pages.ADDRESS_MOST):
        last = by_code(client, "1" * 12)
    assert last[0] == 400 and "Too many from your network" in last[1]


def test_the_table_of_pauses_says_what_the_gate_does(client: Client) -> None:
    told = text(client, "/pauses/")
    lines = {line.rule: line for line in stops.table(D, "en")}
    assert told.count("<tr") == len(lines) + 1
    complaint = dict(lines["policy.pause.complaint"].stops)
    stopped = {"collect", "locate", "pass_message", "debit"}
    assert {code for code, is_stopped in complaint.items() if is_stopped} == stopped
    for line in (one for rule, one in lines.items() if rule.startswith("policy.pause.")):
        cells = dict(line.stops)
        stopped_by_it = cells["collect"] or cells["due_reminder"]
        assert stopped_by_it and not cells["required_notice"] and not cells["reply"]


@pytest.mark.parametrize(
    ("lang", "stops_at_once"), [("zh-hant", "立刻停止的"), ("zh-hans", "立刻停止的")]
)
def test_the_pages_are_in_the_borrowers_language(
    page: Client, lang: str, stops_at_once: str
) -> None:
    headers = {"accept-language": lang}
    for path in ("/my/complaint/new/", "/complain/"):
        told = page.get(path, headers=headers).content.decode()
        assert stops_at_once in told and "Collecting" not in told
