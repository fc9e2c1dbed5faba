"""Frames know an act in whatever words, forms and order; what denies it, or tells of it, passes."""

import tomllib

import pytest

from evenhand.law.schema import CONTENT
from evenhand.outbound.contact.guard import frames
from evenhand.outbound.contact.guard.excuses import Words
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.screen import screen

READ = tomllib.loads((frames.HERE / "frames.toml").read_text("utf-8"))["frame"]
CONCEPTS = {
    language: tomllib.loads((frames.HERE / f"concepts_{language}.toml").read_text("utf-8"))
    for language in ("en", "zh")
}


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
    assert [
        each.frame.category for each in frames.framed(Words(normal(text).text), "en", set())
    ] != []
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
    assert list(frames.framed(Words(normal(text).text), "en", set())) == []
