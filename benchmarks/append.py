"""`make bench-append`: facts written in bulk against facts written one by one."""

import sys
from datetime import date

from benchmarks.ground import RUNS, house, said, spent

PEOPLE = 5_000
ONE_BY_ONE = 300
DAY = date(2026, 3, 1)


def main(people: int = PEOPLE) -> None:
    """Print facts a CPU second of both, and the ratio."""
    from evenhand.ledger import made_up, streams

    everyone = range(100_001, 100_001 + people)
    bulk, single = [], []
    for run in range(RUNS):
        appends = [streams.Append(b, run, [made_up.enrolled(DAY)]) for b in everyone]
        cost = spent(lambda: streams.append_many(appends, at=made_up.noon(DAY)))  # noqa: B023
        bulk.append(people / cost.both)
    for run in range(RUNS):
        some = everyone[run * ONE_BY_ONE : (run + 1) * ONE_BY_ONE]

        def one_by_one() -> None:
            for borrower in some:  # noqa: B023
                draft = [made_up.enrolled(DAY)]
                streams.append(borrower, draft, at=made_up.noon(DAY), expected_seq=RUNS)

        single.append(ONE_BY_ONE / spent(one_by_one).both)
    print(said("append_many", bulk, "facts a CPU second"))
    print(said("append, one by one", single, "facts a CPU second"))
    print(said("ratio", [a / b for a, b in zip(bulk, single, strict=True)], "times"))


if __name__ == "__main__":
    with house():
        main(*map(int, sys.argv[1:2]))
