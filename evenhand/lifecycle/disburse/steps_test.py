"""From the signature to the money on the borrower's account, and what stops it on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pytest

from evenhand.ledger import standing, states, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.lifecycle.disburse import claims, steps
from evenhand.lifecycle.disburse.payout import payout_of
from evenhand.outbound.payments import debits, told, transfers
from evenhand.outbound.payments.made_up import (
    MINUTE,
    D,
    Someone,
    kinds,
    last,
    learn,
    moment,
    owing,
    someone,
)
from evenhand.outbound.payments.send import send_due
from evenhand.providers.bank.message import Answer, Asked, Bank, Order, Receipt
from evenhand.providers.bank.simulator import Simulator

pytestmark = pytest.mark.django_db


def signing(them: Someone) -> list[tuple[int, int]]:
    return [(them.borrower, last(them.borrower, "loan.signed").seq)]


def send(at: int, bank: Bank | None = None) -> None:
    send_due(at, bank=bank or Simulator())

    def deliver(headers: object, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, at), at, "simulator")  # type: ignore[arg-type]

    Simulator(deliver).call_back(at)


def step(them: Someone, at: int) -> str:
    found = payout_of(streams.stream(them.borrower), them.loan, at)
    assert found is not None
    return found.step


def test_who_signs_is_paid_out_once() -> None:
    them = someone()
    for _ in range(2):
        steps.intend(signing(them), at=them.at)
    assert step(them, them.at) == "coming"
    send(them.at)
    assert step(them, them.at) == "arrived"
    assert kinds(them.borrower).count("loan.disbursed") == 1
    steps.intend(signing(them), at=them.at + MINUTE)
    assert kinds(them.borrower).count("transfer.intended") == 1


def test_without_an_account_the_step_stays_open() -> None:
    them = someone()
    gone = Draft("account.removed", D, "borrower", body={"account": them.account})
    learn(them.borrower, gone, at=them.at)
    steps.intend(signing(them), at=them.at)
    found = payout_of(streams.stream(them.borrower), them.loan, them.at)
    assert found is not None and (found.step, found.reason) == ("choose", "no_account")


def test_a_changed_number_holds_the_payout_and_the_page_says_until_when() -> None:
    them = someone()
    steps.intend(signing(them), at=them.at)
    learn(them.borrower, Draft("number.changed", D, "borrower", body={"address": 1}), at=them.at)
    found = payout_of(streams.stream(them.borrower), them.loan, them.at)
    assert found is not None and found.step == "held"
    assert found.until == moment(D + timedelta(days=1))


def test_a_bounced_payout_asks_for_another_account() -> None:
    them = someone("6222020200011110000")
    steps.intend(signing(them), at=them.at)
    send(them.at)
    failed = last(them.borrower, "transfer.failed")
    steps.failed([(them.borrower, failed.seq)], at=them.at)
    found = payout_of(streams.stream(them.borrower), them.loan, them.at)
    assert found is not None
    assert (found.step, found.reason, found.cause) == ("choose", "account_closed", failed.seq)


class Away:
    """A bank whose line is down."""

    name = "simulator"

    def send(self, order: Order) -> Answer:
        return Receipt(order.key, "refused", reason="gateway_unreachable")

    def look_up(self, asked: Sequence[Asked]) -> list[Answer]:
        return [Receipt(one.key, "unknown") for one in asked]


def test_what_never_reached_the_bank_is_tried_again_three_times() -> None:
    them = someone()
    steps.intend(signing(them), at=them.at)
    for n in range(5):
        at = them.at + n * 11 * MINUTE
        send_due(at, bank=Away())
        steps.failed([(them.borrower, last(them.borrower, "transfer.failed").seq)], at=at)
    assert kinds(them.borrower).count("transfer.leaving") == 3
    assert step(them, them.at) == "choose"


def test_a_withdrawn_contract_stops_the_payout() -> None:
    them = someone()
    steps.intend(signing(them), at=them.at)
    seq = last(them.borrower, "loan.signed").seq
    body = {"reason": "borrower"}
    withdrawn = Draft("contract.withdrawn", D, "borrower", them.loan, cause=seq, body=body)
    learn(them.borrower, withdrawn, at=them.at)
    steps.stop([(them.borrower, last(them.borrower, "contract.withdrawn").seq)], at=them.at)
    send(them.at)
    assert step(them, them.at) == "withdrawn"
    assert "transfer.leaving" not in kinds(them.borrower)


def test_a_claim_stops_the_payout_and_the_debits_at_once() -> None:
    them = owing()
    debits.authorise(them.borrower, them.loan, them.account, 200_000, "ab" * 32, them.at)
    due = D + timedelta(days=30)
    ordered = debits.order(
        them.borrower, them.loan, 101_000, them.account, "auto", due, moment(due),
        moment(due) - 2 * 24 * 60 * MINUTE, "dayclose",
    )  # fmt: skip
    assert ordered.seq
    seq = claims.open_claim(them.borrower, them.loan, them.at)
    steps.stop([(them.borrower, seq)], at=them.at)
    assert last(them.borrower, "debit.withdrawn").body["reason"] == "identity_theft"
    assert states.stands(them.borrower, them.loan, "identity_theft", at=them.at)
    assert not states.stands(them.borrower, them.loan + 1, "identity_theft", at=them.at)


def test_a_claim_has_an_owner_a_clock_and_an_answer() -> None:
    them = owing()
    seq = claims.open_claim(them.borrower, them.loan, them.at)
    assert claims.open_claim(them.borrower, them.loan, them.at + 1) == seq
    (claim,) = claims.standing(them.at + 1)
    assert (claim.due_on, claim.owner) == (D + timedelta(days=20), 0)
    claims.take(them.borrower, seq, 7, them.at + 1)
    claims.answer(them.borrower, seq, "not_upheld", "签名与影像一致", 9, them.at + 2)
    (claim,) = claims.claims_of(streams.stream(them.borrower))
    assert (claim.owner, claim.answered_by, claim.outcome) == (7, 9, "not_upheld")
    assert claims.standing(them.at + 3) == []
    with pytest.raises(claims.Answered):
        claims.answer(them.borrower, seq, "upheld", "x", 9, them.at + 4)
    assert claims.open_claim(them.borrower, them.loan, them.at + 5) != seq


def test_an_upheld_claim_stops_for_good() -> None:
    them = owing()
    seq = claims.open_claim(them.borrower, them.loan, them.at)
    claims.answer(them.borrower, seq, "upheld", "影像不是本人", 9, them.at)
    assert states.stands(them.borrower, them.loan, "identity_theft", at=them.at + 9)
    assert [one.outcome for one in claims.standing(them.at + 9)] == ["upheld"]
    assert claims.open_claim(them.borrower, them.loan, them.at + 10) == seq


def test_a_loan_of_somebody_else_is_no_claim() -> None:
    with pytest.raises(LookupError):
        claims.open_claim(owing().borrower, owing("6222020200011113333").loan, moment(D))


def changed_number(them: Someone) -> tuple[int, int]:
    learn(them.borrower, Draft("number.changed", D, "borrower", body={"address": 1}), at=them.at)
    return them.borrower, last(them.borrower, "number.changed").seq


def test_after_a_changed_number_the_account_is_checked_again_and_paid_a_day_later() -> None:
    them = someone()
    steps.intend(signing(them), at=them.at)
    steps.check_again([changed_number(them)], at=them.at)
    assert last(them.borrower, "enquiry.answered").body["answer"] == "match"
    send(them.at + 24 * 60 * MINUTE)
    assert step(them, them.at) == "arrived"


def test_an_account_that_is_not_theirs_with_the_new_number_gets_nothing() -> None:
    them = someone()
    steps.intend(signing(them), at=them.at)
    changed_number(them)
    send(them.at + 24 * 60 * MINUTE)
    back = last(them.borrower, "transfer.withdrawn")
    steps.withdrawn([(them.borrower, back.seq)], at=back.at)
    found = payout_of(streams.stream(them.borrower), them.loan, back.at)
    assert found is not None
    assert (found.step, found.reason, found.cause) == ("choose", "not_verified", back.seq)


def told_of(them: Someone) -> list[str]:
    facts = streams.stream(them.borrower)
    notices = [fact for fact in facts if fact.kind == "contact.intended"]
    return [fact.body["template"] for fact in notices if fact.body["channel"] == "in_app"]


def test_the_borrower_hears_that_it_came_or_did_not_once() -> None:
    for number, kind, tell, template in (
        ("6222020200011118888", "loan.disbursed", steps.told, "paid_out"),
        ("6222020200011110000", "transfer.failed", steps.failed, "payout_failed"),
    ):
        them = someone(number)
        online = {"purpose": "app_terms", "text": "cd" * 32}
        learn(them.borrower, Draft("consent.given", D, "borrower", body=online), at=them.at)
        steps.intend(signing(them), at=them.at)
        send(them.at)
        for _ in range(2):
            tell([(them.borrower, last(them.borrower, kind).seq)], at=them.at + MINUTE)
        assert told_of(them) == [template]


KEPT = {"name": "service_fee", "when": "at_disbursal", "of": "lent", "amount": 20_000,
        "total_minor": 240_00}  # fmt: skip


def test_a_fee_kept_back_makes_what_arrives_less_and_what_is_owed_no_other() -> None:
    """Of 12,000.00 lent 240.00 is kept back: 11,760.00 arrive, 12,000.00 and interest are owed."""
    them, plain = someone(fees=[KEPT]), someone("6222020200011117777")
    for one in (them, plain):
        steps.intend(signing(one), at=one.at)
        send(one.at)
    assert [last(one.borrower, "transfer.leaving").amount for one in (them, plain)] == [
        11_760_00, 12_000_00,
    ]  # fmt: skip
    begun = last(them.borrower, "loan.disbursed")
    assert begun.amount == 12_000_00 and begun.body["fees"] == [KEPT]
    found = payout_of(streams.stream(them.borrower), them.loan, them.at)
    assert found is not None and found.step == "arrived"
    assert (found.amount_minor, found.kept_back_minor) == (11_760_00, 240_00)
    stood = standing.stand(np.array([them.borrower, plain.borrower]), day_number(D)).position
    assert stood.outstanding_minor.tolist() == [12_000_00, 12_000_00]
    assert stood.owed_minor.sum(axis=1).tolist() == [12_120_00, 12_120_00]


def test_a_payout_with_a_fee_kept_back_is_tried_again_with_the_same_sum() -> None:
    them = someone(fees=[KEPT])
    steps.intend(signing(them), at=them.at)
    for n in range(2):
        at = them.at + n * 11 * MINUTE
        send(at, Away())
        steps.failed([(them.borrower, last(them.borrower, "transfer.failed").seq)], at=at)
    assert last(them.borrower, "transfer.intended").amount == 11_760_00


def test_no_other_sum_than_the_contract_pays_out_is_intended() -> None:
    them = someone(fees=[KEPT])
    cause = last(them.borrower, "loan.signed").seq
    for amount in (12_000_00, 11_759_99):
        with pytest.raises(ValueError, match="the sum its contract pays out"):
            transfers.intend(
                them.borrower, them.loan, amount, them.account, "disbursal", cause, them.at
            )
