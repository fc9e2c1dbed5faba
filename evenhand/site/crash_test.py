"""Processes killed in the middle: nobody gets a message twice, and nothing is silently lost.

Real processes on a database of their own. Each program below is what a worker does; the provider
handed to it kills the process (kill -9) at the moment the test names.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest

CHECKOUT = Path(__file__).parents[2]
KILLED = -9

BEGIN = """
import json, os, signal, sys
import django
django.setup()
from datetime import date, timedelta
from evenhand.dayclose import close
from evenhand.outbound.contact import made_up
from evenhand.outbound.contact.made_up import moment
from evenhand.ledger import streams
from evenhand.outbound.contact import send
from evenhand.providers.sms.message import Receipt
from evenhand.providers.sms.simulator import Simulator
from evenhand.site import jobs
SIGNED = date(2026, 3, 1)
DAY = date(2026, 3, 27)
NEXT = date(2026, 3, 28)
def die():
    os.kill(os.getpid(), signal.SIGKILL)
"""
BOOK = """
borrowers = made_up.enrol(3, SIGNED)
made_up.lend(borrowers, SIGNED)
close.close(DAY, moment(NEXT, 0, 5))
print(json.dumps(borrowers), flush=True)
"""
SEND_AND_DIE = """
class Deadly(Simulator):
    def send(self, messages):
        if sys.argv[1] == "before":
            die()
        if sys.argv[1] == "half way":
            super().send(messages[:1])
            die()
        receipts = super().send(messages)
        if sys.argv[1] == "after":
            die()
        return receipts
    @property
    def name(self):
        return die() if sys.argv[1] == "before the result" else "simulator"
send.send_due(moment(NEXT, 8), provider=Deadly())
"""
RECOVER = "[send.send_due(moment(NEXT, 8, minute)) for minute in (2, 3)]"
RECOVER_IN_THE_DARK = """
class Mute(Simulator):
    def look_up(self, keys):
        return [Receipt(key, "unknown", reason="no_look_up") for key in keys]
    def send(self, messages):
        raise SystemExit("nothing may be sent again")
[send.send_due(moment(NEXT, 8, minute), provider=Mute()) for minute in (2, 3)]
"""
CLOSE_AND_DIE = """
close.CHUNK = 2
def report(through, of):
    if through == 4:
        die()
close.close(NEXT, moment(NEXT + timedelta(days=1), 0, 5), report=report)
"""
CLOSE = "[close.close(NEXT, moment(NEXT + timedelta(days=1), 0, 5)) for _twice in range(2)]"
SIX_DUE = """
borrowers = made_up.enrol(6, SIGNED)
made_up.lend(borrowers, SIGNED - timedelta(days=1))
print(json.dumps(borrowers), flush=True)
"""


def run(database: str, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A process of ours on that database, waited for."""
    return subprocess.run(
        [sys.executable, "-c", BEGIN + program, *words],
        env={**os.environ, "DATABASE_URL": database},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def done(database: str, program: str) -> str:
    """The same, which must end well; what it printed."""
    process = run(database, program)
    assert process.returncode == 0, process.stderr
    return process.stdout


def asked(database: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(query.encode()).fetchall()


def contacts(database: str) -> dict[int, list[str]]:
    """The kinds of every borrower's facts after the loan was signed."""
    kinds: dict[int, list[str]] = {}
    query = "select borrower, kind from ledger_fact where borrower > 0 and seq > 2 order by 1, seq"
    for borrower, kind in asked(database, query):
        kinds.setdefault(borrower, []).append(kind.removeprefix("contact."))
    return kinds


def messages(database: str) -> int:
    return int(asked(database, "select count(*) from sms_simulator_message")[0][0])


@pytest.mark.parametrize(
    ("moment", "sent", "came_of_it"),
    [
        ("before", 0, ["failed", "failed", "failed"]),
        ("half way", 1, ["sent", "failed", "failed"]),
        ("after", 3, ["sent", "sent", "sent"]),
        ("before the result", 3, ["sent", "sent", "sent"]),
    ],
)
def test_a_killed_sender_sends_nothing_twice_and_loses_nothing(
    own_database: str, moment: str, sent: int, came_of_it: list[str]
) -> None:
    killed = run(own_database, BOOK + SEND_AND_DIE, moment)
    borrowers = json.loads(killed.stdout)
    assert killed.returncode == KILLED
    assert contacts(own_database) == {b: ["intended", "leaving"] for b in borrowers}
    assert messages(own_database) == sent
    done(own_database, RECOVER)
    assert messages(own_database) == sent
    assert contacts(own_database) == {
        borrower: ["intended", "leaving", what]
        for borrower, what in zip(borrowers, came_of_it, strict=True)
    }
    assert asked(own_database, "select count(*) from contact_outbox") == [(0,)]


def test_what_the_provider_cannot_say_stays_unknown_and_is_never_sent_again(
    own_database: str,
) -> None:
    killed = run(own_database, BOOK + SEND_AND_DIE, "after")
    borrowers = json.loads(killed.stdout)
    assert killed.returncode == KILLED
    done(own_database, RECOVER_IN_THE_DARK)
    assert contacts(own_database) == {b: ["intended", "leaving", "unknown"] for b in borrowers}
    assert messages(own_database) == 3
    counted = asked(own_database, "select stage, count(*) from ledger_contact group by 1")
    assert counted == [(3, 3)], "an unknown contact counts against the caps"


def test_a_close_killed_in_the_middle_goes_on_and_ends_with_the_same_facts(
    own_database: str,
) -> None:
    killed = run(own_database, SIX_DUE + CLOSE_AND_DIE)
    borrowers = json.loads(killed.stdout)
    assert killed.returncode == KILLED
    half = contacts(own_database)
    assert len(half) == 4, "two chunks of two were committed"
    assert asked(own_database, "select count(*) from ledger_fact where borrower = -1") == [(0,)]
    done(own_database, CLOSE)
    assert contacts(own_database) == {borrower: ["intended"] for borrower in borrowers}
    (_root,), (closed,) = asked(
        own_database, "select body from ledger_fact where borrower = -1 order by seq"
    )
    assert (closed["looked"], closed["steps"], closed["intended"]) == (6, 6, 6)
    assert asked(own_database, "select count(*) from contact_outbox") == [(6,)]


class Gateway(BaseHTTPRequestHandler):
    """A gateway that takes a message and never answers."""

    came: list[str] = []
    taken = threading.Event()
    over = threading.Event()

    def do_GET(self) -> None:
        self.came.append(self.path)
        self.taken.set()
        self.over.wait(60)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def gateway() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    Gateway.over.set()
    server.shutdown()
    server.server_close()


ONE_DUE = """
from evenhand.site import clock
from procrastinate.contrib.django import app
borrowers = made_up.enrol(1, SIGNED)
made_up.lend(borrowers, SIGNED)
close.close(DAY, moment(NEXT, 0, 5))
clock.set_demo(moment(NEXT, 8))
jobs.defer_due(clock.now())
print(borrowers[0])
"""
LATER = """
from evenhand.site import clock
from procrastinate.contrib.django import app
clock.set_demo(moment(NEXT, 8, 2))
jobs.defer_due(clock.now())
app.configure_task("site.sweep").defer(timestamp=0)
"""


def test_a_worker_killed_while_it_sends_is_swept_up_by_the_next(
    own_database: str, gateway: str
) -> None:
    account = {"url": gateway, "username": "u", "password": "p", "token": "t" * 32}
    sms = {"provider": "kannel", "callback_url": "http://127.0.0.1/x", **account}
    environment = {**os.environ, "DATABASE_URL": own_database, "EVENHAND_SMS": json.dumps(sms)}
    work = [sys.executable, "-m", "evenhand", "worker"]
    borrower = int(done(own_database, ONE_DUE))
    worker = subprocess.Popen(work, env=environment, cwd=CHECKOUT)
    try:
        assert Gateway.taken.wait(60), "the worker sent nothing"
    finally:
        worker.kill()
        worker.wait()
    assert contacts(own_database) == {borrower: ["intended", "leaving"]}
    asked_dead = "update procrastinate_workers set last_heartbeat = now() - interval '1 minute'"
    with psycopg.connect(own_database) as connection:
        connection.execute(asked_dead.encode())
    done(own_database, LATER)
    for _sweep_then_send in range(2):
        subprocess.run([*work, "--once"], env=environment, cwd=CHECKOUT, timeout=120, check=True)
    assert contacts(own_database) == {borrower: ["intended", "leaving", "unknown"]}
    assert len(Gateway.came) == 1, "the gateway was asked once and never again"
    stalled = "select status::text, count(*) from procrastinate_jobs group by 1 order by 1"
    assert ("doing", 1) not in asked(own_database, stalled)
