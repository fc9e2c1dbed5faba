"""Money leaves once, to the borrower's own account, and the loan begins the day it came."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from evenhand.ledger import house, standing, streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.payments import outbox, told, transfers
from evenhand.outbound.payments.made_up import (
    MINUTE,
    D,
    Someone,
    kinds,
    last,
    learn,
    moment,
    someone,
    verify,
)
from evenhand.outbound.payments.send import Tally, send_due
from evenhand.people import persons
from evenhand.providers.bank import simulator
from evenhand.providers.bank.message import Callback
from evenhand.providers.bank.simulator import Simulator

pytestmark = pytest.mark.django_db
WHOLE = 1_200_000


def intended(them: Someone, **changes: int) -> int:
    signing = last(them.borrower, "loan.signed").seq
    asked = {"amount_minor": WHOLE, "account": them.account, "cause": signing} | changes
    return transfers.intend(
        them.borrower, them.loan, asked["amount_minor"], asked["account"], "disbursal",
        asked["cause"], them.at,
    )  # fmt: skip


def send(at: int) -> Tally:
    return send_due(at, bank=Simulator())


def told_at(at: int) -> int:
    """The bank calls back what it has to tell."""

    def deliver(headers: object, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, at), at, "simulator")  # type: ignore[arg-type]

    return Simulator(deliver).call_back(at)


def test_the_loan_begins_on_the_day_the_money_came() -> None:
    them = someone()
    intended(them)
    assert standing.stand([them.borrower], 30_000).loan.tolist() == []
    later = moment(D + timedelta(days=2))
    assert send(later).left == 1
    assert kinds(them.borrower)[-1] == "transfer.leaving"
    told_at(later + MINUTE)
    begun = last(them.borrower, "loan.disbursed")
    assert (begun.amount, begun.day) == (WHOLE, D + timedelta(days=2))
    assert begun.body["disbursed_on"] == "2026-03-04"
    assert begun.body["instalments"][0] == ["2026-04-03", 100_000, 1_000]
    assert standing.stand([them.borrower], 30_000).loan.tolist() == [them.loan]
    assert outbox.next_due(moment(date(2030, 1, 1))) == (0, 0)


def test_what_is_promised_by_months_falls_due_by_months() -> None:
    them = someone()
    body = dict(last(them.borrower, "loan.signed").body)
    body |= {
        "disbursed_on": "2026-01-30",
        "instalments": [["2026-02-28", 9, 1], ["2026-03-30", 9, 1]],
    }
    again = Draft("loan.signed", D, "borrower", them.loan, 18, body=body)
    learn(them.borrower, again, at=them.at)
    intended(them, amount_minor=18)
    send(them.at)
    told_at(them.at)
    days = [row[0] for row in last(them.borrower, "loan.disbursed").body["instalments"]]
    assert days == ["2026-04-02", "2026-05-02"]


def test_the_same_cause_twice_is_one_transfer() -> None:
    them = someone()
    assert intended(them) == intended(them)
    assert (send(them.at).left, send(them.at + MINUTE).left) == (1, 0)
    assert kinds(them.borrower).count("transfer.intended") == 1
    assert len(simulator.movements()) == 1


def test_nothing_is_kept_back_from_a_loan_but_what_its_contract_says() -> None:
    them = someone()
    with pytest.raises(ValueError, match="the sum its contract pays out"):
        intended(them, amount_minor=WHOLE - 1)


def test_another_persons_account_gets_nothing() -> None:
    them = someone(verified=False)
    intended(them)
    assert send(them.at).withdrawn == 1
    assert last(them.borrower, "transfer.withdrawn").body["reason"] == "not_verified"
    assert simulator.movements() == []


def theft(them: Someone) -> Draft:
    return Draft("state.began", D, "borrower", them.loan, body={"state": "identity_theft"})


def withdrawal(them: Someone) -> Draft:
    signing = last(them.borrower, "loan.signed").seq
    body = {"reason": "changed_mind"}
    return Draft("contract.withdrawn", D, "borrower", them.loan, cause=signing, body=body)


def no_consent(them: Someone) -> Draft:
    return Draft("consent.withdrawn", D, "borrower", cause=last(them.borrower, "consent.given").seq)


def removal(them: Someone) -> Draft:
    return Draft("account.removed", D, "borrower", body={"account": them.account})


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (theft, "identity_theft"),
        (withdrawal, "contract_withdrawn"),
        (no_consent, "no_consent"),
        (removal, "account_removed"),
    ],
)
def test_what_comes_before_the_money_stops_it(
    what: Callable[[Someone], Draft], reason: str
) -> None:
    them = someone()
    intended(them)
    learn(them.borrower, what(them), at=them.at)
    assert send(them.at + MINUTE).withdrawn == 1
    assert last(them.borrower, "transfer.withdrawn").body["reason"] == reason
    assert simulator.movements() == []


def test_a_changed_number_holds_the_money_for_a_day() -> None:
    them = someone()
    intended(them)
    learn(them.borrower, Draft("number.changed", D, "borrower", body={"address": 1}), at=them.at)
    verify(them.borrower, them.account, at=them.at + MINUTE)
    assert send(them.at + 2 * MINUTE).held == 1
    assert send(them.at + 60 * MINUTE) == Tally()
    assert send(them.at + 24 * 60 * MINUTE).left == 1


def test_a_second_account_holds_the_money_for_a_day() -> None:
    them = someone()
    other = persons.add_account(them.borrower, "6222020200011112222", "示范银行")
    learn(them.borrower, Draft("account.named", D, "borrower", body={"account": other}), at=them.at)
    verify(them.borrower, other, at=them.at)
    intended(them, account=other)
    assert (send(them.at + MINUTE).held, send(them.at + 1440 * MINUTE).left) == (1, 1)


def test_a_payout_that_bounces_reopens_the_step() -> None:
    them = someone("6222020200011110000")
    intended(them)
    send(them.at)
    told_at(them.at + MINUTE)
    failed = last(them.borrower, "transfer.failed")
    assert failed.body["reason"] == "account_closed"
    other = persons.add_account(them.borrower, "6222020200011117777", "示范银行")
    verify(them.borrower, other, at=them.at + 2 * MINUTE)
    intended(them, account=other, cause=failed.seq)
    send(them.at + 3 * MINUTE)
    told_at(them.at + 4 * MINUTE)
    assert kinds(them.borrower)[-3:] == ["transfer.intended", "transfer.leaving", "loan.disbursed"]


def test_an_account_nobody_knows_fails_at_once() -> None:
    them = someone("6222020200011110404")
    intended(them)
    assert send(them.at).ended == 1
    assert last(them.borrower, "transfer.failed").body["reason"] == "no_such_account"


def test_the_bank_is_asked_what_became_of_a_lost_answer() -> None:
    them = someone("6222020200011110002")
    intended(them)
    assert send(them.at) == Tally(left=1)
    assert send(them.at + MINUTE) == Tally()
    assert send(them.at + 3 * MINUTE).ended == 1
    assert kinds(them.borrower)[-1] == "loan.disbursed"
    assert len(simulator.movements()) == 1


def test_told_late_twice_and_by_look_up_the_loan_begins_once() -> None:
    them = someone()
    intended(them)
    send(them.at)
    left = last(them.borrower, "transfer.leaving")
    end = Callback("settled", f"{them.borrower}.{left.seq}", "R1", D, WHOLE, "CNY")
    heard = [told.hear([end, end], them.at + n, "simulator").written for n in (1, 2)]
    assert heard == [1, 0]
    assert kinds(them.borrower).count("loan.disbursed") == 1


def test_money_that_comes_back_after_it_arrived_lies_in_suspense() -> None:
    them = someone()
    intended(them)
    send(them.at)
    told_at(them.at + MINUTE)
    left = last(them.borrower, "transfer.leaving")
    back = Callback("bounced", f"{them.borrower}.{left.seq}", "R1", D, WHOLE, "CNY", "closed")
    heard = [told.hear([back], them.at + n * MINUTE, "simulator").written for n in (2, 3)]
    assert heard == [1, 0]
    (received,) = streams.stream(house.SUSPENSE)
    assert (received.kind, received.amount, received.body["reason"]) == (
        "suspense.received",
        WHOLE,
        "came_back",
    )


def test_a_key_of_nobody_is_set_aside() -> None:
    strange = Callback("settled", "999999.1", "R1", D, 1, "CNY")
    assert told.hear([strange], moment(D), "simulator") == (0, 1)


def test_the_outbox_is_made_again_from_the_facts() -> None:
    them, other = someone(), someone("6222020200011113333")
    intended(them)
    intended(other)
    send_due(them.at, [house_part(them.borrower)], Simulator())
    assert [found for found in outbox.rebuild() if found] == []


def house_part(borrower: int) -> int:
    return streams.part_of(borrower)
