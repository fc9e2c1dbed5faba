"""Free words come back: a person reads them, and words of crisis are answered at once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.ledger import streams
from evenhand.ledger.facts import Fact
from evenhand.outbound.contact import crisis, heard, made_up, replied, send, words
from evenhand.outbound.contact.made_up import moment
from evenhand.people import kept, persons
from evenhand.providers.sms.message import Reply

SIGNED = date(2026, 3, 1)
DAY = SIGNED + timedelta(days=10)
NOW = moment(DAY, 23)
"""At night, when nothing is collected."""


def one(lang: str = "zh-hans") -> tuple[int, str]:
    """A borrower and the number."""
    (borrower,) = made_up.enrol(1, SIGNED, lang=lang)
    made_up.lend([borrower], SIGNED)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    return borrower, persons.addresses_for_sending([point])[point]


def kinds(borrower: int) -> list[str]:
    return [fact.kind for fact in streams.stream(borrower)[2:]]


def received(borrower: int) -> list[Fact]:
    return [fact for fact in streams.stream(borrower) if fact.kind == "reply.received"]


def helped(borrower: int, at: int = NOW) -> None:
    """What the job does that the fact sets off, and the sender after it."""
    replied.help_at_once([fact[:2] for fact in received(borrower)], at=at)
    send.send_due(at)


@pytest.mark.django_db
def test_free_words_are_kept_sealed_and_once() -> None:
    borrower, phone = one()
    reply = Reply(phone, "我明天还", "r-1")
    assert [heard.hear(NOW, [], [reply]), heard.hear(NOW, [], [reply])] == [1, 0]
    (fact,) = received(borrower)
    assert "我明天还" not in str(fact.body)
    assert kept.committed(borrower, fact.body["text"]) == "我明天还"


@pytest.mark.django_db
def test_without_a_name_the_same_words_a_moment_later_are_the_same_reply() -> None:
    borrower, phone = one()
    reply = Reply(phone, "请回电")
    heard.hear(NOW, [], [reply, reply])
    heard.hear(NOW + replied.AGAIN, [], [reply])
    assert len(received(borrower)) == 2


@pytest.mark.django_db
def test_words_of_nobody_we_know_leave_nothing_behind() -> None:
    assert heard.hear(NOW, [], [Reply("+8613999999999", "我想死")]) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_words_of_crisis_bring_the_help_line_back_at_once_even_at_night(lang: str) -> None:
    borrower, phone = one(lang)
    heard.hear(NOW, [], [Reply(phone, "退订，我活不下去了")])
    assert set(kinds(borrower)) == {"wish.opt_out", "reply.received", "state.began"}
    helped(borrower)
    helped(borrower)
    left = [fact for fact in streams.stream(borrower) if fact.kind == "contact.leaving"]
    assert len(left) == 1 and left[0].body["lang"] == lang
    assert "12356" in kept.committed(borrower, left[0].body["text"])
    assert kinds(borrower)[-1] == "contact.sent"


@pytest.mark.django_db
def test_the_help_line_comes_once_an_hour_however_much_is_written() -> None:
    borrower, phone = one()
    for n, text in enumerate(["我想死", "真的不想活了"]):
        heard.hear(NOW + n, [], [Reply(phone, text)])
    helped(borrower)
    assert kinds(borrower).count("contact.intended") == 1


@pytest.mark.django_db
def test_a_lenders_own_help_line_is_the_one_sent(settings: Any) -> None:
    settings.EVENHAND_LENDER = {**settings.EVENHAND_LENDER, "help_line": "400-000-0000"}
    assert crisis.help_line() == "400-000-0000"


@pytest.mark.django_db
def test_where_no_help_line_is_known_a_person_still_reads_it_first(settings: Any) -> None:
    settings.EVENHAND_PACKS = ("policy",)
    borrower, phone = one()
    heard.hear(NOW, [], [Reply(phone, "我想死")])
    helped(borrower)
    assert "contact.intended" not in kinds(borrower)


@pytest.mark.parametrize(
    ("text", "is_crisis"),
    [
        *((text, True) for text in ("我想死", "不想活了", "想 自殺", "I'll kill myself", "輕生")),
        *((text, True) for text in ("I want to END my life", "kms", "逼死我了", "ｓｕｉｃｉｄｅ")),
        *((text, False) for text in ("好的", "明天还", "想死你了", "thanks", "")),
    ],
)
def test_words_of_crisis_in_three_languages(text: str, is_crisis: bool) -> None:
    assert crisis.speaks_of_it(text) is is_crisis


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("template", words.REPLIES)
def test_what_answers_crisis_says_nothing_of_money(lang: str, template: str) -> None:
    said = words.shipped()[words.key_of("reply", template, lang)]
    text = words.render(said, lender="L", hotline="95000", reference="0a1b")
    told = ("欠", "债", "債", "逾期", "还款", "還款", "贷", "貸", "loan", "debt", "pay", "://")
    assert [word for word in told if word in text] == [] and "12356" in text
