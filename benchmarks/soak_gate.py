"""`make soak-gate`: sixteen processes ask at once for the same borrower, 10,000 times.

Reminders, sendings and calls by hand race each other and complaints, wishes and plans that begin
and end. Afterwards the facts are counted naively: no more contacts left than the packs allow, none
after what stops them. ARGS="16 500" for sixteen processes and five hundred rounds.
"""

import os
import sys
from time import monotonic

from benchmarks.ground import house, said
from evenhand.site.race_test import facts_of, left, race, wrongs

PROCESSES = 16
ROUNDS = 10_000


def main(processes: int = PROCESSES, rounds: int = ROUNDS) -> None:
    """Print what came of the acts. AssertionError where a contact left that should not have."""
    began = monotonic()
    came = race(os.environ["DATABASE_URL"], processes, rounds)
    seconds = monotonic() - began
    facts = facts_of(os.environ["DATABASE_URL"])
    found = wrongs(facts)
    assert not found, found[:20]
    assert came["sent"] + came["called"] == left(facts) > 0, "each contact that left is a fact"
    print(f"{processes} processes, {rounds:,} rounds: {left(facts):,} contacts left, none wrongly")
    print("came of it:", ", ".join(f"{word} {count:,}" for word, count in came.most_common()))
    print(said("acts", [sum(came.values()) / seconds], "a second"))


if __name__ == "__main__":
    with house():
        main(*map(int, sys.argv[1:3]))
