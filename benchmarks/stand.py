"""`make bench-stand`: position, ladder and gate over 30,000 loans against the tests' plain Python.

The gate's asks are random ones, most of them near a cap or the edge of a day.
The columns work on all of them, the oracles (`position_oracle_test`, `ladder_test`,
`may_plain_test`) on 300, and both must say the same of these. Ratios are per CPU second.
"""

import sys
from datetime import UTC, date, datetime
from random import Random
from time import process_time
from typing import Any

import numpy as np

from benchmarks.ground import RUNS, said
from evenhand.core import ladder, ladder_test, position
from evenhand.core import position_oracle_test as oracle
from evenhand.core.days import NEVER
from evenhand.core.gate import judge, set_of
from evenhand.core.gate_history import count as count_contacts
from evenhand.core.gate_weigh import weigh
from evenhand.law import rulebook
from evenhand.site.commands import may_oracle_test, may_plain_test, may_request
from evenhand.site.commands.jsonline import Fields

LOANS = 30_000
SAMPLE = 300
ON = oracle.START + 200
SEARCHES = 3
PACKS = ("cn", "policy")


def main(count: int = LOANS) -> None:
    """Print loans a CPU second of each, and the ratios. AssertionError where two differ."""
    rng = Random(7)
    loans = [_loan(rng) for _ in range(count)]
    print(*_position(loans), sep="\n")
    print(*_ladder(loans), sep="\n")
    print(*_gate(count), sep="\n")


def _loan(rng: Random) -> oracle.Loan:
    """Twelve instalments a month apart, and up to seven payments."""
    each, first = rng.randrange(10_000, 5_000_000), oracle.START + rng.randrange(30)
    rows = [(first + 30 * n, each, each // 50, 0, 0) for n in range(12)]
    paid = sorted(
        (first + rng.randrange(200), rng.randrange(1, 2 * each)) for _ in range(rng.randrange(8))
    )
    return oracle.Loan(rows, 180_000, 360, paid)


def _position(loans: list[oracle.Loan]) -> list[str]:
    terms, payments = oracle.columns(loans)
    columns, plain = [], []
    for _ in range(RUNS):
        began = process_time()
        stood = position.stand(terms, payments, ON)
        columns.append(len(loans) / (process_time() - began))
        began = process_time()
        told = [oracle.told(loan, ON) for loan in loans[:SAMPLE]]
        plain.append(SAMPLE / (process_time() - began))
    for row, one in enumerate(told):
        for name, value in one.items():
            found = getattr(stood, name)
            assert value == (found[row] if np.ndim(found) else found), (row, name)
    return _lines("position", columns, plain, "loans")


def _ladder(loans: list[oracle.Loan]) -> list[str]:
    stood = position.stand(*oracle.columns(loans), ON)
    rungs = np.tile(np.array(ladder_test.RUNGS), (len(loans), 1))
    borrower = np.arange(len(loans))
    plainly = [ladder_test.Loan(row, loan.instalments[0][0], 12) for row, loan in enumerate(loans)]
    since, coming = stood.past_due_since.tolist(), stood.next_due_on.tolist()
    columns, plain = [], []
    for _ in range(RUNS):
        began = process_time()
        fresh = ladder.Progress(
            np.full(len(loans), ladder.NONE), np.full(len(loans), NEVER), borrower * 0
        )
        steps = ladder.next_step(rungs, stood, fresh, borrower)
        columns.append(len(loans) / (process_time() - began))
        began = process_time()
        told = [ladder_test.ifs(plainly[row], since[row], coming[row], ON) for row in range(SAMPLE)]
        plain.append(SAMPLE / (process_time() - began))
    found = zip(steps.rung.tolist(), steps.purpose.tolist(), steps.since.tolist(), strict=True)
    assert [one for one, _ in zip(found, told, strict=False)] == told
    return _lines("ladder", columns, plain, "loans")


def _gate(count: int) -> list[str]:
    asked: list[dict[str, Any]] = []
    for seed in range(-(-count // 100)):
        asked += may_oracle_test.requests(seed)
    read = [Fields(one | {"packs": list(PACKS)}, row) for row, one in enumerate(asked)]
    asks, history, states = may_request.columns(read)
    book = rulebook.rules(PACKS, _day(int(asks.at.min())), _day(int(asks.at.max())))
    columns, plain, searched = [], [], []
    for _ in range(RUNS):
        began = process_time()
        found = weigh(asks, count_contacts(asks, history, book.counters), states, book)
        columns.append(len(asked) / (process_time() - began))
        began = process_time()
        told = [
            may_plain_test.offended(one | {"packs": list(PACKS)}, may_plain_test.moment(one["at"]))
            for one in asked[:SAMPLE]
        ]
        plain.append(SAMPLE / (process_time() - began))
    for _ in range(SEARCHES):
        began = process_time()
        judge(asks, history, states, book)
        searched.append(len(asked) / (process_time() - began))
    offended = found.refusals | found.warnings
    for row, one in enumerate(told):
        named = {rule for bit, rule in enumerate(book.ids) if set_of(offended[:, row]) >> bit & 1}
        assert named == one, asked[row]
    with_moment = said("gate: columns, and the first lawful moment", searched, "asks a CPU second")
    return [*_lines("gate", columns, plain, "asks"), with_moment]


def _lines(name: str, columns: list[float], plain: list[float], what: str) -> list[str]:
    ratios = [fast / slow for fast, slow in zip(columns, plain, strict=True)]
    return [
        said(f"{name}: columns", columns, f"{what} a CPU second"),
        said(f"{name}: plain Python", plain, f"{what} a CPU second"),
        said(f"{name}: ratio, results equal", ratios, "times"),
    ]


def _day(second: int) -> date:
    return datetime.fromtimestamp(second, UTC).date()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
