"""Kinds of facts about a borrower as a person: declared, consented, verified, how to be reached.

`text` is a commitment to words kept in the vault; `address` and `account` are the vault's numbers
of a contact point or a bank account: neither says what it is.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

ANSWERS: Final = ("match", "mismatch", "unclear")
"""What the identity provider says of name, number, phone and account: do they belong together?"""
STUDENT: Final = ("yes", "no", "unknown")
ROLES: Final = ("co_borrower", "guarantor")
PARTY: Final = {"borrower": bodies.integer, "person": bodies.integer, "invited": bodies.integer}
"""Whose loan it is, who answers for it, and the seq of the invitation in the borrower's stream; the
same in both their streams, by the one's hand in the own and by the house's in the other."""
ANSWERS_FOR: Final = {"limit_minor": bodies.integer, "until": bodies.iso_day}
"""The most a party answers for and until when; without these for the whole, until it is paid."""

PERSON: Final[dict[str, Kind]] = {
    "consent.given": kind(
        {"purpose": bodies.name, "text": bodies.code},
        "borrower staff",
        may={"lang": bodies.code, "version": bodies.integer},
    ),
    "consent.withdrawn": kind({}, "borrower staff", caused=True),
    "person.declared": kind(
        {"student": bodies.one_of(STUDENT)}, "borrower staff", may={"text": bodies.code}
    ),
    "enquiry.leaving": kind(
        {"about": bodies.name, "purpose": bodies.name, "provider": bodies.name},
        "borrower staff house",
        may={"account": bodies.integer},
        caused=True,
    ),
    "enquiry.answered": kind(
        {"about": bodies.name, "answer": bodies.one_of(ANSWERS), "provider": bodies.name},
        "provider",
        may={
            "checked": bodies.plain_list,
            "student": bodies.one_of(STUDENT),
            "reference": bodies.code,
            "reason": bodies.code,
        },
        caused=True,
    ),
    "enquiry.unknown": kind(
        {"about": bodies.name, "provider": bodies.name},
        "provider house",
        may={"reason": bodies.code, "again": bodies.integer, "reference": bodies.code},
        caused=True,
    ),
    "number.changed": kind({"address": bodies.integer}, "borrower staff"),
    "number.confirmed": kind({"address": bodies.integer}, "borrower staff", "step", caused=True),
    "account.named": kind({"account": bodies.integer}, "borrower staff"),
    "account.removed": kind({"account": bodies.integer}, "borrower staff"),
    "pin.renewed": kind({"how": bodies.one_of(("forgotten", "chosen"))}, "borrower staff"),
    "safe_contact.chosen": kind(
        {"confidential": bodies.plain_list}, "borrower staff", may=bodies.STATE
    ),
    "service.begun": kind(
        {"via": bodies.one_of(("counter", "hotline")), "session": bodies.integer}, "staff"
    ),
    "service.ended": kind({}, "staff house", caused=True),
    "party.invited": kind(
        {
            "role": bodies.one_of(ROLES),
            "invitation": bodies.code,
            "currency": bodies.currency,
            "measures": bodies.plain_list,
            "valid_until": bodies.iso_day,
        },
        "borrower",
        may={"item": bodies.integer, **ANSWERS_FOR},
    ),
    "party.recalled": kind(PARTY, "borrower house"),
    "party.joined": kind(
        {**PARTY, "role": bodies.one_of(ROLES)},
        "borrower house",
        may={"assent": bodies.code, **ANSWERS_FOR},
    ),
    "party.declined": kind(PARTY, "borrower house"),
    "party.left": kind(PARTY, "borrower house"),
}
