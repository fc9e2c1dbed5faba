"""What the lender gives in writing: printed, signed, kept under the person's key."""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.conf import settings

from evenhand.ledger import house
from evenhand.people import files, persons
from evenhand.people.persons import Erased
from evenhand.providers.signing import registry
from evenhand.providers.signing.signer import NotStamped
from evenhand.web.documents import compiling, made_up
from evenhand.web.documents.compiling import Unprintable

__all__ = ["Erased", "Issued", "NotStamped", "Unprintable", "faults", "issue", "lender", "read"]

KIND: Final = "document"
MINUTE: Final = 60_000_000
MARKS: Final = {
    "cost_table": "T",
    "contract": "C",
    "receipt": "R",
    "paid_off": "Z",
    "statement": "S",
}
"""What a document's number says it is."""
LENDER: Final = ("name", "licence", "office", "hotline")
"""What a document says of the lender; `EVENHAND_LENDER` has it."""


class Issued(NamedTuple):
    """A signed document: its number in the vault, and the SHA-256 of its bytes in hex."""

    item: int
    digest: str


def issue(person: int, name: str, data: Mapping[str, Any], lang: str, *, at: int) -> Issued:
    """Print a document for a person, have it signed, keep it; `at` is microseconds UTC.

    `name` is one of web.documents' NAMES, `data` its values but what is added here: lender and
    borrower, the day, the document's number, whether it is practice; `data["loan"]` is the loan's
    number, and each of `data["parties"]` names its `person` by number. Raises Unprintable,
    NotStamped, or Erased where a person is no more.
    """
    added = {
        "loan": f"{data['loan']}",
        "number": f"{data['loan']}-{MARKS[name]}-{at // MINUTE}",
        "issued": f"{house.day_of(at)}",
        "lender": lender(),
        "borrower": _named(person),
        "practice": settings.EVENHAND_PRACTICE,
        "parties": [{**each, **_named(each["person"])} for each in data.get("parties", ())],
    }
    printed = compiling.pdf(name, {**data, **added}, lang, at=at)
    signed = registry.provider().sign(printed, at=at)
    item = files.seal_bytes(person, KIND, signed)
    return Issued(item, hashlib.sha256(signed).hexdigest())


def read(person: int, item: int) -> bytes:
    """The very bytes that were signed. KeyError where the item is not this person's."""
    return files.open_bytes(person, item)


def lender() -> dict[str, str]:
    """Who lends, as documents name it; what the settings do not say is empty."""
    return {key: settings.EVENHAND_LENDER.get(key, "") for key in LENDER}


def _named(person: int) -> dict[str, str]:
    who = persons.identity_for_enquiry(person)
    return {"name": who.name, "identity": who.number}


def faults(*, at: int) -> list[str]:
    """Why this house could issue no document, in words for who runs it; none where it can."""
    unsaid = [f"EVENHAND_LENDER names no {key}" for key, said in lender().items() if not said]
    fonts = [f"no font {font} (Debian: fonts-noto-cjk)" for font in compiling.missing_fonts()]
    return unsaid + (fonts or _trial(at))


def _trial(at: int) -> list[str]:
    """Print each document with made-up values, and sign one."""
    from evenhand.providers.signing.verify import verify

    try:
        printed = [
            compiling.pdf(name, made_up.VALUES[name], lang, at=at)
            for name in compiling.NAMES
            for lang in compiling.FONTS
        ]
        provider = registry.provider()
        seal = verify(provider.sign(printed[0], at=at), [provider.chain()[-1]], at=at)
    except (Unprintable, NotStamped) as error:
        return [str(error)]
    return [] if seal.good else ["the lender's signature does not hold: look at its certificate"]
