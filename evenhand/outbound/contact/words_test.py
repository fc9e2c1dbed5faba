"""What every message to a person must and must not say."""

import re
from string import Formatter

import pytest

from evenhand.outbound.contact.words import LANGUAGES, TEMPLATES, render, templates, wants_no_more

EVERY = [(lang, name) for lang in LANGUAGES for name in TEMPLATES]
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
    words = render(name, lang, lender="Evenhand", hotline="95000", reference="0a1b2c3d4e5f").lower()
    assert [word for word in BANNED if word in words] == []
    digits = re.sub("0a1b2c3d4e5f|95000", "", words)
    assert not re.search(r"\d", digits), "no amount, day or account number"


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_a_message_names_the_lender_a_way_to_ask_and_a_way_to_check(lang: str, name: str) -> None:
    words = templates(lang)[name]
    assert {f for _, f, _, _ in Formatter().parse(words) if f} == {"lender", "hotline", "reference"}
    assert words.startswith(("【{lender}】", "[{lender}]"))


@pytest.mark.parametrize(("lang", "name"), EVERY)
def test_what_may_be_stopped_says_how(lang: str, name: str) -> None:
    says = any(stop in templates(lang)[name] for stop in ("退订", "退訂", "STOP"))
    assert says == (name in {"attention", "notice"})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_every_template(lang: str) -> None:
    assert tuple(templates(lang)) == TEMPLATES


@pytest.mark.parametrize("lang", ["zh-Hant", "ZH-HANS", "en"])
def test_a_language_is_known_in_any_case(lang: str) -> None:
    assert templates(lang)["attention"]


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
