"""Payouts and refunds: only to an account in the borrower's own verified name.

`intend` writes that money is to leave; `send` judges again, lets it leave, and the bank's answer is
written here: a loan begins on the day the bank says its money came; a refund is a payment returned;
what failed reopens the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import bank_accounts, charges, house, promises
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.payments import known, outbox
from evenhand.outbound.payments.known import Hold
from evenhand.outbound.payments.limits import limits
from evenhand.outbound.payments.outbox import Waiting

PROVIDER: Final = "provider:bank"


def intend(
    borrower: int,
    loan: int,
    amount_minor: int,
    account: int,
    purpose: str,
    cause: int,
    at: int,
    *,
    hand: str = "house",
    due_at: int = 0,
) -> int:
    """Money is to leave to this account of the borrower's, at once or at `due_at`; its fact's seq.

    `purpose` is disbursal or refund, `cause` the fact it follows from: one cause is one intention,
    and a loan has one of a purpose at a time (whose seq is returned). ValueError where a disbursal
    is not of the whole signed sum, less the fees its contract keeps back.
    """
    seqs: list[int] = []

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        seqs[:] = [fact.seq for fact in _standing(facts, loan, purpose, cause)]
        if seqs:
            return []
        if purpose == "disbursal" and amount_minor != charges.paid_out(contract(facts, loan)):
            raise ValueError(f"loan {loan}: a disbursal is the sum its contract pays out")
        body = {"account": account, "purpose": purpose, "due_at": due_at or at}
        day = house.day_of(at)
        return [Draft("transfer.intended", day, hand, loan, amount_minor, cause, body)]

    with transaction.atomic():
        written = act(borrower, decide, at=at)
        if not written:
            return seqs[-1]
        outbox.put(Waiting(borrower, written[0].seq), due_at or at)
    return written[0].seq


def contract(facts: Sequence[Fact], loan: int) -> Fact:
    """The signing of a loan that awaits its money; ValueError where there is none."""
    signings = [f for f in facts if f.kind == "loan.signed" and f.loan == loan]
    if not signings or "awaits" not in signings[-1].body:
        raise ValueError(f"loan {loan}: nothing is signed that awaits its money")
    return signings[-1]


def judge(facts: Sequence[Fact], intention: Fact, now: int) -> Draft | Hold:
    """What becomes of an intention now: it is taken back with a reason, waits, or leaves."""
    reason = _refusal(facts, intention, now)
    if reason:
        return known.withdrawn(intention, now, reason)
    if now < (until := held_until(facts)):
        return Hold(until)
    if not bank_accounts.belongs(facts, intention.body["account"]):
        return known.withdrawn(intention, now, "not_verified")
    return leaving(intention, now)


def held_until(facts: Sequence[Fact]) -> int:
    """Until when money waits after a change of number or account, microseconds UTC; 0: never."""
    changed = known.changed_at(facts)
    return changed + limits().payout.hold if changed else 0


def take_back(borrower: int, loan: int, reason: str, at: int) -> int:
    """Take back what is to leave for a loan and has not left; returns how many."""

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        left = {fact.cause for fact in facts if fact.kind == "transfer.leaving"}
        unended = known.open_of(facts, loan, "transfer")
        return [known.withdrawn(one, at, reason) for one in unended if one.seq not in left]

    with transaction.atomic():
        written = act(borrower, decide, at=at)
        for fact in written:
            outbox.end(Waiting(borrower, fact.cause))
    return len(written)


def leaving(intention: Fact, now: int) -> Draft:
    """The intention on its way; the sender adds which bank has it."""
    body = {"account": intention.body["account"]}
    day, loan, amount = house.day_of(now), intention.loan, intention.amount
    return Draft("transfer.leaving", day, "house", loan, amount, intention.seq, body)


def settled(
    facts: Sequence[Fact], left: Fact, value_day: date, reference: str, provider: str
) -> Draft:
    """The money has come: the loan begins, or a payment's surplus is returned."""
    body: dict[str, Any] = {"reference": reference, "provider": provider}
    if facts[left.cause - 1].body["purpose"] == "refund":
        amount, cause = -left.amount, left.seq
        return Draft("payment.returned", value_day, PROVIDER, left.loan, amount, cause, body)
    signed = contract(facts, left.loan)
    body |= promises.as_of(signed.body, value_day) | {"leaving": left.seq}
    loan, amount = left.loan, signed.amount
    return Draft("loan.disbursed", value_day, PROVIDER, loan, amount, signed.seq, body)


def failed(left: Fact, day: date, reference: str, reason: str, provider: str) -> Draft:
    """The money has not come and will not."""
    body = {"provider": provider, "reason": reason, "reference": reference}
    return Draft("transfer.failed", day, PROVIDER, left.loan, cause=left.seq, body=body)


def _standing(facts: Sequence[Fact], loan: int, purpose: str, cause: int) -> list[Fact]:
    """The intentions of this cause, and the one of this loan and purpose that has not ended."""
    same = [f for f in facts if f.kind == "transfer.intended" and f.body["purpose"] == purpose]
    unended = {fact.seq for fact in known.open_of(facts, loan, "transfer")}
    return [fact for fact in same if fact.cause == cause or fact.seq in unended]


def _refusal(facts: Sequence[Fact], intention: Fact, now: int) -> str:
    loan, account = intention.loan, intention.body["account"]
    if intention.body["purpose"] == "disbursal":
        if any(f.kind == "contract.withdrawn" and f.loan == loan for f in facts):
            return "contract_withdrawn"
        if any(f.kind == "loan.disbursed" and f.loan == loan for f in facts):
            return "disbursed"
    elif intention.amount > known.sums(facts, loan, now).over:
        return "nothing_over"
    if stop := known.stopped(facts, loan, limits().payout.stopped_by, now):
        return stop
    if not known.consented(facts):
        return "no_consent"
    return "account_removed" if known.removed(facts, account) else ""
