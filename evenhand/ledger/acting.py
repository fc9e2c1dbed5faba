"""Act on a stream as it stands: read it, decide by it, write at the seq it was read at, or again.

For what a person or the house does to one stream. Whoever races has its decision made anew on what
the other wrote, so that a decision is never older than the fact before it.
"""

from collections.abc import Callable, Sequence
from typing import Final

from evenhand.ledger import streams
from evenhand.ledger.facts import Draft, Fact

ROUNDS: Final = 8

Decide = Callable[[Sequence[Fact]], Sequence[Draft]]
"""From a stream's facts, in order, to what is to be written now; nothing where all is said."""


def act(borrower: int, decide: Decide, *, at: int) -> list[Fact]:
    """Write what `decide` makes of the stream, learnt at `at` (microseconds UTC); returns it.

    A draft's cause may name a fact of the same call: its seq is `facts[-1].seq` plus its place.
    Raises streams.Moved where the stream would not stand still, and whatever `decide` raises.
    """
    for _round in range(ROUNDS):
        facts = streams.stream(borrower)
        drafts = decide(facts)
        if not drafts:
            return []
        seq = facts[-1].seq if facts else 0
        try:
            return streams.append(borrower, drafts, at=at, expected_seq=seq)
        except streams.Moved:
            continue
    raise streams.Moved(f"stream {borrower} would not stand still")
