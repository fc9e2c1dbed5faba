"""Numbers are read whichever way they are written."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.outbound.contact.guard.figures import ONES, SPELT, TIES, minor_of, spelt


def _in_words(number: int) -> str:
    """A number below a million in English words, written without `spelt`'s tables of values."""
    if number >= 1_000:
        head, rest = divmod(number, 1_000)
        return f"{_in_words(head)} thousand" + (f" {_in_words(rest)}" if rest else "")
    if number >= 100:
        head, rest = divmod(number, 100)
        return f"{ONES[head]} hundred" + (f" and {_in_words(rest)}" if rest else "")
    if number >= 20:
        head, rest = divmod(number, 10)
        return TIES[head - 2] + (f"-{ONES[rest]}" if rest else "")
    return ONES[number]


@given(st.integers(0, 999_999))
def test_english_words_say_their_number(number: int) -> None:
    said = _in_words(number)
    found = re.fullmatch(SPELT, said)
    assert found and spelt(found[1]) == number


@pytest.mark.parametrize("said", ["a", "and", "an apple", "weigh", "often"])
def test_a_word_that_is_no_number_is_none(said: str) -> None:
    assert re.search(SPELT, said) is None


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_figure_is_itself_to_the_cent(whole: int, cents: int) -> None:
    for figure in (f"{whole:,}.{cents:02}", f"{whole}.{cents:02}", f"{whole:,}.{cents:02}"):
        assert minor_of(figure.replace(",", " ")) == minor_of(figure) == whole * 100 + cents
