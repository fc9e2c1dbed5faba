"""What follows at once from facts, in the transaction that writes them."""

from collections.abc import Sequence

from evenhand.ledger import contacts, loans, looks, standing, states
from evenhand.ledger.facts import Fact


def project(facts: Sequence[Fact]) -> None:
    """Bring every projection up to these facts: of whole streams, or what came behind them.

    The same code for one fact and for five thousand. Raises ValueError where a fact contradicts
    what stands (a reversal of no payment, an answer to no contact).
    """
    by_kind: dict[str, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.kind, []).append(fact)
    loans.project(by_kind)
    states.project(by_kind)
    contacts.project(by_kind)
    standing.project(by_kind)
    looks.project(by_kind)
