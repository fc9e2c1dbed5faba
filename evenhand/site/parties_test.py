"""Across the rooms: who answers for a loan sees the debt they answer for, and nothing else of the
borrower's; and staff bring them in by two hands."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import parties, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.join import by_law, codes
from evenhand.lifecycle.register import made_up
from evenhand.outbound.contact.made_up import adopt, learn, moment
from evenhand.outbound.payments import reference
from evenhand.people import look, persons, staff
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

SIGNED = date(2026, 3, 1)
LATE = SIGNED + timedelta(days=65)
NOON = moment(LATE, 12)
ENGLISH = {"accept-language": "en"}
SECRET = "correct horse battery"
HIS_NUMBER = made_up.phone_of(1)
DIED, MINOR = "debtor_deceased", "debtor_minor"
GROUND = {"representative": MINOR, "heir": DIED, "executor": DIED}
PAPER = {"representative": "birth", "heir": "kinship", "executor": "will", "spouse": "ratified"}
BY_APPLICANT = ("co_borrower", "guarantor")
EVERY_ROLE = (*PAPER, *BY_APPLICANT)
HIS = ("/my/loan/{}/", "/my/pay/{}/", "/my/statement/{}/", "/my/relief/{}/", "/my/auto-debit/{}/",
       "/my/sum/{}/outstanding/", "/my/plan/{}/", "/my/loan/{}/certificate/")  # fmt: skip
HERS = ("/my/", "/my/answers-for/", "/my/happened/", "/my/contacts/", "/my/notices/", "/my/me/",
        "/my/complaint/", "/my/documents/", "/my/receipts/", "/my/offline.json")  # fmt: skip


class Two(NamedTuple):
    ming: int
    loan: int
    hong: int


@pytest.fixture
def two(move_clock: Callable[[int], None]) -> Two:
    """Ming owes, is late, ill and complains; Hong has registered."""
    adopt(SIGNED)
    move_clock(NOON)
    ming = made_up.register(1, at=moment(SIGNED, 8), name="王小明")
    hong = made_up.register(2, at=moment(SIGNED, 8), name="李红")
    loan = int(streams.new_loans(1)[0])
    learn(ming, facts.signed(loan, SIGNED, measures=["sms", "in_app"]), at=moment(SIGNED, 9))
    return Two(ming, loan, hong)


def troubles(two: Two) -> None:
    """What is between Ming and us."""
    for word in ("hospital", "moratorium"):
        state(two, word)
    text = persons.seal_text(two.ming, "我要投诉你们的态度").hex()
    body = {"text": text, "ground": "treatment", "via": "app", "due_on": "2026-06-01"}
    learn(two.ming, Draft("complaint.opened", LATE, "borrower", body=body), at=moment(LATE, 9))


def state(two: Two, word: str) -> None:
    draft = Draft("state.began", LATE, "staff:1", body={"state": word})
    learn(two.ming, draft, at=moment(LATE, 8))


def desk(role: str) -> Client:
    if not staff.is_enlisted(role):
        staff.enlist(role, SECRET, role=role, number=role[:3], lang="en")
    client = Client(headers=ENGLISH)
    assert client.login(username=role, password=SECRET)
    return client


def form(two: Two, role: str, **more: Any) -> dict[str, Any]:
    said = {"role": role, "evidence": PAPER[role], "identity": made_up.identity_of(2)}
    return said | ({"limit": "300"} if role in parties.ESTATE else {}) | more


def invited(two: Two, role: str, **more: Any) -> parties.Invitation:
    """Supervisor and compliance have invited Hong by the pages."""
    if role in GROUND:
        state(two, GROUND[role])
    page = desk("supervisor").post(f"/staff/parties/{two.loan}/propose/", form(two, role, **more))
    assert page.status_code == 302
    one = by_law.MATTER.all()[0]
    desk("compliance").post(f"/staff/parties/proposals/{one.seq}/", {"act": "approve"})
    return parties.invitations(streams.stream(two.ming), two.loan)[-1]


def answers(two: Two, role: str) -> Client:
    """Hong answers for the loan as this, and is signed in."""
    client = Client(headers=ENGLISH)
    sign_in(client, two.hong)
    if role in BY_APPLICANT:
        signed_with(two, role)
        return client
    asked = invited(two, role)
    client.post("/join/", {"code": codes.shown(two.ming, asked.item)})
    page = client.get("/join/confirm/")
    read = re.search(r'name="read" value="([0-9a-f]{64})"', page.content.decode())
    assert read, words(page)
    said = client.post("/join/confirm/", {"read": read[1], "agree": "1"}, follow=True)
    assert said.request["PATH_INFO"] == "/my/answers-for/"
    return client


def signed_with(two: Two, role: str) -> None:
    more = {"limit_minor": 1_200_000, "guarantee": "joint"} if role == "guarantor" else {}
    body = {"role": role, "invitation": "d1", "currency": "CNY", "measures": ["sms"], **more}
    body |= {"valid_until": "2026-03-15"}
    learn(two.ming, Draft("party.invited", SIGNED, "borrower", two.loan, body=body), at=NOON)
    seq = streams.head(two.ming).seq
    said = {"borrower": two.ming, "person": two.hong, "invited": seq, "role": role, **more}
    joined = Draft("party.joined", SIGNED, "house", two.loan, cause=seq, body=said)
    learn(two.ming, joined, at=NOON)
    learn(two.hong, joined._replace(hand="borrower", cause=0), at=NOON)


def words(page: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", page.content.decode())
    return " ".join(html.unescape(text).split())


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_nobody_sees_contact_points_hardship_or_complaints_of_the_borrower(
    two: Two, role: str
) -> None:
    client = answers(two, role)
    troubles(two)
    number = HIS_NUMBER.replace(" ", "")
    never = [
        "王小明",
        number,
        number[-4:],
        made_up.identity_of(1),
        "我要投诉",
        "Ill or in hospital",
    ]
    never += ["Moratorium", "Complaint open"]
    for path in HERS:
        page = client.get(path, follow=True)
        assert page.status_code == 200, path
        shown = page.content.decode().replace(str(two.loan), "")
        assert [each for each in never if each in shown] == [], path
    for path in HIS:
        assert client.get(path.format(two.loan)).status_code == 404, path


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_the_borrower_sees_nothing_of_who_answers_but_a_masked_name(two: Two, role: str) -> None:
    answers(two, role)
    complaint = Draft("complaint.opened", LATE, "borrower")
    learn(two.hong, complaint, at=moment(LATE, 12, 1))
    client = Client(headers=ENGLISH)
    sign_in(client, two.ming)
    hers = made_up.phone_of(2).replace(" ", "")
    for path in ("/my/", "/my/contacts/", "/my/notices/", "/my/complaint/", "/my/documents/"):
        shown = client.get(path, follow=True).content.decode()
        assert hers not in shown and "李红" not in shown and made_up.identity_of(2) not in shown


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_they_see_the_debt_they_answer_for_and_how_to_pay_it(two: Two, role: str) -> None:
    client = answers(two, role)
    home, mine = words(client.get("/my/")), words(client.get("/my/answers-for/"))
    (promise,) = parties.promises(streams.stream(two.hong))
    assert "Still owed CNY" in home
    assert "ill owed CNY" in mine
    assert reference.of_party(two.loan, promise.invited) in mine
    assert ("Past due" in mine) == (role not in parties.ESTATE)


def test_an_heir_reads_what_they_answer_for_and_may_decline(two: Two) -> None:
    asked = invited(two, "heir")
    client = Client(headers=ENGLISH)
    sign_in(client, two.hong)
    client.post("/join/", {"code": codes.shown(two.ming, asked.item)})
    page = words(client.get("/join/read/"))
    assert "for at most CNY 300.00, and not with your own money" in page
    assert "If you give the inheritance up, you answer for nothing" in page
    assert "You said no" in words(client.post("/join/decline/"))
    assert parties.invitations(streams.stream(two.ming), two.loan)[-1].state == "declined"


def test_once_the_estate_is_paid_nobody_may_ask_and_the_page_says_so(two: Two) -> None:
    client = answers(two, "heir")
    learn(two.ming, facts.paid(two.loan, LATE, 30_000), at=NOON)
    page = words(client.get("/my/answers-for/"))
    assert "Nobody may ask you for anything on it any more" in page


def test_a_code_says_nothing_to_somebody_it_is_not_for(two: Two) -> None:
    asked = invited(two, "heir", identity="11010519910307002X")
    client = Client(headers=ENGLISH)
    sign_in(client, two.hong)
    client.post("/join/", {"code": codes.shown(two.ming, asked.item)})
    page = words(client.get("/join/read/"))
    assert "This code is for somebody else" in page
    assert "王" not in page and "CNY" not in page


def test_the_letter_speaks_of_no_debt(two: Two) -> None:
    asked = invited(two, "heir")
    page = words(desk("supervisor").get(f"/staff/parties/{two.loan}/{asked.seq}/letter/"))
    letter = page[page.rindex("Your code") : page.index("For you at the desk")]
    assert codes.shown(two.ming, asked.item) in letter
    assert not [word for word in ("loan", "owe", "debt", "王") if word in letter.lower()]


def test_wrong_input_is_said_beside_its_field_and_kept(two: Two) -> None:
    state(two, DIED)
    client = desk("supervisor")
    address = f"/staff/parties/{two.loan}/propose/"
    page = client.post(address, form(two, "heir", identity="12", limit="a lot", evidence="will"))
    assert page.status_code == 400
    said = words(page)
    assert "17 digits" in said and "Type the value" in said and "Choose the paper" in said
    assert 'value="a lot"' in page.content.decode()


def test_the_document_is_opened_by_who_approves_and_the_look_is_written_down(two: Two) -> None:
    state(two, DIED)
    deed = SimpleUploadedFile("deed.pdf", b"%PDF-1.7 deed")
    desk("supervisor").post(f"/staff/parties/{two.loan}/propose/", form(two, "heir", paper=deed))
    one = by_law.MATTER.all()[0]
    page = desk("compliance").post(f"/staff/parties/proposals/{one.seq}/paper/")
    assert page.content == b"%PDF-1.7 deed"
    (seen,) = (each for each in look.looks(two.ming) if each.field == "paper")
    assert seen.purpose == "legal_request"


def test_staff_ask_a_guarantor_by_the_page_and_see_why_not(two: Two) -> None:
    answers(two, "guarantor")
    client = desk("supervisor")
    address = f"/staff/parties/{two.loan}/"
    (asked,) = parties.invitations(streams.stream(two.ming), two.loan)
    assert "Ask them to pay" in words(client.get(address))
    client.post(f"{address}{asked.seq}/ask/")
    wanted = [f for f in streams.stream(two.hong) if f.kind == "contact.intended"]
    assert {fact.body["to"] for fact in wanted} == {"guarantor"}
    troubles(two)
    assert "may not be asked now" in words(client.get(address))
