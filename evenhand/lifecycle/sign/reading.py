"""The minimum reading time of the cost table, in real seconds, counted by the server.

Where the house clock stands still (the demo), people still read in real time.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from django.contrib.sessions.backends.base import SessionBase
from django.db import connection

from evenhand.lifecycle.sign import queries

_FILE: Final = Path(__file__).parent / "reading.toml"
KEY: Final = "cost_table_read"


@cache
def seconds() -> int:
    """How long a table must be shown, at least."""
    return int(tomllib.loads(_FILE.read_text("utf-8"))["seconds"])


def begin(session: SessionBase, digest: str) -> None:
    """The table of this digest is on the page; from the first time on its time is counted."""
    if session.get(KEY, ["", 0])[0] != digest:
        session[KEY] = [digest, _now()]


def read(session: SessionBase, digest: str) -> int:
    """For how many seconds this browser has had the table of this digest; 0 where it has not."""
    shown, since = session.get(KEY, ["", 0])
    return max(_now() - since, 0) if shown == digest else 0


def _now() -> int:
    with connection.cursor() as cursor:
        cursor.execute(queries.REAL_SECONDS)
        return int(cursor.fetchone()[0])
