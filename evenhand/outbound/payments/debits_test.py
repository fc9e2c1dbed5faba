"""The borrower's account is debited as they allowed, never more than is due, never in a dispute."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up, standing
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.outbound.payments import debits, told
from evenhand.outbound.payments.debits import Ordered
from evenhand.outbound.payments.made_up import (
    MINUTE,
    D,
    Someone,
    kinds,
    last,
    learn,
    moment,
    owing,
)
from evenhand.outbound.payments.send import Tally, send_due
from evenhand.providers.bank import simulator
from evenhand.providers.bank.message import Callback
from evenhand.providers.bank.simulator import Simulator

pytestmark = pytest.mark.django_db
DUE = D + timedelta(days=30)
EACH = 101_000
EMPTY = "6222020200011110001"


def mandated(number: str = "6222020200011118888", most: int = 200_000) -> Someone:
    them = owing(number)
    debits.authorise(them.borrower, them.loan, them.account, most, "ab" * 32, them.at)
    return them


def order(
    them: Someone, mode: str = "auto", day: date = DUE, said: int = 1, amount: int = EACH
) -> Ordered:
    """For an instalment of DUE, to leave on `day`, said so many days before."""
    hand = "dayclose" if mode == "auto" else "borrower"
    return debits.order(
        them.borrower, them.loan, amount, them.account, mode, DUE, moment(day),
        moment(day - timedelta(days=said)), hand,
    )  # fmt: skip


def send(day: date = DUE, minutes: int = 0) -> Tally:
    at = moment(day, minutes)
    tally = send_due(at, bank=Simulator())

    def deliver(headers: object, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, at), at, "simulator")  # type: ignore[arg-type]

    Simulator(deliver).call_back(at)
    return tally


def due_of(them: Someone, day: date = DUE) -> int:
    stood = standing.stand([them.borrower], day_number(day))
    return int(stood.position.due_minor[stood.loan.tolist().index(them.loan)])


def test_an_instalment_is_debited_on_its_day() -> None:
    them = mandated()
    assert order(them).refusals == ()
    assert send().left == 1
    paid = last(them.borrower, "payment.received")
    assert (paid.amount, paid.day, paid.body["channel"]) == (EACH, DUE, "debit")
    assert paid.cause == last(them.borrower, "debit.leaving").seq
    assert due_of(them) == 0


def test_the_same_order_twice_is_one() -> None:
    them = mandated()
    assert order(them) == order(them)
    assert (send().left, send(DUE, 1).left) == (1, 0)
    assert len(simulator.movements()) == 1


def test_without_a_mandate_nothing_is_ordered() -> None:
    assert order(owing()).refusals == ("no_mandate",)


def test_a_debit_untold_is_refused() -> None:
    assert order(mandated(), said=0).refusals == ("not_told",)


def test_revoked_in_one_tap_nothing_leaves() -> None:
    them = mandated()
    order(them)
    assert debits.revoke(them.borrower, them.loan, moment(DUE, -1))
    assert send() == Tally()
    assert last(them.borrower, "debit.withdrawn").body["reason"] == "revoked"
    assert not debits.revoke(them.borrower, them.loan, moment(DUE))


def test_a_new_mandate_ends_the_old_one() -> None:
    them = mandated()
    debits.authorise(them.borrower, them.loan, them.account, 5_000, "cd" * 32, them.at)
    assert kinds(them.borrower)[-2:] == ["debit.revoked", "debit.authorised"]
    assert debits.authorise(them.borrower, them.loan, them.account, 5_000, "ef" * 32, them.at) == 0


def test_never_more_than_is_due() -> None:
    them = mandated()
    order(them, amount=5 * EACH)
    part = made_up.paid(them.loan, DUE, 41_000)
    learn(them.borrower, part, at=moment(DUE, -30))
    send()
    assert last(them.borrower, "debit.leaving").amount == EACH - 41_000
    assert due_of(them) == 0


def test_never_more_than_the_mandate_says() -> None:
    them = mandated(most=30_000)
    order(them)
    send()
    assert last(them.borrower, "debit.leaving").amount == 30_000


def test_what_is_paid_before_is_not_debited() -> None:
    them = mandated()
    order(them)
    learn(them.borrower, made_up.paid(them.loan, DUE, EACH), at=moment(DUE, -30))
    assert send().withdrawn == 1
    assert last(them.borrower, "debit.withdrawn").body["reason"] == "nothing_due"


def theft(them: Someone) -> Draft:
    return made_up.begun(D, "state.began", state="identity_theft")._replace(loan=them.loan)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        (lambda them: made_up.begun(D, "complaint.opened"), "complaint_open"),
        (lambda them: made_up.begun(D, "dispute.opened"), "dispute_open"),
        (lambda them: made_up.begun(D, "plan.agreed"), "agreement_in_force"),
        (theft, "identity_theft"),
    ],
)
def test_nobody_takes_the_money_himself_meanwhile(
    what: Callable[[Someone], Draft], reason: str
) -> None:
    them = mandated()
    order(them)
    learn(them.borrower, what(them), at=moment(DUE, -5))
    assert send().withdrawn == 1
    assert last(them.borrower, "debit.withdrawn").body["reason"] == reason
    assert order(them, day=DUE + timedelta(days=1)).refusals[0] == reason
    assert simulator.movements() == []


def test_a_complaint_about_another_loan_stops_nothing() -> None:
    them = mandated()
    order(them)
    other = made_up.begun(D, "dispute.opened")._replace(loan=them.loan + 1)
    learn(them.borrower, other, at=moment(DUE, -5))
    assert send().left == 1


def test_a_failed_attempt_costs_nothing() -> None:
    them = mandated(EMPTY)
    before = due_of(them)
    order(them)
    send()
    assert last(them.borrower, "debit.failed").body["reason"] == "insufficient_funds"
    assert due_of(them) == before


def test_two_attempts_a_day_and_four_an_instalment() -> None:
    them = mandated(EMPTY)
    came = []
    for day in (0, 0, 0, 1, 1, 2, 3):
        answer = order(them, day=DUE + timedelta(days=day))
        came.append(answer.refusals)
        send(DUE + timedelta(days=day))
    assert came == [(), (), ("too_often_today",), (), (), ("too_often",), ("too_often",)]
    assert kinds(them.borrower).count("debit.leaving") == 4


def test_a_borrower_pays_by_hand_what_they_like_up_to_everything() -> None:
    them = owing()
    assert order(them, "once", D, 0, 20_000).refusals == ()
    send(D)
    assert order(them, "once", D, 0, 99_000_000).refusals == ()
    send(D, 1)
    amounts = [line.amount_minor for line in simulator.movements()]
    assert amounts == [12 * EACH - 20_000, 20_000]


def test_two_taps_pay_once() -> None:
    them = owing()
    first = order(them, "once", D, 0, 20_000)
    assert order(them, "once", D, 0, 20_000) == first
    assert order(them, "once", D, 0, 30_000).refusals == ("on_its_way",)


def test_by_hand_one_may_pay_during_a_complaint() -> None:
    them = owing()
    learn(them.borrower, made_up.begun(D, "complaint.opened"), at=them.at)
    assert order(them, "once", D, 0, 20_000).refusals == ()
    learn(them.borrower, theft(them), at=them.at)
    assert order(them, "once", D, 0, 30_000).refusals[0] == "identity_theft"


def test_money_that_came_in_though_refused_before_is_money() -> None:
    them = mandated(EMPTY)
    order(them)
    send()
    left = last(them.borrower, "debit.leaving")
    key = f"{them.borrower}.{left.seq}"
    came = Callback("debited", key, "R9", DUE, EACH, "CNY")
    refused = Callback("debit_refused", key, "R9", DUE, EACH, "CNY", "insufficient_funds")
    at = moment(DUE, 9)
    assert told.hear([came, refused, came], at, "simulator") == (1, 0)
    assert due_of(them) == 0


def test_a_debit_whose_answer_was_lost_is_asked_about() -> None:
    them = mandated("6222020200011110002")
    order(them)
    assert send_due(moment(DUE), bank=Simulator()) == Tally(left=1)
    assert order(them, day=DUE, said=1).seq == last(them.borrower, "debit.intended").seq
    assert send_due(moment(DUE) + 3 * MINUTE, bank=Simulator()).ended == 1
    assert kinds(them.borrower).count("payment.received") == 1
