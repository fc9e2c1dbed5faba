"""Finance finds whose money it is, another looks at the same and agrees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.lifecycle.repay import made_up
from evenhand.outbound.payments import incoming, reference, suspense
from evenhand.outbound.payments.made_up import Someone
from evenhand.people import look, staff
from evenhand.providers.bank.message import Callback

pytestmark = pytest.mark.django_db
D = date(2026, 3, 2)
NEXT: date = D + timedelta(days=1)
PASSWORD = "correct horse battery"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def them(move_clock: Callable[[int], None]) -> Someone:
    move_clock(facts.noon(NEXT))
    return made_up.borrower(D)


def member(role: str, number: str = "") -> Client:
    staff.enlist(number or role, PASSWORD, role=role, number=number or role)
    client = Client()
    assert client.login(username=number or role, password=PASSWORD)
    return client


def credit(remark: str = "还款") -> int:
    """Money without our reference; its place in suspense."""
    came = Callback("credited", "", f"B-{remark}", NEXT, 12_345, "CNY", remark=remark)
    incoming.credit(came, facts.noon(NEXT), "simulator")
    return suspense.lying()[-1].seq


def proposed(finance: Client, them: Someone, seq: int) -> str:
    """Where the other hand decides about it."""
    match = f"/staff/suspense/{seq}/{them.loan}/"
    finance.post(match, {"sure": "yes", "reason": "slip"})
    (one,) = suspense.lying()
    assert one.proposal
    return f"/staff/suspense/{seq}/decide/{one.proposal.seq}/"


def test_finance_finds_the_loan_and_another_agrees_after_a_look(them: Someone) -> None:
    finance, seq = member("finance"), credit()
    page = finance.post(f"/staff/suspense/{seq}/", {"wanted": reference.of(them.loan)})
    match = f"/staff/suspense/{seq}/{them.loan}/"
    assert match in page.content.decode()
    preview = finance.post(match, headers=ENGLISH)
    assert preview.status_code == 200 and b"Owed on this loan" in preview.content
    assert finance.post(match, {"sure": "yes"}, headers=ENGLISH).status_code == 400
    decide = proposed(finance, them, seq)
    finance.post(decide, {"act": "agree"})
    assert "payment.received" not in made_up.kinds(them.borrower), "nobody agrees with themselves"
    other = member("supervisor")
    shown = other.get(f"/staff/suspense/{seq}/", headers=ENGLISH).content.decode()
    assert "a slip in the reference" in shown and "Owed on this loan" in shown
    other.post(decide, {"act": "agree"})
    assert made_up.kinds(them.borrower).count("payment.received") == 1
    assert not suspense.lying()
    assert finance.get(f"/staff/suspense/{seq}/").status_code == 404


def test_who_only_looks_can_neither_find_people_nor_propose(them: Someone) -> None:
    auditor, seq = member("auditor"), credit()
    page = auditor.post(f"/staff/suspense/{seq}/", {"wanted": reference.of(them.loan)})
    assert f"/{them.loan}/" not in page.content.decode()
    assert auditor.post(f"/staff/suspense/{seq}/{them.loan}/").status_code == 403


def test_finding_somebody_by_their_phone_is_noted(them: Someone) -> None:
    finance, seq = member("finance"), credit()
    page = finance.post(f"/staff/suspense/{seq}/", {"wanted": f"138{made_up.CARD[-8:]}"})
    assert str(them.loan) in page.content.decode()
    assert [line.purpose for line in look.looks(them.borrower)] == [look.FIND]


def test_what_goes_back_needs_the_banks_reference_and_a_reason(them: Someone) -> None:
    finance, seq = member("finance"), credit()
    back = f"/staff/suspense/{seq}/back/"
    for said in ({}, {"reference": "R-9"}, {"reason": "bank"}):
        answer = finance.post(back, said)
        assert answer.status_code == 400
        assert said.get("reference", "") in answer.content.decode()
    finance.post(back, {"reference": "R-9", "reason": "bank"})
    (one,) = suspense.lying()
    assert one.proposal and one.proposal.reference == "R-9"
    decide = f"/staff/suspense/{seq}/decide/{one.proposal.seq}/"
    other = member("finance", "F2")
    assert "R-9" in other.get(f"/staff/suspense/{seq}/").content.decode()
    other.post(decide, {"act": "agree"})
    assert not suspense.lying() and "payment.received" not in made_up.kinds(them.borrower)


def test_others_do_not_open_the_suspense(them: Someone) -> None:
    assert member("collector").get("/staff/suspense/").status_code == 403
