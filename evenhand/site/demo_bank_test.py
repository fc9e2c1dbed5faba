"""The demo's bank page: money arrives with the right words or lies in suspense."""

from __future__ import annotations

import pytest
from django.test import Client

from evenhand.outbound.payments import suspense
from evenhand.outbound.payments.made_up import D, kinds, moment, owing
from evenhand.people import staff
from evenhand.site import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(client: Client) -> Client:
    clock.set_demo(moment(D))
    staff.enlist("zhao", "correct horse battery", role="finance", number="E1", lang="en")
    assert client.login(username="zhao", password="correct horse battery")
    return client


def pay(client: Client, loan: object, remark: str, amount: str = "50.00") -> int:
    typed = {"loan": f"{loan}", "amount": amount, "remark": remark}
    return client.post("/demo/bank/credit/", typed).status_code


def test_money_with_the_right_reference_is_a_payment(finance: Client) -> None:
    them = owing()
    assert pay(finance, them.loan, "right") == 302
    assert kinds(them.borrower)[-1] == "payment.received"
    shown = finance.get("/demo/bank/").content.decode()
    assert "50.00" in shown and "**** 0019" in shown and "6222029999990019" not in shown


def test_money_with_a_wrong_one_lies_in_suspense(finance: Client) -> None:
    them = owing()
    assert pay(finance, them.loan, "wrong") == 302
    assert [one.amount_minor for one in suspense.lying()] == [5_000]
    assert "payment.received" not in kinds(them.borrower)


@pytest.mark.parametrize(
    ("loan", "remark", "amount"),
    [
        ("", "right", "5"),
        ("x", "right", "5"),
        ("7", "right", "0"),
        ("7", "right", "5.001"),
        ("7", "else", "5"),
    ],
)
def test_wrong_input_is_kept_and_answered(
    finance: Client, loan: str, remark: str, amount: str
) -> None:
    typed = {"loan": loan, "amount": amount, "remark": remark}
    answer = finance.post("/demo/bank/credit/", typed)
    assert answer.status_code == 400 and "credit-error" in answer.content.decode()


def test_nobody_else_opens_it(client: Client) -> None:
    assert client.get("/demo/bank/").status_code == 302
