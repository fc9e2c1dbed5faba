"""The way out over a Kannel gateway: its sendsms door, its delivery reports, its replies.

Figures and status words: Kannel 1.4.5 user's guide, chapters "Using sendsms", "Delivery reports"
and "Kannel POST". Kannel keeps no keys of ours, so a lost answer stays unknown and is never asked
again. Replies are posted to us: the number travels in a header, for addresses end up in logs.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import urlencode, urlsplit

from evenhand.providers.sms.message import Fate, Message, Receipt, Reply, Report

UCS2: Final = "2"
REPORTS_WANTED: Final = "31"
FATES: Final[Mapping[str, Fate]] = {"1": "delivered", "2": "undelivered", "16": "undelivered"}
"""Final states of a report; 4 (queued) and 8 (taken by the operator) say nothing final."""
TOKEN_LENGTH_MIN: Final = 32
ROUNDS_AT_ONCE: Final = 4
"""Requests one connection makes between two judgements."""
MAINLAND: Final = re.compile(r"86\d{11}")


class Kannel:
    """A Kannel smsbox at `url` (http://host:port).

    `callback_url` is where it reaches our pages (https://host/providers/sms); `token`, at least 32
    letters and digits, marks what comes back as the gateway's: reports and replies come without
    any other proof. `seconds` is how long one answer may take before it is unknown.
    """

    name = "kannel"

    def __init__(
        self,
        *,
        url: str,
        username: str,
        password: str,
        callback_url: str,
        token: str,
        seconds: float = 10.0,
        connections: int = 8,
    ) -> None:
        if len(token) < TOKEN_LENGTH_MIN or not (token.isascii() and token.isalnum()):
            raise ValueError(f"token: {TOKEN_LENGTH_MIN} letters and digits or more")
        self.token = token
        self._door = urlsplit(url)
        self._account = {"username": username, "password": password}
        self._callback_url = f"{callback_url.rstrip('/')}/{token}"
        self._seconds = seconds
        self._connections = connections
        self.batch = ROUNDS_AT_ONCE * connections

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        """One request a message, `connections` at a time; receipts in the order asked."""
        if not messages:
            return []
        with ThreadPoolExecutor(min(self._connections, len(messages))) as pool:
            return list(pool.map(self._send_one, messages))

    def look_up(self, keys: Sequence[str]) -> list[Receipt]:
        """Always unknown: Kannel has no question for what it was given."""
        return [Receipt(key, "unknown", reason="kannel_keeps_no_keys") for key in keys]

    def report(self, query: Mapping[str, str]) -> Report | None:
        """The delivery report in a callback's query, or None for a state that is not final.

        Raises ValueError where it names no message.
        """
        if not query.get("ref"):
            raise ValueError("a delivery report of no message")
        fate = FATES.get(query.get("status", ""))
        return None if fate is None else Report(query["ref"], fate, query.get("id", ""))

    def reply(self, headers: Mapping[str, str], body: bytes) -> Reply:
        """Words that came in, from the post-url of our sms-service (mo-recode gives UTF-8).

        Raises ValueError where the sender is missing or the words are not UTF-8.
        """
        sender = headers.get("X-Kannel-From", "").strip()
        if not sender:
            raise ValueError("a reply without a sender")
        national = f"+{sender}" if MAINLAND.fullmatch(sender) else sender
        return Reply(national, body.decode())

    def reply_url(self) -> str:
        """What to write as post-url into Kannel's sms-service group."""
        return f"{self._callback_url}/reply"

    def _target(self, message: Message) -> str:
        """Path and query of one request; Kannel fills the percent words of the report's address."""
        told = urlencode({"ref": message.key})
        query = self._account | {
            "to": message.to,
            "text": message.text,
            "coding": UCS2,
            "charset": "UTF-8",
            "dlr-mask": REPORTS_WANTED,
            "dlr-url": f"{self._callback_url}/report?{told}&status=%d&id=%F",
        }
        return f"{self._door.path}/cgi-bin/sendsms?{urlencode(query)}"

    def _send_one(self, message: Message) -> Receipt:
        door, seconds = self._door, self._seconds
        maker = (
            http.client.HTTPSConnection if door.scheme == "https" else http.client.HTTPConnection
        )
        line = maker(door.hostname or "", door.port, timeout=seconds)
        try:
            line.connect()
        except OSError:
            return Receipt(message.key, "refused", reason="gateway_unreachable")
        try:
            line.request("GET", self._target(message))
            answer = line.getresponse()
            return _receipt(message.key, answer.status, answer.read(400).decode(errors="replace"))
        except (OSError, http.client.HTTPException):
            return Receipt(message.key, "unknown", reason="answer_lost")
        finally:
            line.close()


def _receipt(key: str, status: int, words: str) -> Receipt:
    """202 is taken or queued; 4xx never taken, for good; 503 never taken, for now; else unclear."""
    if status == http.HTTPStatus.ACCEPTED:
        return Receipt(key, "accepted", words.split(":")[0].strip())
    if status == http.HTTPStatus.SERVICE_UNAVAILABLE:
        return Receipt(key, "refused", reason="gateway_full")
    if http.HTTPStatus.BAD_REQUEST <= status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return Receipt(key, "refused", reason=f"gateway_said_{status}", permanent=True)
    return Receipt(key, "unknown", reason=f"gateway_said_{status}")
