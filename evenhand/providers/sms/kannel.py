"""The way out over a Kannel gateway: its sendsms door, its delivery reports, its replies.

Figures and status words: Kannel 1.4.5 user's guide, chapters "Using sendsms" and "Delivery
reports". Kannel keeps no keys of ours, so a lost answer stays unknown and is never asked again.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import urlencode, urlsplit

from evenhand.providers.sms.message import Fate, Message, Receipt, Reply, Report

UCS2: Final = "2"
REPORTS_WANTED: Final = "31"
FATES: Final[Mapping[str, Fate]] = {"1": "delivered", "2": "undelivered", "16": "undelivered"}
"""Final states of a report; 4 (queued) and 8 (taken by the operator) say nothing final."""


class Kannel:
    """A Kannel smsbox at `url` (http://host:port), with reports wanted at `callback_url`.

    `secret` marks our callbacks: reports come unauthenticated, so each carries a keyed digest of
    its key. `seconds` is how long one answer may take before it is unknown.
    """

    name = "kannel"

    def __init__(
        self,
        *,
        url: str,
        username: str,
        password: str,
        callback_url: str,
        secret: str,
        seconds: float = 10.0,
        connections: int = 8,
    ) -> None:
        self._door = urlsplit(url)
        self._account = {"username": username, "password": password}
        self._callback_url = callback_url
        self._secret = secret.encode()
        self._seconds = seconds
        self._connections = connections

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

        Raises ValueError where the mark is not ours or a key is missing.
        """
        key, status, mark = (query.get(name, "") for name in ("ref", "status", "mark"))
        if not key or not hmac.compare_digest(self._mark(key), mark):
            raise ValueError("a delivery report without our mark")
        fate = FATES.get(status)
        return None if fate is None else Report(key, fate, query.get("id", ""))

    def reply(self, query: Mapping[str, str]) -> Reply:
        """Words that came in, from the get-url of our sms-service (mo-recode gives UTF-8).

        Raises ValueError where the mark is not ours or the sender is missing.
        """
        if not hmac.compare_digest(self._mark("reply"), query.get("mark", "")):
            raise ValueError("a reply without our mark")
        if not query.get("from"):
            raise ValueError("a reply without a sender")
        return Reply(query["from"], query.get("text", ""), query.get("id", ""))

    def reply_url(self) -> str:
        """What to write as get-url into Kannel's sms-service group."""
        words = "from=%p&text=%b&id=%I"
        return f"{self._callback_url}?{words}&mark={self._mark('reply')}"

    def _mark(self, key: str) -> str:
        return hmac.new(self._secret, key.encode(), hashlib.sha256).hexdigest()[:32]

    def _target(self, message: Message) -> str:
        """Path and query of one request; Kannel fills the percent words of the report's address."""
        told = urlencode({"ref": message.key, "mark": self._mark(message.key)})
        query = self._account | {
            "to": message.to,
            "text": message.text,
            "coding": UCS2,
            "charset": "UTF-8",
            "dlr-mask": REPORTS_WANTED,
            "dlr-url": f"{self._callback_url}?{told}&status=%d&id=%F",
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
