"""`make bench-deciding`: an application made and decided, from the button to the answer.

Prints the median and the slowest of so many applicants, seconds of wall time.
"""

import sys
import time
from datetime import date

from benchmarks.ground import house


def main(count: int = 200) -> None:
    """Sends and decides `count` applications, one after another."""
    from evenhand.ledger import streams
    from evenhand.lifecycle.decide import made_up, steps
    from evenhand.outbound.contact.made_up import moment

    at = moment(date(2026, 3, 2), 10)
    took = []
    for _applicant in range(count):
        person = made_up.applicant(at)
        began = time.perf_counter()
        made_up.apply(person, at)
        steps.decide(facts=[(person, streams.head(person).seq)], at=at)
        took.append(time.perf_counter() - began)
    took.sort()
    print(f"{count} applications: median {took[count // 2]:.3f} s, slowest {took[-1]:.3f} s")


if __name__ == "__main__":
    with house():
        main(*map(int, sys.argv[1:]))
