"""The packs of law kept by their hash, with their text: a contact that names another is refused.

`evenhand migrate` keeps what ships, as the owner: who serves may only read. So a pack that was
changed on the way speaks for nobody until the owner has seen to it, and what was judged by an
earlier one can be read for ever. It writes down too which of them are in force here: a contact that
was not judged by each of those, as it is kept, is refused.
"""

from collections.abc import Iterable
from typing import NamedTuple

from psycopg.types.json import Jsonb

from evenhand.law import loader, rulebook
from evenhand.ledger.columns import rows, run
from evenhand.ledger.queries import query


class Kept(NamedTuple):
    """A pack as it once was in force here, by the hash of its canonical text."""

    pack: str
    sha256: str
    text: str


def keep() -> int:
    """Keep every pack that ships; returns how many are new. Only the owner may."""
    hashes = rulebook.pack_hashes(loader.names())
    texts = [rulebook.canonical_text(pack) for pack in hashes]
    asked = {"packs": list(hashes), "hashes": list(hashes.values()), "texts": texts}
    return run(query("keep_packs"), asked)


def put_in_force(packs: Iterable[str]) -> int:
    """From now on these, as they ship, are the law here; returns 0 where they were. Only the owner
    may."""
    return run(query("put_in_force"), {"law": Jsonb(rulebook.pack_hashes(tuple(packs)))})


def in_force() -> dict[str, str]:
    """The hash of each pack of law that is in force here; none before the first time."""
    found = rows(query("in_force"))
    return dict(found[0][0]) if found else {}


def kept() -> list[Kept]:
    """Every pack ever kept, by name, the oldest first."""
    return [Kept(*row) for row in rows(query("kept_packs"))]


def not_kept(packs: Iterable[str]) -> list[str]:
    """Those of the packs whose text as it ships is not kept."""
    known = {(one.pack, one.sha256) for one in kept()}
    shipped = rulebook.pack_hashes(tuple(packs))
    return [pack for pack, sha256 in shipped.items() if (pack, sha256) not in known]


def are_in_force(packs: Iterable[str]) -> bool:
    """Are these packs, as they ship, the law the database takes contacts by?"""
    return in_force() == rulebook.pack_hashes(tuple(packs))
