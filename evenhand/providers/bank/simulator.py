"""A simulated bank with a ledger of its own, kept apart from the house's own transactions.

An account is opened when money first goes there, in the name it is ordered to; the lender's own is
always there. What happens is told by the account's last digits:

| number ends in | what the bank does |
|---|---|
| 0000 | takes a transfer and gives it back: the account is closed (bounced) |
| 0001 | refuses a debit: insufficient funds |
| 0002 | carries an order out, but its answer is lost; it knows when it is asked |
| 0404 | knows no such account, refuses at once |

and everything else goes well, on the day the order left. An order in another name than the
account's is refused at once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from evenhand.providers.bank import queries
from evenhand.providers.bank.message import (
    Answer,
    Asked,
    Callback,
    Deliver,
    Order,
    Party,
    Receipt,
    Transfer,
)

CLOSED: Final = "0000"
EMPTY: Final = "0001"
SILENT: Final = "0002"
NO_SUCH: Final = "0404"
LENDER: Final = Party("持平小额贷款有限公司", "6225880100000018", "示范银行")
PASSER_BY: Final = Party("某付款人", "6222029999990019", "示范银行")
"""Whoever pays the lender in the demo."""
LENDERS_MONEY: Final = 10**11
EVERYBODYS_MONEY: Final = 10**8
SKEW: Final = 300_000_000
"""Microseconds a signed callback may be old or early."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Movement(NamedTuple):
    """A line of the bank's ledger, as its own page shows it."""

    line: int
    key: str
    kind: str
    account: str
    amount_minor: int
    currency: str
    purpose: str
    remark: str
    at: int
    value_day: date
    fate: str
    reason: str
    told: bool
    holder: str


class Held(NamedTuple):
    """An account as the bank's own page shows it."""

    number: str
    name: str
    bank: str
    lender: bool
    balance_minor: int


class Simulator:
    """A bank that remembers every key, answers look-ups and calls back, signed, to `deliver`."""

    name = "simulator"

    def __init__(self, deliver: Deliver | None = None, secret: str = "") -> None:
        self._deliver = deliver
        self._given = secret

    @property
    def token(self) -> str:
        """The end of the address it would post to."""
        return hashlib.sha256(b"token " + self._secret).hexdigest()

    def send(self, order: Order) -> Answer:
        """Book an order once. Commits by itself, as an outside party does."""
        party = order.to if isinstance(order, Transfer) else order.of
        if party.number.endswith(NO_SUCH):
            return Receipt(order.key, "refused", reason="no_such_account")
        with transaction.atomic(durable=True):
            if not _is_holder(party):
                return Receipt(order.key, "refused", reason="name_mismatch")
            _carry_out(order, party)
        if party.number.endswith(SILENT):
            return Receipt(order.key, "unknown", reason="answer_lost")
        return Receipt(order.key, "accepted", _reference(order.key))

    def look_up(self, asked: Sequence[Asked]) -> list[Answer]:
        """How each ended; refused for a key that never came."""
        keys = [one.key for one in asked]
        known = {line.key: _callback(line) for line in _lines(queries.OF_KEYS, keys)}
        return [
            known.get(one.key) or Receipt(one.key, "refused", reason="never_received")
            for one in asked
        ]

    def call_back(self, now: int, limit: int = 1_000) -> int:
        """Hand what is not told yet to `deliver`, signed, at least once each; how many.

        What `deliver` raised for waits for the next call.
        """
        waiting = list(_lines(queries.WAITING, limit))
        for line in waiting:
            if self._deliver is not None:
                self._deliver(*self.signed([_callback(line)], now))
            with connection.cursor() as cursor:
                cursor.execute(queries.TOLD, [[line.line]])
        return len(waiting)

    def signed(self, told: Sequence[Callback], now: int) -> tuple[dict[str, str], bytes]:
        """Headers and body as they are posted at `now`: HMAC-SHA256 over moment and body."""
        plain = [asdict(one) | {"value_day": one.value_day.isoformat()} for one in told]
        body = json.dumps(plain, ensure_ascii=False).encode()
        return {"X-Bank-Moment": str(now), "X-Bank-Signature": self._proof(str(now), body)}, body

    def callbacks(self, headers: Mapping[str, str], body: bytes, now: int) -> list[Callback]:
        """What a signed post tells; ValueError for another's signature or an old one."""
        moment = headers.get("X-Bank-Moment", "")
        given = headers.get("X-Bank-Signature", "")
        if not hmac.compare_digest(self._proof(moment, body).encode(), given.encode()):
            raise ValueError("a callback that nobody of the bank has signed")
        if abs(now - int(moment)) > SKEW:
            raise ValueError("a callback of another time")
        return [
            Callback(**one | {"value_day": date.fromisoformat(one["value_day"])})
            for one in json.loads(body)
        ]

    @property
    def _secret(self) -> bytes:
        return (self._given or f"bank {settings.SECRET_KEY}").encode()

    def _proof(self, moment: str, body: bytes) -> str:
        return hmac.new(self._secret, moment.encode() + b"\n" + body, hashlib.sha256).hexdigest()


def credit(account: Party, amount_minor: int, currency: str, remark: str, at: int) -> str:
    """Somebody pays the lender and writes `remark`; returns the bank's reference."""
    with transaction.atomic(durable=True):
        _open(account)
        line = _move(
            key=None, kind="credit", account=account.number, amount_minor=amount_minor,
            currency=currency, remark=remark, at=at, fate="credited",
        )  # fmt: skip
        _book(account.number, amount_minor)
    return f"sim-in-{line}"


def accounts() -> list[Held]:
    """Every account, the lender's first."""
    _open(LENDER)
    with connection.cursor() as cursor:
        cursor.execute(queries.ACCOUNTS)
        return [Held(*row) for row in cursor.fetchall()]


def movements(limit: int = 50) -> list[Movement]:
    """The newest movements first."""
    return list(_lines(queries.NEWEST, limit))


def waiting() -> bool:
    """Is there anything not told yet?"""
    return any(True for _ in _lines(queries.WAITING, 1))


def _carry_out(order: Order, party: Party) -> None:
    _open(party)
    out = isinstance(order, Transfer)
    closed = out and party.number.endswith(CLOSED)
    empty = not out and party.number.endswith(EMPTY)
    fate = ("bounced" if closed else "settled") if out else "debit_refused" if empty else "debited"
    line = _move(
        key=order.key, kind="transfer" if out else "debit", account=party.number,
        amount_minor=order.amount_minor, currency=order.currency, at=order.at, fate=fate,
        purpose=order.purpose if isinstance(order, Transfer) else "debit",
        reason="account_closed" if closed else "insufficient_funds" if empty else "",
    )  # fmt: skip
    if line and not closed and not empty:
        _book(party.number, -order.amount_minor if out else order.amount_minor)


def _move(**said: Any) -> int:
    """Write a line and return its number; 0 where the key is known."""
    day = (_EPOCH + timedelta(microseconds=said["at"])).astimezone(ZoneInfo(settings.EVENHAND_ZONE))
    row: dict[str, Any] = {"purpose": "", "remark": "", "reason": "", "value_day": day.date()}
    row |= said
    with connection.cursor() as cursor:
        cursor.execute(queries.MOVE, row)
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def _open(party: Party) -> None:
    lender = party.number == LENDER.number
    money = LENDERS_MONEY if lender else EVERYBODYS_MONEY
    row: dict[str, Any] = {"number": party.number, "name": party.name, "bank": party.bank}
    with connection.cursor() as cursor:
        cursor.execute(queries.OPEN, row | {"lender": lender, "balance_minor": money})


def _book(account: str, to_lender_minor: int) -> None:
    _open(LENDER)
    with connection.cursor() as cursor:
        cursor.execute(queries.BOOK, {"lender": to_lender_minor, "account": account})


def _is_holder(party: Party) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(queries.HOLDER, [party.number])
        found = cursor.fetchone()
    return found is None or found[0] == party.name


def _lines(statement: str, asked: Any) -> Iterator[Movement]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked])
        return iter([Movement(*row) for row in cursor.fetchall()])


def _reference(key: str) -> str:
    return f"sim-{key}"


def _callback(line: Movement) -> Callback:
    fate: Any = line.fate
    return Callback(
        fate=fate,
        key=line.key,
        reference=_reference(line.key) if line.key else f"sim-in-{line.line}",
        value_day=line.value_day,
        amount_minor=line.amount_minor,
        currency=line.currency,
        reason=line.reason,
        remark=line.remark,
    )
