"""Columns come back as they went in, and nothing that is no column comes at all."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.ledger import columns
from evenhand.ledger.columns import Array

pytestmark = pytest.mark.django_db

FIELDS = {
    "id": "bigint",
    "n": "integer",
    "code": "smallint",
    "kept": "boolean",
    "day": "date",
    "at": "timestamptz",
    "link": "bytea",
    "word": "char(32)",
    "currency": "char(3)",
}
NEVER = 2_932_896
rows = st.lists(
    st.tuples(
        st.integers(-(2**63), 2**63 - 1),
        st.integers(-(2**31), 2**31 - 1),
        st.integers(-(2**15), 2**15 - 1),
        st.booleans(),
        st.integers(-100_000, NEVER),
        st.integers(-(10**15), 253_402_300_799_999_999),
        st.binary(min_size=32, max_size=32),
        st.from_regex(r"[a-z]{1,32}", fullmatch=True).map(lambda word: word.ljust(32).encode()),
        st.just(b"CNY"),
    ),
    max_size=30,
)


@given(rows)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_copied_in_comes_out(db: None, lines: list[tuple[object, ...]]) -> None:
    columns.run("create temp table if not exists shapes (" + _definitions() + ")")
    columns.run("delete from shapes")
    made = columns.records(lines, FIELDS)
    columns.put("shapes", made, FIELDS)
    found = columns.columns("select * from shapes", {}, FIELDS)
    assert sorted(found.tolist()) == sorted(lines)


def test_upsert_takes_the_place_of_the_same_key_only(db: None) -> None:
    columns.run("create temp table pairs (a bigint primary key, b bigint not null)")
    fields = {"a": "bigint", "b": "bigint"}
    columns.upsert("pairs", columns.records([(1, 10), (2, 20)], fields), fields, "a")
    later = columns.records([(2, 5), (3, 30)], fields)
    assert columns.upsert("pairs", later, fields, "a", "old.b < excluded.b") == 1
    found = columns.columns("select a, b from pairs order by a", {}, fields)
    assert found.tolist() == [(1, 10), (2, 20), (3, 30)]


def test_arrays_are_parameters(db: None) -> None:
    days = Array([0, NEVER], "date")
    found = columns.rows("select * from unnest(%(days)s) as d order by 1", {"days": days})
    assert [str(day) for (day,) in found] == ["1970-01-01", "9999-12-31"]


def test_a_null_is_refused(db: None) -> None:
    with pytest.raises(AssertionError, match="not all bigint"):
        columns.columns("select 1::bigint as a union all select null", {}, {"a": "bigint"})


def test_another_width_is_refused(db: None) -> None:
    with pytest.raises(AssertionError, match="not all bigint"):
        columns.columns("select 1::integer as a", {}, {"a": "bigint"})


def test_a_number_too_big_for_its_column_is_refused() -> None:
    with pytest.raises(AssertionError, match="does not fit"):
        columns.put("nowhere", columns.records([(2**40,)], {"n": "integer"}), {"n": "integer"})


def test_no_rows_are_no_rows(db: None) -> None:
    found = columns.columns("select 1::bigint as id where false", {}, {"id": "bigint"})
    assert len(found) == 0 and found["id"].dtype == np.int64


def _definitions() -> str:
    return ", ".join(f"{name} {kind} not null" for name, kind in FIELDS.items())
