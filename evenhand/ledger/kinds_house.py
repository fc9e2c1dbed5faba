"""Kinds of facts of the house itself: days closed and signed, books taken over."""

from typing import Final

from evenhand.ledger import bodies
from evenhand.ledger.kind import Kind, kind

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
}
