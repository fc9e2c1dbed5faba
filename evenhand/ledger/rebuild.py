"""Every projection made again from the facts, compared with what stood, and what stood put right.

A position is made again for the day it stood on. look_on is dayclose's: a missing day is given (the
day of the last fact, so that the borrower is looked at next), one that stands is kept.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db import transaction

from evenhand.core.columns import Ints
from evenhand.ledger import (
    columns,
    contacts,
    kinds,
    loans,
    looks,
    projections,
    standing,
    states,
)
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.parts import PARTS, table_of
from evenhand.ledger.queries import query, query_for, table_for
from evenhand.ledger.streams import streams

BATCH: Final = 1_000

Key = tuple[int, ...]


class Table(NamedTuple):
    """A projection: its fields, its key, and the fields that are not compared."""

    fields: Fields
    key: tuple[str, ...]
    beside: tuple[str, ...] = ()


TABLES: Final = {
    "ledger_terms": Table(loans.TERMS, ("borrower", "loan")),
    "ledger_instalment": Table(loans.INSTALMENT, ("borrower", "loan", "n")),
    "ledger_contact": Table(contacts.CONTACT, ("borrower", "seq")),
    "ledger_progress": Table(contacts.PROGRESS, ("borrower", "loan")),
    "ledger_state": Table(states.STATE, ("borrower", "seq")),
    # A position stays true when facts that are not about money follow: its seq may be an older one.
    "ledger_position": Table(standing.POSITION, ("borrower", "loan"), ("seq",)),
    "ledger_look_on": Table(looks.LOOK_ON, ("borrower",)),
}


class Difference(NamedTuple):
    """A row that stood otherwise than the facts say. `how`: missing, extra or changed."""

    table: str
    key: Key
    how: str


def rebuild() -> Iterator[tuple[int, list[Difference]]]:
    """(borrowers, differences) of each batch made again; loans looked up wrongly come last."""
    for part in range(PARTS):
        yield from rebuild_part(part)
    with transaction.atomic():
        strays = columns.rows(query("stray_loans"))
    yield 0, [Difference("ledger_loan", row, "extra") for row in strays]


def rebuild_part(part: int) -> Iterator[tuple[int, list[Difference]]]:
    """(borrowers, differences) of each batch of a part, each in a transaction of its own."""
    names = {name.removeprefix("ledger_"): table_of(name, part) for name in TABLES}
    statement = query("projected_borrowers").format(stream=table_of("ledger_stream", part), **names)
    everyone = np.array([row[0] for row in columns.rows(statement)], dtype=np.int64)
    for start in range(0, len(everyone), BATCH):
        batch = everyone[start : start + BATCH]
        with transaction.atomic():
            differences = _again(batch)
        yield len(batch), differences


def _again(borrowers: Ints) -> list[Difference]:
    columns.run(query_for("hold_streams", borrowers), {"borrowers": Array(borrowers)})
    stood = {name: rows_of(name, borrowers) for name in TABLES}
    looked_up = _looked_up(borrowers)
    for name in TABLES:
        statement = query("clear").format(table=table_for(name, borrowers))
        columns.run(statement, {"borrowers": Array(borrowers)})
    columns.run(query("clear_loans"), {"borrowers": Array(borrowers)})
    _project(borrowers, stood["ledger_position"], stood["ledger_look_on"])
    differences = [
        difference
        for name, table in TABLES.items()
        for difference in differences_of(name, table, stood[name], rows_of(name, borrowers))
    ]
    key = Table(loans.LOAN, ("loan",))
    return differences + differences_of("ledger_loan", key, looked_up, _looked_up(borrowers))


def _project(borrowers: Ints, positions: Records, look_on: Records) -> None:
    """As the facts say, but positions as of the day they stood on, and look_on where it stood."""
    by_kind = projections.by_kind(streams(borrowers))
    projections.project_agreed(by_kind)
    days = kinds.touched(by_kind, "money")
    days |= dict(zip(positions["borrower"].tolist(), positions["stood_on"].tolist(), strict=True))
    some = np.array(sorted(days), dtype=np.int64)
    standing.restand(some, np.array([days[b] for b in some.tolist()], dtype=np.int64))
    looked = dict(zip(look_on["borrower"].tolist(), look_on["look_on"].tolist(), strict=True))
    missing = kinds.touched(by_kind, "money", "step")
    lines = [(b, looked.get(b, day)) for b, day in sorted(missing.items())]
    columns.put("ledger_look_on", columns.records(lines, looks.LOOK_ON), looks.LOOK_ON)


def rows_of(name: str, borrowers: npt.ArrayLike) -> Records:
    """The rows of a projection for these borrowers, in the order of its key."""
    table = TABLES[name]
    statement = query("some_rows").format(
        fields=", ".join(f"r.{field}" for field in table.fields),
        table=table_for(name, borrowers),
        key=", ".join(f"r.{field}" for field in table.key),
    )
    return columns.columns(statement, {"borrowers": Array(borrowers)}, table.fields)


def _looked_up(borrowers: Ints) -> Records:
    return columns.columns(query("looked_up"), {"borrowers": Array(borrowers)}, loans.LOAN)


def differences_of(name: str, table: Table, before: Records, after: Records) -> list[Difference]:
    """What stood otherwise before than after, by key; rows in the order of the key."""
    compared = [field for field in table.fields if field not in table.beside]
    if np.array_equal(before[compared], after[compared]):
        return []
    old, new = (_by_key(rows, table.key, compared) for rows in (before, after))
    return [
        Difference(
            name, key, "missing" if key not in old else "extra" if key not in new else "changed"
        )
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _by_key(rows: Records, key: tuple[str, ...], compared: list[str]) -> dict[Key, Key]:
    keys = zip(*(rows[field].tolist() for field in key), strict=True)
    return dict(zip(keys, rows[compared].tolist(), strict=True))
