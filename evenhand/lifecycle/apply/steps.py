"""Who may apply, and the two acts of an applicant: send the application, withdraw it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import bank_accounts, streams
from evenhand.ledger.acting import act
from evenhand.ledger.applications import Application, applications, under_way
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_of
from evenhand.ledger.products import Product
from evenhand.lifecycle.apply import drafts, typed
from evenhand.outbound.enquiries import gate
from evenhand.people import persons

HAND: Final = "borrower"
NOT_VERIFIED: Final = "not_verified"
NO_CONSENT: Final = "no_consent"
UNDER_WAY: Final = "under_way"
DATA_USE: Final = "data_use"
"""The purpose of the consent, as registration words it."""


def hindrance(facts: Sequence[Fact], on: date) -> str:
    """Why the person may not apply now: NOT_VERIFIED, NO_CONSENT or UNDER_WAY; empty where they
    may. The consent is that to what the answers are used for."""
    if not bank_accounts.is_verified(facts):
        return NOT_VERIFIED
    if not gate.consent(facts, DATA_USE):
        return NO_CONSENT
    return UNDER_WAY if under_way(facts, on) else ""


def send(person: int, product: Product, *, at: int) -> int:
    """Sends what is kept as typed; the loan's number, or 0 where there is nothing whole to send
    (sent by another tap, say) or one is under way already.

    The answers are sealed and the draft is dropped in the same transaction.
    """
    on = day_of(at)
    kept = drafts.load(person)
    if typed.step_of(kept, product, on) != "check":
        return 0
    asked = typed.amount(kept, product, on)
    with transaction.atomic():
        text = persons.seal_text(person, typed.answers(kept, product, on).text()).hex()
        loan = int(streams.new_loans(1)[0])
        body: dict[str, Any] = {
            "product": product.product,
            "version": product.version,
            "months": asked.values["months"],
            "purpose": kept["purpose"],
            "text": text,
        }
        made = Draft("application.made", on, HAND, loan, asked.values["principal_minor"], body=body)
        written = act(person, lambda facts: [] if hindrance(facts, on) else [made], at=at)
        if written:
            drafts.drop(person)
    return loan if written else 0


def withdraw(person: int, loan: int, *, at: int) -> bool:
    """Withdraws an application at any time before it is signed; False where there is none."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one = applications(facts).get(loan)
        if one is None or not may_withdraw(one):
            return []
        return [Draft("application.withdrawn", day_of(at), HAND, loan, cause=one.seq)]

    return bool(act(person, decide, at=at))


def may_withdraw(one: Application) -> bool:
    """Is there something to withdraw?"""
    return one.stage in ("open", "approved", "referred") or one.review > 0
