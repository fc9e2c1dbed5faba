"""The words for changes, and their columns."""

import numpy as np

from evenhand.core import relief_words
from evenhand.core.days import NEVER
from evenhand.core.relief_words import PAID_AHEAD, PREPAID, WORDS, Change


def test_a_words_code_is_its_place() -> None:
    for word in WORDS:
        assert WORDS[getattr(relief_words, word.upper())] == word
    assert len(WORDS) == PAID_AHEAD


def test_changes_are_taken_by_row() -> None:
    one = np.arange(len(WORDS) + 1)
    change = Change(one, one, one, one, one + NEVER, one > 3, one)
    some = change.take(np.array([9, 0]))
    assert some.word.tolist() == some.money_minor.tolist() == [9, 0]
    assert some.interest_runs.tolist() == [True, False]
    assert WORDS[0] == "holiday" and np.flatnonzero(change.prepays).tolist() == list(PREPAID)
