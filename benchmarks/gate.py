"""`make bench-gate`: a million planned contacts with history against the full cn and policy packs.

Columns against one contact at a time, judged and counted apart: the packs' clauses asked in turn
(`gate_clauses`), and the same rules as somebody would write them by hand (`gate_plain`). These work
on a sample, of which all must say the same, rule by rule. Ratios are per CPU second.

Then one live check: one borrower's ask, the history and states read from their stream at hand. What
is timed is this thread's own CPU time from there to the verdict, garbage collector and all; reading
the stream is not in it. Other work on the machine takes the caches away and so is in it; the least
is printed beside.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time, thread_time
from typing import Any

import numpy as np

from benchmarks import gate_clauses as clauses
from benchmarks import gate_plain as plain
from benchmarks.gate_made_up import DAY, MIDNIGHT, made_up, objects
from benchmarks.ground import RUNS, said
from evenhand.core.gate import judge, set_of
from evenhand.core.gate_columns import Asks, History, States
from evenhand.core.gate_history import count
from evenhand.core.gate_weigh import Weighed, weigh
from evenhand.law import rulebook
from evenhand.law.clauses import clauses_of
from evenhand.law.loader import load
from evenhand.law.pages import counters_of

CONTACTS = 1_000_000
SAMPLE = 4_000
LIVE = 2_000
PACKS = ("cn", "policy")
JUDGED = ("judged, columns", "judged, clauses in turn", "judged, rules by hand")
COUNTED = ("counted, columns", "counted, by hand")


def main(contacts: int = CONTACTS) -> None:
    """Print contacts a CPU second of each. AssertionError where two differ."""
    book = rulebook.rules(PACKS, DAY)
    asks, history, states = made_up(contacts, np.random.default_rng(7))
    sample = min(SAMPLE, contacts)
    sampled = objects(asks, history, states, sample)
    asked, held = [clauses.asked(each) for each in sampled], _held()
    rates: dict[str, list[float]] = {name: [] for name in (*JUDGED, *COUNTED)}
    for _ in range(RUNS):
        with _timed(rates["counted, columns"], contacts):
            counts = count(asks, history, book.counters)
        with _timed(rates["judged, columns"], contacts):
            found = weigh(asks, counts, states, book)
        with _timed(rates["counted, by hand"], sample):
            own = [plain.count(each) for each in sampled]
        with _timed(rates["judged, rules by hand"], sample):
            told = [plain.judge(*each) for each in zip(sampled, own, strict=True)]
        cells = zip(asked, counts[:, :sample].T.tolist(), strict=True)
        with _timed(rates["judged, clauses in turn"], sample):
            in_turn = [clauses.judge(one, row, held) for one, row in cells]
    refused = _same(found, told, book.ids)
    assert in_turn == [one.refusals | one.warnings for one in told], "by clauses and by hand"
    print(f"numpy {np.__version__}, Python {sys.version.split()[0]}, packs {', '.join(PACKS)}")
    print(
        f"{len(book.ids)} rules, {len(held)} clauses and {len(book.counters)} counts a contact;"
        f" {len(history) / contacts:.1f} contacts before and {len(states) / contacts:.2f} states"
    )
    print(f"of {sample:,} each way {refused:,} refused, by the same rules each")
    for fast, *slow in (JUDGED, COUNTED):
        print(said(fast, rates[fast], "contacts a CPU second"))
        for name in slow:
            print(said(name, rates[name], "contacts a CPU second"))
            ratios = [a / b for a, b in zip(rates[fast], rates[name], strict=True)]
            print(said("  columns against these", ratios, "times"))
    print(*_live(*made_up(LIVE, np.random.default_rng(8)), book), sep="\n")


@contextmanager
def _timed(rates: list[float], many: int) -> Iterator[None]:
    """Adds how many of them were done a CPU second."""
    began = process_time()
    yield
    rates.append(many / (process_time() - began))


def _held() -> list[clauses.Held]:
    """The clauses in force on the day, each with the place of its counter."""
    since, until = DAY - rulebook.A_DAY, DAY + rulebook.LOOK_AHEAD
    known = [each for pack in PACKS for each in clauses_of(load(pack), since, until)]
    counters = counters_of(known)
    return [
        clauses.Held(each, counters.index(each.counter) if each.counter else -1)
        for each in known
        if each.since <= MIDNIGHT < each.until
    ]


def _same(found: Weighed, told: list[plain.Verdict], ids: tuple[str, ...]) -> int:
    """How many of the sample are refused; AssertionError where the two differ in any rule."""
    rule = {name: bit for bit, name in enumerate(ids)}
    for row, one in enumerate(told):
        refusals = sum(1 << rule[name] for name in one.refusals)
        warnings = sum(1 << rule[name] for name in one.warnings)
        both = (set_of(found.refusals[:, row]), set_of(found.warnings[:, row]))
        assert both == (refusals, warnings), (row, one)
    return sum(bool(one.refusals) for one in told)


def _live(asks: Asks, history: History, states: States, book: Any) -> list[str]:
    """One contact at a time, everything known of its person in memory: may it be made, by which
    rules not; and, where it may not, when first."""
    rows = np.arange(min(LIVE, len(asks)))
    checks, verdicts = [], []
    for row in rows:
        one = asks.take(rows[[row]], asks.at[[row]])
        past, met = history.of_rows(rows[[row]], len(asks)), states.of_rows(rows[[row]], len(asks))
        began = thread_time()
        weigh(one, count(one, past, book.counters), met, book)
        checks.append(thread_time() - began)
        began = thread_time()
        judge(one, past, met, book)
        verdicts.append(thread_time() - began)
    return [
        _percentiles("one live check", checks),
        _percentiles("one live check, and the first lawful moment", verdicts),
    ]


def _percentiles(name: str, took: list[float]) -> str:
    least, middle, high = np.percentile(took, [0, 50, 99]) * 1e6
    return f"{name:52} p50 {middle:,.0f}, p99 {high:,.0f} CPU µs (least {least:,.0f})"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
