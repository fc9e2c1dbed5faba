"""What came of a leaving: the provider's answer as a fact, also when the answer was lost.

Nothing here sends. An answer is written once: whoever takes the row out of the outbox writes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import house, looks, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.holding import hold
from evenhand.outbound.contact import outbox
from evenhand.outbound.contact.outbox import Leaving
from evenhand.outbound.contact.outcome import HAND
from evenhand.providers.sms.message import Message, Provider, Receipt

GRACE: Final = 60_000_000
"""Microseconds a leaving may be without answer before the provider is asked what became of it."""
_KINDS: Final[Mapping[str, str]] = {
    "accepted": "contact.sent",
    "refused": "contact.failed",
    "unknown": "contact.unknown",
}


@dataclass(slots=True)
class Tally:
    """How many contacts ended how; `moved` are those left for the next minute."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    refused: int = 0
    withdrawn: int = 0
    moved: int = 0

    def add(self, other: Tally) -> None:
        """Take another's counts into these."""
        self.sent += other.sent
        self.failed += other.failed
        self.unknown += other.unknown
        self.refused += other.refused
        self.withdrawn += other.withdrawn
        self.moved += other.moved


def key_of(leaving: Leaving) -> str:
    """The provider's key of a leaving: its fact's place, used for no second message."""
    return f"{leaving.borrower}.{leaving.leaving}"


def hand_over(messages: Mapping[Leaving, Message], now: int, provider: Provider) -> Tally:
    """Give committed leavings to the provider and write what it says."""
    receipts = {receipt.key: receipt for receipt in provider.send(list(messages.values()))}
    unclear = [key for key, receipt in receipts.items() if receipt.state == "unknown"]
    if unclear:
        receipts |= {receipt.key: receipt for receipt in provider.look_up(unclear)}
    answers = {leaving: receipts[message.key] for leaving, message in messages.items()}
    return write(answers, now, provider.name)


def recover(now: int, parts: Sequence[int], provider: Provider) -> Tally:
    """Ask the provider about leavings whose sender died, and write what it says.

    Only for parts held (`outbox.held`): then no living sender is at work on them. What the provider
    never got has failed, what it cannot say stays unknown; neither is ever sent again.
    """
    tally = Tally()
    while lost := outbox.without_answer(parts, now - GRACE):
        receipts = provider.look_up([key_of(leaving) for leaving in lost])
        tally.add(write(dict(zip(lost, receipts, strict=True)), now, provider.name))
    return tally


def write(answers: Mapping[Leaving, Receipt], now: int, provider: str) -> Tally:
    """One fact an answer, whatever else was written to the stream meanwhile."""
    left = dict(answers)
    while left:
        for leaving in _write_standing(left, now, provider):
            del left[leaving]
    states = [receipt.state for receipt in answers.values()]
    return Tally(states.count("accepted"), states.count("refused"), states.count("unknown"))


def _write_standing(answers: Mapping[Leaving, Receipt], now: int, provider: str) -> list[Leaving]:
    """Write those whose stream stands still; returns the ones that are settled."""
    day = house.day_of(now)
    heads = streams.heads(sorted({leaving.borrower for leaving in answers}))
    with transaction.atomic():
        held = hold(list(heads), [head.seq for head in heads.values()])
        still = {
            borrower for borrower, is_held in zip(heads, held.tolist(), strict=True) if is_held
        }
        settled = [leaving for leaving in answers if leaving.borrower in still]
        drafts: dict[int, list[Draft]] = defaultdict(list)
        for leaving in outbox.end(settled):
            drafts[leaving.borrower].append(_draft(leaving, answers[leaving], day, provider))
        appends = [streams.Append(b, heads[b].seq, written) for b, written in drafts.items()]
        moved = streams.append_many(appends, at=now)
        assert not moved, "a held head moved"
        again = sorted({left.borrower for left in settled if _again(answers[left])})
        looks.pull(again, [house.day_number(day) + 1] * len(again))
    return settled


def _draft(leaving: Leaving, receipt: Receipt, day: date, provider: str) -> Draft:
    body: dict[str, Any] = {"provider": provider}
    if receipt.state != "accepted":
        body["reason"] = receipt.reason
    if _again(receipt):
        body["again"] = 1
    if receipt.reference or receipt.state == "accepted":
        body["reference"] = receipt.reference
    return Draft(_KINDS[receipt.state], day, HAND, cause=leaving.leaving, body=body)


def _again(receipt: Receipt) -> bool:
    """Surely not sent, and another try may end otherwise: the next close may intend it anew."""
    return receipt.state == "refused" and not receipt.permanent
