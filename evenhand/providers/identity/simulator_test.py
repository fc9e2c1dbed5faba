"""The simulated provider of identity keeps what it answered, and nothing about anybody."""

from __future__ import annotations

import pytest
from django.db import connection

from evenhand.providers.identity.message import Question
from evenhand.providers.identity.registry import made, provider
from evenhand.providers.identity.simulator import Simulator

pytestmark = pytest.mark.django_db

ACCOUNT = "6222020200112230001"


def question(ordinal: str = "001", *, key: str = "7.3", account: str = ACCOUNT) -> Question:
    return Question(key, "王小明", f"11010519900307{ordinal}X", "+8613800138001", account, 5)


@pytest.mark.parametrize(
    ("ordinal", "account", "answer", "student"),
    [
        ("001", ACCOUNT, "match", "no"),
        ("990", ACCOUNT, "mismatch", "no"),
        ("981", ACCOUNT, "unclear", "no"),
        ("979", ACCOUNT, "match", "yes"),
        ("967", ACCOUNT, "unknown", "unknown"),
        ("952", ACCOUNT, "unasked", "unknown"),
        ("001", "62220202001120404", "mismatch", "no"),
    ],
)
def test_it_goes_by_the_number(ordinal: str, account: str, answer: str, student: str) -> None:
    said = Simulator().ask(question(ordinal, account=account))
    assert (said.answer, said.student) == (answer, student)


def test_it_says_which_of_the_four_is_somebody_elses() -> None:
    said = Simulator().ask(question(account="62220202001120404"))
    assert dict(said.checked)["account"] == "mismatch"
    assert dict(said.checked)["name"] == "match"


def test_the_same_key_gets_the_same_answer_whatever_is_asked_under_it() -> None:
    first = Simulator().ask(question("001"))
    assert Simulator().ask(question("990")) == first == Simulator().look_up("7.3")


def test_an_answer_lost_on_the_way_is_there_when_asked_again() -> None:
    assert Simulator().ask(question("960")).answer == "unknown"
    assert Simulator().look_up("7.3").answer == "match"


def test_a_key_that_never_came_is_known_to_have_never_come() -> None:
    Simulator().ask(question("950"))
    assert (Simulator().look_up("7.3").answer, Simulator().look_up("7.9").answer) == (
        "unasked",
        "unasked",
    )


def test_it_keeps_nothing_about_anybody() -> None:
    Simulator().ask(question())
    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(kept)::text from identity_simulator_answer kept")
        kept = cursor.fetchone()[0]
    assert not [word for word in ("王小明", "110105", "138001", "62220") if word in kept]


def test_a_question_shows_nobody() -> None:
    assert repr(question()) == "Question(key='7.3', at=5)"


def test_the_settings_name_the_provider(settings: object) -> None:
    assert provider().name == "simulator"
    settings.IDENTITY = {"provider": "oracle"}  # type: ignore[attr-defined]
    with pytest.raises(KeyError):
        provider()


def test_tencent_is_made_from_its_settings() -> None:
    assert made({"provider": "tencent", "secret_id": "i", "secret_key": "k"}).name == "tencent"
