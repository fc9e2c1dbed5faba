"""What was paid beyond a loan goes back, once, and never more than that."""

from __future__ import annotations

import pytest

from evenhand.ledger import made_up, standing
from evenhand.ledger.house import day_number
from evenhand.outbound.payments import told, transfers
from evenhand.outbound.payments.made_up import MINUTE, D, Someone, last, learn, owing
from evenhand.outbound.payments.send import Tally, send_due
from evenhand.providers.bank.simulator import Simulator

pytestmark = pytest.mark.django_db
WHOLE = 12 * 101_000


def overpaid(by: int, number: str = "6222020200011118888") -> Someone:
    them = owing(number)
    learn(them.borrower, made_up.paid(them.loan, D, WHOLE + by), at=them.at)
    return them


def refund(them: Someone, amount: int) -> Tally:
    cause = last(them.borrower, "payment.received").seq
    transfers.intend(
        them.borrower, them.loan, amount, them.account, "refund", cause, them.at, hand="borrower"
    )
    tally = send_due(them.at, bank=Simulator())

    def deliver(headers: object, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, them.at), them.at, "simulator")  # type: ignore[arg-type]

    Simulator(deliver).call_back(them.at + MINUTE)
    return tally


def over(them: Someone) -> int:
    stood = standing.stand([them.borrower], day_number(D))
    return int(stood.position.overpaid_minor[stood.loan.tolist().index(them.loan)])


def test_the_surplus_goes_back_and_the_loan_stays_paid() -> None:
    them = overpaid(7_000)
    assert over(them) == 7_000
    refund(them, 7_000)
    back = last(them.borrower, "payment.returned")
    assert (back.amount, back.cause) == (-7_000, last(them.borrower, "transfer.leaving").seq)
    assert over(them) == 0
    rows = standing.positions([them.borrower])
    assert rows["paid_off"][rows["loan"] == them.loan].tolist() == [True]


def test_never_more_than_the_surplus_and_not_twice() -> None:
    them = overpaid(7_000)
    assert refund(them, 7_001).withdrawn == 1
    assert last(them.borrower, "transfer.withdrawn").body["reason"] == "nothing_over"
    learn(them.borrower, made_up.paid(them.loan, D, 100), at=them.at)
    refund(them, 7_100)
    learn(them.borrower, made_up.paid(them.loan, D, 1), at=them.at)
    assert refund(them, 7_100).withdrawn == 1
    assert over(them) == 1


def test_a_payment_reversed_after_its_surplus_went_back_is_owed_again_in_full() -> None:
    them = overpaid(7_000)
    refund(them, 7_000)
    paid = last(them.borrower, "payment.received")
    learn(them.borrower, made_up.paid(them.loan, D, WHOLE), at=them.at + MINUTE)
    assert over(them) == WHOLE
    back = made_up.reversed_(them.loan, D, WHOLE + 7_000, paid.seq)
    learn(them.borrower, back, at=them.at + MINUTE)
    stood = standing.stand([them.borrower], day_number(D))
    row = stood.loan.tolist().index(them.loan)
    assert int(stood.position.outstanding_minor[row]) == 7_000


def test_a_refund_that_bounces_is_owed_to_the_borrower_still() -> None:
    them = overpaid(7_000, "6222020200011110000")
    refund(them, 7_000)
    assert last(them.borrower, "transfer.failed").body["reason"] == "account_closed"
    assert over(them) == 7_000
