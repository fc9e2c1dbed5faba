"""Kinds of facts of the house itself: days closed, books taken over, frauds, the staff roll.

`fraud.reported`: `claim` is a keyed digest of what it went by, by which reports of one fraud are
found; the words, the claimed itself and a number to call back are commitments, a picture an item,
all in the house's own box of the vault. `fraud.clustered` names the report that made them many.

`product.proposed`: the terms of a version, as `ledger.products` has them. The version is offered
from `since` once one of staff other than its hand has written `product.approved`, which numbers it.
"""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

FRAUDS: Final = ("message", "call", "visit", "copied_code", "money", "code_asked", "app", "other")
"""What people report of a fraud in our name."""
CLAIMS: Final = ("number", "account", "code", "none")
"""What it went by: the number it came from, the account to pay to, the code it showed."""
PRODUCT_DECLINED: Final = ("price", "terms", "day", "taken_back")
"""Why terms are not approved; the last is their own hand's."""

_ROLE: Final = {"staff": bodies.integer, "role": bodies.name, "team": bodies.name}

HOUSE: Final[dict[str, Kind]] = {
    "day.closed": kind(
        {
            "day": bodies.iso_day,
            "looked": bodies.integer,
            "steps": bodies.integer,
            "intended": bodies.integer,
            "refusals": bodies.plain_dict,
            "facts": bodies.integer,
        },
        "dayclose",
        may={"set_aside": bodies.integer, "parts": bodies.integer},
    ),
    "day.rooted": kind(
        {
            "day": bodies.iso_day,
            "cut": bodies.integer,
            "heads": bodies.integer,
            "root": bodies.code,
            "key": bodies.code,
            "signature": bodies.code,
        },
        "dayclose",
    ),
    "import.begun": kind(
        {"digest": bodies.code, "name": bodies.code, "as_of": bodies.iso_day},
        "import staff",
        may={"totals": bodies.plain_dict},
    ),
    "import.made": kind(
        {"digest": bodies.code, "count": bodies.integer, "totals": bodies.plain_dict},
        "import staff",
        may={
            "name": bodies.code,
            "as_of": bodies.iso_day,
            "measures_from": bodies.code,
            "faults": bodies.integer,
            "borrowers": bodies.integer,
        },
    ),
    "import.taken_back": kind(
        {"digest": bodies.code, "count": bodies.integer},
        "import staff",
        may={"totals": bodies.plain_dict, "borrowers": bodies.integer},
    ),
    "fraud.reported": kind(
        {"what": bodies.one_of(FRAUDS), "sort": bodies.one_of(CLAIMS), "claim": bodies.code},
        "house staff",
        may={
            "text": bodies.code,
            "claimed": bodies.code,
            "call_back": bodies.code,
            "picture": bodies.integer,
        },
    ),
    "fraud.clustered": kind(
        {"sort": bodies.one_of(CLAIMS), "claim": bodies.code, "count": bodies.integer},
        "house",
        caused=True,
    ),
    "product.proposed": kind(
        {"product": bodies.name, "since": bodies.iso_day, "terms": bodies.plain_dict}, "staff"
    ),
    "product.approved": kind({"version": bodies.integer}, "staff", caused=True),
    "product.declined": kind({"reason": bodies.one_of(PRODUCT_DECLINED)}, "staff", caused=True),
    # The staff roll. `staff` is whom it is about: the hand only of an absence or a password set.
    "staff.invited": kind({**_ROLE, "number": bodies.name}, "staff"),
    "staff.role_proposed": kind(_ROLE, "staff"),
    "staff.role_approved": kind(_ROLE, "staff", caused=True),
    "staff.role_rejected": kind({"staff": bodies.integer}, "staff", caused=True),
    "staff.licensed": kind(
        {"staff": bodies.integer, "badge": bodies.name, "until": bodies.iso_day}, "staff"
    ),
    "staff.trained": kind({"staff": bodies.integer, "passed_on": bodies.iso_day}, "staff"),
    "staff.absent": kind(
        {
            "staff": bodies.integer,
            "from_day": bodies.iso_day,
            "until": bodies.iso_day,
            "to": bodies.integer,
        },
        "staff",
    ),
    "staff.left": kind({"staff": bodies.integer}, "staff"),
    "staff.factor_reset": kind({"staff": bodies.integer}, "staff house"),
    "staff.password_reset": kind({"staff": bodies.integer}, "staff house"),
    "staff.password_set": kind({"staff": bodies.integer}, "staff"),
}
