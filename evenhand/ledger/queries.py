"""The room's SQL, by name: in `sql/`, each statement under a line `-- name: its_name`."""

import re
from functools import cache
from pathlib import Path

import numpy.typing as npt

from evenhand.ledger.parts import on_part, one_part, table_of

_FOLDER = Path(__file__).parent / "sql"
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)


def query(name: str) -> str:
    """The statement of that name, without a closing semicolon. KeyError where there is none."""
    return _all()[name]


def query_for(name: str, borrowers: npt.ArrayLike) -> str:
    """The statement for these borrowers: on their part's own tables where all lie in one part.

    Whoever works part by part, or on one borrower, then plans and reads one part, not thirty-two.
    """
    return on_part(query(name), borrowers)


def table_for(table: str, borrowers: npt.ArrayLike) -> str:
    """A partitioned table, or its part where all of these borrowers lie in one."""
    part = one_part(borrowers)
    return table if part is None else table_of(table, part)


@cache
def _all() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("*.sql")):
        _, *parts = _NAME.split(path.read_text())
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            assert name not in found, f"two statements are called {name}"
            found[name] = text.strip().rstrip(";")
    return found
