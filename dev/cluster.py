"""One server's places and its data folder: made whole or not at all."""

import hashlib
import os
import secrets
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from dev import binaries

OWNER = "evenhand"  # the superuser and the database

COMMON = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = '128MB'
max_locks_per_transaction = 256
max_parallel_workers_per_gather = 0
timezone = 'UTC'
log_timezone = 'UTC'
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
jit = off
"""
# A crash of the machine may lose such a server; `make test` would make it anew.
FAST = """
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


class Failed(RuntimeError):
    """The server did not start; the message ends with its own last words."""


class Server(NamedTuple):
    """One server: `home` is the checkout's private folder, `name` tells two servers apart."""

    home: Path
    name: str

    @property
    def fast(self) -> bool:
        return self.name.endswith("fast")

    @property
    def root(self) -> Path:
        """The folder above the data: another than home only for root."""
        if binaries.SERVER_USER is None:
            return self.home
        mark = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path("/var/tmp") / f"evenhand-{mark}"

    @property
    def data(self) -> Path:
        return self.root / self.name

    def beside(self, what: str) -> Path:
        return self.home / f"{self.name}.{what}"


def initialise(it: Server, programs: Path) -> None:
    """Make the data folder whole or not at all: it gets its name when it is ready."""
    _check_owner(it.root)
    making = it.root / f"{it.name}.making"
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    if binaries.SERVER_USER is not None:
        shutil.chown(making, binaries.SERVER_USER, binaries.as_server_user()["group"])
    locale = ["--locale=C.UTF-8"]
    if binaries.version(programs) >= 17:
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    binaries.run(
        programs / "initdb", "-D", making, "-U", OWNER, "-A", "trust", "-E", "UTF8", *locale,
        "--data-checksums", "--no-instructions", *(["--no-sync"] if it.fast else []),
    )  # fmt: skip
    with open(making / "postgresql.conf", "a") as settings:
        settings.write(COMMON + (FAST if it.fast else _durable()))
    _alone_with(programs, making, f"CREATE DATABASE {OWNER}")
    give_password(it, programs, making)
    (making / "pg_hba.conf").write_text("host all all 127.0.0.1/32 scram-sha-256\n")
    making.rename(it.data)


def give_password(it: Server, programs: Path, folder: Path) -> None:
    """A fresh password for the owner, kept in the private folder; the server must not run."""
    password = secrets.token_urlsafe(24)
    _alone_with(programs, folder, f"ALTER ROLE {OWNER} PASSWORD '{password}'")
    write_private(it.beside("password"), password)


def _alone_with(programs: Path, folder: Path, statement: str) -> None:
    """One statement in a process of its own, without a server, so without asking who we are."""
    binaries.run(programs / "postgres", "--single", "-D", folder, "postgres", said=f"{statement}\n")


def _check_owner(root: Path) -> None:
    """Others may write in /var/tmp: a folder that is not ours is not used."""
    found = root.lstat()
    if found.st_uid != os.geteuid() or not root.is_dir() or root.is_symlink():
        raise Failed(f"{root} belongs to somebody else; remove it, or set DATABASE_URL.")


def _durable() -> str:
    # Syncing file by file after a crash takes seconds; only Linux can sync the whole folder.
    return "recovery_init_sync_method = syncfs\n" if sys.platform == "linux" else ""


def write_private(path: Path, text: str) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
