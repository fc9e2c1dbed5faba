"""Which thing of a wording is asked for: the one that texts have least often, as a guess.

The guess changes what is asked first and what need be looked for, never what is found.
"""

import re
from bisect import bisect
from collections.abc import Iterator
from functools import cache
from typing import Final

from evenhand.outbound.contact.guard.things import FIGURE, OTHER, SIGN

Clause = frozenset[str]
"""Things of which a text must have one."""

EDGE: Final = "~"
"""What stands in a wording where surely no Latin letter is: behind `(?<![a-z])`."""
NO_LATIN: Final = re.compile("[^a-z]+")
NO_FIGURE: Final = re.compile(f"[^{FIGURE}]+")
MANY_HAVE: Final = (
    "您 的 我 们 不 请 款 人 可 已 会 有 收 是 以 还 到 期 这 要 在 上 月 我们 您的 可以 不会 没有 "
    "还款 任何 电话 申请 收到 贷款 催收 不是 联系 公司 工作 证明 不要 们的 给您 逾期 家人 告诉 "
    "也不 法院 本金 需要 们会 报警 上门 有人 是我 利息 人员 结清 同事 账户 验证 如果 影响 金额 "
    "借款 反映 短信 "
    "the you your we to and not a for us it of can will on have that was if in are please this "
    "loan our at do may call with no has about by late from be pay account interest so or plan "
    "because again tell never app until i me my is an as would could his her all"
)
COMMON: Final = frozenset(MANY_HAVE.split())
"""What many lawful messages have, as counted from `phrases/passes.txt`: a character one in ten, a
pair one in fifty, a word one in twenty-five, and some that are as usual elsewhere."""
OFTEN_COMMON: Final = {"character": 0.25, "pair": 0.05, "word": 0.2}
OFTEN_CHINESE: Final = (0.02, 0.01, 0.001)
OFTEN_WORD: Final = (1.0, 0.3, 0.1, 0.02, 0.01, 0.005)
OFTEN_STRETCH: Final = (1.0, 0.6, 0.3, 0.08, 0.03, 0.015, 0.01)
OFTEN_WORDS: Final = (0.001, 0.01)
"""How often a text has a thing: one of COMMON; a Chinese character, one with a sign, a pair; a word
of so many letters, a stretch of so many; two words, two that are common."""
FIGURES: Final = (5, 9, 13)
OFTEN_FIGURES: Final = (0.5, 0.4, 0.2, 0.02)
"""The same of so many figures."""


def worth(clause: Clause) -> float:
    """How often a text has a thing of the clause; what is seldom there is asked."""
    return sum(map(often, clause))


@cache
def rarest(line: str) -> str | None:
    """The thing of a wording that texts have least often; its letters, SIGN, FIGURE and EDGE.

    >>> rarest("我们报警"), rarest("|to|court|"), rarest("0|000年"), rarest("|")
    ('们报', 'to|court', '|年', None)
    """
    return min((*_chinese(line), *_latin(line), *_figures(line)), key=often, default=None)


def _chinese(line: str) -> Iterator[str]:
    """Pairs, or where there are none characters."""
    signs = OTHER.sub(SIGN, line.replace(EDGE, ""))
    pairs = [signs[at : at + 2] for at in range(len(signs) - 1)]
    whole = [each for each in pairs if SIGN not in each]
    yield from whole or pairs or (each for each in signs if each != SIGN)


def _latin(line: str) -> Iterator[str]:
    """Stretches of words, a sign where they end; of words that stand beside each other both."""
    runs = NO_LATIN.sub(SIGN, line).split(SIGN)
    last = len(runs) - 1
    for at, run in enumerate(runs):
        if run:
            yield SIGN * (at > 0) + run + SIGN * (at < last)
        if run and 0 < at < last - 1:
            yield run + SIGN + runs[at + 1]


def _figures(line: str) -> Iterator[str]:
    """Figures with no letter between."""
    near = line.replace(SIGN, "").replace(EDGE, "")
    yield from (each for each in NO_FIGURE.split(near) if each)


@cache
def often(thing: str) -> float:
    """How often a text has a thing, as a guess.

    >>> often("您") > often("腿") > often("断腿"), often("|you|") > often("|youth|")
    (True, True)
    """
    letters = thing.strip(SIGN)
    size = len(letters)
    if letters[0] == FIGURE:
        return OFTEN_FIGURES[bisect(FIGURES, size)]
    if not OTHER.match(letters):
        sort = "character" if size == 1 else "pair"
        is_known = letters in COMMON and len(thing) == size
        return OFTEN_COMMON[sort] if is_known else OFTEN_CHINESE[size + len(thing) - 2]
    if SIGN in letters:
        return OFTEN_WORDS[COMMON.issuperset(letters.split(SIGN))]
    if len(thing) < size + 2:
        return OFTEN_STRETCH[min(size, len(OFTEN_STRETCH) - 1)]
    return OFTEN_COMMON["word"] if letters in COMMON else OFTEN_WORD[min(size, 5)]
