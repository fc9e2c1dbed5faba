"""Statements by name, on the tables they are for."""

import pytest

from evenhand.ledger.parts import PARTS, on_part, part_of, table_of
from evenhand.ledger.queries import query, query_for, table_for


def test_by_name() -> None:
    assert query("seqs").startswith("select s.borrower")
    with pytest.raises(KeyError):
        query("nothing")


def test_nobody_is_looked_for_in_one_part_alone() -> None:
    in_the_first = next(borrower for borrower in range(1000) if part_of(borrower) == 0)
    assert query_for("seqs", []) == query_for("seqs", [in_the_first])


def test_another_rooms_statement_is_asked_of_one_part_too() -> None:
    mine = "select from ledger_fact f, contact_outbox o where f.body ->> 'a' = 'ledger_factory'"
    here = table_of("ledger_fact", part_of(41))
    assert on_part(mine, [41]) == mine.replace("ledger_fact f", f"{here} f")
    assert on_part(mine, [41, 42]) == mine


def test_one_part_is_asked_alone() -> None:
    here = table_of("ledger_stream", part_of(41))
    assert f"join {here} s" in query_for("seqs", [41])
    assert "ledger_micros(" in query_for("stream", [41])
    assert table_for("ledger_fact", [41]) == table_of("ledger_fact", part_of(41))


def test_several_parts_are_asked_as_a_whole() -> None:
    everyone = range(100, 100 + 20 * PARTS)
    assert query_for("seqs", everyone) == query("seqs")
    assert table_for("ledger_fact", everyone) == "ledger_fact"
