"""The FaceID adapter against a door of its own on this machine, which checks every signature.

The check follows Tencent's description of the signature step by step and shares no code with the
adapter; it is itself held against the example published there.
"""

from __future__ import annotations

import hmac
import json
import logging
import re
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from evenhand.providers.identity.message import Question
from evenhand.providers.identity.tencent import Tencent

SECRET = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
AT = 1_551_113_065_000_000
PASSED = {"Result": "0", "Description": "认证通过", "RequestId": "c6daaf7f-dbdc"}
PERSONAL = ("王小明", "110105199003070011", "13800138001", "6222020200112230001")


def expected_signature(headers: dict[str, str], body: bytes, secret: str) -> str:
    """The signature a request must carry, by the words of document/api/213/30654."""
    scope, signed = re.findall(
        r"Credential=[^/]+/(\S+), SignedHeaders=(\S+),", headers["authorization"]
    )[0]
    day, service, end = scope.split("/")
    names = signed.split(";")
    canonical = [f"{name}:{headers[name].strip().lower()}" for name in names]
    lines = ["POST", "/", "", *canonical, "", signed, sha256(body).hexdigest()]
    hashed = sha256("\n".join(lines).encode()).hexdigest()
    to_sign = "\n".join(["TC3-HMAC-SHA256", headers["x-tc-timestamp"], scope, hashed])
    date_key = hmac.digest(f"TC3{secret}".encode(), day.encode(), "sha256")
    signing_key = hmac.digest(
        hmac.digest(date_key, service.encode(), "sha256"), end.encode(), "sha256"
    )
    return hmac.digest(signing_key, to_sign.encode(), "sha256").hex()


class Gateway(ThreadingHTTPServer):
    """Remembers every body; refuses what is not signed by SECRET; answers `says`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.asked: list[dict[str, Any]] = []
        self.says: bytes = json.dumps({"Response": PASSED}).encode()
        self.status = 200
        self.waits = 0.0
        self.hangs_up = False


class Door(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        wanted = expected_signature(headers, body, SECRET)
        is_signed = headers["authorization"].endswith(f"Signature={wanted}")
        self.server.asked.append(json.loads(body) | {"headers": headers})
        time.sleep(self.server.waits)
        if self.server.hangs_up:
            self.connection.close()
            return
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.says if is_signed else error("AuthFailure.SignatureFailure"))

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def error(code: str) -> bytes:
    said = {"Error": {"Code": code, "Message": f"{PERSONAL[1]} is wrong"}, "RequestId": "ed93f3cb"}
    return json.dumps({"Response": said}).encode()


def result(code: str) -> bytes:
    said = {"Result": code, "Description": PERSONAL[0], "RequestId": "c6daaf7f-dbdc"}
    return json.dumps({"Response": said}).encode()


def tencent(port: int, secret: str = SECRET) -> Tencent:
    url = f"http://127.0.0.1:{port}"
    return Tencent(secret_id="AKIDexample", secret_key=secret, url=url, seconds=0.5)


def question() -> Question:
    name, identity, phone, account = PERSONAL
    return Question("7.3", name, identity, f"+86{phone}", account, AT)


def test_the_check_itself_agrees_with_the_example_tencent_published() -> None:
    headers = {
        "authorization": "Credential=AKID/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, Signature=",
        "content-type": "application/json; charset=utf-8",
        "host": "cvm.tencentcloudapi.com",
        "x-tc-timestamp": "1551113065",
    }
    body = (
        rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    )
    assert expected_signature(headers, body, SECRET) == (
        "72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168"
    )


def test_the_four_reach_the_door_signed_and_as_it_wants_them(gateway: Gateway) -> None:
    said = tencent(gateway.server_port).ask(question())
    (asked,) = gateway.asked
    headers = asked.pop("headers")
    name, identity, phone, account = PERSONAL
    assert asked == {
        "Name": name,
        "IdCard": identity,
        "Phone": phone,
        "BankCard": account,
        "CertType": 0,
    }
    assert (headers["x-tc-action"], headers["x-tc-version"], headers["x-tc-timestamp"]) == (
        "BankCard4EVerification",
        "2018-03-01",
        "1551113065",
    )
    assert "Credential=AKIDexample/2019-02-25/faceid/tc3_request" in headers["authorization"]
    assert (said.answer, said.reference, len(said.checked)) == ("match", "c6daaf7f-dbdc", 4)
    assert said.student == "unknown"


def test_a_wrong_secret_is_refused_unseen(gateway: Gateway) -> None:
    said = tencent(gateway.server_port, "another").ask(question())
    assert (said.answer, said.reason) == ("unasked", "AuthFailure.SignatureFailure")


@pytest.mark.parametrize(
    ("code", "answer", "checked", "reason"),
    [
        ("-1", "mismatch", (), ""),
        ("-2", "mismatch", (("name", "mismatch"),), ""),
        ("-5", "mismatch", (("phone", "mismatch"),), ""),
        ("-9", "mismatch", (("account", "mismatch"),), ""),
        ("-13", "unclear", (), "reported_lost"),
        ("-18", "unasked", (), "busy"),
        ("-19", "unasked", (), "too_many_today"),
        ("-99", "unclear", (), "result_not_known"),
    ],
)
def test_a_result_is_read(
    gateway: Gateway, code: str, answer: str, checked: tuple[object, ...], reason: str
) -> None:
    gateway.says = result(code)
    said = tencent(gateway.server_port).ask(question())
    assert (said.answer, said.checked, said.reason) == (answer, checked, reason)


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("RequestLimitExceeded", "unasked"),
        ("InvalidParameterValue.Phone", "unasked"),
        ("UnauthorizedOperation.Nonactivated", "unasked"),
        ("InternalError", "unknown"),
        ("FailedOperation.UnKnown", "unknown"),
    ],
)
def test_an_error_says_whether_anybody_looked(gateway: Gateway, code: str, answer: str) -> None:
    gateway.says = error(code)
    said = tencent(gateway.server_port).ask(question())
    assert (said.answer, said.reason) == (answer, code)


@pytest.mark.parametrize(
    "says", [b"", b"<html>", b"[]", b'{"Response": null}', b'{"Response": {"Error": 1}}', b"\xff"]
)
def test_what_is_no_answer_leaves_it_unknown(gateway: Gateway, says: bytes) -> None:
    gateway.says = says
    assert tencent(gateway.server_port).ask(question()).answer == "unknown"


def test_a_broken_door_a_slow_one_and_one_that_hangs_up_leave_it_unknown(gateway: Gateway) -> None:
    adapter = tencent(gateway.server_port)
    gateway.status = 502
    assert adapter.ask(question()).reason == "provider_said_502"
    gateway.status, gateway.waits = 200, 0.8
    assert adapter.ask(question()).reason == "answer_lost"
    gateway.waits, gateway.hangs_up = 0.0, True
    assert adapter.ask(question()).reason == "answer_lost"


def test_nobody_there_means_never_asked() -> None:
    assert tencent(1).ask(question()).answer == "unasked"


def test_a_lost_answer_cannot_be_looked_up() -> None:
    assert tencent(1).look_up("7.3").answer == "unknown"


def test_nothing_personal_comes_back_or_is_logged(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answers = [tencent(1).ask(question())]
        for says in (error("InternalError"), result("-6"), error(f"Bad {PERSONAL[1]}")):
            gateway.says = says
            answers.append(tencent(gateway.server_port).ask(question()))
    told = f"{answers} {caplog.text} {question()!r} {tencent(1)!r}"
    assert not [word for word in (*PERSONAL, SECRET) if word in told]


@pytest.mark.parametrize(
    "changed",
    [
        {"secret_id": ""},
        {"secret_key": ""},
        {"seconds": 0.0},
        {"seconds": 60.0},
        {"url": "http://faceid.tencentcloudapi.com"},
    ],
)
def test_what_it_cannot_work_with_is_refused_when_it_is_made(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"secret|seconds|https"):
        Tencent(**({"secret_id": "i", "secret_key": "k"} | changed))
