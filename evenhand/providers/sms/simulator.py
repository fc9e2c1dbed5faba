"""A simulated operator: one table, kept apart from the house's own transactions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db import connection, transaction

from evenhand.providers.sms.message import Deliver, Fate, Message, Receipt, Reply, Report

_KEEP: Final = """
    insert into sms_simulator_message (key, recipient, text, at)
    select key, "to", text, at
    from jsonb_to_recordset(%s::jsonb) as new (key text, "to" text, text text, at bigint)
    on conflict (key) do nothing
"""
_KNOWN: Final = "select key from sms_simulator_message where key = any(%s)"
_WAITING: Final = """
    select key, recipient, number from sms_simulator_message
    where not called_back order by number limit %s
"""
_CALLED_BACK: Final = "update sms_simulator_message set called_back = true where key = any(%s)"
_INBOX: Final = """
    select key, recipient, text, at from sms_simulator_message
    where %s = '' or recipient = %s order by number desc limit %s
"""
_COUNT: Final = "select count(*) from sms_simulator_message"

PRACTICE: Final = "【练习 PRACTICE】"
"""Before every message of a house of practice."""
UNREACHABLE: Final = "0000"
NO_SUCH_NUMBER: Final = "0404"
WANTS_NO_MORE: Final = "9999"


class Simulator:
    """An operator that remembers every key, answers look-ups and calls back through `deliver`."""

    name = "simulator"
    batch = 5_000

    def __init__(self, deliver: Deliver | None = None) -> None:
        self._deliver = deliver

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        """Keep each message once and say so; a number that does not exist is refused for good.

        Commits by itself: were the caller's process to die after this call, the message is out.
        """
        known = [m for m in messages if not m.to.endswith(NO_SUCH_NUMBER)]
        if settings.EVENHAND_PRACTICE:
            known = [m._replace(text=f"{PRACTICE}{m.text}") for m in known]
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute(_KEEP, [json.dumps([message._asdict() for message in known])])
        return [_receipt(m) for m in messages]

    def look_up(self, keys: Sequence[str]) -> list[Receipt]:
        """accepted for a key it has, refused for one that never came."""
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, [list(keys)])
            known = {key for (key,) in cursor.fetchall()}
        return [
            Receipt(key, "accepted", f"sim-{key}")
            if key in known
            else Receipt(key, "refused", reason="never_received")
            for key in keys
        ]

    def call_back(self, limit: int = 5_000) -> int:
        """Hand waiting reports and replies to `deliver`, at least once each; how many messages.

        What was read and not handed over because `deliver` raised waits for the next call.
        """
        with connection.cursor() as cursor:
            cursor.execute(_WAITING, [limit])
            taken = cursor.fetchall()
            if taken and self._deliver is not None:
                self._deliver([_report(*row) for row in taken], _replies(taken))
            cursor.execute(_CALLED_BACK, [[key for key, _recipient, _number in taken]])
        return len(taken)


def inbox(recipient: str = "", limit: int = 50) -> list[Message]:
    """The newest messages first, of one number or of all: what the phones show."""
    with connection.cursor() as cursor:
        cursor.execute(_INBOX, [recipient, recipient, limit])
        return [Message(*row) for row in cursor.fetchall()]


def count() -> int:
    """How many messages ever came."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return int(cursor.fetchone()[0])


def _receipt(message: Message) -> Receipt:
    if message.to.endswith(NO_SUCH_NUMBER):
        return Receipt(message.key, "refused", reason="no_such_number", permanent=True)
    return Receipt(message.key, "accepted", f"sim-{message.key}")


def _report(key: str, recipient: str, _number: int) -> Report:
    fate: Fate = "undelivered" if recipient.endswith(UNREACHABLE) else "delivered"
    return Report(key, fate, f"sim-{key}")


def _replies(taken: Sequence[tuple[str, str, int]]) -> list[Reply]:
    return [
        Reply(recipient, "退订", f"sim-reply-{number}")
        for _key, recipient, number in taken
        if recipient.endswith(WANTS_NO_MORE)
    ]
