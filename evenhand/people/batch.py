"""Many numbers asked for at once, and the one or none that pages and senders mostly ask for."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

MANY: Final = "unnest(%s::bigint[])"
ONE: Final = "(select %s::bigint)"


def rows(sql: str, numbers: Iterable[int], *more: Any) -> list[tuple[Any, ...]]:
    """The rows that a query of a batch (its first parameter, `MANY`) finds for these numbers.

    For none nothing is asked. One alone stands in the query itself: PostgreSQL then plans for the
    part it lies in and not for all of them, which takes longer than the query (10 ms against 1).
    """
    wanted = list(numbers)
    if not wanted:
        return []
    first: Any = wanted
    if len(wanted) == 1:
        sql, first = sql.replace(MANY, ONE), wanted[0]
    with connection.cursor() as cursor:
        cursor.execute(sql, [first, *more])
        return list(cursor.fetchall())
