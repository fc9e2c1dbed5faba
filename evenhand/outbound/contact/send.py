"""Send what is due: judge again, write that it leaves, commit, call the provider, write the answer.

What is due is looked at one a borrower at a time, as many at once as the provider takes, each batch
at the moment it is its turn. Whatever was written to a stream between the judgement and the commit
undoes the judgement, for that borrower only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from django.db import transaction

from evenhand.ledger import house, looks, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.holding import hold
from evenhand.ledger.parts import PARTS, part_of
from evenhand.ledger.reactions import Places
from evenhand.outbound.contact import outbox, results, wording
from evenhand.outbound.contact.again import need_of
from evenhand.outbound.contact.halves import by_halves
from evenhand.outbound.contact.outbox import Leaving, Waiting
from evenhand.outbound.contact.outcome import Outcome, outcomes, withdrawn
from evenhand.outbound.contact.results import Tally
from evenhand.outbound.contact.saying import key_for
from evenhand.people import persons
from evenhand.providers.sms import registry
from evenhand.providers.sms.message import Message, Provider

ALL: Final = tuple(range(PARTS))
ROUNDS: Final = 8
"""How often a borrower whose head keeps moving is judged in one go; then the next minute."""
_log: Final = logging.getLogger(__name__)
Clock: TypeAlias = Callable[[], int]
"""The house clock: now, in microseconds UTC."""


def send_due(
    now: int | Clock, parts: Sequence[int] = ALL, provider: Provider | None = None
) -> Tally:
    """Send what is due in those parts, after clearing up what is lost.

    `now` is a moment (microseconds UTC) or the clock, which is then read for every batch: a run
    that goes on into the night stops saying anything. Parts another sender is at work on are left
    to it.
    """
    clock: Clock = now if callable(now) else lambda: now
    operator = provider or registry.provider()
    with outbox.held(parts) as mine:
        tally = results.recover(clock(), mine, operator)
        left: set[int] = set()
        while (once := _send_once(mine, clock, operator, left)).ended:
            tally.add(once)
        tally.add(once)
    return tally


def _send_once(parts: Sequence[int], clock: Clock, operator: Provider, left: set[int]) -> Tally:
    """One of what is due for each borrower; the next round comes back to whoever has more.

    Borrowers in `left`, which grows, are left for the next minute.
    """
    tally = Tally()
    after = 0
    while due := outbox.due(clock(), parts, after):
        after = due[-1].borrower
        due = [waiting for waiting in due if waiting.borrower not in left]
        for first in range(0, len(due), operator.batch):
            tally.add(_send(due[first : first + operator.batch], clock, operator, left))
    return tally


def withdraw(borrowers: Sequence[int], at: int) -> int:
    """Take back what waits for these borrowers and has nothing left to say; returns how many.

    Safe to do again: what was taken back does not wait any more.
    """
    waiting = outbox.waiting_of(borrowers)
    taken_back = 0
    for _round in range(ROUNDS):
        done, waiting = _withdraw(waiting, at)
        taken_back += done
        if not waiting:
            break
    return taken_back


def _send_due(parts: list[int], *, at: int | Clock) -> None:
    send_due(at, parts)


def _send_now(facts: Places, *, at: int | Clock) -> None:
    """Somebody was told something, by (borrower, seq): it leaves now, not with the next minute."""
    send_due(at, sorted({part_of(borrower) for borrower, _seq in facts}))


TASKS: Final[Mapping[str, Callable[..., object]]] = {
    "contact.send_due": _send_due,
    "contact.send_now": _send_now,
}
"""A run takes long: these tasks take the clock itself as `at`."""


def _send(due: Sequence[Waiting], clock: Clock, operator: Provider, left: set[int]) -> Tally:
    tally = Tally()
    for _round in range(ROUNDS):
        if not due:
            break
        written, aside = _judge_and_write(due, clock)
        settled = {waiting.borrower for waiting in aside}
        tally.set_aside += len(aside)
        left |= settled
        for some in written:
            tally.add(_judged(some))
            if some.messages:
                tally.add(results.hand_over(some.messages, clock, operator))
            settled |= some.borrowers
        due = [waiting for waiting in due if waiting.borrower not in settled]
    tally.moved += len(due)
    left |= {waiting.borrower for waiting in due}
    return tally


def _judge_and_write(due: Sequence[Waiting], clock: Clock) -> tuple[list[Written], set[Waiting]]:
    """What was committed, together or by halves, and what could not be worked out or waits for
    words somebody approves."""
    written: list[Written] = []
    unsaid: set[Waiting] = set()

    def work(rows: Sequence[Waiting]) -> None:
        now = clock()
        sayable, unapproved = _by_words(streams.facts_at(rows))
        if sayable:
            written.append(commit(outcomes(sayable, now), now))
        unsaid.update(Waiting(*fact[:2]) for fact in unapproved)

    return written, by_halves(due, work) | unsaid


def _by_words(intentions: Sequence[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Those for which approved words are there, and those that wait for some: said aloud."""
    approved = wording.in_force()
    keys = [key_for(fact.body) for fact in intentions]
    wanting = sorted({key for key in keys if key and key not in approved})
    if wanting:
        _log.error("words wait for approval", extra={"keys": wanting})
    pairs = list(zip(intentions, keys, strict=True))
    sayable = [fact for fact, key in pairs if key not in wanting]
    return sayable, [fact for fact, key in pairs if key in wanting]


def _judged(written: Written) -> Tally:
    kinds = [draft.kind for outcome in written.outcomes for draft in (outcome.draft, *outcome.then)]
    return Tally(
        sent=kinds.count("contact.sent"),
        refused=kinds.count("contact.refused"),
        withdrawn=kinds.count("contact.withdrawn"),
    )


class Written(NamedTuple):
    """What was committed, what is to be sent now, and whose head stood still."""

    outcomes: list[Outcome]
    messages: dict[Leaving, Message]
    borrowers: set[int]


def commit(found: Sequence[Outcome], now: int) -> Written:
    """Write what the intentions come to, where the head still stands as judged; one transaction."""
    with transaction.atomic():
        held = _held(found)
        ours = _waiting_still(held)
        leaving = [outcome for outcome in ours if outcome.text]
        _seal(leaving)
        appends = [
            streams.Append(o.intention.borrower, o.head.seq, [o.draft, *o.then]) for o in ours
        ]
        moved = streams.append_many(appends, at=now)
        assert not moved, "a held head moved"
        outbox.end([_waiting(outcome) for outcome in ours if not outcome.to])
        messages = {_left(outcome): _message(outcome, now) for outcome in leaving if outcome.to}
        outbox.leave(list(messages), now)
        _wait_again([outcome for outcome in ours if outcome.then])
        again = [outcome for outcome in ours if outcome.look_on]
        looks.pull([o.intention.borrower for o in again], [o.look_on for o in again])
    return Written(ours, messages, {outcome.intention.borrower for outcome in held})


def _wait_again(written: Sequence[Outcome]) -> None:
    """Keep what was intended anew until it is due."""
    waiting = [
        (Waiting(outcome.intention.borrower, outcome.head.seq + 2), int(draft.body["due_at"]))
        for outcome in written
        for draft in outcome.then
        if draft.kind == "contact.intended"
    ]
    if waiting:
        outbox.put([row for row, _due_at in waiting], [due_at for _row, due_at in waiting])


def _held(found: Sequence[Outcome]) -> list[Outcome]:
    borrowers = [outcome.intention.borrower for outcome in found]
    still = hold(borrowers, [outcome.head.seq for outcome in found]).tolist()
    return [outcome for outcome, is_held in zip(found, still, strict=True) if is_held]


def _waiting_still(held: Sequence[Outcome]) -> list[Outcome]:
    """Those nobody has taken back or sent since they were read; their heads are held."""
    waiting = set(outbox.still_waiting([_waiting(outcome) for outcome in held]))
    return [outcome for outcome in held if _waiting(outcome) in waiting]


def _seal(leaving: Sequence[Outcome]) -> None:
    """Keep the words in the vault and bind each leaving to its own by the commitment."""
    if not leaving:
        return
    texts = [(outcome.intention.borrower, outcome.text) for outcome in leaving]
    for outcome, commitment in zip(leaving, persons.seal_texts(texts), strict=True):
        body = {**outcome.draft.body, "text": commitment.hex()}
        outcome.draft = outcome.draft._replace(body=body)


def _withdraw(waiting: Sequence[Waiting], at: int) -> tuple[int, list[Waiting]]:
    """Take back the oldest of each borrower's; returns how many, and those whose head moved."""
    if not waiting:
        return 0, []
    day = house.day_of(at)
    heads = streams.heads(sorted({row.borrower for row in waiting}))
    need = need_of(streams.facts_at(waiting), at)
    over = [
        Outcome(fact, heads[fact.borrower], withdrawn(fact, day, reason))
        for fact, reason in zip(need.intentions, need.over, strict=True)
        if reason
    ]
    first = {outcome.intention.borrower: outcome for outcome in reversed(over)}
    written = commit([first[borrower] for borrower in sorted(first)], at)
    tried = {_waiting(outcome) for outcome in first.values()}
    left = [
        _waiting(outcome)
        for outcome in over
        if _waiting(outcome) not in tried or outcome.intention.borrower not in written.borrowers
    ]
    return len(written.outcomes), left


def _waiting(outcome: Outcome) -> Waiting:
    return Waiting(outcome.intention.borrower, outcome.intention.seq)


def _left(outcome: Outcome) -> Leaving:
    return Leaving(outcome.intention.borrower, outcome.intention.seq, outcome.head.seq + 1)


def _message(outcome: Outcome, now: int) -> Message:
    return Message(results.key_of(_left(outcome)), outcome.to, outcome.text, now)
