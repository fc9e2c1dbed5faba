"""A PostgreSQL of this checkout, for development and tests.

    python -m dev.postgres [--fast] start | stop | status | url | remove | with COMMAND ...

`start` starts it and leaves it; `with` starts it for one command and stops it behind the last
user. Data lies under `.evenhand/`; when root, under /var/tmp, where the server's user can reach
it. Standard library only.
"""

import argparse
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from dev import binaries
from dev.cluster import OWNER, Failed, Server, give_password, initialise, write_private

CHECKOUT = Path(__file__).resolve().parent.parent
START_ATTEMPTS = 10  # half a second apart: after a crash, old children let go of the memory first


def server(*, fast: bool = False, home: Path | None = None) -> Server:
    """The checkout's server, or its second one that trades durability for speed."""
    chosen = home or Path(os.environ.get("EVENHAND_HOME") or CHECKOUT / ".evenhand")
    return Server(chosen.resolve(), "postgres-fast" if fast else "postgres")


def start(it: Server) -> str:
    """Start the server, or find it running; any number of callers at once. Returns its URL."""
    with _alone(it):
        if _pid(it) is not None and not it.beside("password").exists():
            _halt(it)  # the private folder was thrown away below a running server
        if _pid(it) is None:
            it.root.mkdir(mode=0o755, exist_ok=True)
            programs = binaries.find(it.root)
            try:
                _launch(it, programs)
            except Failed:
                if not it.fast:
                    raise
                shutil.rmtree(it.data)  # not made to survive everything, and nothing is lost
                _launch(it, programs)
            _remember(it)
        return _url(it)


def stop(it: Server) -> bool:
    """Stop the server; false where none ran."""
    with _alone(it):
        it.beside("kept").unlink(missing_ok=True)
        it.beside("url").unlink(missing_ok=True)
        if _pid(it) is None:
            return False
        _halt(it)
        return True


def _halt(it: Server) -> None:
    programs = binaries.find(it.root)
    binaries.run(programs / "pg_ctl", "-D", it.data, "-m", "fast", "-w", "-t", 60, "stop")


def remove(it: Server) -> None:
    """Stop the server and throw its data away."""
    stop(it)
    shutil.rmtree(it.data, ignore_errors=True)
    for what in ("password", "port"):
        it.beside(what).unlink(missing_ok=True)
    if it.root != it.home and not any(it.root.glob("postgres*/PG_VERSION")):
        shutil.rmtree(it.root, ignore_errors=True)


def url(it: Server) -> str | None:
    """The URL of the running server, or None."""
    return _url(it) if _pid(it) is not None else None


@contextmanager
def using(it: Server) -> Iterator[str]:
    """The server's URL for a while; the last user to leave stops it, unless `start` keeps it.

    Users hold a shared lock on an open file: one that is killed lets go of it by dying.
    """
    it.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(it.beside("users"), "w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield start(it)
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not it.beside("kept").exists():
                    stop(it)


@contextmanager
def _alone(it: Server) -> Iterator[None]:
    it.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(it.beside("lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _launch(it: Server, programs: Path) -> None:
    if not it.data.exists():
        initialise(it, programs)
    elif not it.beside("password").exists():
        give_password(it, programs, it.data)
    log = it.data / "server.log"
    for attempt in range(START_ATTEMPTS):
        # What a killed server left names a process that is gone, or a zombie, or another's.
        (it.data / "postmaster.pid").unlink(missing_ok=True)
        port = _port(it)
        with suppress(subprocess.CalledProcessError):
            binaries.run(
                programs / "pg_ctl", "-D", it.data, "-l", log, "-o", f"-p {port}",
                "-w", "-t", 60, "start",
            )  # fmt: skip
            write_private(it.beside("port"), str(port))
            return
        if attempt + 1 < START_ATTEMPTS:
            time.sleep(0.5)
    last_words = log.read_text(errors="replace")[-2000:] if log.exists() else "(no log)"
    raise Failed(f"PostgreSQL did not start from {it.data}:\n{last_words}")


def _port(it: Server) -> int:
    """The port of last time if nobody took it, else a free one."""
    with suppress(FileNotFoundError, ValueError):
        last = int(it.beside("port").read_text())
        if _free(last):
            return last
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _pid(it: Server) -> int | None:
    """The living postmaster of this data folder, or None.

    A pid alone proves nothing: after kill -9 it may stay as a zombie (whose command line is
    empty) or go to another program.
    """
    try:
        pid = int((it.data / "postmaster.pid").read_text().split("\n", 1)[0])
        if sys.platform != "linux":
            os.kill(pid, 0)
            return pid
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if os.fsencode(it.data) in command.split(b"\0") else None


def _url(it: Server) -> str:
    port, password = it.beside("port").read_text(), it.beside("password").read_text()
    return f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/{OWNER}"


def _remember(it: Server) -> None:
    """Leave the URL where the settings of this checkout look when DATABASE_URL is empty."""
    if not it.fast:
        write_private(it.beside("url"), _url(it))


def _with(it: Server, command: Sequence[str]) -> int:
    """Run a command beside the server; signals reach the command, then the server stops."""
    if os.environ.get("DATABASE_URL"):
        os.execvp(command[0], list(command))
    with using(it) as database:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": database})
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda sent, _frame: child.send_signal(sent))
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends it to the command too
        return child.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m dev.postgres", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="the server for tests")
    parser.add_argument("what", choices=["start", "stop", "status", "url", "with", "remove"])
    parser.add_argument("command", nargs=argparse.REMAINDER, help="for `with`")
    asked = parser.parse_args(arguments)
    it = server(fast=asked.fast)
    if asked.what == "with":
        return _with(it, asked.command)
    if asked.what == "stop":
        print("stopped" if stop(it) else "not running")
        return 0
    if asked.what == "remove":
        remove(it)
        return 0
    if asked.what == "start":
        found = start(it)
        it.beside("kept").touch()
        print(found)
        return 0
    running = url(it)
    if asked.what == "status":
        print(f"running from {it.data}" if running else "not running")
    elif running:
        print(running)
    return 0 if running else 3


if __name__ == "__main__":
    sys.exit(main())
