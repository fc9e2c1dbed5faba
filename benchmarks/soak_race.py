"""`make soak-race`: eight processes append to one stream at once, with no gap and no double seq.

Half of them write one fact at a time, half write in bulk to this stream and ten others. Afterwards
every seq is there once and every link holds. ARGS="16" for sixteen processes.
"""

import os
import subprocess
import sys
from time import monotonic

from benchmarks.ground import house, said

RUNS = 3
PROCESSES = 8
FACTS = 60
STREAM = 100_001
OTHERS = 10

RACER = """
import sys
import django
django.setup()
from evenhand.ledger import made_up as m
from evenhand.ledger.streams import Append, append_many, heads
everyone = [int(word) for word in sys.argv[2:]]
wanted, won, tried = int(sys.argv[1]), 0, 0
print("ready", flush=True)
sys.stdin.readline()
while won < wanted:
    standing = heads(everyone)
    asked = [Append(b, standing[b].seq, [m.enrolled(m.date(2026, 3, 1))]) for b in everyone]
    moved = append_many(asked, at=m.noon(m.date(2026, 3, 1)))
    won += everyone[0] not in moved
    tried += 1
print(tried)
"""


def main(processes: int = PROCESSES) -> None:
    """Print how fast a contended stream grows. AssertionError where a seq or a link is wrong."""
    from evenhand.ledger import streams, verify

    rates, shares = [], []
    for run in range(RUNS):
        stream = STREAM + run * 100
        seconds, tries = _race(processes, stream)
        facts = streams.stream(stream)
        assert [fact.seq for fact in facts] == list(range(1, processes * FACTS + 1))
        for borrower in range(stream, stream + OTHERS + 1):
            assert verify.verify_stream(borrower) == []
        rates.append(len(facts) / seconds)
        shares.append(100 * len(facts) / tries)
    print(said(f"{processes} processes on one stream, no gap", rates, "facts a second"))
    print(said("tries that won", shares, "%"))


def _race(processes: int, stream: int) -> tuple[float, int]:
    """Seconds from the start to the last fact, and how many tries it took."""
    racers = []
    for number in range(processes):
        others = range(stream + 1, stream + 1 + OTHERS) if number % 2 else ()
        words = [str(FACTS), str(stream), *map(str, others)]
        racers.append(
            subprocess.Popen(
                [sys.executable, "-c", RACER, *words],
                env=dict(os.environ),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    for racer in racers:
        assert racer.stdout is not None and racer.stdout.readline() == "ready\n"
    began = monotonic()
    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    tries = sum(int(racer.communicate()[0]) for racer in racers)
    assert all(racer.returncode == 0 for racer in racers), "a racer failed"
    return monotonic() - began, tries


if __name__ == "__main__":
    with house():
        main(*map(int, sys.argv[1:2]))
