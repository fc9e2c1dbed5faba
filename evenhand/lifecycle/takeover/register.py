"""The house's own stream of imports: what was begun, finished and taken back.

An import begins with the transaction that writes its first facts, so whatever of it stands can be
taken back, also where it was cut short. Its number is the seq of its `import.begun`; `import.made`
and `import.taken_back` name that as their cause. The same files again go on with the same import.
"""

from typing import Any, NamedTuple

from django.db import connection

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.takeover import queries
from evenhand.lifecycle.takeover.drafts import HAND, Import
from evenhand.lifecycle.takeover.totals import Totals


class Loan(NamedTuple):
    """A loan of an import that stands: the head of its stream, and where it was imported."""

    borrower: int
    loan: int
    head: int
    imported: int


def begun(origin: str) -> Fact | None:
    """The import of that name which has not been taken back, the newest; None where none is."""
    facts = streams.stream(house.IMPORTS)
    ended = {fact.cause for fact in facts if fact.kind == "import.taken_back"}
    live = [
        fact
        for fact in facts
        if fact.kind == "import.begun" and fact.body["name"] == origin and fact.seq not in ended
    ]
    return live[-1] if live else None


def numbered(number: int) -> tuple[Fact | None, bool]:
    """The import's `import.begun` (None: there is none), and whether it was taken back."""
    facts = streams.stream(house.IMPORTS)
    found = [fact for fact in facts if fact.kind == "import.begun" and fact.seq == number]
    ended = any(fact.kind == "import.taken_back" and fact.cause == number for fact in facts)
    return (found[0] if found else None), ended


def finished(number: int) -> bool:
    """Whether the import was ever written to its end."""
    facts = streams.stream(house.IMPORTS)
    return any(fact.kind == "import.made" and fact.cause == number for fact in facts)


def say(kind: str, body: dict[str, Any], *, at: int, number: int = 0) -> int:
    """One fact about an import, learnt at `at` (microseconds UTC); returns its seq."""
    draft = Draft(kind, house.day_of(at), HAND, cause=number, body=body)
    stood = streams.head(house.IMPORTS)
    return streams.append(house.IMPORTS, [draft], at=at, expected_seq=stood.seq)[-1].seq


def named(digest: str, totals: Totals, made: Import) -> dict[str, Any]:
    """What every fact about an import says of it: the files' digest, and what they stand at."""
    return {
        "digest": digest,
        "name": made.origin,
        "as_of": made.as_of.isoformat(),
        "totals": totals.as_ints(),
    }


def finish(named: dict[str, Any], number: int, faults: int, *, at: int) -> None:
    """The import is whole: counted is what all runs of its files have written."""
    stands = standing(named["name"])
    borrowers = len({loan.borrower for loan in stands})
    body = {**named, "count": len(stands), "borrowers": borrowers, "faults": faults}
    say("import.made", body, at=at, number=number)


def standing(origin: str) -> list[Loan]:
    """The loans of that import which stand, with their streams' heads of the same moment."""
    with connection.cursor() as cursor:
        cursor.execute(queries.OF_ORIGIN, [origin])
        return [Loan(*row) for row in cursor.fetchall()]
