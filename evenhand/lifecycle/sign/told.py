"""Who waited for somebody else's answer hears that the contract can be signed now."""

from collections.abc import Callable, Mapping
from typing import Final

from evenhand.ledger import streams
from evenhand.ledger.reactions import Places
from evenhand.lifecycle.sign import steps
from evenhand.outbound.contact.tell import tell


def ready(facts: Places, *, at: int) -> None:
    """The last of those invited has answered for an approved loan: its borrower is told, once."""
    for fact in streams.facts_at(facts):
        if fact.body["borrower"] != fact.borrower:
            continue  # the same, in the stream of who was invited
        found = steps.stand(fact.borrower, fact.loan, at=at)
        if found is not None and found.step in ("table", "contract") and not found.invited:
            tell(fact.borrower, "contract_ready", at=at, cause=fact.seq, loan=fact.loan)


TASKS: Final[Mapping[str, Callable[..., object]]] = {"sign.ready": ready}
