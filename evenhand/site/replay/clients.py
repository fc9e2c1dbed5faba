"""The file of real clients, read into columns.

Source: "Default of Credit Card Clients" (Yeh, UCI), a CSV (plain or gzip) with a header; of its
columns only ID, LIMIT_BAL and PAY_6 … PAY_0 (April to September) are used. Age, sex, schooling
and marriage are not read: they have no place in a book of loans.
"""

import csv
import gzip
import io
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

import numpy as np

# The file's own names, from the oldest month (April) to the newest (September).
PAY_COLUMNS = ("PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0")
MONTHS = len(PAY_COLUMNS)


class BadFile(Exception):
    """The file is not what the replay reads; the message names line and column."""


class Clients(NamedTuple):
    """One row a client: `number` (the file's ID), `principal_minor`, `pay[C, 6]` April first."""

    number: np.ndarray
    principal_minor: np.ndarray
    pay: np.ndarray


def read_clients(path: Path, people: int | None = None) -> Clients:
    """The first `people` clients of the file (all when None); raises `BadFile`."""
    try:
        rows = list(csv.DictReader(io.StringIO(_text(path))))[:people]
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as reason:
        raise BadFile(f"{path}: cannot be read ({reason})") from reason
    needed = ("ID", "LIMIT_BAL", *PAY_COLUMNS)
    missing = [name for name in needed if not rows or name not in rows[0]]
    if missing:
        raise BadFile(f"{path}: no column {missing[0]}")
    read = [_client(path, line, row) for line, row in enumerate(rows, start=2)]
    columns = np.array(read, dtype=np.int64)
    if len(np.unique(columns[:, 0])) < len(columns):
        raise BadFile(f"{path}: a client's ID stands twice")
    return Clients(columns[:, 0], columns[:, 1], columns[:, 2:])


def _text(path: Path) -> str:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    return content.decode("utf-8-sig")


def _client(path: Path, line: int, row: Mapping[str, str | None]) -> list[int]:
    """[ID, principal in minor units, PAY_6 … PAY_0] of one line."""
    column = "ID"
    try:
        number = int(row[column] or "")
        column = "LIMIT_BAL"
        minor = Decimal(row[column] or "") * 100
        if minor != minor.to_integral_value() or minor <= 0:
            raise ValueError
        values = [number, int(minor)]
        for column in PAY_COLUMNS:
            values.append(int(row[column] or ""))
    except (ValueError, InvalidOperation) as reason:
        raise BadFile(f"{path}: line {line}, column {column}: not a number we can use") from reason
    return values
