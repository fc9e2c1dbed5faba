"""What a Chinese pattern cannot do without: characters and pairs of which its text has some.

A pattern is read as a tree is, once, as the lexicon loads. Of each of its alternatives stay
`clauses`: sets of things (`things`), of each of which a text must have one before the alternative
can be in it. Gaps, what is looked ahead or behind for, and repetition say nothing.
"""

import re
from collections.abc import Iterable, Iterator
from operator import add
from typing import Final, NamedTuple

Clause = frozenset[str]
"""Things of which a text must have one."""

OTHER: Final = re.compile("[^\u3400-\u9fff]+")
SIGN: Final = "|"
"""What stands for whatever is no Chinese character, however long."""
MOST: Final = 600
"""Wordings of one piece, beyond which it is parted in two."""
TIMES: Final = re.compile(r"(?:[?*+]|\{(\d+)(?:,\d*)?\})\??")
SORTS: Final = re.compile(r"\?(?:[:=!]|<[=!])")
"""Groups a net can read; another could say what it does not know of, and so let words pass."""
WIDE: Final = frozenset("WwDS")
"""Classes that may be a Chinese character."""
NARROW: Final = frozenset("dsn")
ALONE: Final = frozenset({""})


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


class Part(NamedTuple):
    """A part of a pattern: every wording it may have, or, where they are too many or anything, what
    a text must have of it."""

    wordings: frozenset[str] | None
    clauses: tuple[Clause, ...] = ()

    def needs(self) -> tuple[Clause, ...]:
        """What a text must have; nothing where that is not known."""
        return self.clauses if self.wordings is None else _clause(self.wordings)


GAP: Final = Part(None)


class Way(NamedTuple):
    """One alternative of a pattern: as it is written, and what a text must have for it."""

    written: str
    clauses: tuple[Clause, ...]


def ways(pattern: str) -> list[Way]:
    """The alternatives of a pattern.

    >>> [sorted(map(sorted, each.clauses)) for each in ways("拉黑.{0,4}(你|您)|sb")]
    [[['你', '您'], ['拉黑']], []]
    """
    reader = _Reader(pattern)
    found = []
    while reader.at <= len(pattern):
        first = reader.at
        part = reader.sequence()
        found.append(Way(pattern[first : reader.at], part.needs()))
        reader.at += 1
    return found


class _Reader:
    """Reads a pattern from its first letter to its last."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.at = pattern, 0

    def alternatives(self) -> Part:
        """Up to the bracket that closes them."""
        parts = [self.sequence()]
        while self._is_next("|"):
            self.at += 1
            parts.append(self.sequence())
        known = [each.wordings for each in parts if each.wordings is not None]
        if len(known) == len(parts) and sum(map(len, known)) <= MOST:
            return Part(frozenset().union(*known))
        needs = [each.needs() for each in parts]
        best = [min(each, key=worth) for each in needs if each]
        return Part(None, (frozenset().union(*best),)) if len(best) == len(parts) else GAP

    def sequence(self) -> Part:
        """Up to the next alternative, or the bracket that closes it."""
        run: frozenset[str] = ALONE
        clauses: list[Clause] = []
        is_whole = True
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            part = self._repeated(self._item())
            if part.wordings is not None and len(run) * len(part.wordings) <= MOST:
                run = frozenset(a + b for a in run for b in part.wordings)
                continue
            clauses += _clause(run)
            clauses += part.clauses
            run, is_whole = part.wordings or ALONE, False
        return Part(run) if is_whole else Part(None, (*clauses, *_clause(run)))

    def _item(self) -> Part:
        letter = self._taken()
        if letter == "(":
            return self._group()
        if letter == "[":
            return self._class()
        if letter == "\\":
            named = self._taken()
            if named in WIDE:
                return GAP
            return Part(ALONE if named == "b" else frozenset({_escaped(named)}))
        if letter in "^$":
            return Part(ALONE)
        return GAP if letter == "." else Part(frozenset({_sign(letter)}))

    def _group(self) -> Part:
        looks = False
        if self._is_next("?"):
            sort = SORTS.match(self.pattern, self.at)
            if sort is None:
                raise ValueError(f"{self.pattern[self.at - 1 :]}: no group a net can read")
            looks = sort[0] != "?:"
            self.at = sort.end()
        part = self.alternatives()
        self.at += 1
        return Part(ALONE) if looks else part

    def _class(self) -> Part:
        known, wide = set(), self._is_next("^")
        while not self._is_next("]"):
            letter = self._taken()
            if letter == "\\":
                named = self._taken()
                if named in WIDE:
                    wide = True
                else:
                    known.add(_escaped(named))
            elif letter == "-" and known and not self._is_next("]"):
                last = self._taken()
                wide |= last > "\u3400"
            else:
                known.add(_sign(letter))
        self.at += 1
        return GAP if wide else Part(frozenset(known))

    def _repeated(self, part: Part) -> Part:
        found = TIMES.match(self.pattern, self.at)
        if not found:
            return part
        self.at = found.end()
        if found[0][0] == "?":
            once = None if part.wordings is None else part.wordings | ALONE
            return Part(once)
        is_sure = found[0][0] == "+" or int(found[1] or 0) > 0
        return Part(None, part.needs()) if is_sure else GAP

    def _taken(self) -> str:
        self.at += 1
        return self.pattern[self.at - 1]

    def _is_next(self, letter: str) -> bool:
        return self.pattern.startswith(letter, self.at)


def _escaped(letter: str) -> str:
    """What stands for an escaped letter; ValueError where that is more than a letter or NARROW."""
    if letter.isalnum() and letter not in NARROW:
        raise ValueError(f"\\{letter}: no escape a net can read")
    return SIGN


def _sign(letter: str) -> str:
    return SIGN if OTHER.match(letter) else letter


def _clause(wordings: Iterable[str]) -> tuple[Clause, ...]:
    """One thing of each wording; no clause where one of them has none."""
    found = {_thing(each) for each in wordings}
    return () if None in found else (frozenset(each for each in found if each),)


def _thing(wording: str) -> str | None:
    """The best thing a wording has: two characters, else one with a sign, else a character."""
    line = OTHER.sub(SIGN, wording)
    return max(_in(line), key=lambda each: (len(each), SIGN not in each), default=None)


def _in(line: str) -> Iterator[str]:
    yield from (line[at : at + 2] for at in range(len(line) - 1))
    yield from (each for each in line if each != SIGN)


def worth(clause: Clause) -> tuple[int, int]:
    """What is asked first: pairs before characters, few before many."""
    return sum(len(each) == 1 for each in clause), len(clause)
