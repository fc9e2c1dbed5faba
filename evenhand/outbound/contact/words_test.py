"""What every message to a person must and must not say."""

import re
from string import Formatter
from typing import Any

import pytest

from evenhand.outbound.contact.security_code import WHAT_FOR
from evenhand.outbound.contact.words import (
    LANGUAGES,
    TEMPLATES,
    TOLD_AS,
    key_of,
    render,
    render_code,
    render_in_app,
    shipped,
    wants_no_more,
)

EVERY = [(lang, name) for lang in LANGUAGES for name in TEMPLATES]


def message(name: str, lang: str) -> str:
    return shipped()[key_of("sms", name, lang)]["text"]


BANNED = (
    "欠",
    "债",
    "債",
    "逾期",
    "还款",
    "還款",
    "贷",
    "貸",
    "元",
    "http",
    "://",
    "法院",
    "起诉",
    "起訴",
    "debt",
    "owe",
    "overdue",
    "past due",
    "loan",
    "pay",
    "court",
    "credit",
)


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_a_lock_screen_tells_nobody_anything(lang: str, name: str) -> None:
    said = shipped()[key_of("sms", name, lang)]
    words = render(said, lender="Evenhand", hotline="95000", reference="0a1b2c3d4e5f").lower()
    assert [word for word in BANNED if word in words] == []
    digits = re.sub("0a1b2c3d4e5f|95000", "", words)
    assert not re.search(r"\d", digits), "no amount, day or account number"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what_for", WHAT_FOR)
def test_a_one_time_code_tells_a_lock_screen_no_more(lang: str, what_for: str) -> None:
    said, purposes = (shipped()[key_of("code", name, lang)] for name in ("text", "what_for"))
    words = render_code(said, purposes[what_for], lender="Evenhand", code="123456").lower()
    assert [word for word in BANNED if word in words] == []
    assert re.findall(r"\d+", words) == (["123456", "10"])


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_a_message_names_the_lender_a_way_to_ask_and_a_way_to_check(lang: str, name: str) -> None:
    words = message(name, lang)
    assert {f for _, f, _, _ in Formatter().parse(words) if f} == {"lender", "hotline", "reference"}
    assert words.startswith(("【{lender}】", "[{lender}]"))


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_what_may_be_stopped_says_how(lang: str, name: str) -> None:
    says = any(stop in message(name, lang) for stop in ("退订", "退訂", "STOP"))
    assert says == (name in {"attention", "notice"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_template(lang: str) -> None:
    keys = [key.split("/") for key in shipped()]
    assert tuple(name for sort, name, tag in keys if (sort, tag) == ("sms", lang)) == TEMPLATES
    assert all(shipped()[key_of("in_app", name, lang)]["title"] for name in TOLD_AS)
    assert all(shown(name, lang) for name in TOLD_AS)
    assert set(TOLD_AS.values()) == set(TEMPLATES)


UNTOLD = ("http", "://", "www.", "{", "验证码", "驗證碼")
FIGURES = {"amount_minor": 123_456, "currency": "CNY", "day": "2026-04-02"}


def shown(name: str, lang: str, **values: Any) -> str:
    return render_in_app(shipped()[key_of("in_app", name, lang)], lang, values, hotline="95000")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TOLD_AS)
def test_the_inbox_has_no_link_no_account_and_asks_for_nothing_secret(name: str, lang: str) -> None:
    for words in (shown(name, lang), shown(name, lang, **FIGURES)):
        assert not any(
            word in words.lower() for word in ("http", "://", "www.", "{", "验证码", "驗證碼")
        )
        assert not re.search(r"\d{6}", words), "no account number"
        assert not re.search(r"your (pin|code|password)", words.replace("The PIN of your", ""))


@pytest.mark.parametrize("name", TOLD_AS)
def test_a_notice_tells_the_same_figures_in_every_language(name: str) -> None:
    told = {
        ("1,234.56" in words, "2026" in words, "95000" in words)
        for words in (shown(name, lang, **FIGURES) for lang in LANGUAGES)
    }
    assert len(told) == 1


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh-hans", "我们已于2026年4月2日收到CNY\u00a01,234.56，并已入账。"),
        ("zh-hant", "我們已於2026年4月2日收到CNY\u00a01,234.56，並已入帳。"),
        ("en", "We received CNY\u00a01,234.56 on 2 Apr 2026, and it is booked on your loan."),
    ],
)
def test_amounts_and_days_stand_as_that_language_writes_them(lang: str, words: str) -> None:
    assert shown("receipt", lang, **FIGURES).startswith(words)


def test_half_the_figures_are_none() -> None:
    assert shown("receipt", "en", day="2026-04-02") == shown("receipt", "en")


@pytest.mark.parametrize("lang", ["zh-Hant", "ZH-HANS", "en"])
def test_a_language_is_known_in_any_case(lang: str) -> None:
    assert message("attention", lang)


@pytest.mark.parametrize(
    ("reply", "stops"),
    [
        *((words, True) for words in ("TD", "退訂", "stop!", "T", "ｔ。", "请退订", " 退 订 ")),
        *((words, True) for words in ("STOP please", "ＳＴＯＰ", "回复TD", "s t o p", "opt-out")),
        *((words, False) for words in ("好的", "", "我明天还", "thanks", "nonstop", "tomorrow")),
    ],
)
def test_a_reply_that_ends_such_messages(reply: str, stops: bool) -> None:
    assert wants_no_more(reply) is stops
