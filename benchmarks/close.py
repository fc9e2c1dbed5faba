"""`make bench-close`: the close of a day for 30,000 made-up borrowers, by look_on and of everybody.

Loans of twelve instalments thirty days apart, a thirtieth of them due each day; six of seven pay on
the day. Five days are closed by look_on, then five with everybody looked at.
"""

import sys
from datetime import date, timedelta

import numpy as np

from benchmarks.ground import RUNS, Spent, house, said, spent

PEOPLE = 30_000
COHORTS = 30
SIGNED = date(2026, 3, 1)
DUE_EVERY = 30
AT_ONCE = 5_000


Closed = tuple[Spent, int, int]
"""What a close cost; how many borrowers it looked at and facts it wrote."""


def main(people: int = PEOPLE) -> None:
    """Make the book, close the days, print what they cost."""
    from evenhand.outbound.contact import made_up

    borrowers: list[int] = []
    for first in range(0, people, AT_ONCE):
        some = made_up.enrol(min(AT_ONCE, people - first), SIGNED, ending=f"{first // AT_ONCE}1")
        borrowers += some
    loans = {}
    for cohort in range(COHORTS):
        own = borrowers[cohort::COHORTS]
        loans[cohort] = (own, made_up.lend(own, SIGNED + timedelta(days=cohort)))
    _close(SIGNED + timedelta(days=DUE_EVERY - 2), borrowers, everybody=True)
    by_look_on: list[Closed] = []
    everyone: list[Closed] = []
    for run in range(2 * RUNS):
        day = SIGNED + timedelta(days=DUE_EVERY - 1 + run)
        if run:
            _pay(day, *loans[run - 1])
        into = by_look_on if run < RUNS else everyone
        into.append(_close(day, borrowers, everybody=run >= RUNS))
    _say("by look_on", by_look_on, people)
    _say("everybody", everyone, people)
    ratio = [a[0].both / b[0].both for a, b in zip(everyone, by_look_on, strict=True)]
    print(said("everybody against look_on, CPU seconds a day", ratio, "times"))


def _close(day: date, borrowers: list[int], *, everybody: bool) -> Closed:
    from evenhand.dayclose import close
    from evenhand.ledger import house as ledger_house
    from evenhand.ledger import looks
    from evenhand.outbound.contact import send
    from evenhand.outbound.contact.made_up import moment

    if everybody:
        on = ledger_house.day_number(day)
        looks.pull(np.array(sorted(borrowers)), np.full(len(borrowers), on))
    after = day + timedelta(days=1)
    cost = spent(lambda: close.close(day, moment(after, 0, 5)))
    counts = close.close(day, moment(after, 0, 5))  # closed already: only tells its counts
    send.send_due(moment(after, 8))
    return cost, counts.looked, counts.facts


def _pay(day: date, own: list[int], loans: list[int]) -> None:
    """Six of seven of a cohort pay the instalment that falls due."""
    from evenhand.ledger import made_up, streams
    from evenhand.outbound.contact.made_up import moment

    heads = streams.heads(own)
    appends = [
        streams.Append(b, heads[b].seq, [made_up.paid(loan, day, 101_000)])
        for place, (b, loan) in enumerate(zip(own, loans, strict=True))
        if place % 7
    ]
    assert streams.append_many(appends, at=moment(day, 12)) == []


def _say(how: str, closes: list[Closed], people: int) -> None:
    print(said(f"{how}: CPU seconds a day", [cost.both for cost, _, _ in closes]))
    print(said(f"{how}: of these Python", [cost.python for cost, _, _ in closes]))
    print(said(f"{how}: borrowers looked at", [looked for _, looked, _ in closes]))
    rates = [people / cost.both for cost, _, _ in closes]
    print(said(f"{how}: borrowers of the book", rates, "a CPU second"))
    facts = [facts / cost.both for cost, _, facts in closes]
    print(said(f"{how}: facts", facts, "a CPU second"))


if __name__ == "__main__":
    with house():
        main(*map(int, sys.argv[1:2]))
