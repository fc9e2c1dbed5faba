"""A word's code is its place, for ever: the first and last of each tuple stay where they are."""

import pytest

from evenhand.core import words


@pytest.mark.parametrize(
    ("name", "tuple_of", "code"),
    [
        ("call", words.CHANNELS, 0),
        ("social_post", words.CHANNELS, 11),
        ("debtor", words.RECIPIENTS, 0),
        ("stranger", words.RECIPIENTS, 12),
        ("collect", words.PURPOSES, 0),
        ("due_reminder", words.PURPOSES, 1),
        ("termination_notice", words.PURPOSES, 7),
        ("unanswered", words.OUTCOMES, 0),
        ("sent", words.OUTCOMES, 6),
        ("complaint_open", words.STATE_KINDS, 0),
        ("family_debt", words.STATE_KINDS, 22),
        ("safe_contact", words.STATE_KINDS, 23),
        ("in", words.DIRECTIONS, 1),
    ],
)
def test_codes_stay(name: str, tuple_of: tuple[str, ...], code: int) -> None:
    assert words.code(name, tuple_of) == code


def test_no_word_stands_twice() -> None:
    for tuple_of in (words.CHANNELS, words.RECIPIENTS, words.OUTCOMES, words.STATE_KINDS):
        assert len(set(tuple_of)) == len(tuple_of)


def test_an_unknown_word_is_named() -> None:
    with pytest.raises(ValueError, match="'fax' is none of call"):
        words.code("fax", words.CHANNELS)
