"""look_on: the next day on which something changes for a borrower. Dayclose reads only those due.

A fact about money or about what a person may be told pulls the day to the house day of learning it;
only dayclose, having looked, sets it later.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints
from evenhand.ledger import columns, kinds
from evenhand.ledger.columns import Array, Fields
from evenhand.ledger.facts import Fact
from evenhand.ledger.parts import table_of
from evenhand.ledger.queries import query, query_for

LOOK_ON: Final[Fields] = {"borrower": "bigint", "look_on": "date"}
DUE: Final[Fields] = {"borrower": "bigint"}


def due_borrowers(part: int, on: int) -> Ints:
    """The borrowers of a part who are to be looked at on day `on`, in order."""
    return _column("due_borrowers", part, {"on": on})


def everybody_due(on: int) -> Ints:
    """The borrowers of all parts who are to be looked at on day `on`, in order."""
    found = columns.columns(query("everybody_due"), {"on": on}, DUE)
    return np.ascontiguousarray(found["borrower"])


def borrowers_with_loans(part: int) -> Ints:
    """Every borrower of a part who was ever to be looked at, in order."""
    return _column("lookable_borrowers", part, {})


def look_on(borrowers: npt.ArrayLike) -> columns.Records:
    """(borrower, look_on) of those who have a day, by borrower."""
    return columns.columns(
        query_for("look_on", borrowers), {"borrowers": Array(borrowers)}, LOOK_ON
    )


def set_look_on(borrowers: npt.ArrayLike, days: npt.ArrayLike, seqs: npt.ArrayLike) -> Ints:
    """Set the day of those who still stand at the seq they were judged at; returns those.

    Who has moved on keeps the day the newer fact gave him. At most 5,000 in a transaction.
    """
    params = {
        "borrowers": Array(borrowers),
        "days": Array(days, "date"),
        "seqs": Array(seqs, "integer"),
    }
    found = columns.rows(query_for("set_look_on", borrowers), params)
    return np.array([row[0] for row in found], dtype=np.int64)


def pull(borrowers: npt.ArrayLike, days: npt.ArrayLike) -> None:
    """Have these borrowers looked at on these days, or on the earlier ones they already have."""
    params = {"borrowers": Array(borrowers), "days": Array(days, "date")}
    columns.run(query_for("pull_look_on", borrowers), params)


def project(by_kind: Mapping[str, Sequence[Fact]]) -> None:
    """Pull the day of whoever these facts change something for."""
    days = kinds.touched(by_kind, "money", "step")
    if days:
        borrowers = sorted(days)
        pull(borrowers, [days[borrower] for borrower in borrowers])


def _column(name: str, part: int, params: Mapping[str, int]) -> Ints:
    statement = query(name).format(look_on=table_of("ledger_look_on", part))
    found = columns.columns(statement, params, DUE)
    return np.ascontiguousarray(found["borrower"])
