"""`make bench-what_if`: contacts on record a second, judged again under another pack.

Ten messages to each of ten thousand borrowers; the facts are read and folded for each contact as
they were known then. Beside it the same judging without reading.
"""

import sys
from datetime import date, timedelta
from time import perf_counter

from benchmarks.ground import house, said, spent

PEOPLE = 10_000
MESSAGES = 10
RUNS = 3
DAY = date(2026, 3, 1)


def main(people: int = PEOPLE) -> None:
    """Print contacts a second and a CPU second."""
    from evenhand.law import loader
    from evenhand.ledger.house import midnight
    from evenhand.outbound.contact import what_if

    made(people)
    last = DAY + timedelta(days=60)
    other = what_if.other_law(loader.load("us"), DAY, last)
    wall, cpu, found = [], [], 0
    for _run in range(RUNS):
        tally = what_if.Tally()

        def replay() -> None:
            for _finding in what_if.replay(other, 0, midnight(last), tally):  # noqa: B023
                pass

        began = perf_counter()
        cost = spent(replay)
        wall.append(tally.judged / (perf_counter() - began))
        cpu.append(tally.judged / cost.both)
        found = sum(tally.findings.values())
    print(f"{people * MESSAGES:,} contacts on record, {found:,} of them judged otherwise")
    print(said("what if", wall, "contacts a second"))
    print(said("what if", cpu, "contacts a CPU second"))


def made(people: int) -> None:
    """So many borrowers with a loan each, written to every fourth day."""
    from evenhand.ledger import made_up, streams

    everyone = range(100_001, 100_001 + people)
    begun = [[made_up.enrolled(DAY), made_up.signed(b, DAY)] for b in everyone]
    write = [streams.Append(b, 0, drafts) for b, drafts in zip(everyone, begun, strict=True)]
    streams.append_many(write, at=made_up.noon(DAY))
    for nth in range(MESSAGES):
        on, seq = DAY + timedelta(days=31 + 2 * nth), 2 + 3 * nth
        intended = [
            streams.Append(b, seq, [made_up.intended(on, {b: nth + 1}, on, seq)]) for b in everyone
        ]
        streams.append_many(intended, at=made_up.noon(on))
        left = [made_up.leaving(on, seq + 1), made_up.answered(on, seq + 2)]
        streams.append_many(
            [streams.Append(b, seq + 1, left) for b in everyone], at=made_up.noon(on)
        )


if __name__ == "__main__":
    with house():
        main(*map(int, sys.argv[1:2]))
