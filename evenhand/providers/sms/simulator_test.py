"""The simulated operator keeps what an operator keeps."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.test import override_settings

from evenhand.providers.sms import simulator
from evenhand.providers.sms.message import Message, Reply, Report
from evenhand.providers.sms.registry import provider
from evenhand.providers.sms.simulator import Simulator

pytestmark = pytest.mark.django_db

MING = "+8613800138001"
NOBODY = "+8613800130404"
AWAY = "+8613800130000"
TIRED = "+8613800139999"


def test_the_same_key_twice_is_one_message() -> None:
    first = Simulator().send([Message("7.3", MING, "one", 5)])
    again = Simulator().send([Message("7.3", MING, "other words", 6)])
    assert first == again
    assert simulator.inbox(MING) == [Message("7.3", MING, "one", 5)]


@override_settings(EVENHAND_PRACTICE=True)
def test_every_message_of_practice_says_so() -> None:
    Simulator().send([Message("7.3", MING, "one", 5)])
    (received,) = simulator.inbox(MING)
    assert received.text == "【练习 PRACTICE】one"


def test_a_key_that_came_is_known_and_one_that_never_came_is_refused() -> None:
    Simulator().send([Message("7.3", MING, "one")])
    known, never = Simulator().look_up(["7.3", "7.9"])
    assert (known.state, known.reference) == ("accepted", "sim-7.3")
    assert (never.state, never.reason) == ("refused", "never_received")


def test_a_number_that_does_not_exist_is_refused_for_good() -> None:
    (receipt,) = Simulator().send([Message("7.3", NOBODY, "one")])
    assert (receipt.state, receipt.permanent) == ("refused", True)
    assert simulator.count() == 0


def test_reports_and_replies_are_called_back_once_each() -> None:
    came: list[tuple[Sequence[Report], Sequence[Reply]]] = []
    operator = Simulator(lambda reports, replies: came.append((reports, replies)))
    operator.send(
        [Message("7.3", MING, "x"), Message("8.3", AWAY, "x"), Message("9.3", TIRED, "x")]
    )
    assert (operator.call_back(), operator.call_back()) == (3, 0)
    ((reports, replies),) = came
    assert [(r.key, r.fate) for r in reports] == [
        ("7.3", "delivered"),
        ("8.3", "undelivered"),
        ("9.3", "delivered"),
    ]
    assert [(r.sender, r.text) for r in replies] == [(TIRED, "退订")]


def test_what_could_not_be_handed_over_waits() -> None:
    def broken(_reports: Sequence[Report], _replies: Sequence[Reply]) -> None:
        raise ConnectionError

    Simulator().send([Message("7.3", MING, "x")])
    with pytest.raises(ConnectionError):
        Simulator(broken).call_back()
    assert Simulator(lambda *_: None).call_back() == 1


def test_the_settings_name_the_provider(settings: object) -> None:
    assert provider().name == "simulator"
    settings.SMS = {"provider": "pigeon"}  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        provider()
