"""The pages of a payout and of a claim, as borrower and staff meet them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import streams
from evenhand.lifecycle.disburse import claims, steps
from evenhand.outbound.payments import told
from evenhand.outbound.payments.made_up import (
    D,
    Someone,
    kinds,
    last,
    moment,
    owing,
    someone,
)
from evenhand.outbound.payments.send import send_due
from evenhand.people import made_up, persons, staff
from evenhand.providers.bank.simulator import Simulator

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"
LATER = moment(D + timedelta(days=1))


@pytest.fixture(autouse=True)
def _at(move_clock: Any) -> None:
    move_clock(LATER)


def paid_out(them: Someone) -> None:
    steps.intend([(them.borrower, last(them.borrower, "loan.signed").seq)], at=them.at)
    send_due(them.at, bank=Simulator())

    def deliver(headers: object, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, them.at), them.at, "simulator")  # type: ignore[arg-type]

    Simulator(deliver).call_back(them.at)


def page(client: Client, them: Someone, what: str = "payout") -> str:
    made_up.sign_in(client, them.borrower)
    return client.get(f"/{what}/{them.loan}/", headers={"accept-language": "en"}).content.decode()


def test_on_its_way_and_arrived(client: Client) -> None:
    them = someone()
    steps.intend([(them.borrower, last(them.borrower, "loan.signed").seq)], at=them.at)
    assert "on its way" in page(client, them)
    paid_out(them)
    shown = page(client, them)
    assert "has arrived" in shown and "12,000.00" in shown and "**** 8888" in shown
    assert "6222020200011118888" not in shown


def test_a_bounced_payout_goes_to_another_account(client: Client) -> None:
    them = someone("6222020200011110000")
    paid_out(them)
    assert "account is closed" in page(client, them)
    wrong = client.post(f"/payout/{them.loan}/account/", {"account": "999999"})
    assert wrong.status_code == 400 and "account-error" in wrong.content.decode()
    other = persons.add_account(them.borrower, "6222020200011117777", "示范银行")
    answer = client.post(f"/payout/{them.loan}/account/", {"account": f"{other}"})
    assert answer.status_code == 302, answer.content.decode()
    assert last(them.borrower, "transfer.intended").hand == "borrower"
    send_due(LATER, bank=Simulator())
    assert kinds(them.borrower)[-1] == "transfer.leaving"


def test_anothers_payout_is_no_page(client: Client) -> None:
    them, other = someone(), someone("6222020200011113333")
    made_up.sign_in(client, other.borrower)
    for path in (f"/payout/{them.loan}/", f"/not-mine/{them.loan}/"):
        assert client.get(path).status_code == 404
        assert Client().get(path).status_code == 302


def test_one_tap_and_a_question_back(client: Client) -> None:
    them = owing()
    assert "I did not take this loan" in page(client, them, "not-mine")
    assert client.post(f"/not-mine/{them.loan}/").status_code == 302
    client.post(f"/not-mine/{them.loan}/")
    assert kinds(them.borrower).count("state.began") == 1
    shown = page(client, them, "not-mine")
    assert "looking into it" in shown and "23 Mar 2026" in shown


def staff_in(client: Client, role: str) -> int:
    number = staff.enlist(role, PASSWORD, role=role, number=f"E-{role}", lang="en")
    assert client.login(username=role, password=PASSWORD)
    return number


def test_staff_take_and_answer_it_and_the_borrower_reads_the_reason(client: Client) -> None:
    them = owing()
    seq = claims.open_claim(them.borrower, them.loan, LATER)
    own = f"/staff/claims/{them.borrower}/{seq}/"
    supervisor, compliance = Client(), Client()
    taker = staff_in(supervisor, "supervisor")
    answerer = staff_in(compliance, "compliance")
    assert f"{them.loan}" in supervisor.get("/staff/claims/").content.decode()
    assert supervisor.post(f"{own}take/").status_code == 302
    assert "E-supervisor" in page(client, them, "not-mine")
    assert supervisor.post(own, {"outcome": "upheld", "text": "x"}).status_code == 403
    again = compliance.post(own, {"text": "查无此人"})
    assert again.status_code == 400 and "查无此人" in again.content.decode()
    compliance.post(own, {"outcome": "upheld", "text": "影像不是本人"})
    (claim,) = claims.claims_of(streams.stream(them.borrower))
    assert (claim.owner, claim.answered_by) == (taker, answerer)
    assert "影像不是本人" in page(client, them, "not-mine")
    assert "影像" not in repr(streams.stream(them.borrower))


def test_who_may_not_see_claims_sees_none(client: Client) -> None:
    staff_in(client, "collector")
    assert client.get("/staff/claims/").status_code == 403


def test_finance_sees_what_the_bank_has_not_answered(client: Client) -> None:
    them = someone("6222020200011110002")
    steps.intend([(them.borrower, last(them.borrower, "loan.signed").seq)], at=them.at)
    send_due(them.at, bank=Simulator())
    staff_in(client, "finance")
    left = last(them.borrower, "transfer.leaving")
    assert f"{them.borrower}.{left.seq}" in client.get("/staff/money/").content.decode()
    send_due(LATER, bank=Simulator())
    assert 'class="note"' in client.get("/staff/money/").content.decode()
