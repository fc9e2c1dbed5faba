"""Databases for tests: a migrated template, and clones of it."""

import base64
import fcntl
import hashlib
import itertools
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from dev.postgres import CHECKOUT

# Made-up keys: tests look the same every day, and nothing they seal is anybody's.
ENVIRONMENT = {
    "EVENHAND_DEMO": "1",
    "EVENHAND_HASHES": "quick",
    "EVENHAND_SECRET": "only-for-tests-" * 4,
    "EVENHAND_VAULT_KEY": base64.b64encode(b"only for tests, thirty-two bytes").decode(),
}
# The host is in the name: whether a clone's process still lives can only be asked at home.
CLONE = f"evenhand_test_{hashlib.sha256(socket.gethostname().encode()).hexdigest()[:6]}_"
TEMPLATE = "evenhand_template_"


class Bases:
    """The databases of one test process on one server."""

    def __init__(self, server: str, worker: str) -> None:
        self.server = server
        self.own = f"{CLONE}{os.getpid()}_{worker}"
        self._numbers = itertools.count(1)
        self._template = TEMPLATE + fingerprint(CHECKOUT)
        self._in_use: int | None = None

    def url(self, name: str) -> str:
        """The server's URL with another database."""
        return urlunsplit(urlsplit(self.server)._replace(path=f"/{name}"))

    def another(self) -> str:
        """A name no database has."""
        return f"{self.own}_{next(self._numbers)}"

    def template(self) -> str:
        """The name of the migrated template; made where this state of migrations has none."""
        with open(_lock("templates"), "w") as making:
            fcntl.flock(making, fcntl.LOCK_EX)
            if self._in_use is None:
                # Open until the process ends: so long the template stays.
                self._in_use = os.open(_lock(self._template), os.O_RDWR | os.O_CREAT, 0o600)
                fcntl.flock(self._in_use, fcntl.LOCK_SH)
            self._sweep()
            if self._template not in self._names():
                self._make(self._template)
        return self._template

    def clone(self, name: str) -> None:
        """A database with all the template holds."""
        # Copied as files; the default writes page by page what no crash needs to find again.
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY FILE_COPY")

    def drop(self, name: str) -> None:
        """The database goes, and whoever is still connected with it."""
        self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _make(self, name: str) -> None:
        making = f"{name}_making"
        self.drop(making)
        self._run(f"CREATE DATABASE {making}")
        environment = {
            **os.environ,
            **ENVIRONMENT,
            "DATABASE_URL": self.url(making),
            "EVENHAND_AS_OWNER": "1",
            "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
            "PYTHONPATH": str(CHECKOUT),
        }
        environment.pop("DATABASE_OWNER_URL", None)
        for module in (["evenhand", "migrate"], ["dev.words"]):
            command = [sys.executable, "-m", *module]
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"{module[0]} does not run:\n{done.stdout}{done.stderr}")
        self._run(f"ALTER DATABASE {making} RENAME TO {name}")

    def _sweep(self) -> None:
        """Drop the templates nobody uses and the clones of test runs that were killed."""
        for name in self._names():
            old = name.startswith(TEMPLATE) and name != self._template and _unused(name)
            if old or (name.startswith(CLONE) and not _alive(name)):
                with suppress(psycopg.Error):
                    self._run(f"DROP DATABASE {name}")

    def _names(self) -> list[str]:
        with psycopg.connect(self.server, autocommit=True) as connection:
            rows = connection.execute("SELECT datname FROM pg_database").fetchall()
        return [str(row[0]) for row in rows]

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement))


def _lock(name: str) -> Path:
    return Path(tempfile.gettempdir()) / f"evenhand-{os.getuid()}.{name}.lock"


def _unused(template: str) -> bool:
    """Whether no test run of this machine holds the template's lock."""
    with open(_lock(template), "w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _alive(clone: str) -> bool:
    with suppress(ProcessLookupError):
        os.kill(int(clone.removeprefix(CLONE).split("_")[0]), 0)
        return True
    return False


def fingerprint(checkout: Path) -> str:
    """Twelve hex digits of everything a migrated database depends on."""
    digest = hashlib.sha256()
    for path in _migration_files(checkout):
        digest.update(str(path.relative_to(checkout)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _migration_files(checkout: Path) -> Iterable[Path]:
    house = checkout / "evenhand"
    found = [*house.rglob("migrations/*.py"), *house.rglob("*.sql"), *house.rglob("apps.py")]
    packs = (house / "law").glob("*/*.toml")
    words = (house / "outbound/contact").glob("word*/**/*.toml")
    return [*sorted(found), *sorted(packs), *sorted(words), checkout / "requirements.txt"]
