"""One-time codes by text message: who holds the phone reads six digits back to us.

The person asks for a code and gets it at once, at any hour: it is judged on number and rate only
(purpose security_code). A code is for one thing, holds ten minutes of real time, five tries and one
use; sending another ends the one before. Number, network address and code are kept as keyed digests
and forgotten after a day.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Sequence
from functools import partial
from hmac import compare_digest
from typing import Final, Literal, NamedTuple

from django.conf import settings
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from evenhand.outbound.contact import code_queries as queries
from evenhand.outbound.contact import wording, words
from evenhand.people import persons
from evenhand.providers.sms import registry
from evenhand.providers.sms.message import Message, Provider

WHAT_FOR: Final = ("register", "sign_in", "be_sure", "change_number", "join")
DIGITS: Final = 6
KEY: Final = "code"
"""What our keys of these messages begin with: no fact is behind them."""
MINUTES: Final = 10
"""How long a code holds, of real time; the words say so."""
TRIES: Final = 5
LIMITS: Final = ((60, 1), (3_600, 5), (86_400, 10))
"""To one number: in so many seconds at most so many codes."""
NETWORK_LIMITS: Final = ((3_600, 30), (86_400, 100))
"""To one network address, behind which a whole office may sit."""
LOCK_CLASS: Final = 0x0B2
"""The first key of this module's advisory locks, one a number and one a network address."""
_log: Final = logging.getLogger(__name__)
NUMBER: Final = re.compile(r"\+861\d{10}|\+(?!86)[1-9]\d{7,14}", re.ASCII)
"""Telephone numbers a code may go to; of mainland China mobile ones only, and the made-up 120 …"""


class Sent(NamedTuple):
    """sent: on its way. wait: not before so many `seconds`. failed: it cannot go there now."""

    state: Literal["sent", "wait", "failed"]
    seconds: int = 0


def send(
    number: str,
    lang: str,
    what_for: str,
    *,
    at: int,
    network: str = "",
    provider: Provider | None = None,
) -> Sent:
    """Send a new code to `number` for one of WHAT_FOR, in words of `lang`.

    `at` is the house's moment (microseconds UTC), for the provider alone; `network` the address it
    was asked from, where that is to be limited too. Commits before the provider is called: not
    for use inside a transaction.
    """
    assert what_for in WHAT_FOR, "a code is for one known thing"
    to = persons.dialled("phone", number)
    if not NUMBER.fullmatch(to):
        return Sent("failed")
    try:
        fill = _words(lang, what_for)
    except wording.NotApproved as unsaid:
        _log.error("words wait for approval", extra={"keys": [unsaid.args[0]]})
        return Sent("failed")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
    digests = (_digest("number", to), _digest("network", network) if network else b"")
    with transaction.atomic(), connection.cursor() as cursor:
        _hold(digests)
        seconds = max(_wait(queries.CODES_TO_NUMBER, digests[0], LIMITS), _network(digests[1]))
        if seconds:
            return Sent("wait", seconds)
        cursor.execute(queries.FORGET_CODES)
        cursor.execute(queries.END_CODES, [digests[0], what_for])
        kept = _digest("code", to, what_for, code)
        cursor.execute(queries.NEW_CODE, [*digests, what_for, kept])
        (key,) = cursor.fetchone()
    operator = provider or registry.provider()
    text = fill(code=code)
    (receipt,) = operator.send([Message(f"{KEY}.{key}", to, text, at)])
    return Sent("failed" if receipt.state == "refused" else "sent")


def check(number: str, what_for: str, code: str) -> bool:
    """Is this the code last sent there for this, still good? Then it is used up.

    A try is counted before it is judged: of many at once none is free.
    """
    to = persons.dialled("phone", number)
    with connection.cursor() as cursor:
        cursor.execute(queries.TRY_CODE, [_digest("number", to), what_for, MINUTES, TRIES])
        tried = cursor.fetchone()
        if tried is None:
            return False
        key, kept = tried
        given = "".join(str(int(sign)) for sign in code if sign.isdecimal())
        if not compare_digest(bytes(kept), _digest("code", to, what_for, given)):
            return False
        cursor.execute(queries.USE_CODE, [key])
        return bool(cursor.rowcount == 1)


def _hold(digests: Sequence[bytes]) -> None:
    """Whoever else asks for this number or from this network address waits until we are through."""
    keys = sorted({int.from_bytes(digest[:4], signed=True) for digest in digests if digest})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute(queries.HOLD_CODES, [LOCK_CLASS, key])


def _network(digest: bytes) -> int:
    return _wait(queries.CODES_TO_NETWORK, digest, NETWORK_LIMITS) if digest else 0


def _wait(statement: str, digest: bytes, limits: Sequence[tuple[int, int]]) -> int:
    """Seconds until one more keeps within every limit; 0 for now."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [digest, max(seconds for seconds, _most in limits)])
        ages = [int(age) for (age,) in cursor.fetchall()]
    waits = [
        seconds - ages[most - 1]
        for seconds, most in limits
        if len(ages) >= most and ages[most - 1] < seconds
    ]
    return max(waits, default=0)


def _words(lang: str, what_for: str) -> Callable[..., str]:
    """The approved words, to be filled with a code; raises NotApproved."""
    text, purposes = (wording.fields(KEY, name, lang) for name in ("text", "what_for"))
    lender = settings.EVENHAND_LENDER["name"]
    fill = partial(words.render_code, text, purposes[what_for], lender=lender)
    wording.require_clean(fill(code=""), lang)
    return fill


def _digest(*what: str) -> bytes:
    """A digest that cannot be guessed back without the house's secret."""
    return salted_hmac("evenhand.contact.code", "\0".join(what), algorithm="sha256").digest()
