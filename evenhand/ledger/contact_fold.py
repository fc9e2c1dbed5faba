"""Contacts from facts: what some facts begin, and what they change of contacts begun before."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from evenhand.core import words
from evenhand.ledger import columns
from evenhand.ledger.columns import Fields, Records
from evenhand.ledger.facts import Fact

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
STEPS: Final = frozenset((*NEW, "contact.leaving", *ANSWERS, *ENDS, "contact.reported"))
"""Kinds that begin a contact, move it or end it, or only tell more of it."""

WAITING: Final = (STAGES.index("waiting"),)
SENT: Final = words.code("sent", words.OUTCOMES)
LEFT: Final = (STAGES.index("leaving"), STAGES.index("unknown"))
"""An answer may come late: after we wrote that we do not know."""
BY_VOICE: Final = ("call", "voicebot", "visit")
"""Channels by which somebody may not be met: only afterwards it is known what came of it."""
LEAVES: Final = ("stage", "leaving", "at")
"""What changes as a contact leaves."""

Row = dict[str, Any]
Rows = dict[tuple[int, int], Row]
Stages = tuple[int, ...]
ByKind = Mapping[str, Sequence[Fact]]


class Folded(NamedTuple):
    """Contacts begun by some facts, and what those facts change of contacts begun before them."""

    begun: Rows
    leaving: list[Row]
    answers: list[Row]
    ends: list[Row]


def fold(by_kind: ByKind) -> Folded:
    """What these facts begin and change."""
    begun = {(fact.borrower, fact.seq): _begun(fact) for fact in _of(by_kind, NEW)}
    left: Rows = {}
    leaving = _leave(begun, left, by_kind.get("contact.leaving", ()))
    answers = _answer(left, _of(by_kind, ANSWERS))
    ends = _end(begun, [fact for fact in _of(by_kind, ENDS) if fact.cause])
    return Folded(begun, leaving, answers, ends)


class Counting:
    """The contacts that count, as they come to be known: at each moment what `contacts_by` says of
    all the facts learnt until then, each fact worked in once."""

    def __init__(self) -> None:
        self._rows: Rows = {}
        self._left: Rows = {}

    def learn(self, facts: Iterable[Fact]) -> None:
        """Work in the next facts of some streams; ValueError where a cause is no such contact."""
        folded = fold(grouped(facts))
        self._rows |= folded.begun
        self._leave(row for row in folded.begun.values() if row["leaving"])
        for change in folded.leaving:
            row = self._rows[change["borrower"], change["cause"]]
            _advance(row, {key: change[key] for key in LEAVES}, WAITING)
            self._leave([row])
        later = [_elsewhere(self._left, change, LEFT) for change in folded.answers]
        later += [_elsewhere(self._rows, change, WAITING) for change in folded.ends]
        assert not any(later), "facts begin in mid-stream"

    def of(self, borrowers: Iterable[int], since: int = 0) -> Records:
        """Those of some borrowers from a moment (microseconds UTC) on, by borrower and seq."""
        wanted = set(borrowers)
        kept = [
            key
            for key, row in self._rows.items()
            if key[0] in wanted and row["stage"] <= COUNTED_UP_TO and row["at"] >= since
        ]
        return records_of([self._rows[key] for key in sorted(kept)], CONTACT)

    def _leave(self, rows: Iterable[Row]) -> None:
        self._left |= {(row["borrower"], row["leaving"]): row for row in rows}


def grouped(facts: Iterable[Fact]) -> ByKind:
    """Facts by kind, in their order."""
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
            _advance(row, {key: change[key] for key in LEAVES}, WAITING)
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


def records_of(rows: Iterable[Row], fields: Fields) -> Records:
    """Rows as records of these fields."""
    return columns.records(list(map(itemgetter(*fields), rows)), fields)
