"""How like a sentence is to offences people wrote, for what no pattern has a name for.

What stands beside what in a sentence has a weight: how much oftener offences have it than lawful
words, in thousandths of a natural logarithm, counted from `phrases/` and the wordings that ship
(`dev/likeness.py` writes `likeness.txt`). A Chinese sentence whose weights come to too much for its
length is held back, in the name of the category it is likest to; of English too little is known.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Final, NamedTuple

from evenhand.law.schema import CONTENT
from evenhand.outbound.contact.guard.excuses import Words

FILE: Final = Path(__file__).with_name("likeness.txt")
MOST: Final = 870
"""What a sentence may come to, times the root of how many things it has."""
FEWEST: Final = 14
"""Things a sentence has at least: less says too little."""


class Weights(NamedTuple):
    """What each thing weighs, and for those that weigh more than nothing the category they are
    likest to."""

    by_thing: Mapping[str, int]
    category: Mapping[str, str]


def likest(words: Words) -> Iterator[tuple[str, tuple[int, int]]]:
    """The sentences that are too like an offence, each with its category and place."""
    weight_of = weights().by_thing.get
    for first, last, found in words.parts():
        if len(found) < FEWEST:
            continue
        weighs = sum(map(weight_of, found, repeat(0)))
        if weighs > 0 and weighs * weighs > MOST**2 * len(found):
            yield _category(found), (first, last)


@cache
def weights() -> Weights:
    """What is kept in the file."""
    by_thing, category = {}, {}
    for line in FILE.read_text("utf-8").splitlines():
        weight, name, *found = line.split("\t")
        by_thing.update(dict.fromkeys(found, int(weight)))
        if name in CONTENT:
            category.update(dict.fromkeys(found, name))
    return Weights(by_thing, category)


def _category(found: set[str]) -> str:
    """The category for which most speaks."""
    known = weights()
    tally: Counter[str] = Counter()
    for each in found & known.category.keys():
        tally[known.category[each]] += known.by_thing[each]
    return max(CONTENT, key=lambda name: tally[name])
