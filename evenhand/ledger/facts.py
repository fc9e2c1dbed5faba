"""What a fact is, and how it is linked to the one before it.

A fact's link is SHA-256 of the link before it and of the fact's other fields as one line of JSON,
so changing, dropping or inserting any fact of a stream changes its head. `docs/verify_stream.py`
says the same in fifty lines for anyone who does not want to trust this one.
"""

import struct
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from json import JSONEncoder
from typing import Any, NamedTuple

EMPTY: Mapping[str, Any] = {}


class Draft(NamedTuple):
    """A fact about to be written; `day` is the value day in the lender's zone."""

    kind: str
    day: date
    hand: str
    loan: int = 0
    amount: int = 0
    cause: int = 0
    body: Mapping[str, Any] = EMPTY


class Fact(NamedTuple):
    """A fact as it stands. None is 0, never null; `at` is microseconds UTC, amount minor units."""

    borrower: int
    seq: int
    loan: int
    day: date
    at: int
    kind: str
    amount: int
    cause: int
    hand: str
    body: dict[str, Any]
    link: bytes


def supposed(facts: Sequence[Fact], draft: Draft) -> Fact:
    """The draft as if it were the fact after these, to see what it would do. It has no link."""
    last = facts[-1]
    kind, day, hand, loan, amount, cause, body = draft
    return Fact(
        last.borrower, last.seq + 1, loan, day, last.at, kind, amount, cause, hand, dict(body), b""
    )


class Head(NamedTuple):
    """The last fact of a stream: a stream nobody has written to has seq 0 and the first link."""

    seq: int
    at: int
    link: bytes

    @property
    def reference(self) -> str:
        """The first 12 hex digits of the link, as receipts and contacts print it."""
        return self.link[:6].hex()


_json = JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces.

    >>> canonical({"b": [1, "息"], "a": 0})
    '{"a":0,"b":[1,"息"]}'
    """
    return _json(value)


def first_link(borrower: int) -> bytes:
    """What the first fact of a borrower's stream is linked to."""
    return sha256(b"evenhand 1 " + str(borrower).encode()).digest()


def link_of(previous: bytes, fact: Fact) -> bytes:
    """The link of a fact after the link `previous`; the fact's own `link` is not looked at."""
    line = _line(*fact[:9], canonical(fact.body))
    return sha256(previous + line.encode()).digest()


def sealed(borrower: int, head: Head, at: int, draft: Draft) -> tuple[Fact, bytes]:
    """The draft as the fact after `head`, and its row for `COPY` (binary).

    A moment before the head's is lifted to the head's: seq is the order of learning, and a clock
    that ran a little behind must not contradict it.
    """
    kind, day, hand, loan, amount, cause, content = draft
    seq, moment = head.seq + 1, max(at, head.at)
    body = _json(content)
    line = _line(borrower, seq, loan, day, moment, kind, amount, cause, hand, body)
    link = sha256(head.link + line.encode()).digest()
    fact = Fact(
        borrower, seq, loan, day, moment, kind, amount, cause, hand, dict(content), link
    )  # fmt: skip
    return fact, _row(fact, body.encode())


def _line(
    borrower: int, seq: int, loan: int, day: date, at: int, kind: str, amount: int, cause: int,
    hand: str, body: str,
) -> str:  # fmt: skip
    # kind and hand are plain ASCII words (see kinds), so that quoting them is writing quotes.
    return f'[{borrower},{seq},{loan},"{day}",{at},"{kind}",{amount},{cause},"{hand}",{body}]'


_fixed = struct.Struct(">h iq ii iq ii iq i").pack
_money = struct.Struct(">iq ii i").pack
_size = struct.Struct(">i").pack
_EPOCH_ORDINAL = date(2000, 1, 1).toordinal()
_EPOCH_MICROSECONDS = 946_684_800_000_000

COPY_FACTS = (
    "copy ledger_fact (borrower, seq, loan, day, at, kind, amount, cause, hand, body, link)"
    " from stdin (format binary)"
)


def _row(fact: Fact, body: bytes) -> bytes:
    borrower, seq, loan, day, at, kind, amount, cause, hand, _, link = fact
    days, micros = day.toordinal() - _EPOCH_ORDINAL, at - _EPOCH_MICROSECONDS
    return b"".join((
        _fixed(11, 8, borrower, 4, seq, 8, loan, 4, days, 8, micros, len(kind)), kind.encode(),
        _money(8, amount, 4, cause, len(hand)), hand.encode(),
        _size(len(body) + 1), b"\x01", body,
        _size(32), link,
    ))  # fmt: skip
