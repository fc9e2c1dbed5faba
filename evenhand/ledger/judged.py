"""Does the database refuse contacts that nobody judged? Asked by trying to pass it.

A contact whose verdict is for another head, does not allow it, or was not given by all the law in
force is refused by a trigger, whoever writes; so is one that leaves twice, otherwise than intended
or in one breath with what was learnt, and one said to be sent that never left
(`migrations/0012_quicker.sql`). Here each is tried and rolled back, and an honest
one beside them, which must go through.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db import IntegrityError, transaction
from psycopg.types.json import Jsonb

from evenhand.ledger import packs
from evenhand.ledger.columns import rows, run
from evenhand.ledger.house import RULES
from evenhand.ledger.queries import query

INTENDED: Final = "contact.intended"
LEAVING: Final = "contact.leaving"
SENT: Final = "contact.sent"
LEARNT: Final = "complaint.opened"
SEQ: Final = 2_000_000_000
"""A place in the stream of rules that no fact will ever take; two facts before it are tried too."""
POWERS: Final = ("owns", "may INSERT into", "may UPDATE", "may DELETE from", "may TRUNCATE")
Body = Mapping[str, Any]


class Tried(NamedTuple):
    """A fact, and by how much its cause lies before it (0: it has none)."""

    kind: str
    body: Body = {}
    back: int = 0


def faults(role: str) -> list[str]:
    """Every way past the guard that is open to the serving role; empty where none is."""
    found = [
        f"the serving role {role} {power} {table}"
        for table, *powers in rows(query("pack_tables"), {"role": role})
        for power, may in zip(POWERS, powers, strict=True)
        if may
    ]
    for pack in packs.not_kept(settings.EVENHAND_PACKS):
        found.append(f"the pack of law {pack} is not kept as it ships: run `evenhand migrate`")
    if not found and not packs.are_in_force(settings.EVENHAND_PACKS):
        found.append("another law is in force than EVENHAND_PACKS name: run `evenhand migrate`")
    if not found and not _goes_through(_honest()):
        found.append("the database refuses a contact that was judged")
    tried = [what for what, facts in _bypasses() if _goes_through(facts)]
    return found + [f"a contact {what} can be written" for what in tried]


def _honest() -> list[Tried]:
    """Intended, on its way, and arrived."""
    sent = Tried(SENT, {}, 1)
    return [Tried(INTENDED, _judged(0)), Tried(LEAVING, _judged(1), 1), sent]


def _bypasses() -> Iterator[tuple[str, list[Tried]]]:
    ask = _judged(0)
    yield "judged at another head", [Tried(INTENDED, {**ask, "judged_seq": SEQ - 2})]
    yield "nobody judged", [Tried(INTENDED, {"packs": ask["packs"]})]
    yield "that is not allowed", [Tried(INTENDED, {**ask, "verdict": {"allowed": 0}})]
    yield "by a law that is not kept", [Tried(INTENDED, {**ask, "packs": {"cn": "0" * 64}})]
    yield "by no law", [Tried(INTENDED, {**ask, "packs": {}})]
    yield "by a part of the law", [Tried(INTENDED, {**ask, "packs": _part(ask["packs"])})]
    yield "that was never intended", [Tried(LEAVING, ask)]
    yield "that left before", [*_honest()[:2], Tried(LEAVING, _judged(2), 2)]
    elsewhere = {**_judged(1), "address": 2}
    yield "to another address", [Tried(INTENDED, ask), Tried(LEAVING, elsewhere, 1)]
    learnt = Tried(LEARNT)
    yield "judged before a complaint", [Tried(INTENDED, ask), learnt, Tried(LEAVING, _judged(1), 2)]
    yield "that never left", [Tried(INTENDED, ask), Tried(SENT, {}, 1)]


def _judged(place: int) -> dict[str, Any]:
    """An honest contact at that place from SEQ on, judged right before it."""
    way = {"channel": "sms", "address": 1}
    verdict = {"allowed": 1, "not_before": 0}
    return {**way, "judged_seq": SEQ + place - 1, "verdict": verdict, "packs": packs.in_force()}


def _part(law: Mapping[str, str]) -> dict[str, str]:
    """All packs of a law but the last."""
    return dict(sorted(law.items())[:-1])


def _goes_through(facts: Sequence[Tried]) -> bool:
    """Does the database take the facts, one after the other? Whatever it says, nothing is left of
    them."""
    try:
        with transaction.atomic():
            for place, tried in enumerate([Tried(LEARNT), Tried(LEARNT), *facts], SEQ - 2):
                with transaction.atomic():  # as one of its own: what is judged stood before
                    _write(place, tried)
            transaction.set_rollback(True)
    except IntegrityError:
        return False
    return True


def _write(seq: int, tried: Tried) -> None:
    cause = seq - tried.back if tried.back else 0
    fact = {"borrower": RULES, "seq": seq, "kind": tried.kind, "cause": cause}
    run(query("try_contact"), {**fact, "body": Jsonb(dict(tried.body))})
