"""Between the intention and the sending: what may still happen, and what then leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import psycopg
import pytest
from django.db import connection

from evenhand.ledger import contacts, looks, streams
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.house import day_number
from evenhand.outbound.contact import made_up, outbox, results, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Leaving, Waiting
from evenhand.outbound.contact.outcome import outcomes
from evenhand.people import persons
from evenhand.providers.sms import simulator
from evenhand.providers.sms.message import Message, Receipt
from evenhand.providers.sms.simulator import Simulator

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)


def reminder(borrower: int, loan: int, *, hour: int = 8, template: str = "attention") -> int:
    """An intention of the first day past due, waiting in the outbox; its seq."""
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    head = streams.head(borrower)
    draft = facts.intended(LATE, {loan: 1}, DUE, head.seq)
    body = {**draft.body, "address": point, "template": template, "due_at": moment(LATE, hour)}
    learn(borrower, draft._replace(body=body, loan=loan), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, head.seq + 1)], [moment(LATE, hour)])
    return head.seq + 1


def one(ending: str = "1") -> tuple[int, int, int]:
    (borrower,) = made_up.enrol(1, SIGNED, ending=ending)
    (loan,) = made_up.lend([borrower], SIGNED)
    return borrower, loan, reminder(borrower, loan)


def after(borrower: int, seq: int) -> list[Fact]:
    return streams.stream(borrower)[seq:]


def kinds(borrower: int, seq: int) -> list[str]:
    return [fact.kind.removeprefix("contact.") for fact in after(borrower, seq)]


def test_a_reminder_leaves_when_it_is_due_and_not_before() -> None:
    borrower, _loan, seq = one()
    send.send_due(moment(LATE, 7, 59))
    assert kinds(borrower, seq) == []
    tally = send.send_due(moment(LATE, 8))
    assert (tally.sent, kinds(borrower, seq)) == (1, ["leaving", "sent"])


def test_the_message_carries_the_head_it_was_judged_at_and_the_leaving_binds_its_words() -> None:
    borrower, _loan, seq = one()
    reference = streams.head(borrower).reference
    send.send_due(moment(LATE, 8))
    leaving = after(borrower, seq)[0]
    (message,) = simulator.inbox()
    assert leaving.body["reference"] == reference
    assert reference in message.text
    commitment = bytes.fromhex(leaving.body["text"])
    words = persons.reveal_text(borrower, commitment, purpose="complaint", by=1, at=moment(LATE, 9))
    assert words == message.text
    assert message.key == f"{borrower}.{leaving.seq}"


def test_who_pays_before_it_leaves_hears_nothing() -> None:
    borrower, loan, seq = one()
    learn(borrower, facts.paid(loan, LATE, 102_000), at=moment(LATE, 7))
    tally = send.send_due(moment(LATE, 8))
    assert (tally.withdrawn, kinds(borrower, seq)) == (1, ["payment.received", "withdrawn"])
    assert after(borrower, seq)[-1].body == {"reason": "paid"}
    assert simulator.count() == 0


def test_a_payment_takes_back_what_waits_at_once_and_only_once() -> None:
    borrower, loan, seq = one()
    learn(borrower, facts.paid(loan, LATE, 102_000), at=moment(LATE, 7))
    assert [send.withdraw([borrower], moment(LATE, 7)) for _twice in range(2)] == [1, 0]
    assert kinds(borrower, seq) == ["payment.received", "withdrawn"]


def test_a_payment_that_leaves_something_past_due_takes_nothing_back() -> None:
    borrower, loan, seq = one()
    learn(borrower, facts.paid(loan, LATE, 50_000), at=moment(LATE, 7))
    assert send.withdraw([borrower], moment(LATE, 7)) == 0
    send.send_due(moment(LATE, 8))
    assert kinds(borrower, seq) == ["payment.received", "leaving", "sent"]


def test_a_complaint_before_it_leaves_refuses_it_with_rule_and_article() -> None:
    borrower, _loan, seq = one()
    learn(borrower, Draft("complaint.opened", LATE, "borrower"), at=moment(LATE, 7))
    tally = send.send_due(moment(LATE, 8))
    assert (tally.refused, kinds(borrower, seq)) == (1, ["complaint.opened", "refused"])
    refused = after(borrower, seq)[-1]
    assert refused.cause == seq
    assert refused.body["not_before"] == 0, "it waits for the answer, not for a moment"
    assert all(rule["rule"] and rule["cite"] for rule in refused.body["rules"])
    assert simulator.count() == 0


def test_a_late_sender_sends_nothing_at_night() -> None:
    borrower, _loan, seq = one()
    later = day_number(LATE) + 30
    looks.set_look_on([borrower], [later], [streams.head(borrower).seq])
    send.send_due(moment(LATE, 22))
    (refused,) = after(borrower, seq)
    assert refused.kind == "contact.refused"
    assert refused.body["not_before"] == moment(LATE + timedelta(days=1), 8)
    assert looks.look_on([borrower])["look_on"].tolist() == [day_number(LATE) + 1]


def test_two_that_wait_for_one_person_are_one_message() -> None:
    borrower, loan, seq = one()
    reminder(borrower, loan)
    send.send_due(moment(LATE, 8))
    send.send_due(moment(LATE, 8, 1))
    assert sorted(kinds(borrower, seq + 1)) == ["leaving", "refused", "sent"]
    assert simulator.count() == 1


def test_an_erased_person_cannot_be_reached() -> None:
    borrower, _loan, seq = one()
    persons.erase(borrower, purpose="legal_request", by=1, at=0)
    assert send.send_due(moment(LATE, 8)).withdrawn == 1
    assert after(borrower, seq)[0].body == {"reason": "no_address"}


def test_a_number_that_does_not_exist_has_failed_and_says_why() -> None:
    borrower, _loan, seq = one(ending="0404")
    assert send.send_due(moment(LATE, 8)).failed == 1
    assert after(borrower, seq)[-1].body["reason"] == "no_such_number"


class Racing(Simulator):
    """While the provider is called, something else is written to the same stream."""

    def __init__(self, borrower: int, loan: int) -> None:
        super().__init__()
        self.borrower, self.loan = borrower, loan

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        learn(self.borrower, facts.paid(self.loan, LATE, 1), at=moment(LATE, 8))
        return super().send(messages)


def test_a_payment_during_the_call_does_not_lose_the_result() -> None:
    borrower, loan, seq = one()
    send.send_due(moment(LATE, 8), provider=Racing(borrower, loan))
    assert kinds(borrower, seq) == ["leaving", "payment.received", "sent"]
    assert after(borrower, seq)[-1].cause == seq + 1


class Mute(Simulator):
    """Takes every message and says nothing, also when asked."""

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        super().send(messages)
        return self.look_up([message.key for message in messages])

    def look_up(self, keys: Sequence[str]) -> list[Receipt]:
        return [Receipt(key, "unknown", reason="answer_lost") for key in keys]


class Forgetful(Mute):
    """Says nothing when called, and knows when asked."""

    look_up = Simulator.look_up


def test_a_lost_answer_is_asked_for_by_key() -> None:
    borrower, _loan, seq = one()
    assert send.send_due(moment(LATE, 8), provider=Forgetful()).sent == 1
    assert kinds(borrower, seq) == ["leaving", "sent"]


def test_an_answer_nobody_can_give_is_unknown_counts_and_is_never_sent_again() -> None:
    borrower, loan, seq = one()
    assert send.send_due(moment(LATE, 8), provider=Mute()).unknown == 1
    send.send_due(moment(LATE, 9))
    assert kinds(borrower, seq) == ["leaving", "unknown"]
    second = reminder(borrower, loan, hour=12)
    send.send_due(moment(LATE, 12))
    assert kinds(borrower, second) == ["refused"]
    rules = [rule["rule"] for rule in after(borrower, second)[0].body["rules"]]
    assert any("message" in rule or "sms" in rule for rule in rules)
    assert simulator.count() == 1


class Broken(Simulator):
    """Raises instead of answering: the sender dies between the leaving and its result."""

    def send(self, messages: Sequence[Message]) -> list[Receipt]:
        raise ConnectionError


def test_a_leaving_without_answer_waits_a_minute_and_is_then_asked_about() -> None:
    borrower, _loan, seq = one()
    with pytest.raises(ConnectionError):
        send.send_due(moment(LATE, 8), provider=Broken())
    send.send_due(moment(LATE, 8))
    assert kinds(borrower, seq) == ["leaving"], "it may still be on its way"
    tally = send.send_due(moment(LATE, 8, 1))
    assert (tally.failed, kinds(borrower, seq)) == (1, ["leaving", "failed"])
    assert after(borrower, seq)[-1].body["reason"] == "never_received"


def test_an_answer_written_by_another_is_not_written_twice() -> None:
    borrower, _loan, seq = one()
    with pytest.raises(ConnectionError):
        send.send_due(moment(LATE, 8), provider=Broken())
    leaving = Leaving(borrower, seq, seq + 1)
    receipt = Receipt(results.key_of(leaving), "accepted", "sim")
    for _sender in range(2):
        results.write({leaving: receipt}, moment(LATE, 8), "simulator")
    assert kinds(borrower, seq) == ["leaving", "sent"]


def test_a_head_that_moves_while_it_is_judged_is_judged_again() -> None:
    """A complaint comes in between the second judgement and the commit of the leaving."""
    borrower, _loan, seq = one()
    found = outcomes(streams.facts_at([(borrower, seq)]), moment(LATE, 8))
    assert [outcome.draft.kind for outcome in found] == ["contact.leaving"]
    learn(borrower, Draft("complaint.opened", LATE, "borrower"), at=moment(LATE, 8))
    written = send.commit(found, moment(LATE, 8))
    assert (written.outcomes, written.messages, written.borrowers) == ([], {}, set())
    send.send_due(moment(LATE, 8))
    assert kinds(borrower, seq) == ["complaint.opened", "refused"]
    assert simulator.count() == 0


def test_a_part_another_sender_is_at_work_on_is_left_to_it() -> None:
    borrower, _loan, seq = one()
    params = connection.get_connection_params()
    known = {k: params[k] for k in ("dbname", "user", "password", "host", "port") if k in params}
    with psycopg.connect(**known) as other:
        other.execute("select pg_advisory_lock(%s, p) from generate_series(0, 31) p", [0x0B0])
        assert send.send_due(moment(LATE, 8)).sent == 0
        assert kinds(borrower, seq) == []
        other.execute("select pg_advisory_unlock_all()")
    assert send.send_due(moment(LATE, 8)).sent == 1


def test_a_due_notice_that_is_late_says_nothing_after_the_day() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (loan,) = made_up.lend([borrower], SIGNED)
    draft = facts.intended(DUE, {loan: 0}, DUE, 2)
    body = {**draft.body, "purpose": "due_reminder", "due_at": moment(DUE, 8)}
    learn(borrower, draft._replace(body=body), at=moment(DUE, 0, 5))
    outbox.put([Waiting(borrower, 3)], [moment(DUE, 8)])
    send.send_due(moment(LATE, 8))
    assert after(borrower, 3)[0].body == {"reason": "overtaken"}


def test_the_gate_counts_a_waiting_one_once_it_has_left() -> None:
    borrower, _loan, seq = one()
    send.send_due(moment(LATE, 8))
    (row,) = contacts.contact_history([borrower], 0)
    assert (row["seq"], contacts.STAGES[row["stage"]]) == (seq, "sent")
