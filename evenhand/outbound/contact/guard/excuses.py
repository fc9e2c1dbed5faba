"""What excuses words: a negation before them, words of others that are warned of, a sorry for them.

A condition is no negation: "if you do not pay" and 不还 deny nothing.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, NamedTuple

from evenhand.outbound.contact.guard.things import SIGN, Found, found_in, things

SENTENCE: Final = re.compile(
    r"[。!！?？;；\n.](?:(?<!\.)[。!！?？;；\n]*|(?<=[a-z)'\"’”]\.)(?=\s|$))"
)
CHINESE: Final = re.compile("[\u3400-\u9fff]")
REACH: Final = {"zh": 18, "en": 70}
"""How many letters before the words a negation is looked for."""
NEXT: Final = 60
"""How far behind the sentence the mend of somebody else's words may begin."""


class Excuses(NamedTuple):
    """The patterns of `excuses.toml` in one language."""

    behind: re.Pattern[str]
    refusal: re.Pattern[str]
    clause: re.Pattern[str]
    condition: re.Pattern[str]
    negation: re.Pattern[str]
    told: re.Pattern[str]
    mend: re.Pattern[str]


@cache
def excuses(language: str) -> Excuses:
    """What excuses words in a language, zh or en."""
    read = tomllib.loads(Path(__file__).with_name("excuses.toml").read_text("utf-8"))[language]
    return Excuses(**{name: re.compile("|".join(said)) for name, said in read.items()})


Part = tuple[int, int, set[str]]
"""Where a sentence begins and ends, and its things (`things`)."""


class Words:
    """A plain text and what is worked out of it once: where its sentences end, the things each has
    in it, and by language how it reads without its conditions."""

    __slots__ = ("_bare", "_ends", "_found", "_parts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._ends = [found.span() for found in SENTENCE.finditer(text)]
        self._bare: dict[str, str] = {}
        self._parts: list[Part] | None = None
        self._found: Found | None = None

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends."""
        first = 0
        for end, begin in self._ends:
            if end > first:
                yield first, end
            first = begin
        if len(self.text) > first:
            yield first, len(self.text)

    def parts(self) -> list[Part]:
        """The sentences, each with its things."""
        if self._parts is None:
            text = self.text
            self._parts = [(*each, things(text[slice(*each)])) for each in self.sentences()]
        return self._parts

    def found(self) -> Found:
        """What the whole text has, with what stands where a sentence begins and ends."""
        if self._found is None:
            text, chinese = self.text, list[set[str]]()
            if CHINESE.search(text):
                parts = self.parts()
                edges = ((text[last - 1] + SIGN, SIGN + text[first]) for first, last, _ in parts)
                chinese = [*(some for _, _, some in parts), set(chain.from_iterable(edges))]
            self._found = found_in(text, chinese)
        return self._found

    def sentence_of(self, at: int) -> tuple[int, int]:
        """Where the sentence around a letter begins and ends."""
        first, last = 0, len(self.text)
        for end, begin in self._ends:
            if begin <= at:
                first = begin
            elif end >= at:
                last = end
                break
        return first, last

    def bare(self, language: str) -> str:
        """The text with its conditions blotted out."""
        if language not in self._bare:
            self._bare[language] = _bare(self.text, excuses(language))
        return self._bare[language]


def _bare(words: str, known: Excuses) -> str:
    """The words with their conditions blotted out, as many letters as before."""
    return known.condition.sub(lambda found: "~" * len(found[0]), words)


def is_denied(words: Words, at: int, language: str) -> bool:
    """Does a negation stand before the words at `at`, in their own clause?"""
    known = excuses(language)
    bare = words.bare(language)
    first = max(at - REACH[language], 0)
    for found in known.clause.finditer(bare, first, at):
        first = found.end()
    last = at + 1 if language == "zh" else at  # 不收: the words begin with its second sign
    return known.negation.search(bare, first, last) is not None


def is_denied_behind(words: Words, last: int, language: str) -> bool:
    """Is what was said called untrue or not ours right behind it: 礼品卡从来不是还款方式?"""
    known = excuses(language)
    _, end = words.sentence_of(last - 1)
    return known.behind.search(_bare(words.text[last:end], known)) is not None


def is_denied_among(words: str, language: str) -> bool:
    """Does a negation stand among words of ours, and no new clause behind it?"""
    known = excuses(language)
    bare = _bare(words, known)
    return any(
        known.clause.search(bare, found.end()) is None for found in known.negation.finditer(bare)
    )


def is_about_others(words: Words, first: int, language: str) -> bool:
    """Is the sentence about what others say or do, and warns of it or is sorry for it?"""
    known = excuses(language)
    begin, last = words.sentence_of(first)
    text = words.text
    mends = list(known.mend.finditer(text, begin, last + NEXT))
    if any(known.told.search(text[begin : min(each.start(), last)]) for each in mends):
        return True
    before = known.told.search(text[begin:first])
    return before is not None and any(each.start() > first for each in mends)


def is_refused(text: str, first: int, last: int, language: str) -> bool:
    """Do the words themselves say that it is not done: 我们不会联系您的家人?"""
    known = excuses(language)
    return known.refusal.search(_bare(text[first:last], known)) is not None


def is_told_of_others(words: Words, at: int, language: str) -> bool:
    """Are these the words of somebody else, which the sentence warns of or is sorry for?"""
    first, last = words.sentence_of(at)
    known = excuses(language)
    if not known.told.search(words.text[first:at]):
        return False
    return known.mend.search(words.text[at : last + NEXT]) is not None
