"""Writing facts and reading them back. Nothing else writes to a stream.

The stream row is the head and the lock: a head moves only where it still stands at the seq the
writer saw, in the transaction that inserts the facts, so of two who raced exactly one wins.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db import transaction

from evenhand.ledger import charges, columns, hands, kinds, projections, reactions
from evenhand.ledger.columns import Array
from evenhand.ledger.facts import COPY_FACTS, Draft, Fact, Head, first_link, sealed
from evenhand.ledger.house import day_of
from evenhand.ledger.parts import PARTS, part_of, parts_of, table_of
from evenhand.ledger.queries import query, query_for

__all__ = [
    "PARTS",
    "Append",
    "Moved",
    "append",
    "append_many",
    "borrowers_of",
    "facts_at",
    "head",
    "heads",
    "new_loans",
    "part_of",
    "parts_of",
    "stream",
    "streams",
]

BORROWERS_MAX: Final = 5_000
FACTS_MAX: Final = 20_000
"""The most a transaction holds: about a second of work."""

MOMENT_MAX: Final = 253_402_300_799_999_999
HEAD: Final = {"borrower": "bigint", "seq": "integer", "at": "timestamptz", "link": "bytea"}


class Append(NamedTuple):
    """Facts to write for one borrower who stood at `expected_seq` (0: there was no stream yet)."""

    borrower: int
    expected_seq: int
    drafts: Sequence[Draft]


class Moved(Exception):
    """Somebody else wrote to the stream first: read it again and judge again."""


def append(borrower: int, drafts: Sequence[Draft], *, at: int, expected_seq: int) -> list[Fact]:
    """Write facts to one stream, learnt at `at` (microseconds UTC), all or none.

    Projections of that borrower and the jobs set off are part of the same transaction. Raises Moved
    where the head stood elsewhere, ValueError where a draft is no fact.
    """
    asked = [Append(borrower, expected_seq, hands.both(drafts))]
    _check(asked, day_of(at))
    with transaction.atomic():
        facts, moved = _write(asked, at)
        if moved:
            raise Moved(f"stream {borrower} does not stand at {expected_seq}")
    return facts


def append_many(appends: Sequence[Append], *, at: int) -> list[int]:
    """Write facts to many streams, one transaction for each 5,000 borrowers (or 20,000 facts).

    Returns the borrowers who had moved on: nothing was written for those. Raises ValueError, and
    writes nothing at all, where a draft is no fact or a borrower is named twice.
    """
    _check(appends, day_of(at))
    moved: list[int] = []
    for chunk in _chunks(sorted(appends, key=lambda asked: asked.borrower)):
        with uncollected(), transaction.atomic():
            moved += _write(chunk, at)[1]
    return moved


def head(borrower: int) -> Head:
    """Where a stream stands; seq 0 where nobody has written to it."""
    return heads([borrower])[borrower]


def heads(borrowers: npt.ArrayLike) -> dict[int, Head]:
    """Where streams stand, each of the borrowers asked for."""
    wanted = np.asarray(borrowers, dtype=np.int64)
    found = columns.columns(query_for("heads", wanted), {"borrowers": Array(wanted)}, HEAD)
    standing = {line[0]: Head(*line[1:]) for line in found.tolist()}
    return {b: standing.get(b) or Head(0, 0, first_link(b)) for b in wanted.tolist()}


def stream(borrower: int, *, known_at: int | None = None) -> list[Fact]:
    """A borrower's facts in the order of learning; as known at a moment (microseconds UTC)."""
    bound = MOMENT_MAX if known_at is None else known_at
    return _facts(query_for("stream", [borrower]), {"borrower": borrower, "known_at": bound})


def streams(borrowers: npt.ArrayLike) -> list[Fact]:
    """All facts of many borrowers, by borrower and seq."""
    return _facts(query_for("streams", borrowers), {"borrowers": Array(borrowers)})


def facts_at(places: Iterable[Sequence[int]]) -> list[Fact]:
    """The facts at these (borrower, seq), by borrower and seq; those that are none are left out."""
    wanted = np.array(sorted(map(tuple, places)), dtype=np.int64).reshape(-1, 2)
    params = {"borrowers": Array(wanted[:, 0]), "seqs": Array(wanted[:, 1], "integer")}
    return _facts(query_for("some_facts", wanted[:, 0]), params)


def having(borrowers: npt.ArrayLike, kind: str) -> set[int]:
    """Those of these borrowers who have a fact of this kind."""
    params = {"borrowers": Array(np.asarray(borrowers, dtype=np.int64)), "kind": kind}
    return {row[0] for row in columns.rows(query_for("having", borrowers), params)}


def new_loans(count: int) -> npt.NDArray[np.int64]:
    """So many loan ids that nobody has; they mean nothing."""
    return np.array([row[0] for row in columns.rows(query("new_loans"), {"count": count})])


def borrowers_of(part: int) -> npt.NDArray[np.int64]:
    """Everyone of a part who has facts or a stream, in order; house streams (below 0) too."""
    names = {name: table_of(f"ledger_{name}", part) for name in ("fact", "stream")}
    found = columns.rows(query("borrowers_of_part").format(**names))
    return np.array([row[0] for row in found], dtype=np.int64)


@contextmanager
def uncollected() -> Iterator[None]:
    """Facts by the thousand hold no cycles; the collector would walk them again and again."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _facts(statement: str, params: Mapping[str, Any]) -> list[Fact]:
    with uncollected():
        return [Fact(*row) for row in columns.rows(statement, params)]


def _check(appends: Sequence[Append], today: date) -> None:
    if len({asked.borrower for asked in appends}) != len(appends):
        raise ValueError("a borrower is named twice in one append")
    for asked in appends:
        if not asked.drafts:
            raise ValueError(f"nothing to append for borrower {asked.borrower}")
        for draft in asked.drafts:
            kinds.check(draft, today)


def _chunks(appends: list[Append]) -> Iterator[list[Append]]:
    chunk: list[Append] = []
    facts = 0
    for asked in appends:
        if len(chunk) == BORROWERS_MAX or (chunk and facts + len(asked.drafts) > FACTS_MAX):
            yield chunk
            chunk, facts = [], 0
        chunk.append(asked)
        facts += len(asked.drafts)
    if chunk:
        yield chunk


def _write(appends: Sequence[Append], at: int) -> tuple[list[Fact], list[int]]:
    """Inside a transaction: move the heads that stand where expected, write, project, react."""
    stood = heads([asked.borrower for asked in appends])
    standing = [asked for asked in appends if stood[asked.borrower].seq == asked.expected_seq]
    sealed_facts = [_sealed(asked, stood[asked.borrower], at) for asked in standing]
    for asked, chain in zip(standing, sealed_facts, strict=True):
        _require_listed(asked, chain)
    mine = _move([chain[-1][0] for chain in sealed_facts], standing)
    chains = [chain for chain in sealed_facts if chain[0][0].borrower in mine]
    columns.put_bytes(COPY_FACTS, b"".join(row for chain in chains for _, row in chain))
    facts = [fact for chain in chains for fact, _ in chain]
    projections.project(facts)
    reactions.react(facts)
    return facts, [asked.borrower for asked in appends if asked.borrower not in mine]


def _sealed(asked: Append, stood: Head, at: int) -> list[tuple[Fact, bytes]]:
    chain: list[tuple[Fact, bytes]] = []
    for draft in asked.drafts:
        fact, row = sealed(asked.borrower, stood, at, draft)
        if draft.cause >= fact.seq:
            raise ValueError(f"{draft.kind}: cause {draft.cause} is not before fact {fact.seq}")
        chain.append((fact, row))
        stood = Head(fact.seq, fact.at, fact.link)
    return chain


def _require_listed(asked: Append, chain: Sequence[tuple[Fact, bytes]]) -> None:
    """charges.Unlisted where a draft would charge what the loan's cost table does not have."""
    if any(map(charges.guarded, asked.drafts)):
        before = stream(asked.borrower)
        for draft, (fact, _row) in zip(asked.drafts, chain, strict=True):
            if charges.guarded(draft):
                charges.require_listed(draft, before)
            before.append(fact)


def _move(last: Sequence[Fact], standing: Sequence[Append]) -> set[int]:
    """Move heads to the last facts; returns the borrowers whose head was ours to move."""
    lines = [(fact.borrower, fact.seq, fact.at, fact.link) for fact in last]
    new = columns.records(lines, HEAD)
    expected = np.array([asked.expected_seq for asked in standing], dtype=np.int64)
    mine: set[int] = set()
    if (expected > 0).any():
        params = columns.arrays(new[expected > 0], HEAD)
        params["expected"] = Array(expected[expected > 0], "integer")
        mine |= {row[0] for row in columns.rows(query_for("move_heads", new["borrower"]), params)}
    if (expected == 0).any():
        params = columns.arrays(new[expected == 0], HEAD)
        mine |= {row[0] for row in columns.rows(query_for("start_heads", new["borrower"]), params)}
    return mine
