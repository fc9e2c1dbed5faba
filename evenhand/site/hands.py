"""Two hands for a big day: a part is the unit of parallel work, here for two threads of a process.

While PostgreSQL works for one hand, Python works for the other. In production each part is a job.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, TypeVar

from django.db import connections

from evenhand.ledger.parts import PARTS

ALL: Final = range(PARTS)
LEFT: Final = range(0, PARTS, 2)
RIGHT: Final = range(1, PARTS, 2)
MANY: Final = 1_000
"""Borrowers from which on two hands are quicker than one: each works by statements of its own."""

Done = TypeVar("Done")


class Hands:
    """This thread, and another that is started when there is first enough to do."""

    def __init__(self, many: int = MANY) -> None:
        self.many = many
        self._other: ThreadPoolExecutor | None = None

    def work(self, count: int, some: Callable[[Sequence[int]], Done]) -> list[Done]:
        """Do `some` for all parts; where it is for many borrowers (`count`), by halves at once."""
        if count < self.many:
            return [some(ALL)]
        if self._other is None:
            self._other = ThreadPoolExecutor(1, thread_name_prefix="other hand")
        right = self._other.submit(some, RIGHT)
        return [some(LEFT), right.result()]

    def rest(self) -> None:
        """Wait for the other hand; it lets go of its connection."""
        if self._other is not None:
            self._other.submit(connections.close_all).result()
            self._other.shutdown()
            self._other = None
