"""The Kannel adapter against a gateway of thirty lines on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from evenhand.providers.sms.kannel import Kannel
from evenhand.providers.sms.message import Fate, Message, Reply, Report

TOKEN = "only4tests" * 4
ANSWERS = {
    "+8613800000202": (202, "0: Accepted for delivery"),
    "+8613800000203": (202, "3: Queued for later delivery"),
    "+8613800000403": (403, "Authorization failed for sendsms"),
    "+8613800000503": (503, "Temporal failure, try again later."),
    "+8613800000500": (500, "?"),
}


class Gateway(ThreadingHTTPServer):
    """Remembers every query; is silent to the number ending in 0408, hangs up on 0000."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.queries: list[dict[str, str]] = []


class Door(BaseHTTPRequestHandler):
    server: Gateway

    def do_GET(self) -> None:
        query = {k: v[0] for k, v in parse_qs(urlsplit(self.path).query).items()}
        self.server.queries.append(query)
        if query["to"].endswith("0408"):
            time.sleep(0.6)
        if query["to"].endswith("0000"):
            self.connection.close()
            return
        status, words = ANSWERS.get(query["to"], (202, "0: Accepted for delivery"))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(words.encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def kannel(port: int) -> Kannel:
    return Kannel(
        url=f"http://127.0.0.1:{port}",
        username="app",
        password="word",
        seconds=0.3,
        callback_url="http://127.0.0.1:8000/providers/sms",
        token=TOKEN,
    )


def test_chinese_words_reach_the_gateway_whole(gateway: Gateway) -> None:
    words = "【持平】您的账户有一项事宜，編號 a1b2&c3=d4+e5 100%"
    (receipt,) = kannel(gateway.server_port).send([Message("7.3", "+8613800000202", words)])
    (query,) = gateway.queries
    assert (receipt.state, receipt.reference) == ("accepted", "0")
    assert (query["text"], query["coding"], query["charset"]) == (words, "2", "UTF-8")
    assert (query["to"], query["username"], query["dlr-mask"]) == ("+8613800000202", "app", "31")


@pytest.mark.parametrize(
    ("to", "state", "permanent"),
    [
        ("+8613800000202", "accepted", False),
        ("+8613800000203", "accepted", False),
        ("+8613800000403", "refused", True),
        ("+8613800000503", "refused", False),
        ("+8613800000500", "unknown", False),
        ("+8613800000408", "unknown", False),
        ("+8613800000000", "unknown", False),
    ],
)
def test_an_answer_is_read(gateway: Gateway, to: str, state: str, permanent: bool) -> None:
    (receipt,) = kannel(gateway.server_port).send([Message("1.1", to, "x")])
    assert (receipt.state, receipt.permanent) == (state, permanent)


def test_no_gateway_means_never_sent() -> None:
    (receipt,) = kannel(1).send([Message("1.1", "+8613800000202", "x")])
    assert (receipt.state, receipt.reason) == ("refused", "gateway_unreachable")


def test_receipts_come_in_the_order_asked(gateway: Gateway) -> None:
    asked = [Message(f"1.{n}", "+8613800000202", "x") for n in range(40)]
    assert [r.key for r in kannel(gateway.server_port).send(asked)] == [m.key for m in asked]


def test_a_lost_answer_cannot_be_looked_up() -> None:
    assert kannel(1).look_up(["7.3"])[0].state == "unknown"


@pytest.mark.parametrize(
    ("status", "fate"),
    [("1", "delivered"), ("2", "undelivered"), ("16", "undelivered"), ("4", None), ("8", None)],
)
def test_a_delivery_report_is_read(gateway: Gateway, status: str, fate: Fate | None) -> None:
    box = kannel(gateway.server_port)
    box.send([Message("7.3", "+8613800000202", "x")])
    asked_for = gateway.queries[0]["dlr-url"].replace("%d", status).replace("%F", "op-9")
    assert urlsplit(asked_for).path == f"/providers/sms/{TOKEN}/report"
    query = {k: v[0] for k, v in parse_qs(urlsplit(asked_for).query).items()}
    assert box.report(query) == (Report("7.3", fate, "op-9") if fate else None)


def test_a_report_of_no_message_is_no_report() -> None:
    with pytest.raises(ValueError, match="of no message"):
        kannel(1).report({"status": "1"})


@pytest.mark.parametrize("sender", ["+8613800139999", "8613800139999"])
def test_a_reply_is_read(sender: str) -> None:
    posted = {"X-Kannel-From": sender, "X-Kannel-To": "106900001"}
    assert kannel(1).reply(posted, "退订".encode()) == Reply("+8613800139999", "退订")
    assert kannel(1).reply_url() == f"http://127.0.0.1:8000/providers/sms/{TOKEN}/reply"


@pytest.mark.parametrize(
    ("posted", "body"),
    [({}, b"TD"), ({"X-Kannel-From": "+8613800139999"}, "退订".encode("utf-16"))],
)
def test_what_is_no_reply_is_refused(posted: dict[str, str], body: bytes) -> None:
    with pytest.raises(ValueError):
        kannel(1).reply(posted, body)


@pytest.mark.parametrize("token", ["", "short", "with/slash" * 4, "密" * 40])
def test_a_weak_token_is_refused(token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        Kannel(url="http://x", username="", password="", callback_url="http://y", token=token)
