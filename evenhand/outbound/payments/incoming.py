"""Money that comes in by itself: to the loan its reference names, else into suspense.

A credit is known by the bank's own reference: told late, twice or in any order it counts once. What
the payer wrote is read for our reference and kept nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import transaction

from evenhand.ledger import bodies, house, loans, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.payments import reference, seen
from evenhand.providers.bank.message import Callback

HAND: Final = "provider:bank"


class Suspended(NamedTuple):
    """Money of nobody: the seq of its fact, and what the bank says of it."""

    seq: int
    amount_minor: int
    currency: str
    reference: str
    value_day: date
    reason: str
    at: int


class Settled(Exception):
    """This money is somebody's already, or was returned."""


def credit(callback: Callback, at: int, bank: str) -> bool:
    """Count money that came in; False where it was told before."""
    loan = reference.loan_of(callback.remark)
    if loan is None:
        return suspend(callback, at, bank, "no_reference")
    borrower = loans.borrower_of(loan)
    currency = _currency(borrower, loan) if borrower else ""
    if not borrower or not currency:
        return suspend(callback, at, bank, "no_such_loan")
    if currency != callback.currency:
        return suspend(callback, at, bank, "currency")
    body = {"reference": _plain(callback.reference), "channel": "transfer", "provider": bank}
    day = min(callback.value_day, house.day_of(at))
    draft = Draft("payment.received", day, HAND, loan, callback.amount_minor, body=body)
    return _once(borrower, draft, seen.digest(bank, _plain(callback.reference)), at)


def suspend(callback: Callback, at: int, bank: str, reason: str, *, amount_minor: int = 0) -> bool:
    """Keep money that is not known to be anybody's; False where it was told before."""
    body = {
        "reference": _plain(callback.reference),
        "provider": bank,
        "value_day": callback.value_day.isoformat(),
        "currency": callback.currency,
        "reason": reason,
    }
    amount = amount_minor or callback.amount_minor
    draft = Draft("suspense.received", house.day_of(at), HAND, amount=amount, body=body)
    return _once(house.SUSPENSE, draft, seen.digest(bank, body["reference"], reason), at)


def suspense() -> list[Suspended]:
    """What lies in suspense, oldest first."""
    facts = streams.stream(house.SUSPENSE)
    over = {fact.cause for fact in facts if fact.cause}
    received = [f for f in facts if f.kind == "suspense.received" and f.seq not in over]
    return [_suspended(fact) for fact in received]


def match(seq: int, borrower: int, loan: int, by: int, at: int) -> int:
    """The money of suspense fact `seq` is for this loan, says staff member `by`; the payment's seq.

    It counts from the day the bank had it. Raises Settled where it has been matched or returned,
    ValueError where the loan is not this borrower's, or is in another currency.
    """
    hand = f"staff:{by}"
    day = house.day_of(at)
    with transaction.atomic():
        money = _open(seq)
        if _currency(borrower, loan) != money.body["currency"]:
            raise ValueError("no loan of this borrower in this currency")
        matched = {"borrower": borrower, "loan": loan}
        _settle(seq, Draft("suspense.matched", day, hand, loan, cause=seq, body=matched), at)
        body = {"reference": money.body["reference"], "channel": "transfer"}
        body["provider"] = money.body["provider"]
        value_day = min(date.fromisoformat(money.body["value_day"]), day)
        draft = Draft("payment.received", value_day, hand, loan, money.amount, body=body)
        written = act(borrower, lambda _facts: [draft], at=at)
    return written[0].seq


def return_(seq: int, reference: str, by: int, at: int) -> None:
    """The money of suspense fact `seq` went back to its payer, says `by`; `reference` is the
    bank's name for that. Raises Settled where it has been matched or returned."""
    body = {"reference": _plain(reference)}
    draft = Draft("suspense.returned", house.day_of(at), f"staff:{by}", cause=seq, body=body)
    with transaction.atomic():
        _open(seq)
        _settle(seq, draft, at)


def _once(stream: int, draft: Draft, name: bytes, at: int) -> bool:
    """Write the draft, and that the bank's reference was heard, or neither."""
    with transaction.atomic():
        if not seen.see(name, stream):
            return False
        written = act(stream, lambda _facts: [draft], at=at)
        seen.seen_as(name, written[0].seq)
    return True


def _open(seq: int) -> Fact:
    facts = streams.stream(house.SUSPENSE)
    found = [fact for fact in facts if fact.seq == seq and fact.kind == "suspense.received"]
    if not found:
        raise LookupError(f"no money in suspense is called {seq}")
    return found[0]


def _settle(seq: int, draft: Draft, at: int) -> None:
    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        if any(fact.cause == seq for fact in facts):
            raise Settled(seq)
        return [draft]

    act(house.SUSPENSE, decide, at=at)


def _suspended(fact: Fact) -> Suspended:
    body: dict[str, Any] = fact.body
    day = date.fromisoformat(body["value_day"])
    return Suspended(
        fact.seq, fact.amount, body["currency"], body["reference"], day, body["reason"], fact.at
    )


def _currency(borrower: int, loan: int) -> str:
    """The currency of a loan of the borrower's that stands; empty where there is none."""
    rows = loans.terms([borrower])
    found = rows["currency"][rows["loan"] == loan].tolist()
    return str(found[0].decode()) if found else ""


def _plain(name: str) -> str:
    """A bank's reference as a fact may hold it: by its digest where it is no short code."""
    return name if name and bodies.code(name) else hashlib.sha256(name.encode()).hexdigest()
