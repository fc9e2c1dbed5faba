"""What the outboxes of outbound rooms share: parts held by one sender, rows made again from facts.

An outbox is a projection of a room of its own, in 32 parts, with a row for what is intended or
without answer.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction

from evenhand.ledger import columns
from evenhand.ledger.parts import PARTS, table_of
from evenhand.ledger.queries import query
from evenhand.ledger.rebuild import Difference, Table, differences_of


@contextmanager
def held(parts: Sequence[int], lock_class: int) -> Iterator[list[int]]:
    """Those of the parts that nobody else is sending, held for us until the end.

    A session's lock: it lives as long as this process's connection and dies with it, so that a
    leaving found while holding its part has no living sender.
    """
    asked = {"parts": list(parts), "class": lock_class}
    mine = sorted(int(row[0]) for row in columns.rows(query("hold_parts"), asked))
    try:
        yield mine
    finally:
        columns.rows(query("release_parts"), {"parts": mine, "class": lock_class})


def rebuild(name: str, table: Table, said: str) -> Iterator[list[Difference]]:
    """Make every row again from the facts; what stood otherwise, part by part.

    `said` reads the rows of a %(part)s off its facts, {fact}, in the order of the key. Each part is
    a transaction of its own; nobody intends or sends meanwhile.
    """
    for part in range(PARTS):
        yield _rebuilt(name, table, said.format(fact=table_of("ledger_fact", part)), part)


def _rebuilt(name: str, table: Table, said: str, part: int) -> list[Difference]:
    words = {"table": name, "fields": ", ".join(table.fields), "key": ", ".join(table.key)}
    asked = {"part": part}
    with transaction.atomic():
        columns.run(query("hold_outbox").format(**words))
        stood = columns.columns(query("outbox_of_part").format(**words), asked, table.fields)
        rows = columns.columns(said, asked, table.fields)
        found = differences_of(name, table, stood, rows)
        if found:
            columns.run(query("clear_outbox").format(**words), asked)
            columns.put(name, rows, table.fields)
    return found
