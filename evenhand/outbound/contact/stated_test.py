"""What has to be stated: which packs ask for what, and that no sort of words goes without it."""

from datetime import date
from pathlib import Path

import pytest

from evenhand.law import loader
from evenhand.law.schema import STATEMENTS
from evenhand.outbound.contact import closing, saying, stated, wording, words
from evenhand.outbound.contact.made_up import moment
from evenhand.outbound.contact.wording_rules import faults, fits

DAY = date(2026, 5, 4)
PACKS = sorted(
    each.name for each in Path(loader.__file__).parent.iterdir() if (each / "pack.toml").exists()
)
ASKED = {"cn": ("who_writes",), "us": ("how_to_opt_out",), "policy": STATEMENTS}
"""The packs that ask for statements; all others ask for none."""
LOCK_SCREENS = [
    ("sms", template, lang) for template in words.TEMPLATES for lang in words.LANGUAGES
] + [("reply", template, lang) for template in words.REPLIES for lang in words.LANGUAGES]
WHO = {"sms": "{lender}", "reply": "{lender}", "code": "{lender}", "call": "{lender}"}


@pytest.mark.parametrize("pack", PACKS)
def test_each_pack_asks_for_what_it_says(pack: str, settings: object) -> None:
    settings.EVENHAND_PACKS = (pack,)  # type: ignore[attr-defined]
    assert stated.required(DAY) == ASKED.get(pack, ())
    assert stated.by_law(DAY) == (() if pack == "policy" else ASKED.get(pack, ()))


def test_packs_together_ask_for_what_each_does(settings: object) -> None:
    settings.EVENHAND_PACKS = ("cn", "us", "policy")  # type: ignore[attr-defined]
    assert stated.required(DAY) == STATEMENTS
    assert stated.by_law(DAY) == ("who_writes", "how_to_opt_out")


@pytest.mark.django_db
@pytest.mark.parametrize(("sort", "template", "lang"), LOCK_SCREENS)
@pytest.mark.parametrize("pack", PACKS)
def test_a_text_message_says_what_the_law_wants(
    pack: str, sort: str, template: str, lang: str, settings: object
) -> None:
    settings.EVENHAND_PACKS = (pack, "policy")  # type: ignore[attr-defined]
    body = {
        "channel": "sms",
        "template": template,
        "lang": lang,
        "due_at": moment(DAY, 12),
        "purpose": "reply" if sort == "reply" else "required_notice",
    }
    said = words.shipped()[words.key_of(sort, template, lang)]
    text = saying.text(body, said, {}, "0a1b2c3d4e5f")
    lender = settings.EVENHAND_LENDER["name"]  # type: ignore[attr-defined]
    assert lender in text and "0a1b2c3d4e5f" in text, "who writes and how to check, whatever asks"
    stop = words.shipped()[words.key_of("closing", "own", lang)]["how_to_opt_out"]
    asked = "how_to_opt_out" in stated.by_law(DAY)
    stops = any(each in text for each in ("退订", "退訂", "STOP", stop))
    assert stops == (asked or template in ("attention", "notice"))


@pytest.mark.django_db
def test_without_approved_words_for_it_no_such_message_leaves(settings: object) -> None:
    settings.EVENHAND_PACKS = ("us", "policy")  # type: ignore[attr-defined]
    body = {"channel": "sms", "template": "news", "lang": "en", "due_at": moment(DAY, 12)}
    said = words.shipped()["sms/news/en"]
    stopping = wording.propose_stop(["closing/own/en"], "staff:11", at=moment(DAY, 12))
    wording.approve(stopping, "staff:12", at=moment(DAY, 12))
    with pytest.raises(wording.NotApproved):
        saying.text(body, said, {})
    news = wording.in_force()["sms/news/en"]
    saying.require_sayable(body, {}, {"sms/news/en": news})


@pytest.mark.django_db
@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("pack", PACKS)
def test_words_of_staff_have_under_them_what_the_packs_want(
    pack: str, lang: str, settings: object
) -> None:
    settings.EVENHAND_PACKS = (pack,)  # type: ignore[attr-defined]
    shipped = words.shipped()[words.key_of("closing", "own", lang)]
    said = closing.lines(lang, 7, at=moment(DAY, 12))
    assert len(said) == len(ASKED.get(pack, ()))
    for name, line in zip(ASKED.get(pack, ()), said, strict=True):
        assert line.startswith(shipped[name].split("{")[0])


MUST = list(stated.known())


def test_each_text_named_is_one_that_ships() -> None:
    for sort, template, field in MUST:
        for lang in words.LANGUAGES:
            assert field in words.shipped()[words.key_of(sort, template, lang)]


@pytest.mark.parametrize(("sort", "template", "field"), MUST)
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_nobody_may_approve_a_wording_that_leaves_it_out(
    sort: str, template: str, field: str, lang: str
) -> None:
    key = words.key_of(sort, template, lang)
    shipped = words.shipped()[key]
    assert not list(stated.missing(sort, template, field, shipped[field]))
    named = " ".join(f"{{{each}}}" for each in sorted(words.named_in(shipped[field])))
    emptied = {**shipped, field: f"…{named}"}
    assert fits(key, emptied)
    assert "says" in [each.code for each in faults(key, emptied) if each.field == field]


@pytest.mark.parametrize("sort", sorted(WHO))
@pytest.mark.parametrize("lang", words.LANGUAGES)
def test_nobody_may_approve_a_wording_that_does_not_say_who_writes(sort: str, lang: str) -> None:
    for key, shipped in words.shipped().items():
        if key.startswith(f"{sort}/") and key.endswith(lang) and "what_for" not in key:
            nameless = {name: text.replace("{lender}", "") for name, text in shipped.items()}
            assert "placeholders" in [each.code for each in faults(key, nameless)]
