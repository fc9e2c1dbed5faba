"""An import taken back before its first close: every loan of it is withdrawn, as facts."""

from collections import defaultdict
from typing import NamedTuple

from django.db import connection, transaction

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.streams import Append
from evenhand.lifecycle.takeover import drafts, queries
from evenhand.lifecycle.takeover.steps import CHUNK, Refused


class TakenBack(NamedTuple):
    """What was withdrawn."""

    loans: int
    borrowers: int


def take_back(number: int, *, at: int) -> TakenBack:
    """Withdraw every loan of import `number`, learnt at `at` (microseconds UTC).

    What else the import said about its people (contacts, complaints, wishes) stays: it is true of
    them. Raises `Refused` where a day was closed upon it, money came in, or it is none of ours.
    """
    made = _import(number)
    origin = made.body["name"]
    loans = _loans(origin)
    if _closed_since(made.at):
        raise Refused("refused: a day has been closed upon this import")
    if _paid(loans):
        raise Refused("refused: money has come in on a loan of this import")
    borrowers = sorted(loans)
    for first in range(0, len(borrowers), CHUNK):
        with transaction.atomic():
            _withdraw({key: loans[key] for key in borrowers[first : first + CHUNK]}, at)
    count = sum(len(own) for own in loans.values())
    body = {"digest": made.body["digest"], "count": count, "borrowers": len(borrowers)}
    draft = Draft("import.taken_back", house.day_of(at), drafts.HAND, cause=number, body=body)
    stood = streams.head(house.IMPORTS)
    streams.append(house.IMPORTS, [draft], at=at, expected_seq=stood.seq)
    return TakenBack(count, len(borrowers))


def _import(number: int) -> Fact:
    facts = streams.stream(house.IMPORTS)
    if any(fact.kind == "import.taken_back" and fact.cause == number for fact in facts):
        raise Refused(f"refused: import {number} was taken back already")
    found = [fact for fact in facts if fact.seq == number and fact.kind == "import.made"]
    if not found:
        raise Refused(f"refused: there is no import {number}")
    return found[0]


def _closed_since(at: int) -> bool:
    closed = [fact for fact in streams.stream(house.DAYCLOSE) if fact.kind == "day.closed"]
    return bool(closed) and closed[-1].at > at


def _loans(origin: str) -> dict[int, list[int]]:
    loans: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(queries.OF_ORIGIN, [origin])
        for borrower, loan in cursor.fetchall():
            loans[borrower].append(loan)
    return dict(loans)


def _paid(loans: dict[int, list[int]]) -> bool:
    every = [loan for own in loans.values() for loan in own]
    with connection.cursor() as cursor:
        cursor.execute(queries.PAID, [list(loans), every])
        return bool(cursor.fetchone()[0])


def _withdraw(loans: dict[int, list[int]], at: int) -> None:
    day = house.day_of(at)
    heads = streams.heads(list(loans))
    body = {"reason": "taken_back"}
    appends = [
        Append(
            borrower,
            heads[borrower].seq,
            [Draft("loan.withdrawn", day, drafts.HAND, loan, body=body) for loan in own],
        )
        for borrower, own in loans.items()
    ]
    if streams.append_many(appends, at=at):
        raise Refused("cut short: somebody else wrote about a borrower; take it back again")
