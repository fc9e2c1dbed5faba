"""What the bank is handed: the account in clear, opened at the moment the money leaves."""

from __future__ import annotations

from evenhand.ledger import streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.payments.outbox import Leaving
from evenhand.people import persons
from evenhand.providers.bank.message import Debit, Order, Party, Transfer


def key_of(leaving: Leaving) -> str:
    """The bank's key of a leaving: its fact's place, used for no second order."""
    return f"{leaving.borrower}.{leaving.leaving}"


def has_account(intention: Fact) -> bool:
    """Can the account still be opened? A person who was erased has none."""
    return _party(intention.body["account"]) is not None


def order(intention: Fact, left: Draft, place: Leaving) -> Order | None:
    """The order of a leaving; None where its account was erased this very moment."""
    party = _party(intention.body["account"])
    if party is None:
        return None
    currency = currency_of(place.borrower, intention.loan)
    key, at = key_of(place), place.leaving_at
    if intention.kind == "transfer.intended":
        return Transfer(key, party, left.amount, currency, intention.body["purpose"], at)
    mandate = f"{place.borrower}.{intention.seq}"
    return Debit(key, party, mandate, left.amount, currency, at)


def currency_of(borrower: int, loan: int) -> str:
    """The currency that a loan was signed in."""
    for fact in reversed(streams.stream(borrower)):
        if fact.loan == loan and "currency" in fact.body:
            return str(fact.body["currency"])
    raise LookupError(f"loan {loan}: nobody has signed it")


def _party(account: int) -> Party | None:
    try:
        opened = persons.account_for_transfer(account)
    except persons.Erased:
        return None
    return Party(opened.name, opened.number, opened.bank)
