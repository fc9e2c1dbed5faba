"""What is posted to us in the bank's name counts by its signature, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.outbound.payments import reference, suspense
from evenhand.outbound.payments.made_up import D, kinds, owing
from evenhand.providers.bank.message import Callback
from evenhand.providers.bank.simulator import Simulator
from evenhand.site import clock

pytestmark = pytest.mark.django_db


def credited(remark: str) -> Callback:
    return Callback("credited", "", "B1", D, 5_000, "CNY", remark=remark)


def post(
    client: Client, callback: Callback, *, token: str = "", late: int = 0, **forged: str
) -> Any:
    bank = Simulator()
    headers, body = bank.signed([callback], clock.now() - late)
    return client.post(
        f"/providers/bank/{token or bank.token}", body, "application/json", headers=headers | forged
    )


def test_a_signed_post_is_written_once(client: Client) -> None:
    them = owing()
    answers = [post(client, credited(reference.of(them.loan))).status_code for _ in range(2)]
    assert answers == [200, 200]
    assert kinds(them.borrower).count("payment.received") == 1


@pytest.mark.parametrize(
    ("forged", "late", "token", "status"),
    [
        ({"X-Bank-Signature": "0" * 64}, 0, "", 400),
        ({"X-Bank-Moment": "1"}, 0, "", 400),
        ({}, 600_000_000, "", 400),
        ({}, 0, "x" * 64, 404),
        ({}, 0, "密", 404),
    ],
)
def test_nobody_else_is_believed(
    client: Client, forged: dict[str, str], late: int, token: str, status: int
) -> None:
    answer = post(client, credited("EH100105"), token=token, late=late, **forged)
    assert answer.status_code == status
    assert streams.stream(house.SUSPENSE) == []


def test_what_cannot_be_written_is_to_be_told_again(client: Client) -> None:
    strange = Callback("settled", "999999.7", "B1", D, 1, "CNY")
    assert post(client, strange).status_code == 503
    assert suspense.lying() == []
