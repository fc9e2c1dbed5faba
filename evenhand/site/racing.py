"""Many processes that ask at once for the same borrower: for the race of the gate.

Each line of the input is a round, each word of a line of the output what came of a process's act.
What it does in a round follows from the round's number and its own. It goes by the ways of the
house, but holds no lock of a sender: nothing but the streams keeps these apart.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from multiprocessing.connection import Connection
from random import Random
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.words import CHANNELS, code
from evenhand.ledger import house, standing, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.redress import acts as redress
from evenhand.outbound.contact import ask, calls, known, outbox, results, send, tell
from evenhand.outbound.contact.made_up import enrol, lend
from evenhand.outbound.contact.outcome import outcomes
from evenhand.outbound.contact.wanted import Wanted, disclosed, named_loans
from evenhand.people import persons
from evenhand.providers.sms.simulator import Simulator

SIGNED: Final = date(2026, 3, 1)
FIRST: Final = SIGNED + timedelta(days=51)
"""The first instalment was due 21 days ago."""
SINCE: Final = SIGNED + timedelta(days=30)
OUTCOMES: Final = ("conversation", "conversation", "unanswered", "busy", "connected_notice")
STATES: Final = {
    "complaint.opened": "complaint.answered",
    "wish.opt_out": "wish.withdrawn",
    "plan.agreed": "plan.ended",
}
"""What stops contacts, and what ends it."""
FAR: Final = 4_000_000_000_000_000


class Round(NamedTuple):
    """Who is asked for, at which moment (microseconds UTC)."""

    number: int
    borrower: int
    loan: int
    address: int
    at: int


def main(words: Sequence[str]) -> None:
    """`book N` prints borrower, loan and address of N who owe; `race N` races N processes.

    No process has begun a round before all have ended the one before.
    """
    if words[0] == "book":
        for one in _book(int(words[1])):
            print(*one)
        return
    racers = [_racer(number) for number in range(int(words[1]))]
    for line in sys.stdin:
        for racer in racers:
            racer.send(Round(*map(int, line.split())))
        print(*(racer.recv() for racer in racers), sep=";", flush=True)


def _racer(number: int) -> Connection[Round, str]:
    """A process of its own, by the end of the pipe that it listens to; it ends with this one."""
    forked = multiprocessing.get_context("fork")
    ours, theirs = forked.Pipe()
    forked.Process(target=_takes_part, args=(theirs, number), daemon=True).start()
    theirs.close()
    return ours


def _takes_part(pipe: Connection[str, Round], number: int) -> None:
    while True:
        pipe.send(_acts(pipe.recv(), number))


def _book(count: int) -> list[tuple[int, int, int]]:
    borrowers = enrol(count, SIGNED - timedelta(days=9))
    loans = lend(borrowers, SIGNED, strategy="standard-calls")
    standing.restand(borrowers, house.day_number(FIRST))
    points = {p.person: p.point for p in persons.points(borrowers) if p.kind == "phone"}
    return [(b, loan, points[b]) for b, loan in zip(borrowers, loans, strict=True)]


def _acts(now: Round, racer: int) -> str:
    """One act; a word for what came of it."""
    chance = Random(f"{now.number}.{racer}")
    chosen: Callable[[Round, Random], str] = _changes
    if racer:
        chosen = chance.choices((_reminds, _delivers, _calls), (4, 4, 3))[0]
    try:
        return chosen(now, chance)
    except streams.Moved:
        return "moved"


def _reminds(now: Round, _chance: Random) -> str:
    """A text message is wanted, as the close of a day wants it."""
    on = house.day_number(house.day_of(now.at))
    facts = streams.stream(now.borrower)
    wanted, books = _wanted(now, on)
    answer = ask.ask(wanted, books, on, now.at)
    if not answer.allowed[0]:
        return "not asked"
    chosen = {
        "channel": "sms",
        "mode": "interactive",
        "to": "debtor",
        "address": now.address,
        "purpose": "collect",
        "step": 1,
        "since": SINCE.isoformat(),
        "loans": [[now.loan, 1, SINCE.isoformat()]],
        "template": "attention",
    }
    draft = ask.draft(answer, 0, on, facts[-1].seq, chosen, {})
    asked = tell.written([draft], facts[-1].seq, now.borrower, now.at)
    return "asked" if asked else "moved"


def _wanted(now: Round, on: int) -> tuple[Wanted, known.Books]:
    borrower = np.array([now.borrower])
    stood = standing.stand(borrower, on)
    loans = named_loans(stood, np.isin(stood.loan, [now.loan]), borrower)
    word = np.zeros(1, dtype=np.int8)
    channel = word + np.int8(code("sms", CHANNELS))
    wanted = Wanted(
        borrower=borrower,
        channel=channel,
        mode=word,
        to=word,
        purpose=word,
        address=np.array([now.address]),
        debts=loans.debts,
        disclosed=disclosed(loans.measures, channel),
        days_late=loans.days_late,
        overdue_minor=loans.overdue_minor,
    )
    return wanted, known.Books(stood.borrower, stood.loan)


def _delivers(now: Round, _chance: Random) -> str:
    """What waits is judged again and sent, whether or not somebody else is at it."""
    found = outcomes(streams.facts_at(outbox.waiting_of([now.borrower])[:1]), now.at)
    written = send.commit(found, now.at)
    results.hand_over(written.messages, lambda: now.at, Simulator())
    return "sent" if written.messages else "refused" if written.outcomes else "nothing"


def _calls(now: Round, chance: Random) -> str:
    loans = [[now.loan, 21, SINCE.isoformat()]]
    planned = calls.Planned(now.borrower, now.address, "rung", loans)
    begun = calls.begin(now.borrower, lambda _facts: planned, _script, 7, at=now.at)
    if isinstance(begun, calls.NotBegun):
        return "not called"
    leaving = begun.leaving.seq
    body = {"provider": calls.BY_HAND, "reference": "", "outcome": chance.choice(OUTCOMES)}
    sent = Draft("contact.sent", house.day_of(now.at), "staff:7", cause=leaving, body=body)
    calls.finish(now.borrower, leaving, [sent], at=now.at)
    return "called"


def _script(_lang: str, _reference: str) -> str:
    return "Hello, this is the lender."


def _changes(now: Round, chance: Random) -> str:
    """A complaint, a wish or a plan begins, or one of them ends."""
    kind = chance.choice(tuple(STATES))
    ends = chance.random() < 0.7
    if kind == "complaint.opened" and not ends:
        complaint = redress.Wanted("contact", "app")
        redress.open_complaint(now.borrower, complaint, "borrower", at=now.at)
        return "stopped"

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        over = {fact.cause for fact in facts}
        stands = [f for f in facts if f.kind in STATES and f.seq not in over]
        day = house.day_of(now.at)
        if ends:
            return [_end(fact, day) for fact in stands[:1]]
        same = any(fact.kind == kind for fact in stands)
        return [] if same else [_begin(kind, now, day)]

    return "changed" if act(now.borrower, decide, at=now.at) else "nothing"


def _begin(kind: str, now: Round, day: date) -> Draft:
    if kind == "wish.opt_out":
        return Draft(kind, day, "borrower", body={"channel": "sms"})
    return Draft(kind, day, "staff:7", now.loan, body={"until": FAR})


def _end(began: Fact, day: date) -> Draft:
    body = {"reason": "broken"} if began.kind == "plan.agreed" else {}
    return Draft(STATES[began.kind], day, "staff:7", began.loan, 0, began.seq, body)
