"""Month-to-month matrices of months late, twice: from our positions and straight from the file.

The second half of this page reads the CSV by itself and shares nothing with the replay: no
reading code, no columns, no rule written elsewhere. Equal matrices then mean something.
"""

import csv
import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

SIZE = 7  # months late 0 … 6


class Differing(NamedTuple):
    """The first cell that differs: month 1 … 6, months late before and after, both counts."""

    month: int
    before: int
    after: int
    ours: int
    the_file: int


def from_positions(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Counts[l_(t-1), l_t] from two columns of due instalments unpaid."""
    counts = np.zeros((SIZE, SIZE), np.int64)
    np.add.at(counts, (before, after), 1)
    return counts


def from_file(path: Path, people: int | None = None) -> list[list[list[int]]]:
    """Six matrices counted line by line from the CSV alone."""
    matrices = [[[0] * SIZE for _ in range(SIZE)] for _ in range(6)]
    opening = gzip.open if str(path).endswith(".gz") else open
    with opening(path, "rt") as lines:
        for count, line in enumerate(csv.DictReader(lines)):
            if people is not None and count == people:
                break
            was = 0
            for month, name in enumerate(["PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0"]):
                said = int(line[name])
                is_now = 0 if said < 0 else said
                if is_now > was + 1:
                    is_now = was + 1
                matrices[month][was][is_now] += 1
                was = is_now
    return matrices


def first_difference(
    ours: Sequence[np.ndarray], the_file: Sequence[Sequence[Sequence[int]]]
) -> Differing | None:
    """The first cell in which the matrices differ, or None."""
    for month, (mine, theirs) in enumerate(zip(ours, the_file, strict=True), start=1):
        unequal = np.argwhere(mine != np.array(theirs))
        if len(unequal):
            before, after = (int(index) for index in unequal[0])
            return Differing(
                month, before, after, int(mine[before, after]), int(theirs[before][after])
            )
    return None
