"""Who else answers for a loan, from the facts: who signed with the borrower, or does by law.

The loan lies in its borrower's stream, and so do its invitations and who joined by them. Whoever
joined has the same in a stream of their own, beside their consents and contacts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from evenhand.core.words import STATE_KINDS, code
from evenhand.ledger import house, states
from evenhand.ledger.facts import Fact
from evenhand.ledger.kinds_party import BY_STAFF

ESTATE: Final = ("heir", "executor")
"""Who answers with what the dead have left, and with nothing of their own."""
REPRESENTATIVE: Final = "representative"
SPOUSE: Final = "spouse"
GUARANTOR: Final = "guarantor"
GENERAL: Final = "general"
"""A guarantee of which nobody said what it is (民法典, article 686)."""
GROUNDS: Final[Mapping[str, tuple[str, ...]]] = {
    "representative": ("debtor_minor", "no_capacity"),
    "heir": ("debtor_deceased",),
    "executor": ("debtor_deceased",),
    "spouse": (),
}
"""What must be on record of the borrower, one of these, before somebody is asked to be this."""
_ENDS: Final = {
    "party.recalled": "recalled",
    "party.joined": "joined",
    "party.declined": "declined",
    "party.left": "left",
}


class Party(NamedTuple):
    """Somebody who answers for a loan beside its borrower. `seq` is that of `party.joined`."""

    role: str
    """co_borrower | guarantor | representative | heir | executor | spouse"""
    person: int
    limit_minor: int
    """The most they answer for; 0: the whole, of a representative nothing."""
    until: date | None
    """The last day they can be asked; None: until everything is paid."""
    seq: int
    guarantee: str = ""
    """general | joint, of a guarantor."""


class Invitation(NamedTuple):
    """An invitation to answer for a loan, and what has come of it."""

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
    guarantee: str = ""
    who: str = ""
    """The keyed digest of the identity number of the one person it is for; empty for anybody."""

    @property
    def by_staff(self) -> bool:
        """Was it two of staff who invited, of a loan that runs?"""
        return self.role in BY_STAFF

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
    guarantee: str = ""

    @property
    def by_law(self) -> bool:
        """Does the person answer by law or by ratifying, and not by having signed with it?"""
        return self.role in BY_STAFF

    @property
    def of_estate(self) -> bool:
        """Is it for what the dead have left, and no more?"""
        return self.role in ESTATE


def parties(facts: Sequence[Fact], loan: int) -> list[Party]:
    """Who answers for the loan beside its borrower, whose stream `facts` is; oldest first."""
    joined = {fact.body["invited"]: fact for fact in facts if fact.kind == "party.joined"}
    return [
        Party(
            asked.role,
            asked.person,
            asked.limit_minor,
            asked.until,
            joined[asked.seq].seq,
            asked.guarantee,
        )
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
            _guarantee(f.body),
        )
        for f in own
        if f.kind == "party.joined"
    ]


def has_ground(facts: Sequence[Fact], loan: int, role: str, on: date) -> bool:
    """Is on record in the borrower's stream, on a day, what asking somebody to be this wants?"""
    if not GROUNDS.get(role, ()):
        return True
    # Whatever has ended by a fact has ended by the last one.
    held, now = states.states_by(facts), max(house.midnight(on), facts[-1].at)
    wanted = [code(word, STATE_KINDS) for word in GROUNDS[role]]
    rows = zip(held["kind"].tolist(), held["loan"].tolist(), held["until"].tolist(), strict=True)
    return any(kind in wanted and of in (0, loan) and until > now for kind, of, until in rows)


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
        _guarantee(body),
        body.get("who", ""),
    )


def _guarantee(body: Mapping[str, Any]) -> str:
    return str(body.get("guarantee", GENERAL)) if body["role"] == GUARANTOR else ""


def _answers_for(fact: Fact) -> tuple[int, date | None]:
    until = fact.body.get("until", "")
    return fact.body.get("limit_minor", 0), date.fromisoformat(until) if until else None
