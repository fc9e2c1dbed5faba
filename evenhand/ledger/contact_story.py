"""What belongs to one contact: planned, judged, left, answered. Read from the borrower's facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from evenhand.ledger.facts import Fact

SECOND = 1_000_000
ENDS = {
    "contact.sent": "sent",
    "contact.failed": "failed",
    "contact.unknown": "unknown",
    "contact.withdrawn": "withdrawn",
    "contact.refused": "refused",
}


class Refusal(NamedTuple):
    """A rule that said no, and where it stands."""

    rule: str
    cites: list[str]


@dataclass(slots=True)
class Contact:
    """A contact and its verdict. `outcome` is one of ENDS' values, waiting, leaving or prior; of a
    call that was recorded, one of `core.words.OUTCOMES`."""

    first: Fact
    outcome: str = "waiting"
    left_at: int = 0
    reason: str = ""
    reference: str = ""
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def channel(self) -> str:
        return str(self.first.body.get("channel", ""))

    @property
    def purpose(self) -> str:
        return str(self.first.body.get("purpose", ""))

    @property
    def due_at(self) -> int:
        return int(self.first.body.get("due_at", self.first.at))

    @property
    def packs(self) -> list[tuple[str, str]]:
        """Name and hash of each pack it was judged by."""
        return sorted(self.first.body.get("packs", {}).items())

    @property
    def not_before(self) -> int:
        """The earliest lawful moment of the verdict, microseconds UTC; 0 where none was given."""
        return int(self._verdict.get("not_before", 0)) * SECOND

    @property
    def rules_checked(self) -> int:
        return int(self._verdict.get("rules_checked", 0))

    @property
    def _verdict(self) -> Mapping[str, Any]:
        return dict(self.first.body.get("verdict", {}))


def contacts(facts: Sequence[Fact]) -> list[Contact]:
    """The contacts of one stream, newest first."""
    by_seq: dict[int, Contact] = {}
    found: list[Contact] = []
    for fact in facts:
        begun = by_seq.get(fact.cause)
        if fact.kind in ("contact.intended", "contact.prior") or (
            fact.kind == "contact.refused" and begun is None
        ):
            begun = Contact(fact)
            found.append(begun)
        if begun is None or not fact.kind.startswith("contact."):
            continue
        by_seq[fact.seq] = begun
        _take(begun, fact)
    return found[::-1]


def refusals(fact: Fact) -> list[Refusal]:
    """The rules that refused, each once with all its sources."""
    return by_rule((said["rule"], said["cite"]) for said in fact.body.get("rules", []))


def by_rule(cites: Iterable[tuple[str, str]]) -> list[Refusal]:
    """Each rule once with all its sources, of pairs (rule, source)."""
    found: dict[str, list[str]] = {}
    for rule, source in cites:
        found.setdefault(rule, []).append(source)
    return [Refusal(rule, sources) for rule, sources in found.items()]


def _take(contact: Contact, fact: Fact) -> None:
    if fact.kind == "contact.prior":
        contact.outcome = "prior"
    elif fact.kind == "contact.leaving":
        contact.outcome, contact.left_at = "leaving", fact.at
        contact.reference = str(fact.body.get("reference", ""))
    elif fact.kind == "contact.reported":
        contact.outcome = str(fact.body["fate"])
    elif fact.kind in ENDS:
        contact.outcome = str(fact.body.get("outcome", ENDS[fact.kind]))
        contact.reason = str(fact.body.get("reason", ""))
        contact.refusals = refusals(fact)
