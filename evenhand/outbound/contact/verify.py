"""Is this really you? A code says of a message, call or visit that it was ours, when, where to.

The answer has the channel, the hour and the last two digits, and never says why, to whom or about
what: a reminder, a receipt and a greeting answer alike. The look-up alone proves nothing: the fact
is read.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from evenhand.core.words import CHANNELS, code
from evenhand.ledger import columns, references, streams
from evenhand.outbound.contact import verify_queries
from evenhand.people import persons

LEAVING: Final = "contact.leaving"
DAY: Final = 86_400_000_000
HOUR: Final = 3_600_000_000
DIGITS_SHOWN: Final = 2
CALL: Final = code("call", CHANNELS)
_IN_WORDS: Final = re.compile(r"(?<![0-9a-z])[0-9a-f]{12}(?![0-9a-z])")
_MISREAD: Final = str.maketrans("oil", "011")


class Contact(NamedTuple):
    """A contact of ours. `at` is when it left (microseconds UTC), `ends_with` the last two digits
    of the number it went to, empty where it went to none."""

    borrower: int
    seq: int
    channel: str
    address: int
    at: int
    ends_with: str


def typed(text: str) -> str:
    """The code in what was typed, however spelt or with the whole message; empty where none is.

    >>> typed("0A1B 2c3d-4e5f"), typed("Oa1b2c3d4e5f"), typed("核实编号0a1b2c3d4e5f。"), typed("hi")
    ('0a1b2c3d4e5f', '0a1b2c3d4e5f', '0a1b2c3d4e5f', '')
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    whole = references.typed(plain.translate(_MISREAD))
    if whole:
        return whole
    found = _IN_WORDS.search(plain)
    return found[0] if found else ""


def ours(reference: str, *, at: int, person: int = 0) -> Contact | None:
    """The contact that printed this code; None where none of ours did or its time is over.

    `reference` as `typed` gives it, `at` now (microseconds UTC); `person` is who is signed in: to
    them the codes of their own contacts never run out.
    """
    place = references.whose(reference) if reference else None
    facts = streams.facts_at([place]) if place else []
    if not facts or facts[0].kind != LEAVING or facts[0].body.get("reference") != reference:
        return None
    fact = facts[0]
    if not fact.at <= at < fact.at + valid_days() * DAY and fact.borrower != person:
        return None
    address = int(fact.body["address"])
    number = persons.addresses_for_sending([address]).get(address, "") if address else ""
    shown = number[-DIGITS_SHOWN:] if number[-DIGITS_SHOWN:].isdecimal() else ""
    return Contact(fact.borrower, fact.seq, str(fact.body["channel"]), address, fact.at, shown)


def valid_days() -> int:
    """Days for which a code answers to everybody."""
    return _rules()["valid_days"]


def was_calling(begins: int, ends: int) -> bool:
    """Did any call of ours leave between these moments (microseconds UTC)? Never to whom."""
    asked = {"channel": CALL, "begins": begins, "ends": ends}
    return bool(columns.rows(verify_queries.CALLED, asked)[0][0])


@cache
def _rules() -> dict[str, int]:
    return tomllib.loads((Path(__file__).with_name("verify.toml")).read_text("utf-8"))
