"""Money that is nobody's yet. One of staff says whose it is or that it goes back; another agrees.

Nothing moves by one hand: what is proposed waits until somebody else, whose limit it is within
(`limits.toml`), has agreed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeAlias

from django.db import transaction

from evenhand.ledger import hands, house, loans, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.kinds_money import SUSPENSE_REASONS
from evenhand.outbound.payments.incoming import currency_of, plain
from evenhand.outbound.payments.limits import limits
from evenhand.people import staff

MATCH: Final = "match"
RETURN: Final = "return"
REASONS: Final = SUSPENSE_REASONS
PROPOSED: Final = "suspense.proposed"
DECLINED: Final = "suspense.declined"
_Still: TypeAlias = Callable[[Sequence[Fact]], bool]
SETTLED: Final = ("suspense.matched", "suspense.returned")


class Proposal(NamedTuple):
    """What one of staff (`by`) wants done with it, and why; `reference` is the bank's name of the
    return. Nothing of the other act: borrower and loan are 0, the reference empty."""

    seq: int
    act: str
    by: int
    at: int
    reason: str
    borrower: int
    loan: int
    reference: str


class Suspended(NamedTuple):
    """Money of nobody: the seq of its fact, what the bank says of it, and what is proposed."""

    seq: int
    amount_minor: int
    currency: str
    reference: str
    provider: str
    value_day: date
    reason: str
    at: int
    proposal: Proposal | None


class Refused(Exception):
    """Why it cannot be: settled | proposed | currency | own | limit."""


def lying() -> list[Suspended]:
    """What lies in suspense, oldest first."""
    facts = streams.stream(house.SUSPENSE)
    over = {fact.cause for fact in facts if fact.kind in SETTLED}
    received = [f for f in facts if f.kind == "suspense.received" and f.seq not in over]
    return [_suspended(fact, _standing(facts, fact.seq)) for fact in received]


def propose_match(seq: int, loan: int, reason: str, by: int, *, at: int) -> None:
    """The money `seq` is for this loan, says staff member `by`. Raises Refused."""
    borrower = loans.borrower_of(loan) or 0
    body = {"act": MATCH, "reason": reason, "borrower": borrower, "loan": loan}
    _propose(seq, body, by, at)


def propose_return(seq: int, reference: str, reason: str, by: int, *, at: int) -> None:
    """It went back to its payer, says `by`; `reference` is the bank's name for that. Raises
    Refused."""
    body = {"act": RETURN, "reason": reason, "reference": plain(reference)}
    _propose(seq, body, by, at)


def agree(seq: int, proposal: int, by: int, *, at: int) -> None:
    """What was proposed for the money `seq` is done: another hand agrees. Raises Refused.

    Matched money counts from the day the bank had it.
    """
    with transaction.atomic():
        money = _standing_with(seq, proposal)
        asked = money.proposal
        assert asked is not None
        if asked.by == by:
            raise Refused("own")
        if money.amount_minor > limit_of(staff.role_of(by)):
            raise Refused("limit")
        _settle(money, asked, by, at)


def decline(seq: int, proposal: int, by: int, *, at: int) -> None:
    """It is not so: the money lies on. Whoever proposed it may take it back so. Raises Refused."""
    with transaction.atomic():
        _standing_with(seq, proposal)
        draft = Draft(DECLINED, house.day_of(at), f"staff:{by}", cause=proposal)
        _write(draft, lambda facts: _standing(facts, seq) is not None, at)


def limit_of(role: str) -> int:
    """Up to which sum a role may agree, in minor units."""
    return limits().suspense.agrees_minor.get(role, 0)


def _propose(seq: int, body: Mapping[str, Any], by: int, at: int) -> None:
    money = _money(seq)
    if money.proposal:
        raise Refused("proposed")
    if body["act"] == MATCH:
        _require_currency(money, body["borrower"], body["loan"])
    draft = Draft(PROPOSED, house.day_of(at), f"staff:{by}", cause=seq, body=body)
    _write(draft, lambda facts: _is_open(facts, seq) and _standing(facts, seq) is None, at)


def _settle(money: Suspended, asked: Proposal, by: int, at: int) -> None:
    day, hand, cause = house.day_of(at), f"staff:{by}", money.seq
    if asked.act == RETURN:
        body: dict[str, str | int] = {"reference": asked.reference, "proposal": asked.seq}
        draft = Draft("suspense.returned", day, hand, cause=cause, body=body)
        _write(draft, lambda facts: _standing(facts, cause) == asked, at)
        return
    _require_currency(money, asked.borrower, asked.loan)
    body = {"borrower": asked.borrower, "loan": asked.loan, "proposal": asked.seq}
    draft = Draft("suspense.matched", day, hand, asked.loan, cause=cause, body=body)
    _write(draft, lambda facts: _standing(facts, cause) == asked, at)
    body = {"channel": "transfer", "reference": money.reference, "provider": money.provider}
    value_day = min(money.value_day, day)
    paid = Draft("payment.received", value_day, hand, asked.loan, money.amount_minor, body=body)
    act(asked.borrower, lambda _facts: [paid], at=at)


def _require_currency(money: Suspended, borrower: int, loan: int) -> None:
    if not borrower or currency_of(borrower, loan) != money.currency:
        raise Refused("currency")


def _write(draft: Draft, still: _Still, at: int) -> None:
    """Write to the stream of suspense while that is still so; Refused("settled") otherwise."""

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        if not still(facts):
            raise Refused("settled")
        return [draft]

    act(house.SUSPENSE, decide, at=at)


def _money(seq: int) -> Suspended:
    """The money that lies there under that number. Raises Refused where none does any more."""
    found = [one for one in lying() if one.seq == seq]
    if not found:
        raise Refused("settled")
    return found[0]


def _standing_with(seq: int, proposal: int) -> Suspended:
    money = _money(seq)
    if not money.proposal or money.proposal.seq != proposal:
        raise Refused("settled")
    return money


def _is_open(facts: Sequence[Fact], seq: int) -> bool:
    return not any(fact.cause == seq and fact.kind in SETTLED for fact in facts)


def _standing(facts: Sequence[Fact], seq: int) -> Proposal | None:
    """What is proposed for the money of that seq and neither declined nor done; else nothing."""
    declined = {fact.cause for fact in facts if fact.kind == DECLINED}
    asked = [f for f in facts if f.kind == PROPOSED and f.cause == seq and f.seq not in declined]
    return _proposal(asked[-1]) if asked and _is_open(facts, seq) else None


def _proposal(fact: Fact) -> Proposal:
    said = fact.body
    return Proposal(
        fact.seq,
        said["act"],
        hands.staff_of(fact.hand),
        fact.at,
        said["reason"],
        said.get("borrower", 0),
        said.get("loan", 0),
        said.get("reference", ""),
    )


def _suspended(fact: Fact, proposal: Proposal | None) -> Suspended:
    said = fact.body
    day = date.fromisoformat(said["value_day"])
    return Suspended(
        fact.seq,
        fact.amount,
        said["currency"],
        said["reference"],
        said["provider"],
        day,
        said["reason"],
        fact.at,
        proposal,
    )
