"""What a fact sets off: jobs, deferred by name in the transaction that writes the fact.

Nobody imports up: the plug board installs the table (kind -> names of tasks) and the way to defer.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from evenhand.ledger.facts import Fact
from evenhand.ledger.kind import hand_of

Defer = Callable[[str, list[tuple[int, int]]], None]
"""Defers one job of a task, which is told (borrower, seq) of every fact it is for."""
Places = Sequence[Sequence[int]]
"""(borrower, seq) of the facts a task is told of; `streams.facts_at` reads them."""


def _nothing_installed(task: str, facts: list[tuple[int, int]]) -> None:
    raise AssertionError(f"{task}: no way to defer was installed")


_table: dict[str, tuple[str, ...]] = {}
_defer: Defer = _nothing_installed


def install(table: Mapping[str, Sequence[str]], defer: Defer) -> None:
    """Use this table and this way of deferring from now on, in this process."""
    global _defer
    _table.clear()
    _table.update({kind: tuple(tasks) for kind, tasks in table.items()})
    _defer = defer


def react(facts: Sequence[Fact]) -> None:
    """Defer one job for each kind and task, with all the facts of that kind.

    A key of the table is a kind, or a kind by one sort of hand: "contact.intended by house" is not
    set off by what the end of day writes by the thousand.
    """
    if not _table:
        return
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for fact in facts:
        for key in (fact.kind, f"{fact.kind} by {hand_of(fact.hand)}"):
            if key in _table:
                found[key].append((fact.borrower, fact.seq))
    for kind, written in found.items():
        for task in _table[kind]:
            _defer(task, written)
