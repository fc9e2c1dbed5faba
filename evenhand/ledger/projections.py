"""What follows at once from facts, in the transaction that writes them."""

from collections.abc import Iterable, Mapping, Sequence

from evenhand.ledger import contacts, loans, looks, standing, states
from evenhand.ledger.facts import Fact


def project(facts: Iterable[Fact]) -> None:
    """Bring every projection up to these facts, which came behind those projected before.

    The same code for one fact and for five thousand. Raises ValueError where a fact contradicts
    what stands (a reversal of no payment, an answer to no contact).
    """
    grouped = by_kind(facts)
    project_agreed(grouped)
    standing.project(grouped)
    looks.project(grouped)


def project_agreed(grouped: Mapping[str, Sequence[Fact]]) -> None:
    """What was agreed and what was said; where loans stand by it is not worked out."""
    states.project(grouped)
    contacts.project(grouped)
    loans.project(grouped)


def by_kind(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """The facts of each kind, in their order."""
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.kind, []).append(fact)
    return grouped
