"""The simulated bank keeps what a bank keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from evenhand.providers.bank import simulator
from evenhand.providers.bank.message import Asked, Callback, Debit, Party, Receipt, Transfer
from evenhand.providers.bank.registry import bank
from evenhand.providers.bank.simulator import LENDER, SKEW, Simulator

pytestmark = pytest.mark.django_db
AT = 1_772_424_000_000_000
DAY = date(2026, 3, 2)


def party(ending: str = "8888") -> Party:
    return Party("王明", f"622202020001111{ending}", "工商银行")


def payout(key: str = "7.3", ending: str = "8888", amount: int = 5_000) -> Transfer:
    return Transfer(key, party(ending), amount, "CNY", "disbursal", AT)


def debit(key: str = "7.9", ending: str = "8888") -> Debit:
    return Debit(key, party(ending), "7.8", 3_000, "CNY", AT)


def ended(key: str) -> object:
    return Simulator().look_up([Asked(key, AT, AT)])[0]


def balance(number: str) -> int:
    return next(one.balance_minor for one in simulator.accounts() if one.number == number)


def test_the_same_key_twice_is_one_movement() -> None:
    before = balance(LENDER.number)
    answers = {Simulator().send(payout()) for _ in range(2)}
    Simulator().send(payout(amount=9))
    assert answers == {Receipt("7.3", "accepted", "sim-7.3")}
    assert [one.amount_minor for one in simulator.movements()] == [5_000]
    assert before - balance(LENDER.number) == 5_000


@pytest.mark.parametrize(
    ("order", "fate", "reason"),
    [
        (payout(), "settled", ""),
        (payout(ending="0000"), "bounced", "account_closed"),
        (payout(ending="0002"), "settled", ""),
        (debit(), "debited", ""),
        (debit(ending="0001"), "debit_refused", "insufficient_funds"),
    ],
)
def test_the_last_digits_say_what_happens(order: Transfer | Debit, fate: str, reason: str) -> None:
    Simulator().send(order)
    told = ended(order.key)
    assert isinstance(told, Callback)
    assert (told.fate, told.reason, told.value_day) == (fate, reason, DAY)


def test_a_lost_answer_is_unknown_and_known_when_asked() -> None:
    answer = Simulator().send(payout(ending="0002"))
    assert isinstance(answer, Receipt) and answer.state == "unknown"
    assert isinstance(ended("7.3"), Callback)


def test_no_such_account_another_name_and_a_key_that_never_came() -> None:
    Simulator().send(payout())
    stranger = Transfer("7.5", Party("赵四", party().number), 1, "CNY", "disbursal", AT)
    assert Simulator().send(payout("7.4", "0404")) == Receipt(
        "7.4", "refused", reason="no_such_account"
    )
    assert Simulator().send(stranger) == Receipt("7.5", "refused", reason="name_mismatch")
    assert ended("7.6") == Receipt("7.6", "refused", reason="never_received")


def test_balances_move_by_what_was_carried_out() -> None:
    Simulator().send(payout())
    Simulator().send(debit())
    Simulator().send(debit("8.1", "0001"))
    assert balance(party().number) == simulator.EVERYBODYS_MONEY + 2_000
    assert balance(LENDER.number) == simulator.LENDERS_MONEY - 2_000


def test_callbacks_come_signed_once_each() -> None:
    came: list[Callback] = []

    def deliver(headers: Mapping[str, str], body: bytes) -> None:
        came.extend(Simulator().callbacks(headers, body, AT))

    Simulator().send(payout())
    name = simulator.credit(party(), 700, "CNY", "EH100105", AT)
    assert simulator.waiting()
    assert [Simulator(deliver).call_back(AT) for _ in range(2)] == [2, 0]
    assert [(one.fate, one.key, one.reference) for one in came] == [
        ("settled", "7.3", "sim-7.3"),
        ("credited", "", name),
    ]
    assert came[1].remark == "EH100105"


def test_what_could_not_be_handed_over_waits() -> None:
    def broken(_headers: object, _body: bytes) -> None:
        raise ConnectionError

    Simulator().send(payout())
    with pytest.raises(ConnectionError):
        Simulator(broken).call_back(AT)
    assert Simulator(lambda *_: None).call_back(AT) == 1


def test_another_secret_a_changed_body_and_an_old_post_are_refused() -> None:
    ours = Simulator()
    told = [Callback("credited", "", "R1", DAY, 5, "CNY", remark="x")]
    headers, body = ours.signed(told, AT)
    assert ours.callbacks(headers, body, AT + SKEW) == told
    forged = Simulator(secret="another").signed(told, AT)[0]
    for wrong in ((forged, body, AT), (headers, body + b" ", AT), (headers, body, AT + SKEW + 1)):
        with pytest.raises(ValueError, match="a callback"):
            ours.callbacks(*wrong)


def test_the_settings_name_the_bank(settings: object) -> None:
    assert bank().name == "simulator"
    settings.BANK = {"provider": "piggy"}  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        bank()
