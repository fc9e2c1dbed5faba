"""Many patterns at once: which of them may be in a text, so that only those need be looked for.

What a net does not name is not in the text; what it names may be, and is read by the pattern
itself. Chinese patterns are known by what they cannot do without (`pieces`): a machine for all of
them would be rebuilt with each sentence it has not seen. The others are such a machine.
"""

import re
from collections.abc import Sequence
from typing import Final

import re2

from evenhand.outbound.contact.guard.pieces import Clause, ways, worth

LOOKS: Final = re.compile(r"\(\?(?:!|<=|=|<!)[^()]*(?:\([^()]*\)[^()]*)*\)")
"""What is looked ahead or behind for; the machine knows no such thing."""
CHINESE: Final = re.compile("[\u3400-\u9fff]")
MEMORY: Final = 64 << 20
"""Bytes a machine may take; with less it forgets what it has built."""

Row = tuple[int, tuple[Clause, ...]]
"""A pattern's bit, and what else a text must have for it."""


class Net:
    """Patterns as bits, the first the lowest, under the things of which they need one."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._first: dict[str, int] = {}
        self._more: dict[str, list[Row]] = {}
        self._bits: list[int] = []
        options = re2.Options()
        options.max_mem = MEMORY
        self._machine = re2.Set.SearchSet(options)
        for at, pattern in enumerate(patterns):
            if CHINESE.search(pattern):
                for way in ways(pattern):
                    self._put(way.written, way.clauses, 1 << at)
            else:
                self._put(pattern, (), 1 << at)
        self._machine.Compile()
        self._things = frozenset(self._first)

    def _put(self, written: str, clauses: Sequence[Clause], bit: int) -> None:
        if not clauses:
            self._machine.Add(LOOKS.sub("", written))
            self._bits.append(bit)
            return
        best, *others = sorted(clauses, key=worth)
        for thing in best:
            self._first.setdefault(thing, 0)
            if others:
                self._more.setdefault(thing, []).append((bit, tuple(others)))
            else:
                self._first[thing] |= bit

    def may(self, text: str, found: set[str]) -> int:
        """The patterns that may be in a text, as bits; `found` are its things."""
        there = 0
        for at in self._machine.Match(text) or ():
            there |= self._bits[at]
        for thing in found & self._things:
            there |= self._first[thing]
            for bit, clauses in self._more.get(thing, ()):
                if there & bit:
                    continue
                for clause in clauses:
                    if clause.isdisjoint(found):
                        break
                else:
                    there |= bit
        return there
