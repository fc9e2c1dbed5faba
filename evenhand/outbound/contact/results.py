"""What came of a leaving: the provider's answer as a fact, also when the answer was lost.

Nothing here sends. An answer is written once: whoever takes the row out of the outbox writes it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from evenhand.ledger import bodies, house, looks, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.holding import hold
from evenhand.outbound.contact import outbox
from evenhand.outbound.contact.halves import by_halves
from evenhand.outbound.contact.outbox import Leaving, Waiting
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
    """How many contacts ended how; `moved` and `set_aside` are left for the next minute.

    `moved`: their streams would not stand still. `set_aside`: their data could not be worked out.
    """

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    refused: int = 0
    withdrawn: int = 0
    moved: int = 0
    set_aside: int = 0

    @property
    def ended(self) -> int:
        """How many wait no more."""
        return self.sent + self.failed + self.unknown + self.refused + self.withdrawn

    def add(self, other: Tally) -> None:
        """Take another's counts into these."""
        self.sent += other.sent
        self.failed += other.failed
        self.unknown += other.unknown
        self.refused += other.refused
        self.withdrawn += other.withdrawn
        self.moved += other.moved
        self.set_aside += other.set_aside


def key_of(leaving: Leaving) -> str:
    """The provider's key of a leaving: its fact's place, used for no second message."""
    return f"{leaving.borrower}.{leaving.leaving}"


def hand_over(
    messages: Mapping[Leaving, Message], clock: Callable[[], int], provider: Provider
) -> Tally:
    """Give committed leavings to the provider and write what it says, when it has said it."""
    receipts = {receipt.key: receipt for receipt in provider.send(list(messages.values()))}
    unclear = [key for key, receipt in receipts.items() if receipt.state == "unknown"]
    if unclear:
        receipts |= {receipt.key: receipt for receipt in provider.look_up(unclear)}
    answers = {leaving: receipts[message.key] for leaving, message in messages.items()}
    return write(answers, clock(), provider.name)


def recover(now: int, parts: Sequence[int], provider: Provider) -> Tally:
    """Ask the provider about leavings whose sender died, and write what it says.

    Only for parts held (`outbox.held`): then no living sender is at work on them. What the provider
    never got has failed, what it cannot say stays unknown; neither is ever sent again.
    """
    tally = Tally()
    after = Waiting(0, 0)
    while lost := outbox.without_answer(parts, now - GRACE, after):
        receipts = provider.look_up([key_of(leaving) for leaving in lost])
        tally.add(write(dict(zip(lost, receipts, strict=True)), now, provider.name))
        after = Waiting(lost[-1].borrower, lost[-1].seq)
    return tally


def write(answers: Mapping[Leaving, Receipt], now: int, provider: str) -> Tally:
    """One fact an answer, whatever else was written to the stream meanwhile."""
    left, aside = list(answers), set[Leaving]()
    settled: set[Leaving] = set()

    def work(rows: Sequence[Leaving]) -> None:
        settled.update(_write_standing({row: answers[row] for row in rows}, now, provider))

    while left:
        aside |= by_halves(left, work)
        left = [leaving for leaving in left if leaving not in settled | aside]
    states = [answers[leaving].state for leaving in settled]
    return Tally(
        sent=states.count("accepted"),
        failed=states.count("refused"),
        unknown=states.count("unknown"),
        set_aside=len(aside),
    )


def plain(reference: str) -> str:
    """A provider's reference as a fact may hold it: none where it is no short code.

    >>> plain("sim-1.4"), plain("Accepted for delivery")
    ('sim-1.4', '')
    """
    return reference if bodies.code(reference) else ""


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
        body["reason"] = receipt.reason if bodies.code(receipt.reason) else "unclear"
    if _again(receipt):
        body["again"] = 1
    if receipt.reference or receipt.state == "accepted":
        body["reference"] = plain(receipt.reference)
    return Draft(_KINDS[receipt.state], day, HAND, cause=leaving.leaving, body=body)


def _again(receipt: Receipt) -> bool:
    """Surely not sent, and another try may end otherwise: the next close may intend it anew."""
    return receipt.state == "refused" and not receipt.permanent
