"""Many processes ask at once for the same borrower; then the facts are counted, naively.

The count shares nothing with the gate: limits, hours and what stops a contact stand here a second
time. `benchmarks/soak_gate.py` runs the same with sixteen processes over ten thousand rounds.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import psycopg

from evenhand.law import loader

CHECKOUT = Path(__file__).parents[2]
SHANGHAI = ZoneInfo("Asia/Shanghai")
BEGINS = datetime(2026, 4, 21, tzinfo=SHANGHAI)
CLOCK = ("07:59", "08:00", "12:00", "20:59", "21:00")
"""When on each of five days a borrower is asked for."""
LIFE = 5 * len(CLOCK)
STOPS = {"complaint.opened": "", "plan.agreed": "", "wish.opt_out": "sms"}
"""What stops asking for money, and by which channel ("": by each)."""
CAPS = (
    ("policy.freq.message_day", "sms", {"sent"}, 1, 1),
    ("policy.freq.message_week", "sms", {"sent"}, 7, 3),
    ("policy.freq.call_week", "call", set[str](), 7, 7),
    ("cn.freq.talk", "call", {"conversation"}, 1, 3),
    ("policy.freq.notice_call", "call", {"connected_notice"}, 1, 3),
    ("cn.freq.dial", "call", {"unanswered", "busy"}, 1, 6),
)
"""Rule, channel, outcomes counted (none: each), days, and the most of them that may have left."""
RACING = """
import sys
import django
django.setup()
from evenhand.site import racing
racing.main(sys.argv[1:])
"""
FACTS = """
    select borrower, seq, kind, cause, ledger_micros(at), body from ledger_fact
    where borrower > 0 order by borrower, seq"""


class Fact(NamedTuple):
    borrower: int
    seq: int
    kind: str
    cause: int
    at: int
    body: dict[str, Any]

    @property
    def wall(self) -> datetime:
        return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=self.at)).astimezone(
            SHANGHAI
        )


def test_however_many_ask_at_once_no_more_leaves_than_the_pack_allows(own_database: str) -> None:
    said = race(own_database, processes=6, rounds=LIFE)
    facts = facts_of(own_database)
    assert wrongs(facts) == []
    assert said["sent"] + said["called"] == left(facts) > 0


def test_the_count_finds_what_may_not_be() -> None:
    noon = int(BEGINS.replace(hour=12).timestamp()) * 1_000_000
    asked = [Fact(1, seq, "contact.intended", 0, noon, {"purpose": "collect"}) for seq in (1, 2)]
    gone = [
        Fact(1, 2 + n, "contact.leaving", n, noon, {"channel": "sms", "judged_seq": 1 + n})
        for n in (1, 2)
    ]
    sent = [Fact(1, 4 + n, "contact.sent", 2 + n, noon, {}) for n in (1, 2)]
    assert wrongs([*asked, gone[0], sent[0]]) == []
    assert wrongs([*asked, *gone, *sent]) == ["1.4: policy.freq.message_day: 2 of 1"]
    late = gone[0]._replace(at=noon + 9 * 3_600_000_000)
    assert wrongs([*asked, late]) == ["1.3: at 21:00"]
    assert wrongs([*asked, gone[0], gone[1]._replace(cause=1)]) == ["1.4: left twice"]
    complaint = Fact(1, 2, "complaint.opened", 0, noon, {})
    assert wrongs([asked[0], complaint, gone[0]]) == ["1.3: after complaint.opened 2"]
    answer = Fact(1, 3, "complaint.answered", 2, noon, {})
    again = gone[0]._replace(seq=4, body={"channel": "sms", "judged_seq": 3})
    assert wrongs([asked[0], complaint, answer, again]) == []


def test_it_counts_by_the_packs_numbers() -> None:
    for name, _channel, _outcomes, days, most in CAPS:
        rules = loader.load(name.partition(".")[0]).rules
        value = next(rule for rule in rules if rule.id == name).on(BEGINS.date())
        assert value is not None
        assert (value.says["max"], value.says["window"]["n"]) == (most, days), name


def wrongs(facts: Sequence[Fact]) -> list[str]:
    """Every contact that left and should not have, in words; facts by borrower and seq."""
    found: list[str] = []
    for _borrower, own in groupby(facts, lambda fact: fact.borrower):
        found += _wrongs(list(own))
    return found


def left(facts: Sequence[Fact]) -> int:
    return sum(fact.kind == "contact.leaving" for fact in facts)


def _wrongs(stream: Sequence[Fact]) -> Iterator[str]:
    by_seq = {fact.seq: fact for fact in stream}
    ended = {fact.cause: fact for fact in stream if fact.cause}
    answers = [fact for fact in stream if fact.kind == "contact.sent"]
    outcome = {fact.cause: fact.body.get("outcome", "sent") for fact in answers}
    gone: list[Fact] = []
    for fact in (fact for fact in stream if fact.kind == "contact.leaving"):
        name = f"{fact.borrower}.{fact.seq}"
        if by_seq[fact.cause].kind != "contact.intended" or fact.cause in {f.cause for f in gone}:
            yield f"{name}: left twice"
        for state in stream[: fact.seq - 1]:
            over = ended.get(state.seq)
            stands = state.kind in STOPS and (over is None or over.seq > fact.seq)
            if stands and STOPS[state.kind] in ("", fact.body["channel"]):
                yield f"{name}: after {state.kind} {state.seq}"
        if not 8 <= fact.wall.hour < 21:
            yield f"{name}: at {fact.wall:%H:%M}"
        gone.append(fact)
        yield from (f"{name}: {wrong}" for wrong in _too_many(gone, outcome))


def _too_many(gone: Sequence[Fact], outcome: dict[int, str]) -> Iterator[str]:
    """The caps that the last of these contacts goes beyond."""
    last = gone[-1]
    for rule, channel, outcomes, days, most in CAPS:
        same = [
            each
            for each in gone
            if each.body["channel"] == channel
            and (last.wall.date() - each.wall.date()).days < days
            and (not outcomes or outcome.get(each.seq) in outcomes)
        ]
        if last in same and len(same) > most:
            yield f"{rule}: {len(same)} of {most}"


def race(database: str, processes: int, rounds: int) -> Counter[str]:
    """So many processes ask at once, each borrower for 25 rounds; what they said came of it."""
    book, _ = _start(database, "book", str(-(-rounds // LIFE))).communicate(timeout=600)
    people = book.splitlines()
    racing = _start(database, "race", str(processes))
    said: Counter[str] = Counter()
    for number in range(rounds):
        day, place = divmod(number % LIFE, len(CLOCK))
        hour, minute = map(int, CLOCK[place].split(":"))
        at = BEGINS.replace(hour=hour, minute=minute) + timedelta(days=day)
        assert racing.stdin and racing.stdout
        racing.stdin.write(f"{number} {people[number // LIFE]} {int(at.timestamp())}000000\n")
        racing.stdin.flush()
        words = racing.stdout.readline().strip().split(";")
        assert len(words) == processes, "a process failed"
        said.update(words)
    racing.communicate(timeout=60)
    assert racing.returncode == 0
    return said


def _start(database: str, *words: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "evenhand.site.settings",
    }
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", RACING, *words],
        env=environment,
        cwd=CHECKOUT,
        text=True,
        stdin=pipe,
        stdout=pipe,
    )


def facts_of(database: str) -> list[Fact]:
    """Every fact of every borrower, straight from the table."""
    with psycopg.connect(database) as connection:
        return [Fact(*row) for row in connection.execute(FACTS).fetchall()]
