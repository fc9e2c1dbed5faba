"""Money that comes in by itself: to the loan its reference names, else into suspense.

A credit is known by the bank's own reference: told late, twice or in any order it counts once. What
the payer wrote is read for our reference and kept nowhere.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import bodies, house, loans, parties, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft
from evenhand.outbound.payments import reference, seen
from evenhand.providers.bank.message import Callback

HAND: Final = "provider:bank"


def credit(callback: Callback, at: int, bank: str) -> bool:
    """Count money that came in; False where it was told before."""
    loan = reference.loan_of(callback.remark)
    if loan is None:
        return suspend(callback, at, bank, "no_reference")
    borrower = loans.borrower_of(loan)
    currency = currency_of(borrower, loan) if borrower else ""
    if not borrower or not currency:
        return suspend(callback, at, bank, "no_such_loan")
    if currency != callback.currency:
        return suspend(callback, at, bank, "currency")
    body: dict[str, Any] = {"reference": plain(callback.reference), "channel": "transfer"}
    body |= {"provider": bank} | _who_paid(borrower, loan, callback.remark)
    day = min(callback.value_day, house.day_of(at))
    draft = Draft("payment.received", day, HAND, loan, callback.amount_minor, body=body)
    return _once(borrower, draft, seen.digest(bank, plain(callback.reference)), at)


def _who_paid(borrower: int, loan: int, remark: str) -> dict[str, int]:
    """The invitation of whoever paid for another, where they answer for the loan."""
    invited = reference.party_of(remark, loan)
    if not invited:
        return {}
    asked = parties.invitations(streams.stream(borrower), loan)
    joined = any(one.seq == invited and one.state == "joined" for one in asked)
    return {"party": invited} if joined else {}


def suspend(callback: Callback, at: int, bank: str, reason: str, *, amount_minor: int = 0) -> bool:
    """Keep money that is not known to be anybody's; False where it was told before."""
    body = {
        "reference": plain(callback.reference),
        "provider": bank,
        "value_day": callback.value_day.isoformat(),
        "currency": callback.currency,
        "reason": reason,
    }
    amount = amount_minor or callback.amount_minor
    draft = Draft("suspense.received", house.day_of(at), HAND, amount=amount, body=body)
    return _once(house.SUSPENSE, draft, seen.digest(bank, body["reference"], reason), at)


def _once(stream: int, draft: Draft, name: bytes, at: int) -> bool:
    """Write the draft, and that the bank's reference was heard, or neither."""
    with transaction.atomic():
        if not seen.see(name, stream):
            return False
        written = act(stream, lambda _facts: [draft], at=at)
        seen.seen_as(name, written[0].seq)
    return True


def currency_of(borrower: int, loan: int) -> str:
    """The currency of a loan of the borrower's that stands; empty where there is none."""
    rows = loans.terms([borrower])
    found = rows["currency"][rows["loan"] == loan].tolist()
    return str(found[0].decode()) if found else ""


def plain(name: str) -> str:
    """A bank's reference as a fact may hold it: by its digest where it is no short code."""
    return name if name and bodies.code(name) else hashlib.sha256(name.encode()).hexdigest()
