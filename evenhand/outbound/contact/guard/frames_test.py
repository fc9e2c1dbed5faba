"""Frames know an act in whatever words, forms and order; what denies it, or tells of it, passes."""

import re
import tomllib

import pytest

from evenhand.law.schema import CONTENT
from evenhand.outbound.contact.guard import frames
from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.phrases_test import OFFENDS, PASSES
from evenhand.outbound.contact.guard.screen import screen

READ = tomllib.loads((frames.HERE / "frames.toml").read_text("utf-8"))["frame"]
CONCEPTS = {
    language: tomllib.loads((frames.HERE / f"concepts_{language}.toml").read_text("utf-8"))
    for language in ("en", "zh")
}

EVERY = range(len(frames.frames("en").frames))
TEXTS = [normal(text).text for *_, text in (*OFFENDS, *PASSES)][::5]


def test_each_frame_says_what_it_stops_and_why_in_three_languages() -> None:
    for frame in READ:
        assert frame["category"] in CONTENT
        assert all(frame["why"][lang] for lang in ("zh-Hant", "zh-Hans", "en"))


def test_each_need_is_known_in_both_languages_and_each_concept_is_needed() -> None:
    named = {name for frame in READ for name in frame["needs"]}
    either = named | {name for frame in READ for name in frame.get("lacks", ())}
    for known in CONCEPTS.values():
        assert named <= known.keys()
        assert known.keys() - {"irregular"} <= either


@pytest.mark.parametrize(
    "text",
    [
        "I will tell your brother about the loan.",
        "I am ringing your sister next.",
        "We have already written to your landlord.",
        "We can phone your mother.",
    ],
)
def test_a_verb_is_known_in_every_form(text: str) -> None:
    found = frames.framed(Words(normal(text).text), "en", EVERY)
    assert [each.frame.category for each in found] != []
    assert "third_party_pressure" in {each.category for each in screen(text, "en")}


@pytest.mark.parametrize(
    "text",
    [
        "We will not tell your brother about the loan.",
        "We never phone your mother.",
        "You asked whether we would tell your brother. We do not.",
        "We are sorry that our agency rang your sister; we have stopped it.",
    ],
)
def test_what_is_denied_or_told_of_passes(text: str) -> None:
    assert screen(text, "en") == []


def test_a_finding_says_why_in_the_language_asked_for() -> None:
    for lang in ("zh-Hant", "zh-Hans", "en"):
        (found,) = screen("I will smash every window you own.", lang)
        assert found.why in {frame["why"][lang] for frame in READ}


def test_needs_that_stand_far_apart_make_no_offence() -> None:
    text = "Sell prices are in the shop; " + "and so on " * 20 + "your car is yours"
    assert list(frames.framed(Words(normal(text).text), "en", EVERY)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_wordings_put_together_by_their_letter_find_what_they_find_one_by_one(
    language: str,
) -> None:
    before, behind = frames.EDGE[language]
    for name, quick in frames.frames(language).patterns.items():
        plain = re.compile(before + "|".join(frames._concepts(language)[name]) + behind)
        for text in TEXTS:
            found = [each.span() for each in quick.finditer(text)]
            assert found == [each.span() for each in plain.finditer(text)], (name, text)
