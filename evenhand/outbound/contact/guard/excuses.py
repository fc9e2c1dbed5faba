"""What excuses words: a negation before them, words of others that are warned of, a sorry for them.

A condition is no negation: "if you do not pay" and 不还 deny nothing.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

SENTENCE: Final = re.compile(r"[。!！?？;；\n]+|(?<=[a-z)'\"’”])\.(?=\s|$)")
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


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends."""
    first = 0
    for found in SENTENCE.finditer(text):
        if found.start() > first:
            yield first, found.start()
        first = found.end()
    if len(text) > first:
        yield first, len(text)


def sentence_of(text: str, at: int) -> tuple[int, int]:
    """Where the sentence around a letter begins and ends."""
    first, last = 0, len(text)
    for found in SENTENCE.finditer(text):
        if found.end() <= at:
            first = found.end()
        elif found.start() >= at:
            last = found.start()
            break
    return first, last


def _bare(words: str, known: Excuses) -> str:
    """The words with their conditions blotted out, as many letters as before."""
    return known.condition.sub(lambda found: "~" * len(found[0]), words)


def is_denied(text: str, at: int, language: str) -> bool:
    """Does a negation stand before the words at `at`, in their own clause?"""
    known = excuses(language)
    bare = _bare(text, known)
    first = max(at - REACH[language], 0)
    for found in known.clause.finditer(bare, first, at):
        first = found.end()
    last = at + 1 if language == "zh" else at  # 不收: the words begin with its second sign
    return known.negation.search(bare, first, last) is not None


def is_denied_behind(text: str, last: int, language: str) -> bool:
    """Is what was said called untrue or not ours right behind it: 礼品卡从来不是还款方式?"""
    known = excuses(language)
    _, end = sentence_of(text, last - 1)
    return known.behind.search(_bare(text[last:end], known)) is not None


def is_denied_among(words: str, language: str) -> bool:
    """Does a negation stand among words of ours, and no new clause behind it?"""
    known = excuses(language)
    bare = _bare(words, known)
    return any(
        known.clause.search(bare, found.end()) is None for found in known.negation.finditer(bare)
    )


def is_about_others(text: str, first: int, language: str) -> bool:
    """Is the sentence about what others say or do, and warns of it or is sorry for it?"""
    known = excuses(language)
    begin, last = sentence_of(text, first)
    mends = known.mend.finditer(text, begin, last + NEXT)
    return any(known.told.search(text[begin : min(each.start(), last)]) for each in mends)


def is_refused(text: str, first: int, last: int, language: str) -> bool:
    """Do the words themselves say that it is not done: 我们不会联系您的家人?"""
    known = excuses(language)
    return known.refusal.search(_bare(text[first:last], known)) is not None


def is_told_of_others(text: str, at: int, language: str) -> bool:
    """Are these the words of somebody else, which the sentence warns of or is sorry for?"""
    first, last = sentence_of(text, at)
    known = excuses(language)
    if not known.told.search(text[first:at]):
        return False
    return known.mend.search(text[at : last + NEXT]) is not None
