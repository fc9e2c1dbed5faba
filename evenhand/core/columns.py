"""The column types every module of this room speaks, and the one error it raises about its input.

A column is a numpy array: one entry a row (1-D) or one a row and instalment number (2-D, padded).
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.int64]
Bools: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.float64]


class KeyedError(ValueError):
    """Input that is not computed here: `key` names the column, `row` the first bad row, `rows` all
    that are bad for this reason.

    >>> str(KeyedError("annual_rate", 3, "above 1000 %"))
    'annual_rate: above 1000 % (row 3)'
    """

    def __init__(self, key: str, rows: int | Ints, reason: str) -> None:
        self.key = key
        self.rows = np.atleast_1d(rows)
        self.row = int(self.rows[0])
        self.reason = reason
        super().__init__(f"{key}: {reason} (row {self.row})")


def with_rows(old: Ints | None, rows: Ints, new: Ints | None, loans: int, padding: int) -> Ints:
    """A column [loans, ...] with other entries at `rows`, as wide as the wider of the two; what is
    nowhere said is `padding`.

    >>> with_rows(np.array([[1], [2]]), np.array([1]), np.array([[3, 4]]), 2, 0).tolist()
    [[1, 0], [3, 4]]
    """
    widths = [part.shape[1:] for part in (old, new) if part is not None]
    dtype = np.bool_ if new is not None and new.dtype == np.bool_ else np.int64
    made = np.full((loans, *map(max, *widths, widths[0])), padding, dtype=dtype)
    for place, part in ((slice(None), old), (rows, new)):
        if part is not None:
            made[place] = padding
            made[(place, *map(slice, part.shape[1:]))] = part
    return made


def require(holds: Bools, key: str, reason: str) -> None:
    """Raise KeyedError naming `key` and the rows where `holds` is false (2-D: any of the row).

    >>> require(np.array([True, True]), "principal", "below zero")
    """
    if holds.all():
        return
    raise KeyedError(key, np.flatnonzero(~holds.reshape(len(holds), -1).all(axis=1)), reason)


def require_of(owner: Ints, holds: Bools, key: str, reason: str) -> None:
    """`require` of entries that belong to rows: the rows named are the owners of the bad ones.

    >>> require_of(np.array([7, 7]), np.array([True, False]), "fees", "of nothing")
    Traceback (most recent call last):
    evenhand.core.columns.KeyedError: fees: of nothing (row 7)
    """
    if not holds.all():
        raise KeyedError(key, owner[~holds], reason)
