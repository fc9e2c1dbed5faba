"""Tencent Cloud FaceID: do name, identity number, phone and bank card belong together?

The door: Action BankCard4EVerification, Version 2018-03-01, host faceid.tencentcloudapi.com; its
parameters and result codes at https://cloud.tencent.com/document/product/1007/35775 . Every
request is signed by TC3-HMAC-SHA256 over content-type, host and x-tc-action, as written at
https://cloud.tencent.com/document/api/213/30654 ; the moment signed may be five minutes off.

It keeps no keys of ours, so a lost answer stays unknown. It does not know who is a student. What it
says in sentences may hold what was asked, so only codes are kept.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from evenhand.providers.identity.message import ELEMENTS, Answer, Question, Word

ACTION: Final = "BankCard4EVerification"
VERSION: Final = "2018-03-01"
SERVICE: Final = "faceid"
URL: Final = "https://faceid.tencentcloudapi.com"
CONTENT_TYPE: Final = "application/json; charset=utf-8"
ALGORITHM: Final = "TC3-HMAC-SHA256"
SIGNED: Final = "content-type;host;x-tc-action"
IDENTITY_CARD: Final = 0
ANSWER_BYTES_MAX: Final = 65_536
SECONDS_MAX: Final = 30.0
"""Less than what the house waits before it asks what became of a question."""
THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")

SAID: Final[Mapping[str, tuple[Word, str, str]]] = {
    "0": ("match", "", ""),
    "-1": ("mismatch", "", ""),
    "-2": ("mismatch", "name", ""),
    "-3": ("mismatch", "identity", ""),
    "-4": ("mismatch", "account", ""),
    "-5": ("mismatch", "phone", ""),
    "-6": ("mismatch", "", ""),
    "-7": ("unclear", "", "not_open_for_online_use"),
    "-8": ("unclear", "", "confiscated"),
    "-9": ("mismatch", "account", ""),
    "-10": ("mismatch", "account", ""),
    "-11": ("unclear", "", "dormant"),
    "-12": ("unclear", "", "withheld"),
    "-13": ("unclear", "", "reported_lost"),
    "-14": ("unclear", "", "expired"),
    "-15": ("unclear", "", "restricted"),
    "-16": ("unclear", "", "too_many_wrong_pins"),
    "-17": ("unclear", "", "bank_does_not_take_part"),
    "-20": ("unclear", "", "document_not_supported"),
    "-21": ("unclear", "", "card_state_or_number"),
}
"""Result code -> what it means, the one element it speaks of, why it is unclear."""
NOT_LOOKED_AT: Final[Mapping[str, str]] = {"-18": "busy", "-19": "too_many_today"}
REFUSED_UNSEEN: Final = (
    "AuthFailure",
    "InvalidAction",
    "InvalidParameter",
    "MissingParameter",
    "NoSuchVersion",
    "RequestLimitExceeded",
    "UnauthorizedOperation",
    "UnknownParameter",
    "UnsupportedProtocol",
)
"""Errors (by their first word) that say the question was never put to a bank."""
_ERROR = re.compile(r"[A-Za-z]{1,40}(\.[A-Za-z]{1,60})?")
_REFERENCE = re.compile(r"[A-Za-z0-9-]{1,64}")
_MAINLAND = re.compile(r"\+?86(?=1\d{10}$)")


class Tencent:
    """FaceID under an account of the lender's: `secret_id`, `secret_key`.

    `seconds` is how long an answer may take before it is unknown, at most 30. `url` is another
    address of the same door; without TLS only on this machine. Raises ValueError else.
    """

    name = "tencent"

    def __init__(
        self, *, secret_id: str, secret_key: str, url: str = URL, seconds: float = 10.0
    ) -> None:
        if not secret_id or not secret_key:
            raise ValueError("secret_id and secret_key: as the console gave them")
        if not 0 < seconds <= SECONDS_MAX:
            raise ValueError(f"seconds: more than 0, at most {SECONDS_MAX}")
        self._door = urlsplit(url)
        if self._door.scheme != "https" and self._door.hostname not in THIS_MACHINE:
            raise ValueError("url: https, for it carries what names people")
        self._id, self._secret, self._seconds = secret_id, secret_key, seconds

    def __repr__(self) -> str:
        """No secrets, wherever it is shown."""
        return f"Tencent({self._door.netloc})"

    def ask(self, question: Question) -> Answer:
        """One request; unasked where nobody was reached, unknown where the answer was lost."""
        body = _body(question)
        line = self._line()
        try:
            line.connect()
        except OSError:
            line.close()
            return Answer(question.key, "unasked", reason="unreachable")
        try:
            line.request("POST", "/", body, self._headers(body, question.at // 1_000_000))
            answer = line.getresponse()
            return _answer(question.key, answer.status, answer.read(ANSWER_BYTES_MAX))
        except (OSError, http.client.HTTPException):
            return Answer(question.key, "unknown", reason="answer_lost")
        finally:
            line.close()

    def look_up(self, key: str) -> Answer:
        """Always unknown: there is no question for what was answered."""
        return Answer(key, "unknown", reason="provider_keeps_no_keys")

    def _line(self) -> http.client.HTTPConnection:
        https = self._door.scheme == "https"
        maker = http.client.HTTPSConnection if https else http.client.HTTPConnection
        return maker(self._door.hostname or "", self._door.port, timeout=self._seconds)

    def _headers(self, body: bytes, seconds: int) -> dict[str, str]:
        day = f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
        scope = f"{day}/{SERVICE}/tc3_request"
        signature = self._signature(body, seconds, day, scope)
        return {
            "Authorization": f"{ALGORITHM} Credential={self._id}/{scope}, "
            f"SignedHeaders={SIGNED}, Signature={signature}",
            "Content-Type": CONTENT_TYPE,
            "Host": self._door.netloc,
            "X-TC-Action": ACTION,
            "X-TC-Version": VERSION,
            "X-TC-Timestamp": str(seconds),
        }

    def _signature(self, body: bytes, seconds: int, day: str, scope: str) -> str:
        headers = (
            f"content-type:{CONTENT_TYPE}\nhost:{self._door.netloc}\nx-tc-action:{ACTION.lower()}\n"
        )
        request = f"POST\n/\n\n{headers}\n{SIGNED}\n{hashlib.sha256(body).hexdigest()}"
        told = f"{ALGORITHM}\n{seconds}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
        key = f"TC3{self._secret}".encode()
        for word in (day, SERVICE, "tc3_request"):
            key = _mac(key, word)
        return _mac(key, told).hex()


def _mac(key: bytes, word: str) -> bytes:
    return hmac.new(key, word.encode(), hashlib.sha256).digest()


def _body(question: Question) -> bytes:
    asked = {
        "Name": question.name,
        "BankCard": question.account,
        "Phone": _MAINLAND.sub("", question.phone),
        "IdCard": question.identity,
        "CertType": IDENTITY_CARD,
    }
    return json.dumps(asked).encode()


def _answer(key: str, status: int, body: bytes) -> Answer:
    """What a response means; one that is none leaves it unknown what was answered."""
    if status != http.HTTPStatus.OK:
        return Answer(key, "unknown", reason=f"provider_said_{status}")
    try:
        said = json.loads(body)["Response"]
        reference = _plain(_REFERENCE, said.get("RequestId"))
        if "Error" in said:
            return _error(key, _plain(_ERROR, said["Error"]["Code"]), reference)
        return _result(key, str(said["Result"]), reference)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Answer(key, "unknown", reason="answer_unreadable")


def _error(key: str, code: str, reference: str) -> Answer:
    unseen = code.partition(".")[0].removesuffix("Value") in REFUSED_UNSEEN
    return Answer(
        key,
        "unasked" if unseen else "unknown",
        reference=reference,
        reason=code or "provider_said_an_error",
    )


def _result(key: str, code: str, reference: str) -> Answer:
    if code in NOT_LOOKED_AT:
        return Answer(key, "unasked", reference=reference, reason=NOT_LOOKED_AT[code])
    if code not in SAID:
        return Answer(key, "unclear", reference=reference, reason="result_not_known")
    word, element, reason = SAID[code]
    told_apart = ELEMENTS if word == "match" else tuple(filter(None, [element]))
    checked = tuple((part, word) for part in told_apart)
    return Answer(key, word, checked, reference=reference, reason=reason)


def _plain(pattern: re.Pattern[str], value: Any) -> str:
    return value if isinstance(value, str) and pattern.fullmatch(value) else ""
