"""What is heard at a glance is what is heard syllable by syllable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.outbound.contact.guard import lexicon
from evenhand.outbound.contact.guard.normal import normal
from evenhand.outbound.contact.guard.phrases_test import OFFENDS, PASSES
from evenhand.outbound.contact.guard.sounds import sound_of, sounds

PHRASES = lexicon.heard("zh-Hans").phrases
SAID = [
    "zuo",
    "lao",
    "牢",
    "坐",
    "作",
    "ni",
    "你",
    "抓",
    "zhua",
    " ",
    ",",
    "pay",
    "律师",
    "函",
    "\n",
]


def _is_heard(text: str) -> bool:
    """Asked phrase by phrase."""
    by_sound = sounds(normal(text))
    line = by_sound.line.split()
    for _, phrase, is_strange in PHRASES:
        part = phrase.split()
        for at in range(len(line) - len(part) + 1):
            here = slice(at, at + len(part))
            if line[here] == part and (not is_strange or any(by_sound.latin[here])):
                return True
    return False


def _is_glimpsed(text: str) -> bool:
    return lexicon.heard("zh-Hans").are_in(normal(text).text)


@given(st.lists(st.sampled_from(SAID), max_size=10).map("".join))
def test_it_is_glimpsed_where_it_is_heard(text: str) -> None:
    assert _is_glimpsed(text) == _is_heard(text)


def test_it_is_glimpsed_where_it_is_heard_in_what_people_write() -> None:
    for *_, text in (*OFFENDS, *PASSES):
        assert _is_glimpsed(text) == _is_heard(text), text


def test_no_syllable_of_a_phrase_is_one_letter_alone() -> None:
    """A letter alone is no syllable at a glance."""
    assert all(len(each) > 1 for _, phrase, _ in PHRASES for each in phrase.split())


@pytest.mark.parametrize(
    ("text", "is_heard"),
    [("坐牢", False), ("zuo牢", True), ("坐lao", True), ("zuolao", True), ("打断你的腿", True)],
)
def test_a_short_phrase_is_heard_where_it_is_written_in_a_strange_way(
    text: str, is_heard: bool
) -> None:
    assert _is_glimpsed(text) == is_heard
    assert sound_of("坐牢") == " zuo lao "
