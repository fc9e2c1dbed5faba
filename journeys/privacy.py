"""Looking for people where no people may be: in every table but the vault, in sessions, logs, URLs.

A name is looked for as it is written, a number however it is spaced. A finding says where and what
kind of thing, never the thing itself.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

import psycopg
from django.contrib.sessions.backends.db import SessionStore
from psycopg import sql

# What stands outside the house: what the simulated parties keep of their own.
OUTSIDE = re.compile(r"(sms|bank|identity)_simulat|simulator")
TABLES = """
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
    order by c.relname"""
BETWEEN = r"[\s\-·./]{0,2}"


class Known(NamedTuple):
    """What is known of a person: a name, and numbers of one kind or another."""

    name: str
    numbers: tuple[str, ...]


def findings(database: str, log: str, urls: Iterable[str], people: Iterable[Known]) -> list[str]:
    """Where in the house somebody of these is named or numbered in clear."""
    names, numbers = _patterns(list(people))
    found = set()
    for where, text in [*_tables(database), ("log", log), *(("url", unquote(u)) for u in urls)]:
        found |= {f"{where}: a name" for _ in names.finditer(text)}
        found |= {f"{where}: a number" for _ in numbers.finditer(text)}
    return sorted(found)


def _patterns(people: list[Known]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    assert people, "there is somebody to look for"
    names = "|".join(sorted({re.escape(one.name) for one in people}))
    bare = {number.removeprefix("+86") for one in people for number in one.numbers}
    digits = {re.sub(r"[^0-9Xx]", "", number) for number in bare}
    spaced = "|".join(BETWEEN.join(number) for number in sorted(digits))
    return re.compile(names), re.compile(rf"(?<![0-9A-Fa-f])(?:86)?(?:{spaced})(?![0-9A-Fa-f])")


def _tables(database: str) -> Iterator[tuple[str, str]]:
    """Every row of every table of the house as text; sessions as what they hold."""
    with psycopg.connect(database) as owner:
        for (table,) in owner.execute(TABLES).fetchall():
            if OUTSIDE.search(table):
                continue
            rows = owner.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(table)))
            for (row,) in rows:
                yield table, row
        for (data,) in owner.execute("select session_data from django_session"):
            yield "session", str(SessionStore().decode(data))
