"""What a bank is asked to do with money, and what it says about it, at once and afterwards.

Money is never sure at once: `accepted` means only that the bank has the order. How it ended comes
as a `Callback`, or as the answer to a look-up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, Protocol, TypeAlias, runtime_checkable

State = Literal["accepted", "refused", "unknown"]
Fate = Literal["settled", "bounced", "debited", "debit_refused", "credited"]


@dataclass(frozen=True, slots=True)
class Party:
    """Whose account it is. Nothing of it stands in a repr."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    bank: str = field(repr=False, default="")


@dataclass(frozen=True, slots=True)
class Transfer:
    """Money from the lender to a person. `key` is ours and is never used for a second transfer."""

    key: str
    to: Party
    amount_minor: int
    currency: str
    purpose: str
    """disbursal | refund"""
    at: int
    """When the order left, UTC microseconds; look-ups name it again."""


@dataclass(frozen=True, slots=True)
class Debit:
    """Money from a person to the lender, by that person's authorisation.

    `mandate` names the authorisation: the place of its fact, nothing about the person.
    """

    key: str
    of: Party
    mandate: str
    amount_minor: int
    currency: str
    at: int


Order: TypeAlias = Transfer | Debit


class Asked(NamedTuple):
    """A key that the bank is asked about at `now`: the order had left at `at`."""

    key: str
    at: int
    now: int


class Receipt(NamedTuple):
    """What the bank says about an order that has not ended.

    accepted: it has the order and works on it. refused: it will never carry it out. unknown: it
    cannot say; the money may be on its way.
    """

    key: str
    state: State
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """How an order ended, or money that came in without one (`credited`, no key).

    `reference` is the bank's own name for it, the same however often it is told; `value_day` the
    day it counts by the bank. `remark` is what the payer wrote: never in a repr.
    """

    fate: Fate
    key: str
    reference: str
    value_day: date
    amount_minor: int = 0
    currency: str = ""
    reason: str = ""
    remark: str = field(repr=False, default="")


Answer: TypeAlias = Receipt | Callback
Deliver = Callable[[Mapping[str, str], bytes], object]
"""Takes a callback as it is posted: headers and body, signed."""


class Bank(Protocol):
    """The questions every bank answers; none raises for an order."""

    name: str

    def send(self, order: Order) -> Answer:
        """Give an order. A key given before is not carried out again."""
        ...

    def look_up(self, asked: Sequence[Asked]) -> list[Answer]:
        """What became of these keys, in the order asked."""
        ...


@runtime_checkable
class CallsBack(Protocol):
    """A bank that tells by HTTP how orders ended and what came in.

    `token` is part of the address it was given; what is posted there counts by its signature only.
    """

    token: str

    def callbacks(self, headers: Mapping[str, str], body: bytes, now: int) -> list[Callback]:
        """What is told; ValueError where the signature does not prove it, `now` microseconds."""
        ...
