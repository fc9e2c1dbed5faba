"""What benchmarks stand on: a database of their own, CPU seconds, medians with their spread."""

import os
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from typing import NamedTuple

from dev.testbases import ENVIRONMENT, Bases

TICKS = os.sysconf("SC_CLK_TCK")
RUNS = 5


class Spent(NamedTuple):
    """CPU seconds of this process and of its PostgreSQL backend."""

    python: float
    postgres: float

    @property
    def both(self) -> float:
        return self.python + self.postgres


@contextmanager
def own_database() -> Iterator[str]:
    """The URL of a migrated, empty database on the server DATABASE_URL names; dropped behind.

    The environment names it while it is there, for this process and its children.
    """
    bases = Bases(os.environ["DATABASE_URL"], worker="bench")
    bases.template()
    bases.clone(bases.own)
    os.environ.update(ENVIRONMENT)
    os.environ["DATABASE_URL"] = bases.url(bases.own)
    os.environ["DJANGO_SETTINGS_MODULE"] = "evenhand.site.settings"
    try:
        yield bases.url(bases.own)
    finally:
        bases.drop(bases.own)


@contextmanager
def house() -> Iterator[None]:
    """The house set up on a database of its own."""
    with own_database():
        import django

        django.setup()
        from django.db import connection

        try:
            yield
        finally:
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]


def spent(work: Callable[[], object]) -> Spent:
    """What a piece of work cost; without a database open, this process alone counts."""
    before, database = process_time(), _backend_seconds()
    work()
    return Spent(process_time() - before, _backend_seconds() - database)


def said(name: str, values: Sequence[float], unit: str = "") -> str:
    """A line: the median of several runs, and from which to which they went."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{name:52} {_short(middle):>10} {unit:24} ({_short(low)} to {_short(high)})"


def _backend_seconds() -> float:
    """CPU seconds of this thread's PostgreSQL backend so far; 0 where it is not on this machine."""
    from django.db import connection

    if connection.connection is None:
        return 0.0
    process = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    if not process.exists():
        return 0.0
    user, system = process.read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / TICKS


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
