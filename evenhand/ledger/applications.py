"""Applications for a loan, from the facts: what was asked for, what was decided, where they stand.

An application's number is the loan's. It is decided by the house, and again by a person where the
applicant asks for one; the latest decision stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from evenhand.ledger.facts import Fact

PURPOSES: Final = (
    "household",
    "repairs",
    "education",
    "medical",
    "family",
    "travel",
    "vehicle",
    "tools",
    "other",
)
"""What may be borrowed for."""
REFUSED_PURPOSES: Final = ("repay_loan", "securities", "property", "gambling", "lend_on")
"""What nothing is lent for; the first: no loan to repay a loan."""

STAGES: Final = ("open", "approved", "referred", "declined", "withdrawn", "signed")
_DECIDED: Final = {"approve": "approved", "refer": "referred", "decline": "declined"}


@dataclass(frozen=True, slots=True)
class Application:
    """One application as it stands. Amounts are minor units; a seq of 0 and 0 offered are none.

    `stage` is one of STAGES. `decision` is the seq of the latest decision, `house_decision` of the
    house's own; `offer_*` and `until` (the last day it holds) are of an approval. `review` is the
    seq of an asked review that nobody has decided by yet; `proposed` that of what one person of
    staff proposes and another has not confirmed yet, `proposal` its body.
    """

    borrower: int
    loan: int
    seq: int
    made_at: int
    day: date
    principal_minor: int
    months: int
    product: str
    version: int
    purpose: str
    text: str
    stage: str = "open"
    decision: int = 0
    house_decision: int = 0
    decided_by: str = ""
    decided_at: int = 0
    reasons: tuple[str, ...] = ()
    points: int = 0
    offer_minor: int = 0
    offer_months: int = 0
    until: date | None = None
    words: str = ""
    review: int = 0
    review_at: int = 0
    review_words: str = ""
    proposed: int = 0
    proposed_by: str = ""
    proposal: Mapping[str, Any] = field(default_factory=dict)

    def goes_on(self, on: date) -> bool:
        """Is it under way on that day: not ended, and an offer still holds?"""
        if self.stage == "declined":
            return self.review > 0
        if self.stage == "approved":
            return self.until is None or on <= self.until
        return self.stage in ("open", "referred")

    def holds(self, on: date) -> bool:
        """May what was offered be signed on that day?"""
        return self.stage == "approved" and self.goes_on(on)


def applications(facts: Sequence[Fact]) -> dict[int, Application]:
    """The applications in a stream by their loan's number, oldest first."""
    found: dict[int, Application] = {}
    for fact in facts:
        if fact.kind == "application.made":
            found[fact.loan] = _made(fact)
        elif fact.loan in found and fact.kind in _TURNS:
            found[fact.loan] = _TURNS[fact.kind](found[fact.loan], fact)
    return found


def under_way(facts: Sequence[Fact], on: date) -> Application | None:
    """The latest application that goes on, None where there is none."""
    going = [each for each in applications(facts).values() if each.goes_on(on)]
    return going[-1] if going else None


def _made(fact: Fact) -> Application:
    body = fact.body
    return Application(
        borrower=fact.borrower,
        loan=fact.loan,
        seq=fact.seq,
        made_at=fact.at,
        day=fact.day,
        principal_minor=fact.amount,
        months=body["months"],
        product=body["product"],
        version=body["version"],
        purpose=body["purpose"],
        text=body["text"],
    )


def _decided(was: Application, fact: Fact) -> Application:
    if was.stage in ("withdrawn", "signed"):
        return was
    body = fact.body
    until = body.get("until", "")
    by_house = fact.hand == "house"
    return replace(
        was,
        stage=_DECIDED[body["outcome"]],
        decision=fact.seq,
        house_decision=fact.seq if by_house else was.house_decision,
        decided_by=fact.hand,
        decided_at=fact.at,
        reasons=tuple(body["reasons"]),
        points=body.get("points", was.points),
        offer_minor=body.get("principal_minor", 0),
        offer_months=body.get("months", 0),
        until=date.fromisoformat(until) if until else None,
        words=body.get("text", ""),
        review=0,
        proposed=0,
    )


def _review_asked(was: Application, fact: Fact) -> Application:
    words = fact.body.get("text", "")
    return replace(was, review=fact.seq, review_at=fact.at, review_words=words)


def _proposed(was: Application, fact: Fact) -> Application:
    return replace(was, proposed=fact.seq, proposed_by=fact.hand, proposal=fact.body)


def _withdrawn(was: Application, _fact: Fact) -> Application:
    return replace(was, stage="withdrawn", review=0, proposed=0)


def _signed(was: Application, _fact: Fact) -> Application:
    return replace(was, stage="signed", review=0)


_TURNS: Final = {
    "decision.made": _decided,
    "decision.proposed": _proposed,
    "decision.review_asked": _review_asked,
    "application.withdrawn": _withdrawn,
    "contract.withdrawn": _withdrawn,
    "loan.signed": _signed,
}
