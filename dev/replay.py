"""The replay on a database of its own, made anew each time; then its book is held to its facts.

    python -m dev.replay [--people N] [--until DAY]

1. Find the file of clients in EVENHAND_DATA, else in ../shared/data.
2. Make the database `..._replay` anew beside the one DATABASE_URL names, which is not touched.
3. `evenhand migrate`, `replay`, `verify-stream --all`, `rebuild`, `check`, each timed; the first
   that fails ends it.
"""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

from dev.postgres import CHECKOUT

FILE = "uci_taiwan_credit_default.csv.gz"
AFTERWARDS = (["verify-stream", "--all"], ["rebuild"], ["check"])
UNSYNCED = "-c synchronous_commit=off"
"""A crash costs the replay, which is then done again: no commit waits for the disk."""


def main(words: Sequence[str]) -> int:
    """The exit status of the first command that fails, 0 where none does."""
    server = os.environ.get("DATABASE_URL")
    file = data_folder(os.environ) / FILE
    if not server:
        print("replay: no DATABASE_URL; run it as `make replay`", file=sys.stderr)
        return 2
    if not file.exists():
        print(f"replay: {file} is missing; put it there or set EVENHAND_DATA", file=sys.stderr)
        return 2
    own = make_anew(server)
    environment = {**os.environ, "DATABASE_URL": own, "EVENHAND_DEMO": "1"}
    environment.pop("DATABASE_OWNER_URL", None)
    spent = []
    for command in (["migrate"], ["replay", str(file), *words], *AFTERWARDS):
        began = time.monotonic()
        status = _evenhand(command, environment)
        spent.append(f"{command[0]} {time.monotonic() - began:.0f} s")
        if status:
            print(f"{command[0]} failed", file=sys.stderr)
            return status
    print("; ".join(spent))
    return 0


def data_folder(environment: Mapping[str, str]) -> Path:
    """Where data files lie that are not part of the repository."""
    return Path(environment.get("EVENHAND_DATA") or CHECKOUT.parent / "shared/data")


def make_anew(server: str) -> str:
    """Drop and create the database of replays on this server; its URL."""
    own = replay_url(server)
    name = sql.Identifier(urlsplit(own).path[1:])
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))
    return own


def replay_url(server: str) -> str:
    """The URL of the database of replays beside the one a URL names.

    >>> replay_url("postgresql://app@db/house")
    'postgresql://app@db/house_replay?options=-c%20synchronous_commit%3Doff'
    """
    parts = urlsplit(server)
    asked = dict(parse_qsl(parts.query))
    asked["options"] = f"{asked.get('options', '')} {UNSYNCED}".strip()
    query = urlencode(asked, quote_via=quote)
    return urlunsplit(parts._replace(path=f"{parts.path}_replay", query=query))


def _evenhand(command: Sequence[str], environment: Mapping[str, str]) -> int:
    program = [sys.executable, "-m", "evenhand", *command]
    return subprocess.run(program, env=environment, cwd=CHECKOUT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
