"""An import taken back before its first close: every loan of it is withdrawn, as facts.

The loans and the heads of their streams are read together and before every check, and the facts are
appended at those heads: whoever writes in between makes the append fail, so nothing is lost.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from django.db import connection

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.streams import Append
from evenhand.lifecycle.takeover import drafts, queries, register
from evenhand.lifecycle.takeover.register import Loan
from evenhand.lifecycle.takeover.steps import CHUNK, Refused, alone


class TakenBack(NamedTuple):
    """What was withdrawn."""

    loans: int
    borrowers: int


def take_back(number: int, *, at: int) -> TakenBack:
    """Withdraw every loan of import `number`, learnt at `at` (microseconds UTC).

    Whether it was written to its end or cut short makes no difference. What else it said about its
    people (contacts, complaints, wishes) stays: it is true of them. Raises `Refused` where a close
    has begun since its first loan, money came in, or it is none of ours.
    """
    with alone():
        made = _import(number)
        loans = register.standing(made.body["name"])
        if _closed_since(made.at) or _acted_since(loans):
            raise Refused("refused: a day has been closed upon this import")
        if _paid(loans):
            raise Refused("refused: money has come in on a loan of this import")
        appends = [
            _withdrawn(list(own), at) for _, own in groupby(loans, lambda loan: loan.borrower)
        ]
        for first in range(0, len(appends), CHUNK):
            if streams.append_many(appends[first : first + CHUNK], at=at):
                raise Refused("cut short: somebody else wrote about a borrower; look and try again")
        body = {"digest": made.body["digest"], "count": len(loans), "borrowers": len(appends)}
        register.say("import.taken_back", body, at=at, number=number)
    return TakenBack(len(loans), len(appends))


def _import(number: int) -> Fact:
    made, ended = register.numbered(number)
    if ended:
        raise Refused(f"refused: import {number} was taken back already")
    if made is None:
        raise Refused(f"refused: there is no import {number}")
    return made


def _closed_since(at: int) -> bool:
    closed = [fact for fact in streams.stream(house.DAYCLOSE) if fact.kind == "day.closed"]
    return any(fact.at >= at for fact in closed)


def _acted_since(loans: Sequence[Loan]) -> bool:
    """Whether anybody has acted upon these loans, be it a close cut off half way."""
    columns = [loan.borrower for loan in loans], [loan.imported for loan in loans]
    return _exists(queries.ACTED, *columns)


def _paid(loans: Sequence[Loan]) -> bool:
    return _exists(queries.PAID, [loan.borrower for loan in loans], [loan.loan for loan in loans])


def _exists(query: str, borrowers: list[int], numbers: list[int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(query, [borrowers, numbers])
        return bool(cursor.fetchone()[0])


def _withdrawn(own: Sequence[Loan], at: int) -> Append:
    """The loans of one borrower, withdrawn at the head read before the checks."""
    day, body = house.day_of(at), {"reason": "taken_back"}
    return Append(
        own[0].borrower,
        own[0].head,
        [Draft("loan.withdrawn", day, drafts.HAND, loan.loan, body=body) for loan in own],
    )
