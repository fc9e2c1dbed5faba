"""`evenhand run`: the whole house on one machine.

1. Bring the tables up to date (as the owner).
2. In demo mode, make the demo book where there is none yet.
3. Start the pages (granian) and one worker as children.
4. Wait; on Ctrl-C, SIGTERM or the end of either child, stop both and wait for them.
"""

import argparse
import signal
import subprocess
import sys
from collections.abc import Sequence
from types import FrameType

from django.conf import settings

GRACE_SECONDS = 20
GRANIAN = (
    *("--interface", "wsgi", "--workers", "2", "--blocking-threads", "2"),
    *("--no-ws", "--log-level", "warning"),
)


def main(argv: Sequence[str]) -> int:
    """Serve until stopped; the exit status is 1 when a child ended by itself."""
    parser = argparse.ArgumentParser(prog="evenhand run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    chosen = parser.parse_args(argv)
    if _evenhand("migrate").wait() != 0:
        return 1
    if settings.EVENHAND_DEMO and _evenhand("demo", "seed").wait() != 0:
        return 1
    print(f"Evenhand on http://{chosen.host}:{chosen.port} (Ctrl-C stops it)", flush=True)
    return _watch([_pages(chosen.host, chosen.port), _evenhand("worker")])


def _evenhand(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "evenhand", *words])


def _pages(host: str, port: int) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "granian", "--host", host, "--port", str(port)]
    return subprocess.Popen([*program, *GRANIAN, "evenhand.site.wsgi:application"])


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait for a signal or for a child's end; then stop all and wait for them."""
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    while not stopped and all(child.poll() is None for child in children):
        _wait_for_news()
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0 if stopped else 1


def _wait_for_news() -> None:
    """Up to a second; a signal that asks to stop ends the wait at once."""
    signal.sigtimedwait({signal.SIGCHLD}, 1.0)
