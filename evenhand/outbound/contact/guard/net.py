"""Many patterns at once: which of them may be in a text, so that only those need be looked for.

What a net does not name is not in the text; what it names may be, and is read by the pattern
itself. A pattern is known by what it cannot do without (`pieces`). No machine is built for all of
them: it would be built on with each sentence it has not seen.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import chain
from operator import or_
from typing import Final

from evenhand.outbound.contact.guard.rarest import Clause, worth
from evenhand.outbound.contact.guard.things import FIGURE, SIGN, Found

LEVELS: Final = 5
"""Clauses of a row that are asked, the best of them."""
WORDS: Final = 16_384
"""Words of which it is remembered what they are good for."""
LONGEST: Final = 32
"""Letters of a word that is remembered."""


class Net:
    """Rows of clauses, as bits, the first the lowest; a row may be in a text that has a thing of
    each of its clauses.

    A thing has a number with a bit for every clause it is in, the clauses of all rows level by
    level: what a text has is one number then, and a row may be there where it is on every level.
    """

    def __init__(self, rows: Iterable[Iterable[Clause]]) -> None:
        known = [sorted(row, key=worth)[:LEVELS] for row in rows]
        self.size = size = len(known)
        self._levels = max([1, *map(len, known)])
        self._always = 0
        self._bits: dict[str, int] = {}
        for level in range(self._levels):
            for at, row in enumerate(known):
                bit = 1 << (size * level + at)
                self._always |= 0 if level < len(row) else bit
                for thing in row[level] if level < len(row) else ():
                    self._bits[thing] = self._bits.get(thing, 0) | bit
        self._chinese = frozenset(each for each in self._bits if not each.isascii())
        self._pairs = frozenset(each for each in self._bits if SIGN in each.strip(SIGN))
        self._stretches: dict[str, list[str]] = {}
        for thing in filter(_is_stretch, self._bits):
            self._stretches.setdefault(thing[:2], []).append(thing)
        self._figures = sorted(each for each in self._bits if each[0] == FIGURE)
        self._of_word = _Words(self)

    def may(self, found: Found) -> list[int]:
        """The rows that may be in a text that has these things, in their order."""
        has = self._always
        bits_of = self._bits.__getitem__
        for some in found.chinese if self._chinese else ():
            has = reduce(or_, map(bits_of, some & self._chinese), has)
        has = reduce(or_, map(bits_of, found.pairs & self._pairs), has)
        has = reduce(or_, map(self._of_word.__getitem__, found.words), has)
        for thing in self._figures if found.figures else ():
            if len(thing) <= found.figures:
                has |= bits_of(thing)
        there = has & ((1 << self.size) - 1)
        for level in range(1, self._levels):
            there &= has >> (self.size * level)
        return [*_bits(there)]

    def of_word(self, word: str) -> int:
        """What a word is good for, by the stretches of it that are asked for."""
        line, has = f"{SIGN}{word}{SIGN}", 0
        for at in range(len(line)):
            begin = chain(*(self._stretches.get(line[at : at + size], ()) for size in (1, 2)))
            for thing in begin:
                if line.startswith(thing, at):
                    has |= self._bits[thing]
        return has


class _Words(dict[str, int]):
    """What words are good for; so many of them are remembered."""

    def __init__(self, net: Net) -> None:
        self.net = net

    def __missing__(self, word: str) -> int:
        has = self.net.of_word(word)
        if len(self) < WORDS and len(word) <= LONGEST:
            self[word] = has
        return has


def _is_stretch(thing: str) -> bool:
    return "a" <= thing.strip(SIGN)[0] <= "z" and SIGN not in thing.strip(SIGN)


def _bits(there: int) -> Iterator[int]:
    while there:
        lowest = there & -there
        yield lowest.bit_length() - 1
        there ^= lowest
