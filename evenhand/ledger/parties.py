"""Who else answers for a loan: co-borrowers and guarantors, from the facts.

The loan lies in its borrower's stream, and so do its invitations and who joined by them. Whoever
joined has the same in a stream of their own, beside their consents and contacts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger.facts import Fact

_ENDS: Final = {
    "party.recalled": "recalled",
    "party.joined": "joined",
    "party.declined": "declined",
    "party.left": "left",
}


class Party(NamedTuple):
    """Somebody who answers for a loan beside its borrower. `seq` is that of `party.joined`."""

    role: str
    """co_borrower | guarantor"""
    person: int
    limit_minor: int
    """The most they answer for; 0: the whole."""
    until: date | None
    """The last day they can be asked; None: until everything is paid."""
    seq: int


class Invitation(NamedTuple):
    """An invitation of the borrower's, and what has come of it."""

    seq: int
    loan: int
    role: str
    digest: str
    """The keyed digest of its code."""
    item: int
    """The vault's number of its code."""
    currency: str
    measures: tuple[str, ...]
    limit_minor: int
    until: date | None
    valid_until: date
    state: str
    """open | joined | declined | left | recalled"""
    person: int
    """Who joined, declined or left; 0 for nobody."""

    def is_open(self, on: date) -> bool:
        """Can somebody still join by it on that day?"""
        return self.state == "open" and on <= self.valid_until


class Promise(NamedTuple):
    """What somebody answers for: a loan of another's. `seq` is the own `party.joined`."""

    borrower: int
    loan: int
    invited: int
    role: str
    limit_minor: int
    until: date | None
    ended: str
    """Empty while it stands; else left or recalled."""
    seq: int


def parties(facts: Sequence[Fact], loan: int) -> list[Party]:
    """Who answers for the loan beside its borrower, whose stream `facts` is; oldest first."""
    joined = {fact.body["invited"]: fact for fact in facts if fact.kind == "party.joined"}
    return [
        Party(asked.role, asked.person, asked.limit_minor, asked.until, joined[asked.seq].seq)
        for asked in invitations(facts, loan)
        if asked.state == "joined"
    ]


def invitations(facts: Sequence[Fact], loan: int) -> list[Invitation]:
    """All invitations to answer for the loan, oldest first; `facts` is its borrower's stream."""
    came_of: dict[int, Fact] = {}
    for fact in facts:
        if fact.kind in _ENDS and fact.body["borrower"] == fact.borrower and fact.loan == loan:
            came_of[fact.body["invited"]] = fact
    asked = (fact for fact in facts if fact.kind == "party.invited" and fact.loan == loan)
    return [_invitation(fact, came_of.get(fact.seq)) for fact in asked]


def promises(facts: Sequence[Fact]) -> list[Promise]:
    """What the person whose stream `facts` is has promised to answer for, oldest first."""
    own = [f for f in facts if f.kind in _ENDS and f.body["person"] == f.borrower]
    ended = {
        (f.body["borrower"], f.body["invited"]): _ENDS[f.kind]
        for f in own
        if f.kind in ("party.left", "party.recalled")
    }
    return [
        Promise(
            f.body["borrower"],
            f.loan,
            f.body["invited"],
            f.body["role"],
            *_answers_for(f),
            ended.get((f.body["borrower"], f.body["invited"]), ""),
            f.seq,
        )
        for f in own
        if f.kind == "party.joined"
    ]


def _invitation(asked: Fact, came: Fact | None) -> Invitation:
    body = asked.body
    return Invitation(
        asked.seq,
        asked.loan,
        body["role"],
        body["invitation"],
        body.get("item", 0),
        body["currency"],
        tuple(body["measures"]),
        *_answers_for(asked),
        date.fromisoformat(body["valid_until"]),
        _ENDS[came.kind] if came else "open",
        came.body["person"] if came else 0,
    )


def _answers_for(fact: Fact) -> tuple[int, date | None]:
    until = fact.body.get("until", "")
    return fact.body.get("limit_minor", 0), date.fromisoformat(until) if until else None
