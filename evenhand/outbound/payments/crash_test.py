"""Processes killed in the middle, and two at once: no money counts twice, and none is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest

CHECKOUT = Path(__file__).parents[3]
KILLED = -9

BEGIN = """
import os, signal, sys
import django
django.setup()
from evenhand.outbound.payments import incoming, made_up, outbox, reference, told, transfers
from evenhand.outbound.payments.made_up import D, MINUTE, last, moment
from evenhand.outbound.payments.send import send_due
from evenhand.providers.bank.message import Callback, Receipt
from evenhand.providers.bank.simulator import Simulator
def die():
    os.kill(os.getpid(), signal.SIGKILL)
"""
SIGNED = """
them = made_up.someone()
seq = last(them.borrower, "loan.signed").seq
transfers.intend(them.borrower, them.loan, 1200000, them.account, "disbursal", seq, them.at)
print(them.borrower, flush=True)
"""
SEND_AND_DIE = """
class Deadly(Simulator):
    def send(self, order):
        if sys.argv[1] == "before":
            die()
        super().send(order)
        die()
send_due(them.at, bank=Deadly())
"""
RECOVER = """
for minute in (1, 3, 9):
    send_due(moment(D, minute), bank=Simulator())
"""
IN_THE_DARK = """
class Mute(Simulator):
    def look_up(self, asked):
        return [Receipt(one.key, "unknown", reason="no_answer") for one in asked]
    def send(self, order):
        raise SystemExit("nothing may be sent again")
for hours in range(48):
    send_due(moment(D, 60 * hours), bank=Mute())
print(len(outbox.unanswered(moment(D, 2000))))
"""
RACE = """
borrower, loan, account, seq = map(int, sys.argv[1:])
print("ready", flush=True)
sys.stdin.readline()
for turn in range(10):
    transfers.intend(borrower, loan, 1200000, account, "disbursal", seq, moment(D))
    send_due(moment(D, turn), bank=Simulator())
    at = moment(D, turn)
    def deliver(headers, body):
        told.hear(Simulator().callbacks(headers, body, at), at, "simulator")
    Simulator(deliver).call_back(at)
    came = Callback("credited", "", f"B{turn}", D, 100, "CNY", remark=reference.of(loan))
    told.hear([came, came], moment(D, turn + 1), "simulator")
    lost = Callback("credited", "", f"C{turn}", D, 100, "CNY", remark="?")
    told.hear([lost], moment(D, turn + 1), "simulator")
"""
WAITING = """
them = made_up.someone()
print(them.borrower, them.loan, them.account, last(them.borrower, "loan.signed").seq)
"""


def begun(database: str, program: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BEGIN + program, *words],
        env={
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
        },
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def done(database: str, program: str, *words: str, ends: int = 0) -> str:
    """A process of ours on that database, waited for; what it printed."""
    process = begun(database, program, *words)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == ends
    return said


def asked(database: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(query.encode()).fetchall()


def money(database: str) -> list[str]:
    """The kinds of the borrower's facts after the signature."""
    query = (
        "select kind from ledger_fact where borrower > 0 and kind in ('transfer.intended',"
        " 'transfer.leaving', 'transfer.failed', 'loan.disbursed') order by borrower, seq"
    )
    return [str(row[0]) for row in asked(database, query)]


@pytest.mark.parametrize(
    ("when", "movements", "end"),
    [("before", 0, "transfer.failed"), ("after", 1, "loan.disbursed")],
)
def test_a_killed_sender_pays_nothing_twice_and_loses_nothing(
    own_database: str, when: str, movements: int, end: str
) -> None:
    done(own_database, SIGNED + SEND_AND_DIE, when, ends=KILLED)
    assert money(own_database) == ["transfer.intended", "transfer.leaving"]
    done(own_database, RECOVER)
    assert money(own_database) == ["transfer.intended", "transfer.leaving", end]
    assert asked(own_database, "select count(*) from bank_simulator_movement") == [(movements,)]
    assert asked(own_database, "select count(*) from payments_outbox") == [(0,)]


def test_money_waits_for_the_banks_answer_and_finance_sees_it(own_database: str) -> None:
    done(own_database, SIGNED + SEND_AND_DIE, "after", ends=KILLED)
    assert done(own_database, IN_THE_DARK) == "1\n"
    assert money(own_database) == ["transfer.intended", "transfer.leaving"]
    assert asked(own_database, "select count(*) from bank_simulator_movement") == [(1,)]


def test_two_at_once_pay_once_and_count_once(own_database: str) -> None:
    words = done(own_database, WAITING).split()
    racers = [begun(own_database, RACE, *words) for _ in range(2)]
    for racer in racers:
        assert racer.stdout and racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    for racer in racers:
        racer.communicate(timeout=120)
        assert racer.returncode == 0
    assert money(own_database) == ["transfer.intended", "transfer.leaving", "loan.disbursed"]
    assert asked(own_database, "select count(*) from bank_simulator_movement") == [(1,)]
    came = (
        "select count(*), count(distinct body ->> 'reference'), sum(amount)::int from ledger_fact"
    )
    whole = asked(own_database, f"{came} where kind in ('payment.received', 'suspense.received')")
    assert whole == [(20, 20, 2_000)]
