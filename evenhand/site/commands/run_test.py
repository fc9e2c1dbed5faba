"""`evenhand run` in earnest: it serves over a real database, and stops when told to, wholly."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

import psycopg

from dev import testbases

CHECKOUT = Path(__file__).parents[3]
TRIES = 600
EARNEST = {
    "EVENHAND_DEMO": "0",
    "EVENHAND_HOSTS": "127.0.0.1",
    "EVENHAND_LENDER": json.dumps({"name": "持平小贷", "hotline": "95000"}),
    "EVENHAND_SMS": json.dumps({"provider": "simulator"}),
    "EVENHAND_IDENTITY": json.dumps({"provider": "simulator"}),
    "EVENHAND_BANK": json.dumps({"provider": "simulator"}),
    "EVENHAND_SIGNING": json.dumps({"provider": "simulator"}),
    "EVENHAND_ROOT_KEY": base64.b64encode(bytes(range(32))).decode(),
}


@contextmanager
def running(url: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """`evenhand run` on a database, killed behind the test where it still lives."""
    told = {**os.environ, **testbases.ENVIRONMENT, **EARNEST, "DATABASE_URL": url}
    program = [sys.executable, "-m", "evenhand", "run", "--port", str(port)]
    with subprocess.Popen(
        program, env=told, cwd=CHECKOUT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def test_it_serves_and_stops_with_all_its_children(own_database: str) -> None:
    port = _free_port()
    with running(own_database, port) as process:
        assert _health(process, port)["ok"]
        children = _children(process.pid)
        assert len(children) == 2
        process.send_signal(signal.SIGTERM)
        process.communicate()
        assert process.returncode == 0
    assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_tables_that_are_behind_are_not_served(own_database: str) -> None:
    empty = f"{own_database.rpartition('/')[0]}/template1"
    with running(empty, _free_port()) as process:
        _out, err = process.communicate()
    assert process.returncode == 2
    assert "the tables are behind" in err


def test_a_law_that_is_not_kept_is_not_served(own_database: str) -> None:
    with psycopg.connect(own_database) as owner:
        owner.execute("alter table ledger_pack disable trigger ledger_pack_stays")
        owner.execute("delete from ledger_pack where pack = 'cn'")
    with running(own_database, _free_port()) as process:
        _out, err = process.communicate()
    assert process.returncode == 2
    assert "the law is not kept as it ships (cn)" in err


def _health(process: subprocess.Popen[str], port: int) -> dict[str, object]:
    """What /healthz says once it says that all is well."""
    said: dict[str, object] = {}
    address = f"http://127.0.0.1:{port}/healthz"
    for _try in range(TRIES):
        assert process.poll() is None, process.communicate()[1]
        with suppress(URLError, OSError), urllib.request.urlopen(address, timeout=5) as answer:
            said = json.load(answer)
        if said.get("ok"):
            break
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
    return said


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in listed.split()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
