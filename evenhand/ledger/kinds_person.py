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
}
