"""Facts are for ever, and each room writes its own tables."""

import pytest

from tidy import facts
from tidy.house import Source, none, python, sources


def test_nobody_changes_facts() -> None:
    code = [line for one in python() for line in facts.changes(one)]
    none(code + [line for one in sources(".sql") for line in facts.changes_in_sql(one)])


def test_each_room_writes_its_own_tables() -> None:
    every = [one for one in [*python(), *sources(".sql")] if not one.is_test]
    none([line for one in every for line in facts.foreign_writes(one)])


@pytest.mark.parametrize(
    "sql",
    [
        "update ledger_fact set amount = 0",
        "UPDATE ONLY ledger_fact SET amount = 0",
        "delete from ledger_fact where seq = 1",
        "delete\n  from public.ledger_fact",
        "truncate ledger_fact",
        "TRUNCATE TABLE ledger_fact_p07",
        "delete from people_look",
        "insert into ledger_fact values (1) on conflict (seq) do update set amount = 0",
    ],
)
def test_a_change_is_seen(sql: str) -> None:
    assert facts.changes_in_sql(Source("a.sql", sql))
    assert facts.changes(Source("evenhand/x.py", f"sql = {sql!r}"))


@pytest.mark.parametrize(
    "sql",
    [
        "create trigger kept before update or delete on ledger_fact execute function refuse()",
        "insert into ledger_fact values (1)",
        "update ledger_stream set seq = 2",
        "delete from ledger_position",
        "-- never update ledger_fact\nselect 1",
    ],
)
def test_what_is_no_change(sql: str) -> None:
    assert facts.changes_in_sql(Source("a.sql", sql)) == []


@pytest.mark.parametrize(
    "seed", ["Fact.objects.filter(seq=1).delete()", "Fact.objects.update(amount=0)"]
)
def test_a_change_through_models_is_seen(seed: str) -> None:
    assert facts.changes(Source("evenhand/x.py", seed))


def test_a_test_may_try_and_be_refused() -> None:
    assert facts.changes(Source("evenhand/x_test.py", "sql = 'truncate ledger_fact'")) == []


def test_writing_in_another_rooms_tables_is_seen() -> None:
    seed = "sql = 'insert into ledger_position values (1)'"
    assert facts.foreign_writes(Source("evenhand/dayclose/x.py", seed))
    assert facts.foreign_writes(Source("evenhand/ledger/x.py", seed)) == []
    assert facts.foreign_writes(Source("evenhand/dayclose/x.sql", "copy people_item from stdin"))
