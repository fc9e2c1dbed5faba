"""What stands in a text: its Chinese characters and pairs of them, its words, its figures."""

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import add
from typing import Final, NamedTuple

OTHER: Final = re.compile("[^\u3400-\u9fff]+")
SIGN: Final = "|"
"""What stands for whatever is no Chinese character, however long."""
FIGURE: Final = "0"
"""What stands for every figure."""
WORD: Final = re.compile("[a-z]+")
STRETCH: Final = re.compile(r"\d[^a-z\u3400-\u9fff]*")
"""From a figure up to the next letter."""


class Found(NamedTuple):
    """What a text has: the Chinese things of its sentences (`things`), its words in Latin letters,
    pairs of those that follow each other, and how many figures, and signs among them, it has at
    most with no letter between."""

    chinese: Sequence[set[str]]
    words: set[str]
    pairs: set[str]
    figures: int


def found_in(text: str, chinese: Sequence[set[str]]) -> Found:
    """What a plain text has, its Chinese things given."""
    words = WORD.findall(text)
    pairs = set(map(SIGN.join, pairwise(words)))
    stretches = map(len, STRETCH.findall(text))
    return Found(chinese, set(words), pairs, max(stretches, default=0))


def things(sentence: str) -> set[str]:
    """Characters, and pairs that stand beside each other; whatever else there is is one sign.

    >>> sorted(things("还款App"))
    ['款', '款|', '还', '还款']
    """
    line = OTHER.sub(SIGN, sentence)
    found = set(map(add, line, line[1:]))
    found.update(line)
    found.discard(SIGN)
    return found
