"""How a person is reached: an account with us online, and the safe contact they have chosen.

Both are read from the facts that say them, through an index over those few. A safe contact is to
the gate a state (`safe_contact`) of every channel, hour and address the person did not choose; the
inbox behind the login is none of them: nothing rings there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.columns import Bools, Ints
from evenhand.core.words import CHANNELS, code
from evenhand.ledger import columns
from evenhand.ledger.columns import Array, Records
from evenhand.ledger.facts import Fact
from evenhand.ledger.parts import on_part
from evenhand.ledger.states import STATE, unbounded
from evenhand.outbound.contact import queries

TERMS: Final = "app_terms"
CHOSEN: Final = "safe_contact.chosen"
IN_APP: Final = "in_app"
DAY: Final = 1440


class Chosen(NamedTuple):
    """The safe contact a person has chosen last, learnt at `at` (microseconds UTC).

    `channel` the one that may be used, empty for any; from and until which minute of the day; and
    the addresses that are used for nothing else.
    """

    borrower: int
    seq: int
    at: int
    body: dict[str, Any]

    @property
    def channel(self) -> str:
        return str(self.body.get("channel", ""))

    @property
    def window(self) -> tuple[int, int]:
        return self.body.get("from_minute", 0), self.body.get("until_minute", DAY)

    @property
    def confidential(self) -> list[int]:
        return list(self.body["confidential"])


def with_account(borrowers: Ints) -> Bools:
    """[B] who has an account with us online and so an inbox that is read; `borrowers` rises."""
    found = columns.rows(on_part(queries.IN_APP, borrowers), {"borrowers": Array(borrowers)})
    return np.isin(borrowers, np.array([row[0] for row in found], dtype=np.int64))


def opens_account(fact: Fact) -> bool:
    """Is it the consent to the terms of an account?"""
    return fact.kind == "consent.given" and fact.body.get("purpose") == TERMS


def asked_in_app(borrowers: Ints) -> Bools:
    """[B] whose inbox may be asked for money in: who has agreed to the terms of an account and has
    not taken that back. What must be told is there all the same; `borrowers` rises."""
    return with_account(borrowers) & ~took_back(borrowers)


def took_back(borrowers: Ints) -> Bools:
    """[B] who has taken back the consent to the terms of an account."""
    asked = {"borrowers": Array(borrowers)}
    found = columns.rows(on_part(queries.TERMS_TAKEN_BACK, borrowers), asked)
    return np.isin(borrowers, np.array([row[0] for row in found], dtype=np.int64))


def chosen(borrowers: Ints) -> list[Chosen]:
    """The safe contacts that stand, of those who have chosen one."""
    asked = {"borrowers": Array(borrowers)}
    return [Chosen(*row) for row in columns.rows(on_part(queries.CHOSEN, borrowers), asked)]


def chosen_by(facts: Iterable[Fact]) -> list[Chosen]:
    """The same from facts alone, in order: of what was known once, say."""
    last = {fact.borrower: fact for fact in facts if fact.kind == CHOSEN}
    return [Chosen(fact.borrower, fact.seq, fact.at, fact.body) for fact in last.values()]


def states(standing: Iterable[Chosen]) -> Records:
    """What the person did not choose, as states (`states.STATE`) that the gate refuses by."""
    rows = [row for each in standing for row in _states(each)]
    return columns.records(rows, STATE)


def _states(each: Chosen) -> Iterator[tuple[Any, ...]]:
    """Every other channel at every hour, the one chosen outside its hours, addresses kept back."""
    begin, end = each.window
    for channel in CHANNELS:
        if channel == IN_APP:
            continue
        if each.channel and channel != each.channel:
            yield _state(each, channel=code(channel, CHANNELS))
        elif (begin, end) != (0, DAY):
            hours = {"from_minute": end % DAY, "until_minute": begin or DAY}
            yield _state(each, channel=code(channel, CHANNELS), **hours)
    if not each.channel:
        for address in each.confidential:
            yield _state(each, address=address)


def _state(each: Chosen, **narrowed: int) -> tuple[Any, ...]:
    row = unbounded(each.borrower, each.seq, "safe_contact", each.at)
    return tuple((row | narrowed).values())
