"""Does the database refuse contacts that nobody judged? Asked by trying to pass it.

A contact whose verdict is for another head, does not allow it, or comes from a pack of law that is
not kept is refused by a trigger, whoever writes (`migrations/0007_judged.sql`). Here each is tried
and rolled back, and an honest one beside them, which must go through.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from psycopg.types.json import Jsonb

from evenhand.law import rulebook
from evenhand.ledger import packs
from evenhand.ledger.columns import rows, run
from evenhand.ledger.house import RULES
from evenhand.ledger.queries import query

INTENDED: Final = "contact.intended"
LEAVING: Final = "contact.leaving"
SEQ: Final = 2_000_000_000
"""A place in the stream of rules that no fact will ever take."""
POWERS: Final = ("owns", "may INSERT into", "may UPDATE", "may DELETE from", "may TRUNCATE")


def faults(role: str) -> list[str]:
    """Every way past the guard that is open to the serving role; empty where none is."""
    (table, *powers) = rows(query("pack_table"), {"role": role})[0]
    held = [power for power, may in zip(POWERS, powers, strict=True) if may]
    found = [f"the serving role {role} {power} {table}" for power in held]
    in_force = settings.EVENHAND_PACKS
    for pack in packs.not_kept(in_force):
        found.append(f"the pack of law {pack} is not kept as it ships: run `evenhand migrate`")
    if not found and not _goes_through(INTENDED, _honest()):
        found.append("the database refuses a contact that was judged")
    tried = [what for what, kind, body in _bypasses() if _goes_through(kind, body)]
    return found + [f"a contact {what} can be written" for what in tried]


def _bypasses() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    honest = _honest()
    yield "judged at another head", INTENDED, {**honest, "judged_seq": SEQ - 2}
    yield "nobody judged", INTENDED, {key: honest[key] for key in ("verdict", "packs")}
    yield "that is not allowed", INTENDED, {**honest, "verdict": {"allowed": 0}}
    yield "by a law that is not kept", INTENDED, {**honest, "packs": {"cn": "0" * 64}}
    yield "by no law", INTENDED, {**honest, "packs": {}}
    yield "that was never intended", LEAVING, honest


def _honest() -> dict[str, Any]:
    law = rulebook.pack_hashes(tuple(settings.EVENHAND_PACKS))
    return {"judged_seq": SEQ - 1, "verdict": {"allowed": 1}, "packs": law}


def _goes_through(kind: str, body: Mapping[str, Any]) -> bool:
    """Does the database take the fact? Whatever it says, nothing is left of it."""
    place = {"borrower": RULES, "seq": SEQ, "kind": kind, "body": Jsonb(body)}
    try:
        with transaction.atomic():
            run(query("try_contact"), place)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True
