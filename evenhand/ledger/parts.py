"""The 32 parts: which part of its tables PostgreSQL keeps a borrower in, and so which job looks."""

import re
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

PARTS: Final = 32

_PARTED = re.compile(
    r"\bledger_(?:stream|fact|terms|instalment|position|look_on|contact|progress|state)\b"
)

_SEED: Final = 0x7A5B22367996DCFD
_COMBINE: Final = 0x49A0F4DD15E5A8E3
_START: Final = 0x9E3779B9 + 4 + 3_923_095
_LOW: Final = 0xFFFFFFFF
_WHOLE: Final = 2**64 - 1


def part_of(borrower: int) -> int:
    """The part a borrower's rows lie in: PostgreSQL's own hash partitioning (hashint8extended),
    which a dump and restore onto another server relies on too, so it does not change.

    >>> part_of(100001), part_of(-1)
    (28, 5)
    """
    whole = borrower & _WHOLE
    high = whole >> 32
    return int(_part(whole & _LOW, high if borrower >= 0 else high ^ _LOW))


def parts_of(borrowers: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """The part of each of many borrowers.

    >>> parts_of([100001, -1]).tolist()
    [28, 5]
    """
    signed = np.asarray(borrowers, dtype=np.int64)
    whole = signed.astype(np.uint64)
    high = whole >> np.uint64(32)
    folded = np.where(signed >= 0, high, high ^ np.uint64(_LOW))
    return np.asarray(_part(whole & np.uint64(_LOW), folded), dtype=np.int64)


def table_of(table: str, part: int) -> str:
    """The name of one part of a partitioned table of this room.

    >>> table_of("ledger_fact", 7)
    'ledger_fact_p07'
    """
    assert 0 <= part < PARTS, "there are 32 parts"
    return f"{table}_p{part:02d}"


def one_part(borrowers: npt.ArrayLike) -> int | None:
    """The part all of these borrowers lie in (nobody lies in any); None where in several."""
    wanted = np.asarray(borrowers, dtype=np.int64)
    if not len(wanted):
        return 0
    part = part_of(int(wanted[0]))
    # The last one first: of many in several parts it tells most often, and costs nothing.
    if part_of(int(wanted[-1])) != part or (len(wanted) > 2 and (parts_of(wanted) != part).any()):
        return None
    return part


def on_part(statement: str, borrowers: npt.ArrayLike) -> str:
    """A statement on their part's own tables where all of these borrowers lie in one."""
    part = one_part(borrowers)
    return statement if part is None else _on_part(statement, part)


def _part(low: Any, high: Any) -> Any:
    """Of two halves, integers or columns of them alike."""
    start = _START & _LOW
    a, b, c = _mixed((start + (_SEED >> 32)) & _LOW, (start + (_SEED & _LOW)) & _LOW, start)
    b, c = _finished((low ^ high) + a & _LOW, b, c)
    return ((b << 32 | c) + _COMBINE & _WHOLE) % PARTS


def _rotated(x: Any, k: int) -> Any:
    return (x << k | x >> (32 - k)) & _LOW


def _mixed(x: int, y: int, z: int) -> tuple[int, int, int]:
    for k in (4, 6, 8, 16, 19, 4):
        x = (x - z) & _LOW ^ _rotated(z, k)
        z = (z + y) & _LOW
        x, y, z = y, z, x
    return x, y, z


def _finished(x: Any, y: Any, z: Any) -> tuple[Any, Any]:
    for k in (14, 11, 25, 16, 4, 14, 24):
        z = (z ^ y) - _rotated(y, k) & _LOW
        x, y, z = y, z, x
    return x, y


@cache
def _on_part(statement: str, part: int) -> str:
    return _PARTED.sub(lambda table: table_of(table[0], part), statement)
