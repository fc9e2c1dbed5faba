"""`evenhand run`: the whole house on one machine.

1. Bring the tables up to date where the owner is at hand (demo mode, DATABASE_OWNER_URL); where
   not, refuse to serve over tables that are not, or by a law that is not kept.
2. In demo mode, make the demo book where there is none yet.
3. Start the pages (granian) and one worker as children.
4. Wait; on Ctrl-C, SIGTERM or the end of either child, stop both and wait for them.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from evenhand.ledger import packs
from evenhand.site.commands.parser import Parser

GRACE_SECONDS = 20
FIRST = "`evenhand migrate` as the owner first"
GRANIAN = (
    *("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2"),
    *("--no-ws", "--log-level", "warning"),
)


def main(argv: Sequence[str]) -> int:
    """Serve until stopped; the exit status is 1 when a child ended by itself."""
    parser = Parser(prog="evenhand run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(argv)
    stopped = _hear_stop()
    if reason := _tables_behind():
        print(f"evenhand run: {reason}", file=sys.stderr)
        return 2
    for words in _first():
        status = _watch([_evenhand(*words)], stopped)
        if stopped or status:
            return status
    name = "Evenhand (practice: nothing here counts)" if settings.EVENHAND_PRACTICE else "Evenhand"
    print(f"{name} on http://{chosen.host}:{chosen.port} (Ctrl-C stops it)", flush=True)
    _watch([_pages(chosen.host, chosen.port), _evenhand("worker")], stopped)
    return 0 if stopped else 1


def _first() -> list[tuple[str, ...]]:
    """The commands that are to end well before anything is served."""
    if settings.EVENHAND_DEMO:
        return [("migrate",), ("demo", "seed")]
    return [("migrate",)] if _owner_at_hand() else []


def _owner_at_hand() -> bool:
    return bool(settings.EVENHAND_DEMO or os.environ.get("DATABASE_OWNER_URL"))


def _tables_behind() -> str:
    """Why nothing can be served over these tables; empty where it can, or they are made first."""
    if _owner_at_hand():
        return ""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
        changed = [] if behind else packs.not_kept(settings.EVENHAND_PACKS)
        ours = bool(behind) or packs.are_in_force(settings.EVENHAND_PACKS)
    except OperationalError as fault:
        return f"the database does not let us in: {str(fault).splitlines()[-1]}"
    if changed:
        return f"the law is not kept as it ships ({', '.join(changed)}); {FIRST}"
    if not ours:
        return f"another law is in force than EVENHAND_PACKS name; {FIRST}"
    return f"the tables are behind; {FIRST}" if behind else ""


def _evenhand(*words: str) -> subprocess.Popen[bytes]:
    return _child("evenhand", *words)


def _pages(host: str, port: int) -> subprocess.Popen[bytes]:
    where = ("--host", host, "--port", str(port))
    return _child("granian", *where, *GRANIAN, "evenhand.site.wsgi:application")


def _child(module: str, *words: str) -> subprocess.Popen[bytes]:
    """A child that leads a group of its own, so that none of its own children outlives it."""
    return subprocess.Popen([sys.executable, "-m", module, *words], process_group=0)


def _hear_stop() -> list[int]:
    """From now on a request to stop is noted in this list, and nothing else happens by itself."""
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    return stopped


def _watch(children: list[subprocess.Popen[bytes]], stopped: list[int]) -> int:
    """Wait for a request to stop or a child's end; stop the others, wait for all.

    Returns the greatest exit status.
    """
    while not stopped and all(child.poll() is None for child in children):
        # Up to a second; a signal that asks to stop ends the wait at once.
        signal.sigtimedwait({signal.SIGCHLD}, 1.0)
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    return max(abs(_ended(child)) for child in children)


def _ended(child: subprocess.Popen[bytes]) -> int:
    try:
        return child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
