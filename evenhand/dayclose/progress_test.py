"""Counts of a day: whoever adds, whenever, nothing is lost."""

import os
import subprocess
import sys

import psycopg

TURNS = 40
ADDER = f"""
import sys
from datetime import date
import django
django.setup()
from django.db import transaction
from evenhand.dayclose import progress
from evenhand.dayclose.progress import Counts
progress.of(date(2026, 3, 1), [0])
print("ready", flush=True)
sys.stdin.readline()
for turn in range({TURNS}):
    with transaction.atomic():
        both = {{part: Counts(looked=1, milliseconds=2) for part in (0, 7)}}
        progress.add(date(2026, 3, 1), both)
"""


def _adder(database: str) -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
    }
    command = [sys.executable, "-c", ADDER]
    return subprocess.Popen(
        command, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def test_two_who_add_to_the_same_parts_lose_nothing(own_database: str) -> None:
    adders = [_adder(own_database) for _ in range(2)]
    for adder in adders:
        assert adder.stdout and adder.stdout.readline() == "ready\n"
    for adder in adders:
        adder.communicate("go\n", timeout=60)
        assert adder.returncode == 0
    with psycopg.connect(own_database) as connection:
        found = connection.execute(
            "select part, looked, milliseconds from dayclose_progress order by part"
        ).fetchall()
    assert found == [(0, 2 * TURNS, 4 * TURNS), (7, 2 * TURNS, 4 * TURNS)]
