"""Numbers kept back: whoever has them said "not me". Read at the moment of sending, for everybody.

A look-up by keyed digest of the number: what it says holds for each person we know under that
number, whoever comes to be known under it later too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from evenhand.core.words import STATE_KINDS, code
from evenhand.ledger import columns
from evenhand.ledger.rebuild import Difference
from evenhand.outbound.contact import verify_queries
from evenhand.people import persons

DISOWNED: Final = code("number_disowned", STATE_KINDS)
TABLE: Final = "contact_not_mine"


def keep_back(numbers: Iterable[str], at: int) -> None:
    """Nothing goes to these numbers from now on (`at`, microseconds UTC)."""
    asked = {"numbers": _digests(numbers), "at": at}
    columns.run(verify_queries.KEEP_BACK, asked)


def give_free(number: str) -> None:
    """The number is somebody's again, who has shown it."""
    columns.run(verify_queries.GIVE_FREE, {"numbers": _digests([number])})


def kept_back(numbers: Iterable[str]) -> set[str]:
    """Those of the numbers that nothing goes to."""
    asked = sorted({number for number in numbers if number})
    if not asked:
        return set()
    by_digest = dict(zip(_digests(asked), asked, strict=True))
    found = columns.rows(verify_queries.KEPT_BACK, {"numbers": list(by_digest)})
    return {by_digest[bytes(row[0])] for row in found}


def rebuild() -> Iterable[list[Difference]]:
    """Put back what is missing by the facts. What is more stays: it keeps something back."""
    with transaction.atomic():
        standing = columns.rows(verify_queries.STANDING, {"kind": DISOWNED})
        found = persons.addresses_for_sending([address for _b, _seq, address, _at in standing])
        said = {
            found[address]: (b, seq, at) for b, seq, address, at in standing if address in found
        }
        missing = sorted(said.keys() - kept_back(said))
        for number in missing:
            keep_back([number], said[number][2])
    yield [Difference(TABLE, said[number][:2], "missing") for number in missing]


def disowned_since(since: int) -> int:
    """How often somebody said "not me" from a moment on: each is an incident."""
    asked = {"kind": DISOWNED, "since": since}
    return int(columns.rows(verify_queries.DISOWNED_SINCE, asked)[0][0])


def withheld(addresses: Mapping[tuple[int, int], str]) -> set[tuple[int, int]]:
    """Which of these (borrower, address) lead to a number that nothing goes to."""
    back = kept_back(addresses.values())
    return {place for place, number in addresses.items() if number in back}


def _digests(numbers: Iterable[str]) -> Sequence[bytes]:
    dialled = [persons.dialled("phone", number) for number in numbers]
    return [
        salted_hmac("evenhand.contact.not_mine", number, algorithm="sha256").digest()
        for number in dialled
    ]
