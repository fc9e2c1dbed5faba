"""Running workers send while complaints come in: nothing that collects leaves after the commit.

Real processes on a database of their own: workers that send messages and debit accounts, and others
that complain meanwhile. A stream's seq is its lock and the order of commits: after a complaint no
leaving of what collects, and no auto-debit, may follow in the stream.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg

CHECKOUT = Path(__file__).parents[3]
BORROWERS = 40
DEBITED = 16

BEGIN = """
import sys, time
import django
django.setup()
from datetime import date
from django.db import connection
from evenhand.dayclose import close
from evenhand.ledger import streams
from evenhand.lifecycle.redress import acts
from evenhand.lifecycle.redress.acts import Wanted
from evenhand.outbound.contact import made_up
from evenhand.outbound.contact.made_up import moment
from evenhand.outbound.payments import debits, outbox
from evenhand.outbound.payments import made_up as money
from evenhand.site import clock, jobs
SIGNED = date(2026, 3, 1)
DUE = date(2026, 3, 31)
NOW = moment(date(2026, 4, 1), 10)
"""
BOOK = f"""
late = made_up.enrol({BORROWERS}, SIGNED)
made_up.lend(late, SIGNED)
close.close(DUE, moment(date(2026, 4, 1), 0, 5))
for n in range({DEBITED}):
    them = money.owing(f"62220202000111{{n:05d}}", SIGNED)
    debits.authorise(them.borrower, them.loan, them.account, 10**9, "ab" * 32, them.at)
    ordered = debits.order(
        them.borrower, them.loan, 101_000, them.account, "auto", DUE, NOW,
        moment(date(2026, 3, 30), 9), "house",
    )
    assert ordered.seq, ordered
    late.append(them.borrower)
clock.set_demo(NOW)
jobs.defer_due(NOW)
print(*late)
"""
COMPLAIN = """
print("ready", flush=True)
sys.stdin.readline()
left = "select count(*) from ledger_fact where kind = any(%s)"
kinds = (["contact.leaving"], ["debit.leaving"])
for ids, kind in zip((sys.argv[1], sys.argv[2]), kinds):
    for _wait in range(20_000):
        with connection.cursor() as cursor:
            cursor.execute(left, [kind])
            if cursor.fetchone()[0] >= 2:
                break
        time.sleep(0.002)
    for borrower in ids.split(","):
        acts.open_complaint(int(borrower), Wanted("contact", "app"), "borrower", at=NOW)
"""
AFTER = """
    select l.borrower, l.kind from ledger_fact l
    join ledger_fact c on c.borrower = l.borrower and c.kind = 'complaint.opened' and c.seq < l.seq
    join ledger_fact i on i.borrower = l.borrower and i.seq = l.cause
    where l.kind = 'debit.leaving'
        or (l.kind = 'contact.leaving' and i.body ->> 'purpose' <> 'required_notice')"""
ENDED = "select kind, count(*) from ledger_fact where kind = any(%s) group by kind"
WORK = [sys.executable, "-m", "evenhand", "worker", "--once"]


def asked(database: str, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(query.encode(), values).fetchall()


def start(database: str, *words: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
    }
    pipe = subprocess.PIPE
    return subprocess.Popen(
        words, env=environment, cwd=CHECKOUT, text=True, stdin=pipe, stdout=pipe
    )


def test_nothing_that_collects_leaves_after_a_complaint(own_database: str) -> None:
    said, _ = start(own_database, sys.executable, "-c", BEGIN + BOOK).communicate(timeout=120)
    people = said.split()
    assert len(people) == BORROWERS + DEBITED
    texted, debited = people[:BORROWERS][::-1], people[BORROWERS:][::-1]
    complainers = [
        start(own_database, sys.executable, "-c", BEGIN + COMPLAIN, ",".join(texted[n::2]),
              ",".join(debited[n::2]))
        for n in range(2)
    ]  # fmt: skip
    for one in complainers:
        assert one.stdout and one.stdout.readline() == "ready\n"
    workers = [start(own_database, *WORK) for _worker in range(2)]
    for one in complainers:
        one.communicate("go\n", timeout=120)
        assert one.returncode == 0
    for one in workers:
        one.communicate(timeout=120)
        assert one.returncode == 0
    start(own_database, *WORK).communicate(timeout=120)
    assert asked(own_database, AFTER) == []
    kinds = ["complaint.opened", "contact.refused", "debit.leaving", "debit.withdrawn"]
    ended = dict(asked(own_database, ENDED, kinds))
    assert ended["complaint.opened"] == BORROWERS + DEBITED
    assert ended.get("debit.leaving", 0) + ended.get("debit.withdrawn", 0) == DEBITED
    collected = "select count(*) from ledger_fact l join ledger_fact i on i.borrower = l.borrower"
    collected += " and i.seq = l.cause where l.kind = any(%s) and i.body ->> 'purpose' = 'collect'"
    assert asked(own_database, collected, ["contact.leaving", "contact.refused"]) == [(BORROWERS,)]
    assert 2 <= asked(own_database, collected, ["contact.leaving"])[0][0] < BORROWERS, "a race"
