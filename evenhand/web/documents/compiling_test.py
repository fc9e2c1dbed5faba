"""Every document is made in every language without a warning; what cannot be printed is said."""

import re
from collections.abc import Mapping
from typing import Any

import pytest

from evenhand.web.documents import compiling, made_up
from evenhand.web.documents.compiling import FONTS, NAMES, Unprintable, pdf
from evenhand.web.documents.words import words

AT = 1_795_482_000_000_000
EACH = [(name, lang) for name in NAMES for lang in FONTS]


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_a_document_is_made_the_same_each_time(name: str, lang: str) -> None:
    made = pdf(name, made_up.VALUES[name], lang, at=AT)
    assert made.startswith(b"%PDF-") and made == pdf(name, made_up.VALUES[name], lang, at=AT)


@pytest.mark.parametrize("lang", FONTS)
def test_it_is_tagged_archivable_and_says_its_language(lang: str) -> None:
    made = pdf("paid_off", made_up.VALUES["paid_off"], lang, at=AT)
    said = b"/Lang(en-GB)" if lang == "en" else b"/Lang(zh-TW)" if lang == "zh-hant" else b"zh-CN"
    assert said in made
    assert b"/MarkInfo<</Marked true" in made
    assert b"pdfaid:part>2<" in made and b"pdfuaid:part>1<" in made


def test_another_moment_or_value_makes_other_bytes() -> None:
    values = made_up.VALUES["paid_off"]
    first = pdf("paid_off", values, "en", at=AT)
    assert first != pdf("paid_off", values, "en", at=AT + 1_000_000)
    assert first != pdf("paid_off", values | {"paid_minor": 1}, "en", at=AT)


def test_a_value_is_never_source() -> None:
    name = '#panic("x") #read("/etc/passwd") $x$ *bold* {loan} \\ "'
    values = made_up.VALUES["paid_off"] | {"borrower": {"name": name, "identity": "#1"}}
    assert pdf("paid_off", values, "zh-hans", at=AT)


BARE: dict[str, dict[str, Any]] = {
    "contract": {
        "parties": [], "routes": [], "complaint_rule": "", "late_rate_ppm": 0, "fees": [],
        "fees_minor": 0, "kept_back_minor": 0, "down_minor": 0, "late_cap": [], "order": [],
        "prepay": [], "dated": False,
    },
    "receipt": {"still_owed_minor": 0, "parts": [["overpaid", 1]], "steps_paid": "", "ahead": {}},
    "cost_table": {
        "contingent": [], "charges": [], "fees_minor": 0, "kept_back_minor": 0, "down_minor": 0,
        "late_cap": [],
    },
    "statement": {"kept_back_minor": 0},
}  # fmt: skip


@pytest.mark.parametrize("name", BARE)
def test_what_there_is_nothing_of_is_left_out(name: str) -> None:
    assert pdf(name, made_up.VALUES[name] | BARE[name], "en", at=AT)


def test_a_receipt_of_a_loan_that_is_all_past_due_names_no_next_day() -> None:
    values = made_up.VALUES["receipt"] | {"next_due_on": "", "next_due_minor": 0}
    assert pdf("receipt", values, "zh-hans", at=AT)


def test_a_character_that_no_font_has_is_no_document_and_not_told() -> None:
    values = made_up.VALUES["paid_off"] | {"borrower": {"name": "\U0001f9ff甲", "identity": "1"}}
    with pytest.raises(Unprintable) as told:
        pdf("paid_off", values, "zh-hans", at=AT)
    assert "could not be displayed" in str(told.value)
    assert "\U0001f9ff" not in str(told.value) and "甲" not in str(told.value)


def test_a_missing_font_is_named_and_its_page_is_none() -> None:
    assert compiling.missing_fonts(["Noto Sans CJK SC", "Nowhere Sans"]) == ["Nowhere Sans"]
    assert compiling.missing_fonts() == []
    with pytest.raises(Unprintable, match=r"Nowhere Sans.*fonts-noto-cjk"):
        compiling.made("paid_off", made_up.VALUES["paid_off"], "en", "Nowhere Sans", AT)


@pytest.mark.parametrize(("name", "lang"), EACH)
def test_what_is_made_in_practice_says_so(name: str, lang: str) -> None:
    said = words(lang)["common"]["practice"].encode()
    made = pdf(name, made_up.VALUES[name] | {"practice": True}, lang, at=AT)
    assert b"<dc:title>" in made and said in made.split(b"<dc:title>")[1][:200]
    assert said not in pdf(name, made_up.VALUES[name], lang, at=AT)


def test_the_three_languages_say_the_same_things() -> None:
    def places(said: Any, path: str = "") -> dict[str, Any]:
        if isinstance(said, Mapping):
            each = [places(value, f"{path}.{key}") for key, value in said.items()]
            return {key: value for found in each for key, value in found.items()}
        if isinstance(said, list):
            return {path: len(said)}
        return {path: sorted(re.findall(r"{\w+}", str(said)))}

    assert places(words("zh-hant")) == places(words("zh-hans")) == places(words("en"))
