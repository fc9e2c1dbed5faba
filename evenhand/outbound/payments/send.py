"""Let money leave that is due: judge again, write that it leaves, commit, ask the bank, write on.

One at a time and one a borrower: whatever was written to the stream between the judgement and the
commit undoes the judgement. What has left and is not answered waits for the bank: it is asked by
our key, and the same money is never sent twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeAlias

from django.db import transaction

from evenhand.core.columns import KeyedError
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.parts import PARTS
from evenhand.outbound.payments import debits, orders, outbox, told, transfers
from evenhand.outbound.payments.known import Hold, withdrawn
from evenhand.outbound.payments.outbox import Leaving, Waiting
from evenhand.providers.bank import registry
from evenhand.providers.bank.message import Answer, Asked, Bank, Receipt

ALL: Final = tuple(range(PARTS))
ROUNDS: Final = 8
FAULTS: Final = (ValueError, AssertionError, ArithmeticError, LookupError)
"""What a borrower's data may raise: it is set aside, and whatever else goes wrong stops the run."""
Clock: TypeAlias = Callable[[], int]
"""The house clock: now, in microseconds UTC."""
_log: Final = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """How much left, ended, was taken back, put off, or is left for the next minute."""

    left: int = 0
    ended: int = 0
    withdrawn: int = 0
    held: int = 0
    moved: int = 0
    set_aside: int = 0


def send_due(now: int | Clock, parts: Sequence[int] = ALL, bank: Bank | None = None) -> Tally:
    """Send what is due in those parts, after asking the bank about what is not answered.

    `now` is a moment (microseconds UTC) or the clock, read anew for each order. Parts another
    sender is at work on are left to it.
    """
    clock: Clock = now if callable(now) else lambda: now
    operator = bank or registry.bank()
    tally = Tally()
    with outbox.held(parts) as mine:
        _ask(clock, mine, operator, tally)
        after = 0
        while due := outbox.due(clock(), mine, after):
            for waiting in due:
                _aside(waiting, tally, partial(_send, waiting, clock(), operator, tally))
            after = due[-1].borrower
    return tally


def _send_due(parts: list[int], *, at: int | Clock) -> None:
    send_due(at, parts)


TASKS: Final[Mapping[str, Callable[..., object]]] = {"payments.send_due": _send_due}
"""A run takes long: these tasks take the clock itself as `at`."""


def _ask(clock: Clock, parts: Sequence[int], operator: Bank, tally: Tally) -> None:
    """What became of leavings: written where the bank says how they ended, else asked later."""
    after = Waiting(0, 0)
    while found := outbox.to_ask(clock(), parts, after):
        now = clock()
        asked = [Asked(orders.key_of(left), left.leaving_at, now) for left in found]
        for left, answer in zip(found, operator.look_up(asked), strict=True):
            work = partial(_answered, left, answer, clock, operator, tally)
            _aside(Waiting(left.borrower, left.seq), tally, work)
        after = Waiting(found[-1].borrower, found[-1].seq)


def _send(waiting: Waiting, now: int, operator: Bank, tally: Tally) -> None:
    for _round in range(ROUNDS):
        facts = streams.stream(waiting.borrower)
        judged = _judge(facts, facts[waiting.seq - 1], now)
        if isinstance(judged, Hold):
            outbox.put_off(waiting, judged.until)
            tally.held += 1
            return
        try:
            left = _write(waiting, facts, judged, operator.name, now)
        except streams.Moved:
            continue
        if left is None:
            tally.withdrawn += 1
            return
        tally.left += 1
        order = orders.order(facts[waiting.seq - 1], judged, left)
        nobody: Answer = Receipt("", "refused", reason="no_account")
        answer = operator.send(order) if order else nobody
        _answered(left, answer, lambda: now, operator, tally)
        return
    tally.moved += 1


def _judge(facts: Sequence[Fact], intention: Fact, now: int) -> Draft | Hold:
    """Taken back, put off, or leaving; an account that nobody can open any more gets no money."""
    if not orders.has_account(intention):
        return withdrawn(intention, now, "no_account")
    if intention.kind == "transfer.intended":
        return transfers.judge(facts, intention, now)
    return debits.judge(facts, intention, now)


def _write(
    waiting: Waiting, facts: Sequence[Fact], judged: Draft, bank: str, now: int
) -> Leaving | None:
    """Commit what was judged; the leaving, or None where it does not leave. Raises Moved."""
    leaves = judged.kind.endswith(".leaving")
    draft = judged._replace(body={**judged.body, "provider": bank}) if leaves else judged
    with transaction.atomic():
        (fact,) = streams.append(waiting.borrower, [draft], at=now, expected_seq=facts[-1].seq)
        assert outbox.waits_still(waiting), "what waited has gone though its stream stood still"
        if not leaves:
            outbox.end(waiting)
            return None
        left = Leaving(waiting.borrower, waiting.seq, fact.seq, fact.at)
        outbox.leave(left)
    return left


def _answered(left: Leaving, answer: Answer, clock: Clock, operator: Bank, tally: Tally) -> None:
    if told.write(left.borrower, left.leaving, answer, clock(), operator.name):
        tally.ended += 1
    else:
        outbox.ask_later(left, clock())


def _aside(waiting: Waiting, tally: Tally, work: Callable[[], None]) -> None:
    """One borrower's bad data stops nobody's money: one line for whoever looks after the house."""
    try:
        work()
    except FAULTS as fault:
        why = fault.key if isinstance(fault, KeyedError) else type(fault).__name__
        place = {"borrower": waiting.borrower, "seq": waiting.seq, "kind": why}
        _log.error("a payment is set aside", exc_info=fault, extra=place)
        tally.set_aside += 1
