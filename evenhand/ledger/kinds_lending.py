"""Kinds of facts on the way to a loan: applied, decided, cost table, measures, contract.

A loan's number is given with its application; every fact on the way names it. Digests are SHA-256
in hex: `text` a commitment to words in the vault, `document` the digest of the very bytes shown.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

OUTCOMES: Final = ("approve", "refer", "decline")

LENDING: Final[dict[str, Kind]] = {
    "application.made": kind(
        {
            "product": bodies.name,
            "version": bodies.integer,
            "months": bodies.integer,
            "purpose": bodies.name,
            "text": bodies.code,
        },
        "borrower staff",
        "none",
        1,
        may={"parties": bodies.plain_list},
    ),
    "application.withdrawn": kind({}, "borrower staff", caused=True),
    "decision.made": kind(
        {
            "outcome": bodies.one_of(OUTCOMES),
            "reasons": bodies.plain_list,
            "policy": bodies.code,
            "scorecard": bodies.code,
        },
        "house staff",
        may={
            "points": bodies.integer,
            "principal_minor": bodies.integer,
            "months": bodies.integer,
            "until": bodies.iso_day,
            "text": bodies.code,
        },
        caused=True,
    ),
    "decision.proposed": kind(
        {
            "outcome": bodies.one_of(OUTCOMES),
            "reasons": bodies.plain_list,
            "principal_minor": bodies.integer,
            "months": bodies.integer,
        },
        "staff",
        may={"text": bodies.code},
        caused=True,
    ),
    "decision.review_asked": kind({}, "borrower staff", may={"text": bodies.code}, caused=True),
    "cost_table.shown": kind(
        {
            "document": bodies.code,
            "item": bodies.integer,
            "lang": bodies.code,
            "reading_seconds": bodies.integer,
            "charges": bodies.plain_list,
            "principal_minor": bodies.integer,
            "months": bodies.integer,
            "yearly_hundredths": bodies.integer,
        },
        "house staff",
        caused=True,
    ),
    "cost_table.confirmed": kind(
        {"document": bodies.code, "read_seconds": bodies.integer}, "borrower staff", caused=True
    ),
    "contract.offered": kind(
        {
            "document": bodies.code,
            "item": bodies.integer,
            "lang": bodies.code,
            "cost_table": bodies.code,
        },
        "house",
        caused=True,
    ),
    "contract.opened": kind({"document": bodies.code}, "borrower staff", caused=True),
    "measures.confirmed": kind(
        {"document": bodies.code, "measures": bodies.plain_list}, "borrower staff", caused=True
    ),
    "contract.withdrawn": kind({"reason": bodies.code}, "borrower staff house", caused=True),
    "certificate.issued": kind(
        {"about": bodies.name, "document": bodies.code},
        "house",
        # A statement's: the day it is of, and the day by whose end what it says was known.
        may={
            "item": bodies.integer,
            "lang": bodies.code,
            "on": bodies.iso_day,
            "known": bodies.iso_day,
        },
    ),
}
