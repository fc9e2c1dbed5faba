"""Words with their values are read when they are asked for and as they leave."""

import pytest

from evenhand.outbound.contact import saying
from evenhand.outbound.contact.wording import Offends, Wording

BODY = {"channel": "in_app", "template": "refund_sent", "lang": "en", "purpose": "required_notice"}
KEY = "in_app/refund_sent/en"
VALUES = {"amount_minor": 5_000, "currency": "CNY"}


def approved(text: str) -> dict[str, Wording]:
    return {KEY: Wording(KEY, {"title": "Refund", "text": text, "plain": "Refund."}, "", 1)}


def test_what_may_be_said_is_asked_for_with_its_figures() -> None:
    saying.require_sayable(BODY, VALUES, approved("{amount} was sent back."))
    assert "50.00" in saying.text(BODY, approved("{amount} was sent back.")[KEY].fields, VALUES)


def test_what_may_not_be_said_is_not_asked_for(caplog: pytest.LogCaptureFixture) -> None:
    said = approved("{amount} or you go to jail.")
    with pytest.raises(Offends, match="threat_arrest"):
        saying.require_sayable(BODY, VALUES, said)
    saying.say_aloud(BODY, VALUES, said)
    assert "words that offend were asked for" in caplog.text and "50.00" not in caplog.text


def test_words_nobody_approved_say_nothing_yet() -> None:
    saying.require_sayable(BODY, VALUES, {})


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (BODY, KEY),
        ({**BODY, "channel": "sms", "template": "news"}, "sms/news/en"),
        (
            {**BODY, "channel": "sms", "template": "helpline", "purpose": "reply"},
            "reply/helpline/en",
        ),
        ({**BODY, "channel": "sms", "template": "remind.first"}, ""),
    ],
)
def test_the_key_of_a_wording(body: dict[str, str], key: str) -> None:
    assert saying.key_for(body) == key
