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
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from evenhand.core import words
from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Fields, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number
from evenhand.ledger.queries import query_for

CONTACT: Final[Fields] = {
    "borrower": "bigint",
    "seq": "integer",
    "leaving": "integer",
    "at": "timestamptz",
    "stage": "smallint",
    "channel": "smallint",
    "mode": "smallint",
    "direction": "smallint",
    "outcome": "smallint",
    "recipient": "smallint",
    "address": "bigint",
    "collector": "smallint",
    "purpose": "smallint",
    "loan": "bigint",
}
PROGRESS: Final[Fields] = {
    "borrower": "bigint",
    "loan": "bigint",
    "rung": "integer",
    "since": "date",
    "seq": "integer",
}
STAGES: Final = ("waiting", "leaving", "sent", "unknown", "failed", "withdrawn", "refused")
"""A stage's code is its place; those up to `unknown` count."""
COUNTED_UP_TO: Final = STAGES.index("unknown")

ENDS: Final = {"contact.withdrawn": "withdrawn", "contact.refused": "refused"}
ANSWERS: Final = {
    "contact.sent": "sent",
    "contact.failed": "failed",
    "contact.unknown": "unknown",
}
NEW: Final = ("contact.intended", "contact.prior")

WAITING: Final = (STAGES.index("waiting"),)
SENT: Final = words.code("sent", words.OUTCOMES)
LEFT: Final = (STAGES.index("leaving"), STAGES.index("unknown"))
"""An answer may come late: after we wrote that we do not know."""

RELEASE: Final[Fields] = {"borrower": "bigint", "leaving": "integer"}
CHANGE: Final[Fields] = {
    "borrower": "bigint",
    "cause": "integer",
    "stage": "smallint",
    "leaving": "integer",
    "at": "timestamptz",
    "outcome": "smallint",
}
BY_VOICE: Final = ("call", "voicebot", "visit")
"""Channels by which somebody may not be met: only afterwards it is known what came of it."""

Row = dict[str, Any]
Rows = dict[tuple[int, int], Row]
Stages = tuple[int, ...]
ByKind = Mapping[str, Sequence[Fact]]


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
    folded = _folded(_by_kind(facts))
    assert not (folded.leaving or folded.answers or folded.ends), "facts begin in mid-stream"
    rows = _records([folded.begun[key] for key in sorted(folded.begun)], CONTACT)
    return rows[rows["stage"] <= COUNTED_UP_TO]


def progress_by(facts: Iterable[Fact]) -> Records:
    """The last rung taken by each loan from facts alone, by borrower and loan."""
    by_kind = _by_kind(facts)
    taken = _rungs(by_kind.get("contact.intended", ()))
    cause = {fact[:2]: fact.cause for fact in by_kind.get("contact.leaving", ())}
    given_back = {(borrower, cause[borrower, left]) for borrower, left in _to_try_again(by_kind)}
    rows = columns.records([taken[key] for key in sorted(taken)], PROGRESS)
    intentions = zip(rows["borrower"].tolist(), rows["seq"].tolist(), strict=True)
    rows["rung"] -= np.array([place in given_back for place in intentions], dtype=np.int32)
    return rows


def project(by_kind: ByKind) -> None:
    """Begin, move and end contacts; ValueError where a cause is no contact at that stage."""
    folded = _folded(by_kind)
    if folded.begun:
        columns.put("ledger_contact", _records(folded.begun.values(), CONTACT), CONTACT)
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


class _Folded(NamedTuple):
    """Contacts begun by some facts, and what those facts change of contacts begun before them."""

    begun: Rows
    leaving: list[Row]
    answers: list[Row]
    ends: list[Row]


def _folded(by_kind: ByKind) -> _Folded:
    begun = {(fact.borrower, fact.seq): _begun(fact) for fact in _of(by_kind, NEW)}
    left: Rows = {}
    leaving = _leave(begun, left, by_kind.get("contact.leaving", ()))
    answers = _answer(left, _of(by_kind, ANSWERS))
    ends = _end(begun, [fact for fact in _of(by_kind, ENDS) if fact.cause])
    return _Folded(begun, leaving, answers, ends)


def _by_kind(facts: Iterable[Fact]) -> ByKind:
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact)
    return by_kind


def _of(by_kind: ByKind, of_kinds: Iterable[str]) -> list[Fact]:
    """The facts of these kinds, by borrower and seq: a late answer comes after the first one."""
    found = [fact for kind in of_kinds for fact in by_kind.get(kind, ())]
    return sorted(found, key=lambda fact: fact[:2])


def _begun(fact: Fact) -> Row:
    body = fact.body
    prior = fact.kind == "contact.prior"
    return {
        "borrower": fact.borrower,
        "seq": fact.seq,
        "leaving": 0,
        "at": body["at"] if prior else body["due_at"],
        "stage": STAGES.index("sent" if prior else "waiting"),
        "channel": words.code(body["channel"], words.CHANNELS),
        "mode": words.code(body.get("mode", "interactive"), words.MODES),
        "direction": words.code(body.get("direction", "out"), words.DIRECTIONS),
        "outcome": _outcome(fact, words.UNKNOWN if body["channel"] in BY_VOICE else SENT),
        "recipient": words.code(body.get("to", "debtor"), words.RECIPIENTS),
        "address": body.get("address", words.UNKNOWN),
        "collector": words.code(body.get("by", "lender"), words.COLLECTORS),
        "purpose": words.code(body.get("purpose", "collect"), words.PURPOSES),
        "loan": fact.loan,
    }


def _leave(begun: Rows, left: Rows, facts: Sequence[Fact]) -> list[Row]:
    """Move contacts begun just now, which `left` then has by their leaving; changes to others."""
    changes = []
    for fact in facts:
        change = _change(fact, "leaving") | {"leaving": fact.seq, "at": fact.at}
        row = begun.get((fact.borrower, fact.cause))
        if row is None:
            changes.append(change)
        else:
            _advance(row, {key: change[key] for key in ("stage", "leaving", "at")}, WAITING)
            left[fact.borrower, fact.seq] = row
    return changes


def _answer(left: Rows, facts: Sequence[Fact]) -> list[Row]:
    return [
        change
        for fact in facts
        for change in _elsewhere(left, _change(fact, ANSWERS[fact.kind]), LEFT)
    ]


def _end(begun: Rows, facts: Sequence[Fact]) -> list[Row]:
    return [
        change
        for fact in facts
        for change in _elsewhere(begun, _change(fact, ENDS[fact.kind]), WAITING)
    ]


def _change(fact: Fact, stage: str) -> Row:
    """What a fact changes of the contact it names: `cause` is that one's seq, or its leaving's."""
    return {
        "borrower": fact.borrower,
        "cause": fact.cause,
        "stage": STAGES.index(stage),
        "leaving": 0,
        "at": 0,
        "outcome": _outcome(fact, words.UNKNOWN),
    }


def _outcome(fact: Fact, unsaid: int) -> int:
    said = fact.body.get("outcome")
    return words.code(said, words.OUTCOMES) if said else unsaid


def _elsewhere(rows: Rows, change: Row, stages: Stages) -> list[Row]:
    """Nothing where the contact is among `rows`, which changes it, else the change."""
    row = rows.get((change["borrower"], change["cause"]))
    if row is None:
        return [change]
    said = {} if change["outcome"] == words.UNKNOWN else {"outcome": change["outcome"]}
    _advance(row, {"stage": change["stage"]} | said, stages)
    return []


def _advance(row: Row, change: Row, stages: Stages) -> None:
    if row["stage"] not in stages:
        raise ValueError(f"contact {row['seq']} of {row['borrower']} is {STAGES[row['stage']]}")
    row.update({name: value for name, value in change.items() if name in row})


def _move(name: str, changes: Sequence[Row]) -> None:
    if changes:
        rows = _records(changes, CHANGE)
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


def _records(rows: Iterable[Row], fields: Fields) -> Records:
    return columns.records([tuple(row[name] for name in fields) for row in rows], fields)
