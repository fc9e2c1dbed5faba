"""Columns out of the database and back in its binary forms: no row is looked at alone.

A table's shape is a `Fields`: name -> PostgreSQL type. In numpy a row is a record whose numbers are
int64 whatever their width on the wire: days count from 1970-01-01, moments are microseconds UTC
since then. Texts of fixed width (char(3), char(32)) are padded with spaces; `bytea` is a link of
32 bytes (void, because numpy's bytes would lose a trailing zero).
"""

from collections.abc import Mapping
from json import JSONDecoder
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg import Cursor, pq
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.types.json import JsonbLoader

Fields: TypeAlias = Mapping[str, str]
Records: TypeAlias = npt.NDArray[np.void]

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
ARRAY_HEAD = 20
"""Bytes before the first element of an array: dimensions, flags, type, length, first index."""
FEW: Final = 500
"""Cells of all arrays of a statement up to which it is planned once a connection: planning over 32
parts takes longer than finding a few rows. A plan made for few must not serve five thousand.
"""
SEEN_BEFORE_PREPARED: Final = 3
PREPARED_MAX: Final = 300
"""Room for the house's statements, those on the parts worked on among them."""


_WHOLE: Final = JSONDecoder()


class Wire(NamedTuple):
    """How a type travels: dtype on the wire and here, what reading adds, its oid, its array's."""

    wire: str
    here: str
    shift: int
    element: int
    array: int


WIRES = {
    "bigint": Wire(">i8", "i8", 0, 20, 1016),
    "integer": Wire(">i4", "i8", 0, 23, 1007),
    "smallint": Wire(">i2", "i8", 0, 21, 1005),
    "boolean": Wire("?", "?", 0, 16, 1000),
    "date": Wire(">i4", "i8", 10_957, 1082, 1182),
    "timestamptz": Wire(">i8", "i8", 946_684_800_000_000, 1184, 1185),
    "bytea": Wire("V32", "V32", 0, 17, 1001),
    "char(3)": Wire("S3", "S3", 0, 1042, 1014),
    "char(32)": Wire("S32", "S32", 0, 1042, 1014),
}


class _Bodies(JsonbLoader):
    """Reads jsonb, which has no blank before it and none behind."""

    def load(self, data: Buffer) -> Any:
        return _WHOLE.raw_decode(str(data, "utf-8"))[0]


class Array:
    """A column as a query parameter: `Array(ids)` is a bigint[], `Array(days, "date")` a date[]."""

    def __init__(self, values: npt.ArrayLike, kind: str = "bigint") -> None:
        self.values = np.asarray(values, dtype=WIRES[kind].here)
        self.kind = kind


class _BinaryArray(Dumper):
    """Arrays in PostgreSQL's binary form."""

    format = pq.Format.BINARY

    def get_key(self, obj: Array, format: Any) -> Any:
        return (self.cls, obj.kind)

    def upgrade(self, obj: Array, format: Any) -> "_BinaryArray":
        dumper = _BinaryArray(self.cls)
        dumper.oid = WIRES[obj.kind].array
        return dumper

    def dump(self, obj: Array) -> Buffer:
        wire = WIRES[obj.kind]
        cells = np.empty(len(obj.values), dtype=[("size", ">i4"), ("value", wire.wire)])
        cells["size"] = np.dtype(wire.wire).itemsize
        cells["value"] = _to_wire(obj.values, wire)
        head = np.array([1, 0, wire.element, len(cells), 1], dtype=">i4")
        return head.tobytes() + cells.tobytes()


def columns(query: str, params: Mapping[str, Any], fields: Fields) -> Records:
    """The rows of a query as records of `fields`, the names of its columns, in its order.

    Each column comes whole, as one array: a message a row would cost more than the row.
    Raises AssertionError where a column has a null or is not of the width said.
    """
    wanted = ", ".join(f"array_agg(rows.{name})" for name in fields)
    statement = f"select count(*), {wanted} from ({query}) as rows"
    with connection.wrap_database_errors, _cursor() as cursor:
        cursor.execute(statement.encode(), params, prepare=_prepare(params), binary=True)
        result = cursor.pgresult
        assert result is not None
        found = empty(int.from_bytes(result.get_value(0, 0) or b""), fields)
        for place, (name, kind) in enumerate(fields.items(), start=1):
            if len(found):
                found[name] = _column(result.get_value(0, place), len(found), kind)
    return found


def put(table: str, rows: Records, fields: Fields) -> None:
    """Write records into a table by COPY. Raises IntegrityError like any insert."""
    if len(rows):
        names = ", ".join(fields)
        put_bytes(f"copy {table} ({names}) from stdin (format binary)", _packed(rows, fields))


def upsert(table: str, rows: Records, fields: Fields, key: str, where: str = "true") -> int:
    """Insert records, or take the place of those with the same key where `where` holds.

    `key` is the primary key's columns by comma. Returns how many rows were written.
    """
    names = ", ".join(fields)
    values = ", ".join(f"%({name})s" for name in fields)
    news = ", ".join(f"{name} = excluded.{name}" for name in fields if name not in key.split(", "))
    statement = (
        f"insert into {table} as old ({names}) select * from unnest({values}) order by 1"
        f" on conflict ({key}) do update set {news} where {where}"
    )
    return run(statement, arrays(rows, fields)) if len(rows) else 0


def put_bytes(statement: str, rows: bytes) -> None:
    """Write rows already in the binary COPY form, without header and trailer."""
    whole = b"".join((HEADER, rows, TRAILER))
    with (
        connection.wrap_database_errors,
        _cursor() as cursor,
        cursor.copy(statement.encode()) as copy,
    ):
        copy.write(whole)


def run(query: str, params: Mapping[str, Any] | None = None) -> int:
    """Execute a statement whose parameters may be `Array`s; returns how many rows it touched."""
    with connection.wrap_database_errors, _cursor() as cursor:
        return cursor.execute(query.encode(), params, prepare=_prepare(params)).rowcount


def rows(query: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """The rows of a query as tuples."""
    with connection.wrap_database_errors, _cursor() as cursor:
        return cursor.execute(query.encode(), params, prepare=_prepare(params)).fetchall()


def arrays(records: Records, fields: Fields) -> dict[str, Array]:
    """Every field of the records as a query parameter of its name, for `unnest`."""
    return {name: Array(records[name], kind) for name, kind in fields.items()}


def empty(count: int, fields: Fields) -> Records:
    """So many records of these fields, all zero."""
    return np.zeros(count, dtype=[(name, WIRES[kind].here) for name, kind in fields.items()])


def records(lines: list[tuple[Any, ...]], fields: Fields) -> Records:
    """Records of tuples of plain numbers (and bytes), one a row."""
    made = empty(len(lines), fields)
    # Column by column: numpy takes rows of tuples ten times slower.
    for name, column in zip(fields, zip(*lines, strict=True), strict=False):
        made[name] = column
    return made


def _cursor() -> Cursor[tuple[Any, ...]]:
    connection.ensure_connection()
    connection.connection.prepare_threshold = SEEN_BEFORE_PREPARED  # Django's default is never
    connection.connection.prepared_max = PREPARED_MAX
    cursor: Cursor[tuple[Any, ...]] = Cursor(connection.connection)
    cursor.adapters.register_loader("jsonb", _Bodies)  # Django's own leaves it as text
    cursor.adapters.register_dumper(Array, _BinaryArray)
    return cursor


def _prepare(params: Mapping[str, Any] | None) -> bool | None:
    """None lets a statement be prepared once it was seen some times; False never does."""
    arrays = [value for value in (params or {}).values() if isinstance(value, Array)]
    return None if sum(len(array.values) for array in arrays) <= FEW else False


def _wire_dtype(fields: Fields) -> np.dtype[np.void]:
    parts: list[tuple[str, str]] = [("how many", ">i2")]
    for name, kind in fields.items():
        parts += [(f"{name} size", ">i4"), (name, WIRES[kind].wire)]
    return np.dtype(parts)


def _column(data: bytes | None, count: int, kind: str) -> npt.NDArray[Any]:
    wire = WIRES[kind]
    cells = np.dtype([("size", ">i4"), ("value", wire.wire)])
    assert data is not None and len(data) == ARRAY_HEAD + count * cells.itemsize, f"not all {kind}"
    raw = np.frombuffer(data, cells, count, ARRAY_HEAD)
    assert (raw["size"] == np.dtype(wire.wire).itemsize).all(), f"not all {kind}"
    return raw["value"].astype(wire.here) + wire.shift if wire.shift else raw["value"]


def _packed(rows: Records, fields: Fields) -> bytes:
    wire_rows = np.empty(len(rows), dtype=_wire_dtype(fields))
    wire_rows["how many"] = len(fields)
    for name, kind in fields.items():
        wire_rows[f"{name} size"] = np.dtype(WIRES[kind].wire).itemsize
        wire_rows[name] = _to_wire(rows[name], WIRES[kind])
    return wire_rows.tobytes()


def _to_wire(values: npt.NDArray[Any], wire: Wire) -> npt.NDArray[Any]:
    shifted = values - wire.shift if wire.shift else values
    if np.dtype(wire.wire).kind != "i":
        return shifted
    moved = shifted.astype(wire.wire)
    assert (moved == shifted).all(), "a number does not fit its column"
    return moved
