"""What follows from a signature, from money that came or came back, and from what stops it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from evenhand.ledger import charges, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.reactions import Places
from evenhand.outbound.contact.tell import tell
from evenhand.outbound.enquiries import identity
from evenhand.outbound.payments import debits, known, transfers

OUR_SIDE: Final = ("never_received", "gateway_unreachable")
"""The money never reached the bank: nothing a borrower could mend."""
ACCOUNTS: Final = ("not_verified", "account_removed", "no_account", "no_consent")
"""What only the borrower can mend."""
TRIES: Final = 3
PAUSE: Final = 600_000_000
"""Microseconds until what never reached the bank is tried again, by another order."""


def intend(facts: Places, *, at: int) -> None:
    """A contract is signed: its money is to leave for the account the borrower named last."""
    for signed in _facts(facts, "loan.signed"):
        if "awaits" not in signed.body:
            continue
        stream = streams.stream(signed.borrower)
        account = known.account_of(stream)
        if account and not known.open_of(stream, signed.loan, "transfer"):
            transfers.intend(
                signed.borrower, signed.loan, charges.paid_out(signed), account, "disbursal",
                signed.seq, at,
            )  # fmt: skip


def told(facts: Places, *, at: int) -> None:
    """The money has come: the borrower hears it, with the sum and the day."""
    for fact in _facts(facts, "loan.disbursed"):
        if "leaving" in fact.body:
            _tell(fact, "paid_out", charges.paid_out(fact), str(fact.body["currency"]), at)


def failed(facts: Places, *, at: int) -> None:
    """A payout has not come: what never reached the bank is tried again, else the borrower hears
    it and names another account or withdraws."""
    for fact in _facts(facts, "transfer.failed"):
        stream = streams.stream(fact.borrower)
        intention = stream[stream[fact.cause - 1].cause - 1]
        if intention.body["purpose"] != "disbursal":
            continue
        if fact.body["reason"] in OUR_SIDE and _tried(stream, fact.loan) < TRIES:
            transfers.intend(
                fact.borrower, fact.loan, intention.amount, intention.body["account"],
                "disbursal", fact.seq, at, due_at=at + PAUSE,
            )  # fmt: skip
        else:
            currency = str(transfers.contract(stream, fact.loan).body["currency"])
            _tell(fact, "payout_failed", intention.amount, currency, at)


def withdrawn(facts: Places, *, at: int) -> None:
    """A payout was taken back because of its account: the borrower hears it and names another."""
    for fact in _facts(facts, "transfer.withdrawn"):
        stream = streams.stream(fact.borrower)
        intention = stream[fact.cause - 1]
        if intention.body["purpose"] == "disbursal" and fact.body["reason"] in ACCOUNTS:
            currency = str(transfers.contract(stream, fact.loan).body["currency"])
            _tell(fact, "payout_failed", intention.amount, currency, at)


def check_again(facts: Places, *, at: int) -> None:
    """A number was changed while money waits: is the account theirs with the new number, too?"""
    for fact in _facts(facts, "number.changed"):
        stream = streams.stream(fact.borrower)
        for account in sorted({one.body["account"] for one in _waiting(stream)}):
            # Without consent, or asked too often today: the payout is taken back when it is due.
            with suppress(identity.NotAsked):
                identity.verify(fact.borrower, account=account, at=at)


def stop(facts: Places, *, at: int) -> None:
    """A contract is withdrawn, or a loan is claimed not to be the borrower's: nothing leaves, and
    nobody's account is debited."""
    for fact in _facts(facts, "contract.withdrawn"):
        transfers.take_back(fact.borrower, fact.loan, "contract_withdrawn", at)
    for fact in _facts(facts, "state.began"):
        if fact.body["state"] == "identity_theft":
            transfers.take_back(fact.borrower, fact.loan, "identity_theft", at)
            debits.take_back(fact.borrower, fact.loan, "identity_theft", at)


TASKS: Final[Mapping[str, Callable[..., object]]] = {
    "disburse.intend": intend,
    "disburse.tell": told,
    "disburse.failed": failed,
    "disburse.withdrawn": withdrawn,
    "disburse.check_again": check_again,
    "disburse.stop": stop,
}


def _tell(fact: Fact, template: str, amount: int, currency: str, at: int) -> None:
    values: dict[str, int | str] = {
        "amount_minor": amount,
        "currency": currency,
        "day": fact.day.isoformat(),
    }
    tell(fact.borrower, template, at=at, cause=fact.seq, loan=fact.loan, values=values)


def _tried(stream: Sequence[Fact], loan: int) -> int:
    """How often a payout of this loan has left."""
    return sum(fact.kind == "transfer.leaving" and fact.loan == loan for fact in stream)


def _waiting(stream: Sequence[Fact]) -> list[Fact]:
    """The payouts that have not ended."""
    loans = {fact.loan for fact in stream if fact.kind == "transfer.intended"}
    return [one for loan in loans for one in known.open_of(stream, loan, "transfer")]


def _facts(places: Places, kind: str) -> list[Fact]:
    return [fact for fact in streams.facts_at(places) if fact.kind == kind]
