"""Contacts as the gate counts them, and how far each loan has come on the ladder.

A contact is one row from its intention on: waiting, leaving, sent (or unknown, which counts as
sent). What was withdrawn, refused at sending or failed reached nobody and does not count. What came
of a call is not known before its `contact.sent` says so, and counts as every outcome until then.

An intention takes the rungs of the ladder it names. One that failed where another try may end
otherwise (`again`) gives them back, unless a later intention has taken them since: each becomes the
one below, which is to the ladder as if it were not taken, with those under it passed over.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.contact_fold import (
    CONTACT,
    COUNTED_UP_TO,
    STAGES,
    ByKind,
    Row,
    fold,
    grouped,
    records_of,
)
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.queries import query_for

__all__ = [
    "CONTACT",
    "PROGRESS",
    "STAGES",
    "contact_history",
    "contacts",
    "contacts_by",
    "progress",
    "progress_by",
    "project",
]

PROGRESS: Final[Fields] = {
    "borrower": "bigint",
    "loan": "bigint",
    "rung": "integer",
    "since": "date",
    "seq": "integer",
}
RELEASE: Final[Fields] = {"borrower": "bigint", "leaving": "integer"}
CHANGE: Final[Fields] = {
    "borrower": "bigint",
    "cause": "integer",
    "stage": "smallint",
    "leaving": "integer",
    "at": "timestamptz",
    "outcome": "smallint",
}


def contact_history(borrowers: npt.ArrayLike, since: int) -> Records:
    """The contacts that count (`CONTACT`) from a moment (microseconds UTC) on, by borrower and seq.

    A waiting one is at the moment it is due, one that left at the moment it left.
    """
    params = {"borrowers": Array(borrowers), "since": since, "stage": COUNTED_UP_TO}
    return columns.columns(query_for("contact_history", borrowers), params, CONTACT)


def contacts(borrowers: npt.ArrayLike) -> Records:
    """Every contact of these borrowers, whether it counts or not, by borrower and seq."""
    params = {"borrowers": Array(borrowers)}
    return columns.columns(query_for("contacts", borrowers), params, CONTACT)


def progress(borrowers: npt.ArrayLike) -> Records:
    """The last rung taken by each loan (`PROGRESS`), by borrower and loan."""
    return columns.columns(
        query_for("progress", borrowers), {"borrowers": Array(borrowers)}, PROGRESS
    )


def contacts_by(facts: Iterable[Fact]) -> Records:
    """The contacts that count, from facts alone: of what was known once, say."""
    folded = fold(grouped(facts))
    assert not (folded.leaving or folded.answers or folded.ends), "facts begin in mid-stream"
    rows = records_of([folded.begun[key] for key in sorted(folded.begun)], CONTACT)
    return rows[rows["stage"] <= COUNTED_UP_TO]


def progress_by(facts: Iterable[Fact]) -> Records:
    """The last rung taken by each loan from facts alone, by borrower and loan."""
    by_kind = grouped(facts)
    taken = _rungs(by_kind.get("contact.intended", ()))
    cause = {fact[:2]: fact.cause for fact in by_kind.get("contact.leaving", ())}
    given_back = {(borrower, cause[borrower, left]) for borrower, left in _to_try_again(by_kind)}
    rows = columns.records([taken[key] for key in sorted(taken)], PROGRESS)
    intentions = zip(rows["borrower"].tolist(), rows["seq"].tolist(), strict=True)
    rows["rung"] -= np.array([place in given_back for place in intentions], dtype=np.int32)
    return rows


def project(by_kind: ByKind) -> None:
    """Begin, move and end contacts; ValueError where a cause is no contact at that stage."""
    folded = fold(by_kind)
    if folded.begun:
        columns.put("ledger_contact", records_of(folded.begun.values(), CONTACT), CONTACT)
    _move("leave_contacts", folded.leaving)
    _move("answer_contacts", folded.answers)
    _move("end_contacts", folded.ends)
    taken = _rungs(by_kind.get("contact.intended", ()))
    if taken:
        rows = columns.records(list(taken.values()), PROGRESS)
        columns.upsert("ledger_progress", rows, PROGRESS, "borrower, loan")
    if given_back := _to_try_again(by_kind):
        failed = columns.records(given_back, RELEASE)
        columns.run(query_for("release_rungs", failed["borrower"]), columns.arrays(failed, RELEASE))


def _move(name: str, changes: Sequence[Row]) -> None:
    if changes:
        rows = records_of(changes, CHANGE)
        params = columns.arrays(rows, CHANGE)
        if columns.run(query_for(name, rows["borrower"]), params) != len(changes):
            raise ValueError(f"{name}: a cause is no contact at the stage before")


def _rungs(intended: Sequence[Fact]) -> dict[tuple[int, int], tuple[Any, ...]]:
    """The last rung taken (`PROGRESS`) of every loan an intention names."""
    taken: dict[tuple[int, int], tuple[Any, ...]] = {}
    for fact in sorted(intended, key=lambda fact: fact.seq):
        for named in fact.body["loans"]:
            loan, rung, since = _rung(named, fact.body)
            day = day_number(date.fromisoformat(since))
            taken[fact.borrower, loan] = (fact.borrower, loan, rung, day, fact.seq)
    return taken


def _to_try_again(by_kind: ByKind) -> list[tuple[int, int]]:
    """(borrower, leaving) of what failed where another try may end otherwise."""
    failed = by_kind.get("contact.failed", ())
    return [(fact.borrower, fact.cause) for fact in failed if fact.body.get("again")]


def _rung(named: Any, body: Mapping[str, Any]) -> tuple[int, int, str]:
    if type(named) is int:
        return named, body["step"], body["since"]
    loan, rung, since = named
    return loan, rung, since
