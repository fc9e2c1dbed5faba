"""What happened to a borrower, as of now: read from the facts of their stream.

A circumstance is a `state.began` of one of the words of `circumstances.toml`, whoever wrote it:
staff, the borrower, a takeover. A moratorium that this house gave as relief is none: its end is
that of the changed terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger import hands, house
from evenhand.ledger.facts import Fact
from evenhand.ledger.states import ENDS, WITHOUT_END
from evenhand.lifecycle.circumstances.kinds import Rule, rules

BEGAN: Final = "state.began"
ENDED: Final = "state.ended"
SAID: Final = "person"


class Circumstance(NamedTuple):
    """One of them: the fact it began with, and the one that ended it before its day, if any."""

    fact: Fact
    ended: Fact | None

    @property
    def seq(self) -> int:
        return self.fact.seq

    @property
    def word(self) -> str:
        return str(self.fact.body["state"])

    @property
    def rule(self) -> Rule:
        return rules()[self.word]

    @property
    def loan(self) -> int:
        """The loan it is about; 0 for all."""
        return self.fact.loan

    @property
    def since_on(self) -> date:
        """The day it began, else the day we learnt it."""
        return house.day_of(int(self.fact.body.get("since") or self.fact.at))

    @property
    def until(self) -> int:
        """The moment it ends by itself; 0 where none is known."""
        until = int(self.fact.body.get("until", WITHOUT_END))
        return 0 if until >= WITHOUT_END else until

    @property
    def last_on(self) -> date | None:
        """Its last day; None where none is known."""
        return house.day_of(self.until - 1) if self.until else None

    @property
    def told_by(self) -> str:
        """Who told it; empty of what came with a takeover, or the house wrote by itself."""
        told = str(self.fact.body.get("told_by", ""))
        return told or (SAID if self.fact.hand.startswith(hands.BORROWER) else "")

    @property
    def text(self) -> str:
        """The commitment to what the borrower said, or how the lawyer is reached; hex."""
        return str(self.fact.body.get("text", ""))

    @property
    def note(self) -> str:
        """The commitment to what staff wrote for themselves; hex."""
        return str(self.fact.body.get("note", ""))

    @property
    def may_be_taken_back(self) -> bool:
        """Is it the borrower's own word about themselves, for them to take back alone?"""
        return bool(self.rule.own) and self.told_by == SAID

    def stands(self, at: int) -> bool:
        """Does it hold at a moment?"""
        return self.ended is None and (not self.until or at < self.until)


def circumstances_of(facts: Sequence[Fact]) -> list[Circumstance]:
    """Every circumstance of a stream, oldest first."""
    ends = {fact.cause: fact for fact in facts if fact.kind in ENDS and fact.cause}
    return [Circumstance(fact, ends.get(fact.seq)) for fact in facts if is_one(fact)]


def standing(facts: Sequence[Fact], at: int) -> list[Circumstance]:
    """Those that hold at a moment, oldest first."""
    return [one for one in circumstances_of(facts) if one.stands(at)]


def of_seq(facts: Sequence[Fact], seq: int) -> Circumstance | None:
    """The circumstance that began with this fact; None where there is none."""
    return next((one for one in circumstances_of(facts) if one.seq == seq), None)


def is_one(fact: Fact) -> bool:
    """Does a circumstance begin with this fact?"""
    if fact.kind != BEGAN or fact.body["state"] not in rules():
        return False
    said = "told_by" in fact.body or not hands.staff_of(fact.hand)
    return said or hands.is_served(fact.hand)
