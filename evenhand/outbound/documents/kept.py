"""Which documents a person has, read from their facts: numbers and digests, never the bytes."""

from collections.abc import Sequence
from typing import NamedTuple

from evenhand.ledger.facts import Fact


class Kept(NamedTuple):
    """A document: its name, the loan, the vault's number, the SHA-256 of its bytes, its moment."""

    name: str
    loan: int
    item: int
    digest: str
    lang: str
    at: int


def kept(facts: Sequence[Fact]) -> list[Kept]:
    """Every document that binds or stands to be signed, oldest first.

    Of a loan's cost tables the confirmed ones; of its contracts the signed one, or the last offered
    while none is; every certificate.
    """
    signed = {fact.body.get("contract", ""): fact for fact in facts if fact.kind == "loan.signed"}
    confirmed = {f.body["document"] for f in facts if f.kind == "cost_table.confirmed"}
    offered = {fact.loan: fact for fact in facts if fact.kind == "contract.offered"}
    ended = {fact.loan for fact in facts if fact.kind in ("loan.signed", "contract.withdrawn")}
    found = []
    for fact in facts:
        name = _NAMES.get(fact.kind) or fact.body.get("about", "")
        digest = fact.body.get("document", "")
        last = offered.get(fact.loan) is fact and fact.loan not in ended
        binds = {
            "cost_table.shown": digest in confirmed,
            "contract.offered": digest in signed or last,
            "certificate.issued": "item" in fact.body,
        }
        if binds.get(fact.kind, False):
            lang = fact.body.get("lang", "")
            found.append(Kept(name, fact.loan, fact.body["item"], digest, lang, fact.at))
    return found


_NAMES = {"cost_table.shown": "cost_table", "contract.offered": "contract"}
