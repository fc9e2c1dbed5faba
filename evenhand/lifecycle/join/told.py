"""Both are told, in their own inbox, when somebody joins, says no, takes it back or is let go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from evenhand.ledger import streams
from evenhand.outbound.contact.tell import tell

TEMPLATE: Final = "invitation"


def told(facts: Sequence[tuple[int, int]], *, at: int) -> None:
    """Tell whoever did not do it themselves; of a promise, also whoever made it.

    `facts` are (borrower, seq) of facts about parties; safe to do again.
    """
    for fact in streams.facts_at([(borrower, seq) for borrower, seq in facts]):
        if fact.hand == "house" or fact.kind == "party.joined":
            loan = fact.loan if fact.body["borrower"] == fact.borrower else 0
            tell(fact.borrower, TEMPLATE, at=at, cause=fact.seq, loan=loan)


TASKS: Final[Mapping[str, Callable[..., object]]] = {"join.tell": told}
