"""From the gateway's door to the fact, and back in through its callbacks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.outbound.contact import made_up, outbox, send
from evenhand.outbound.contact.heard_test import DUE, LATE, SIGNED
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.people import persons
from evenhand.providers.sms.kannel_test import TOKEN, Gateway
from evenhand.site import clock
from evenhand.site.logs import Plain

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    """A gateway of this machine, which the settings name; it is nine in the morning."""
    server = Gateway()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    options = {
        "url": f"http://127.0.0.1:{server.server_port}",
        "username": "app",
        "password": "word",
        "callback_url": "http://127.0.0.1:8000/providers/sms",
        "token": TOKEN,
    }
    monkeypatch.setattr(settings, "SMS", {"provider": "kannel", **options})
    clock.set_demo(moment(LATE, 9))
    yield server
    server.shutdown()
    server.server_close()


def sent() -> int:
    """A borrower whose reminder has just left through the gateway."""
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    draft = facts.intended(LATE, {loan: 1}, DUE, 2)
    body = {**draft.body, "address": point, "template": "attention", "due_at": moment(LATE, 8)}
    learn(borrower, draft._replace(body=body), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, 3)], [moment(LATE, 8)])
    assert send.send_due(moment(LATE, 8)).sent == 1
    return borrower


def told(gateway: Gateway, status: str) -> int:
    """The gateway asks for the address it was given, as Kannel fills it in; the answer's status."""
    asked = urlsplit(gateway.queries[0]["dlr-url"].replace("%d", status).replace("%F", "op-9"))
    answer = Client().get(f"{asked.path}?{asked.query}")
    assert answer.content == b""
    return answer.status_code


def answered(sender: str, words: str, token: str = TOKEN) -> int:
    """A reply as Kannel posts it; the answer's status."""
    return (
        Client(enforce_csrf_checks=True)
        .post(
            reverse("sms-reply", args=[token]),
            words.encode(),
            content_type='text/plain; charset="UTF-8"',
            headers={"X-Kannel-From": sender},
        )
        .status_code
    )


def kinds(borrower: int) -> list[str]:
    return [fact.kind for fact in streams.stream(borrower)[4:]]


def test_a_message_nobody_got_is_a_fact_once(gateway: Gateway) -> None:
    borrower = sent()
    assert [told(gateway, status) for status in ("8", "2", "2", "8")] == [200] * 4
    assert kinds(borrower) == ["contact.sent", "contact.reported"]
    fact = streams.stream(borrower)[-1]
    assert (fact.cause, fact.at) == (4, moment(LATE, 9))
    assert fact.body == {"provider": "kannel", "fate": "undelivered", "reference": "op-9"}


def test_one_that_was_got_changes_nothing_whenever_it_is_told(gateway: Gateway) -> None:
    borrower = sent()
    assert [told(gateway, status) for status in ("1", "8", "1")] == [200] * 3
    assert kinds(borrower) == ["contact.sent"]


def test_who_answers_stop_has_opted_out_once(gateway: Gateway) -> None:
    borrower = sent()
    phone = gateway.queries[0]["to"]
    assert [answered(phone, "谢谢"), answered(phone, "退订"), answered(phone, "退订")] == [200] * 3
    assert kinds(borrower) == ["contact.sent", "reply.received", "wish.opt_out"]


def test_a_stranger_knows_no_address(gateway: Gateway) -> None:
    sent()
    assert answered("+8613800000000", "退订", token="x" * 40) == 404
    assert answered("+8613800000000", "退订", token="密") == 404
    assert Client().get(reverse("sms-report", args=["x" * 40]), {"ref": "1.4"}).status_code == 404


def test_what_is_no_report_and_no_reply_is_refused(gateway: Gateway) -> None:
    assert Client().get(reverse("sms-report", args=[TOKEN])).status_code == 400
    assert answered("", "退订") == 400
    assert Client().get(reverse("sms-reply", args=[TOKEN])).status_code == 405


def test_without_a_provider_that_calls_back_there_is_no_address() -> None:
    assert answered("+8613800000000", "退订") == 404


def test_neither_number_nor_token_is_in_what_is_logged(
    gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    sent()
    phone = gateway.queries[0]["to"]
    answered(phone, "退订")
    answered("", "退订")
    Client().get(reverse("sms-report", args=[TOKEN]))
    said = "\n".join(Plain().format(record) for record in caplog.records)
    assert phone.removeprefix("+86") not in said and TOKEN not in said
    assert "/providers/sms/[struck out]/report" in said
