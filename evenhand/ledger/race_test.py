"""Two who write to the same stream at once: real processes, real transactions, one of them wins."""

import os
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

RACER = """
import sys
import django
django.setup()
from evenhand.ledger import made_up as m
from evenhand.ledger.streams import Append, Moved, append, append_many, heads
D = m.date(2026, 3, 1)
BORROWERS = [int(word) for word in sys.argv[2:]]
print("ready", flush=True)
sys.stdin.readline()
"""
SINGLE = """
won = 0
for seq in range(1, 41):
    try:
        append(BORROWERS[0], [m.enrolled(D)], at=m.noon(D), expected_seq=seq)
        won += 1
    except Moved:
        pass
print(won)
"""
BULK = """
won = 0
order = BORROWERS if sys.argv[1] == "0" else BORROWERS[::-1]
for turn in range(15):
    standing = heads(order)
    moved = append_many([Append(b, standing[b].seq, [m.enrolled(D)]) for b in order], at=m.noon(D))
    won += len(order) - len(moved)
print(won)
"""
LATE = """
print(*append_many([Append(b, 1, [m.enrolled(D)]) for b in BORROWERS], at=m.noon(D)))
"""
FIRST = """
try:
    append(BORROWERS[0], [m.enrolled(D)], at=m.noon(D), expected_seq=0)
    print(1)
except Moved:
    print(0)
"""


@pytest.fixture
def race(own_database: str) -> Iterator["Race"]:
    yield Race(own_database)


class Race:
    """Processes that wait for each other, then run the same lines at once."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.environment = {
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
        }

    def run(self, lines: str, borrowers: list[int], runners: int = 2) -> list[int]:
        """What each of the runners won."""
        racers = [self._start(lines, number, borrowers) for number in range(runners)]
        for racer in racers:
            assert racer.stdout and racer.stdout.readline() == "ready\n"
        for racer in racers:
            assert racer.stdin
            racer.stdin.write("go\n")
            racer.stdin.flush()
        won = []
        for racer in racers:
            said, _ = racer.communicate(timeout=60)
            assert racer.returncode == 0
            won.append(int(said))
        return won

    def run_while_held(self, lines: str, borrowers: list[int], held: int) -> str:
        """What a runner says who meets a head that moves after he has read it."""
        with psycopg.connect(self.database) as connection:
            move = "update ledger_stream set seq = seq + 1 where borrower = %s"
            connection.execute(move, [held])
            racer = self._start(lines, 0, borrowers)
            assert racer.stdin and racer.stdout
            racer.stdout.readline()
            racer.stdin.write("go\n")
            racer.stdin.flush()
            self._wait_until_blocked()
            connection.commit()
        said, _ = racer.communicate(timeout=60)
        return said.strip()

    def _wait_until_blocked(self) -> None:
        waiting = "select 1 from pg_locks where not granted"
        with psycopg.connect(self.database, autocommit=True) as connection:
            for _ in range(600):
                if connection.execute(waiting).fetchone():
                    return
                connection.execute("select pg_sleep(0.05)")
        raise AssertionError("nobody waited for the head")

    def heads(self) -> dict[int, int]:
        """The seq every borrower's stream stands at, and as many facts behind it."""
        with psycopg.connect(self.database) as connection:
            found = connection.execute(
                "select s.borrower, s.seq, count(f.seq) from ledger_stream s"
                " join ledger_fact f using (borrower) where s.borrower > 0 group by 1, 2"
            ).fetchall()
        assert all(seq == facts for _, seq, facts in found)
        return {borrower: seq for borrower, seq, _ in found}

    def _start(self, lines: str, number: int, borrowers: list[int]) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", RACER + lines, str(number), *map(str, borrowers)]
        return subprocess.Popen(
            command, env=self.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )


def test_exactly_one_begins_a_stream(race: Race) -> None:
    assert sorted(race.run(FIRST, [41], runners=3)) == [0, 0, 1]


def test_every_seq_is_won_once(race: Race) -> None:
    assert race.run(FIRST, [41], runners=1) == [1]
    won = race.run(SINGLE, [41])
    assert sum(won) == 40
    assert race.heads() == {41: 41}


def test_a_head_that_moves_during_a_bulk_append_is_told_and_the_others_are_written(
    race: Race,
) -> None:
    borrowers = [41, 42, 43]
    for borrower in borrowers:
        race.run(FIRST, [borrower], runners=1)
    assert race.run_while_held(LATE, borrowers, held=42) == "42"
    with psycopg.connect(race.database) as connection:
        found = connection.execute(
            "select borrower, count(*) from ledger_fact where borrower > 0 group by 1"
        )
        assert dict(found.fetchall()) == {41: 2, 42: 1, 43: 2}


def test_bulk_appends_cross_without_a_deadlock(race: Race) -> None:
    borrowers = list(range(100, 140))
    won = race.run(BULK, borrowers)
    assert sum(won) == sum(race.heads().values())
    assert min(race.heads().values()) >= 15
