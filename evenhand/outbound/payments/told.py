"""What the bank says about money of ours, and money that came in by itself: each written once.

Answers come late, twice and in any order. An order has one end: the first that is told. Money that
comes back after it had arrived, and money that came in though it was refused, is money: it is
counted where it belongs, or lies in suspense.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from django.db import transaction

from evenhand.ledger import bodies, house, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.payments import debits, incoming, known, outbox, transfers
from evenhand.outbound.payments.outbox import Waiting
from evenhand.providers.bank.message import Answer, Callback, Receipt

KEY: Final = re.compile(r"([0-9]{1,18})\.([0-9]{1,9})")
ROUNDS: Final = 8
GOOD: Final = {"settled": "transfer.leaving", "debited": "debit.leaving"}
BAD: Final = {"bounced": "transfer.leaving", "debit_refused": "debit.leaving"}
FAULTS: Final = (ValueError, AssertionError, ArithmeticError, LookupError)
_log: Final = logging.getLogger(__name__)


class Heard(NamedTuple):
    """How much was new, and how much could not be written: the bank is to tell it again."""

    written: int
    set_aside: int


def hear(callbacks: Sequence[Callback], at: int, bank: str) -> Heard:
    """Turn what the bank `bank` tells at `at` (microseconds UTC) into facts, each once.

    Raises streams.Moved where a stream would not stand still: the bank tells it again.
    """
    written = aside = 0
    for callback in callbacks:
        try:
            written += _heard(callback, at, bank)
        except FAULTS as fault:
            place = {"key": callback.key, "kind": type(fault).__name__}
            _log.error("what the bank tells is set aside", exc_info=fault, extra=place)
            aside += 1
    return Heard(written, aside)


def write(borrower: int, leaving: int, answer: Answer, at: int, bank: str) -> bool:
    """Write what came of a leaving; False where that is not known yet, or was written before."""
    for _round in range(ROUNDS):
        facts = streams.stream(borrower)
        left = facts[leaving - 1]
        if not left.kind.endswith(".leaving"):
            raise LookupError(f"fact {leaving} of {borrower} is no leaving")
        draft = _end(facts, left, answer, at, bank)
        if draft is None:
            return False
        try:
            with transaction.atomic():
                streams.append(borrower, [draft], at=at, expected_seq=facts[-1].seq)
                outbox.end(Waiting(borrower, left.cause))
            return True
        except streams.Moved:
            continue
    raise streams.Moved(f"stream {borrower} kept moving while the bank was heard")


def plain(reference: str) -> str:
    """A bank's reference as a fact may hold it: none where it is no short code."""
    return reference if bodies.code(reference) else ""


def _heard(callback: Callback, at: int, bank: str) -> bool:
    if callback.fate == "credited":
        return incoming.credit(callback, at, bank)
    borrower, leaving = _place(callback.key)
    facts = streams.stream(borrower) if borrower else []
    if not 0 < leaving <= len(facts):
        raise LookupError("the bank names a key that is none of ours")
    if write(borrower, leaving, callback, at, bank):
        return True
    return _came_back(facts[leaving - 1], callback, at, bank)


def _end(facts: Sequence[Fact], left: Fact, answer: Answer, at: int, bank: str) -> Draft | None:
    """The fact that ends a leaving; None where it has ended, or is not known to."""
    end = known.end_of(facts, left.seq)
    if isinstance(answer, Receipt):
        if answer.state != "refused" or end is not None:
            return None
        return _failed(left, house.day_of(at), answer.reference, answer.reason, bank)
    if left.kind not in (GOOD.get(answer.fate), BAD.get(answer.fate)):
        raise ValueError(f"{left.kind} cannot end as {answer.fate}")
    day = min(answer.value_day, house.day_of(at))
    if answer.fate == "debited" and _never_paid(facts, left.seq):
        reference = plain(answer.reference)
        return debits.debited(left, day, answer.amount_minor, reference, bank)
    if end is not None or answer.fate == "debited":
        return None
    if answer.fate == "settled":
        return _settled(facts, left, answer, day, bank)
    return _failed(left, day, answer.reference, answer.reason, bank)


def _settled(facts: Sequence[Fact], left: Fact, answer: Callback, day: date, bank: str) -> Draft:
    if answer.amount_minor not in (0, left.amount):
        raise ValueError("the bank says that another sum has arrived")
    return transfers.settled(facts, left, day, plain(answer.reference), bank)


def _failed(left: Fact, day: date, reference: str, reason: str, bank: str) -> Draft:
    why = reason if reason and bodies.code(reason) else "unclear"
    if left.kind == "transfer.leaving":
        return transfers.failed(left, day, plain(reference), why, bank)
    return debits.failed(left, day, plain(reference), why, bank)


def _never_paid(facts: Sequence[Fact], leaving: int) -> bool:
    """No payment is written for this debit: a refusal told before does not undo money."""
    return not any(f.kind == "payment.received" and f.cause == leaving for f in facts)


def _came_back(left: Fact, callback: Callback, at: int, bank: str) -> bool:
    """A payout that had arrived was given back: the money is here, and finance sees it."""
    end = known.end_of(streams.stream(left.borrower), left.seq)
    if callback.fate != "bounced" or end is None or end.kind == "transfer.failed":
        return False
    return incoming.suspend(callback, at, bank, "came_back", amount_minor=left.amount)


def _place(key: str) -> tuple[int, int]:
    """(borrower, leaving) of a key; (0, 0) for one that is none of ours."""
    found = KEY.fullmatch(key)
    return (int(found[1]), int(found[2])) if found else (0, 0)
