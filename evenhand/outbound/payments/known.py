"""What a borrower's stream says about their account, and about money on its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from evenhand.core.words import STATE_KINDS
from evenhand.ledger import bank_accounts, house, standing, states
from evenhand.ledger.facts import Draft, Fact

CONSENT: Final = "identity_check"
"""The consent by which an account is known to be the borrower's own."""
ENDS: Final = (
    "transfer.failed",
    "payment.returned",
    "loan.disbursed",
    "debit.failed",
    "payment.received",
)


class Hold(NamedTuple):
    """Not yet: judge again at that moment, microseconds UTC."""

    until: int


class Sums(NamedTuple):
    """What a loan comes to on a day, minor units."""

    due: int
    """Unpaid of what fell due by then."""
    owed: int
    """Unpaid of everything."""
    over: int
    """Paid beyond it and not returned."""


def account_of(facts: Sequence[Fact]) -> int:
    """The account that money is paid out to unless another is chosen; 0 without one."""
    return next(reversed(bank_accounts.named(facts)), 0)


def removed(facts: Sequence[Fact], account: int) -> bool:
    """Has the borrower taken the account back?"""
    kinds = ("account.named", "account.removed")
    said = [f.kind for f in facts if f.kind in kinds and f.body["account"] == account]
    return bool(said) and said[-1] == "account.removed"


def consented(facts: Sequence[Fact]) -> bool:
    """Does a consent stand by which the account was checked?"""
    ended = {fact.cause for fact in facts if fact.kind == "consent.withdrawn"}
    return any(
        fact.kind == "consent.given" and fact.body["purpose"] == CONSENT and fact.seq not in ended
        for fact in facts
    )


def changed_at(facts: Sequence[Fact]) -> int:
    """When the number or the account was last changed, or a PIN forgotten; 0 where never."""
    named = [fact for fact in facts if fact.kind == "account.named"]
    first = named[0].body["account"] if named else 0
    moments = [fact.at for fact in named if fact.body["account"] != first]
    moments += [
        fact.at
        for fact in facts
        if fact.kind == "number.changed"
        or (fact.kind == "pin.renewed" and fact.body["how"] == "forgotten")
    ]
    return max(moments, default=0)


def stopped(facts: Sequence[Fact], loan: int, by: Sequence[str], now: int) -> str:
    """The first of these states that holds for the loan at `now`; empty where none does."""
    held = states.states_by([fact for fact in facts if _is_state(fact)])
    stands = (held["until"] > now) & ((held["loan"] == loan) | (held["loan"] == 0))
    found = {STATE_KINDS[kind] for kind in held["kind"][stands].tolist()}
    return next((word for word in by if word in found), "")


def sums(facts: Sequence[Fact], loan: int, now: int) -> Sums:
    """What the loan comes to on the house day of `now`; nothing where it has not begun."""
    stood = standing.stand_by(facts, house.day_number(house.day_of(now)))
    row = stood.loan.tolist().index(loan) if loan in stood.loan.tolist() else None
    if row is None:
        return Sums(0, 0, 0)
    here = stood.position
    whole = int(here.owed_minor[row].sum())
    return Sums(int(here.due_minor[row]), whole, int(here.overpaid_minor[row]))


def end_of(facts: Sequence[Fact], leaving: int) -> Fact | None:
    """The fact that says what came of a leaving; None while it is awaited."""
    return next(
        (
            fact
            for fact in facts
            if fact.kind in ENDS and leaving in (fact.cause, fact.body.get("leaving"))
        ),
        None,
    )


def open_of(facts: Sequence[Fact], loan: int, kind: str) -> list[Fact]:
    """The intentions of a kind ("transfer", "debit") for a loan that have not ended."""
    over = {fact.cause for fact in facts if fact.kind == f"{kind}.withdrawn"}
    left = {fact.cause: fact.seq for fact in facts if fact.kind == f"{kind}.leaving"}
    return [
        fact
        for fact in facts
        if fact.kind == f"{kind}.intended"
        and fact.loan == loan
        and fact.seq not in over
        and (fact.seq not in left or end_of(facts, left[fact.seq]) is None)
    ]


def withdrawn(intention: Fact, now: int, reason: str) -> Draft:
    """The intention is taken back, and why."""
    kind = intention.kind.replace(".intended", ".withdrawn")
    day, loan, body = house.day_of(now), intention.loan, {"reason": reason}
    return Draft(kind, day, "house", loan, cause=intention.seq, body=body)


def _is_state(fact: Fact) -> bool:
    return fact.kind in states.BEGINS or fact.kind in states.ENDS
