"""The room's SQL, by name: in `sql/`, each statement under a line `-- name: its_name`."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evenhand.ledger.parts import part_of, parts_of, table_of

_FOLDER = Path(__file__).parent / "sql"
_NAME = re.compile(r"^-- name: (\w+)\n", re.MULTILINE)
_PARTED = re.compile(
    r"\bledger_(?:stream|fact|terms|instalment|position|look_on|contact|progress|state)\b"
)


def query(name: str) -> str:
    """The statement of that name, without a closing semicolon. KeyError where there is none."""
    return _all()[name]


def query_for(name: str, borrowers: npt.ArrayLike) -> str:
    """The statement for these borrowers: on their part's own tables where all lie in one part.

    Whoever works part by part, or on one borrower, then plans and reads one part, not thirty-two.
    """
    return on_part(query(name), borrowers)


def on_part(statement: str, borrowers: npt.ArrayLike) -> str:
    """Another room's statement over this room's tables, the same way."""
    part = _one_part(borrowers)
    return statement if part is None else _on_part(statement, part)


def table_for(table: str, borrowers: npt.ArrayLike) -> str:
    """A partitioned table, or its part where all of these borrowers lie in one."""
    part = _one_part(borrowers)
    return table if part is None else table_of(table, part)


def _one_part(borrowers: npt.ArrayLike) -> int | None:
    """The part all of these borrowers lie in (nobody lies in any); None where in several."""
    wanted = np.asarray(borrowers, dtype=np.int64)
    if not len(wanted):
        return 0
    part = part_of(int(wanted[0]))
    # The last one first: of many in several parts it tells most often, and costs nothing.
    if part_of(int(wanted[-1])) != part or (len(wanted) > 2 and (parts_of(wanted) != part).any()):
        return None
    return part


@cache
def _on_part(statement: str, part: int) -> str:
    return _PARTED.sub(lambda table: table_of(table[0], part), statement)


@cache
def _all() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob("*.sql")):
        _, *parts = _NAME.split(path.read_text())
        for name, text in zip(parts[::2], parts[1::2], strict=True):
            assert name not in found, f"two statements are called {name}"
            found[name] = text.strip().rstrip(";")
    return found
