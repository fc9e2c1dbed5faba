"""What follows at once from facts, in the transaction that writes them."""

from collections.abc import Sequence

from evenhand.ledger.facts import Fact


def project(facts: Sequence[Fact]) -> None:
    """Bring every projection up to these facts: of whole streams, or what came behind them."""
