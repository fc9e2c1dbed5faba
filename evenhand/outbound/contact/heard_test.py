"""What a provider calls back becomes a fact, once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.outbound.contact import heard, made_up, outbox, security_code, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.people import persons
from evenhand.providers.sms.message import Reply, Report
from evenhand.providers.sms.simulator import Simulator

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)
NOW = moment(LATE, 9)


def sent() -> tuple[int, str, str]:
    """A borrower, the phone, and the key of a message that was sent."""
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    draft = facts.intended(LATE, {loan: 1}, DUE, 2)
    body = {**draft.body, "address": point, "template": "attention", "due_at": moment(LATE, 8)}
    learn(borrower, draft._replace(body=body), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, 3)], [moment(LATE, 8)])
    assert send.send_due(moment(LATE, 8)).sent == 1
    return borrower, persons.addresses_for_sending([point])[point], f"{borrower}.4"


def test_a_message_nobody_got_is_told_once() -> None:
    borrower, _phone, key = sent()
    report = Report(key, "undelivered", "op-9")
    assert [heard.hear(NOW, [report, report], []), heard.hear(NOW, [report], [])] == [1, 0]
    fact = streams.stream(borrower)[-1]
    assert (fact.kind, fact.cause, fact.body["fate"]) == ("contact.reported", 4, "undelivered")


def test_a_delivered_one_adds_nothing() -> None:
    _borrower, _phone, key = sent()
    assert heard.hear(NOW, [Report(key, "delivered")], []) == 0


@pytest.mark.parametrize("key", ["1.1", "nonsense", "", "9.x", "9" * 30 + ".1"])
def test_a_report_of_no_message_of_ours_is_no_fact(key: str) -> None:
    assert heard.hear(NOW, [Report(key, "undelivered")], []) == 0


def test_what_another_hears_at_the_same_moment_is_written_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two callbacks with one reply: the other's wish is written after ours has read the stream."""
    borrower, phone, key = sent()
    reply, report = Reply(phone, "退订"), Report(key, "undelivered")
    read = heard._wished_already

    def meanwhile(borrowers: Sequence[int], now: int) -> set[int]:
        wished = read(borrowers, now)
        monkeypatch.setattr(heard, "_wished_already", read)
        assert heard.hear(NOW, [report], [reply]) == 2
        return wished

    monkeypatch.setattr(heard, "_wished_already", meanwhile)
    assert heard.hear(NOW, [report], [reply]) == 0
    assert [fact.kind for fact in streams.stream(borrower)[5:]] == [
        "contact.reported",
        "wish.opt_out",
    ]


def test_a_report_about_a_one_time_code_is_about_no_fact() -> None:
    assert heard.hear(NOW, [Report("code.7", "undelivered", "op-9")], []) == 0


def test_a_code_on_its_way_back_disturbs_nothing() -> None:
    borrower, phone, _key = sent()
    security_code.send(phone, "en", "sign_in", at=NOW)
    assert Simulator(lambda *said: heard.hear(NOW, *said)).call_back() == 2
    assert streams.stream(borrower)[-1].kind == "contact.sent", "this number wants to hear more"


def test_a_report_whose_reference_is_a_sentence_is_told_without_it() -> None:
    borrower, _phone, key = sent()
    assert heard.hear(NOW, [Report(key, "undelivered", "no such id: 13800000001")], []) == 1
    assert streams.stream(borrower)[-1].body["reference"] == ""


def test_who_answers_stop_is_not_written_to_again() -> None:
    borrower, phone, _key = sent()
    reply = Reply(phone, " 退订 ")
    assert [heard.hear(NOW, [], [reply, reply]), heard.hear(NOW, [], [reply])] == [1, 0]
    wish = streams.stream(borrower)[-1]
    assert (wish.kind, wish.hand, wish.body) == ("wish.opt_out", "borrower", {"channel": "sms"})


@pytest.mark.parametrize("before", ["", "86", "0086", "+86", "+86 "])
def test_stop_counts_however_the_gateway_spells_the_number(before: str) -> None:
    borrower, phone, _key = sent()
    reply = Reply(before + phone.removeprefix("+86"), "退订")
    assert heard.hear(NOW, [], [reply]) == 1
    assert streams.stream(borrower)[-1].kind == "wish.opt_out"


@pytest.mark.parametrize(("words", "kept"), [("谢谢", 1), ("我明天还", 1), ("", 0)])
def test_other_words_are_no_wish_and_wait_for_a_person(words: str, kept: int) -> None:
    borrower, phone, _key = sent()
    assert heard.hear(NOW, [], [Reply(phone, words)]) == kept
    kinds = [fact.kind for fact in streams.stream(borrower)[5:]]
    assert kinds == ["reply.received"] * kept


def test_a_stranger_who_says_stop_is_nobody_of_ours() -> None:
    assert heard.hear(NOW, [], [Reply("+8613999999999", "退订")]) == 0
