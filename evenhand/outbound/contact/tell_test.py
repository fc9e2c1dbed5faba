"""What must be told: in the inbox in full, by message in neutral words, once, and never lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.contact import made_up, outbox, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outcome import outcomes
from evenhand.outbound.contact.tell import tell
from evenhand.people import kept, persons
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DAY = SIGNED + timedelta(days=20)
PAID = {"amount_minor": 101_000, "currency": "CNY", "day": DAY.isoformat()}


def one(lang: str = "zh-hans") -> int:
    """A borrower with an account with us online, who has paid something."""
    (borrower,) = made_up.enrol(1, SIGNED, lang=lang)
    (loan,) = made_up.lend([borrower], SIGNED)
    made_up.go_online([borrower], SIGNED)
    learn(borrower, facts.paid(loan, DAY, 101_000), at=moment(DAY, 10))
    return borrower


def receipt(borrower: int, at: int, template: str = "receipt") -> None:
    tell(borrower, template, at=at, cause=streams.stream(borrower)[3].seq, values=PAID)


def after(borrower: int) -> list[Fact]:
    return streams.stream(borrower)[4:]


def said(borrower: int) -> list[str]:
    """What became of contacts: kind and channel."""
    by_seq = {fact.seq: fact for fact in after(borrower)}
    told = []
    for fact in after(borrower):
        begun = fact
        while begun.kind != "contact.intended" and begun.cause in by_seq:
            begun = by_seq[begun.cause]
        told.append(f"{fact.kind.removeprefix('contact.')} {begun.body.get('channel', '')}".strip())
    return told


def inbox(borrower: int) -> list[str]:
    return [
        kept.committed(borrower, fact.body["text"])
        for fact in after(borrower)
        if fact.kind == "contact.leaving" and fact.body["channel"] == "in_app"
    ]


def test_a_receipt_is_in_the_inbox_in_full_and_on_the_phone_in_neutral_words() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 10))
    tally = send.send_due(moment(DAY, 10))
    assert tally.sent == 2
    assert sorted(said(borrower)) == sorted(
        f"{kind} {channel}"
        for channel in ("in_app", "sms")
        for kind in ("intended", "leaving", "sent")
    )
    (words,) = inbox(borrower)
    assert "CNY\u00a01,010.00" in words and "2026年3月21日" in words
    (message,) = simulator.inbox()
    assert "1,010" not in message.text and "2026" not in message.text and "回执" in message.text


def test_the_house_itself_sends_what_is_for_the_inbox() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 10))
    send.send_due(moment(DAY, 10))
    sent = next(fact for fact in after(borrower) if fact.kind == "contact.sent")
    assert sent.body["provider"] == "house"
    assert simulator.count() == 1, "no provider heard of it"


def test_the_same_is_told_once() -> None:
    borrower = one()
    for _again in range(3):
        receipt(borrower, moment(DAY, 10))
    assert said(borrower) == ["intended in_app", "intended sms"]
    send.send_due(moment(DAY, 10))
    receipt(borrower, moment(DAY, 11))
    assert send.send_due(moment(DAY, 11)).sent == 0


def test_without_a_cause_the_same_figures_are_told_once() -> None:
    borrower = one()
    for day in (DAY, DAY, DAY + timedelta(days=1)):
        values = {"day": day.isoformat()}
        tell(borrower, "where_to_pay_changed", at=moment(DAY, 10), values=values)
    assert said(borrower) == ["intended in_app", "intended sms"] * 2


def test_what_has_no_cause_is_told_each_time() -> None:
    borrower = one()
    for hour in (10, 11):
        tell(borrower, "number_changed", at=moment(DAY, hour))
    assert said(borrower) == ["intended in_app", "intended sms"] * 2


def test_at_night_the_inbox_has_it_and_the_phone_hears_in_the_morning() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 23))
    assert send.send_due(moment(DAY, 23)).sent == 1
    assert simulator.count() == 0
    morning = moment(DAY + timedelta(days=1), 8)
    assert send.send_due(morning - 1).sent == 0
    assert send.send_due(morning).sent == 1
    assert simulator.count() == 1


def test_a_sender_who_is_late_says_nothing_at_night_and_loses_nothing() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 20, 59))
    tally = send.send_due(moment(DAY, 23))
    assert (tally.sent, tally.refused) == (1, 1)
    morning = moment(DAY + timedelta(days=1), 8)
    assert outbox.due(morning, send.ALL) == [(borrower, streams.head(borrower).seq)]
    assert send.send_due(morning).sent == 1
    assert simulator.count() == 1


def test_a_complaint_in_between_does_not_stop_a_receipt() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 10))
    learn(borrower, Draft("complaint.opened", DAY, "borrower"), at=moment(DAY, 10))
    assert send.send_due(moment(DAY, 10)).sent == 2


def test_what_comes_between_the_judgement_and_the_commit_has_it_judged_again() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 10))
    waiting = outbox.due(moment(DAY, 10), send.ALL)
    found = outcomes(streams.facts_at(waiting), moment(DAY, 10))
    learn(borrower, Draft("complaint.opened", DAY, "borrower"), at=moment(DAY, 10))
    assert send.commit(found, moment(DAY, 10)).outcomes == []
    assert send.send_due(moment(DAY, 10)).sent == 2


def test_who_has_stopped_messages_reads_it_in_the_inbox_only() -> None:
    borrower = one()
    learn(borrower, facts.begun(DAY, "wish.opt_out"), at=moment(DAY, 9))
    receipt(borrower, moment(DAY, 10))
    send.send_due(moment(DAY, 10))
    assert said(borrower)[1:] == ["intended in_app", "leaving in_app", "sent in_app"]


def test_a_wish_that_comes_after_the_intention_is_kept() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 10))
    learn(borrower, facts.begun(DAY, "wish.opt_out"), at=moment(DAY, 10))
    tally = send.send_due(moment(DAY, 10))
    assert (tally.sent, tally.withdrawn) == (1, 1)
    assert after(borrower)[-1].body == {"reason": "unwished"}


def test_who_has_no_account_online_hears_only_what_is_for_everybody() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    made_up.lend([borrower], SIGNED)
    tell(borrower, "receipt", at=moment(DAY, 10), values=PAID)
    assert outbox.waiting_of([borrower]) == []
    tell(borrower, "where_to_pay_changed", at=moment(DAY, 10))
    assert len(outbox.waiting_of([borrower])) == 2


def test_an_erased_person_has_no_inbox() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 10))
    persons.erase(borrower, purpose="legal_request", by=1, at=0)
    assert send.send_due(moment(DAY, 10)).withdrawn == 2


def test_without_its_figures_a_notice_says_less() -> None:
    borrower = one("en")
    tell(borrower, "refund_sent", at=moment(DAY, 10))
    send.send_due(moment(DAY, 10))
    assert inbox(borrower) == ["Money was sent back to your own bank account."]


def test_who_has_no_loan_yet_is_told_all_the_same() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    made_up.go_online([borrower], SIGNED)
    tell(borrower, "decision_made", at=moment(DAY, 10))
    assert send.send_due(moment(DAY, 10)).sent == 2


def test_what_waits_is_the_same_made_again_from_the_facts() -> None:
    borrower = one()
    receipt(borrower, moment(DAY, 20, 59))
    for hour in (21, 23, 32):
        assert not any(outbox.rebuild()), "before the sending"
        send.send_due(moment(DAY, hour))
    assert outbox.waiting_of([borrower]) == []


def test_words_nobody_wrote_are_a_mistake() -> None:
    with pytest.raises(AssertionError, match="nobody wrote"):
        tell(one(), "hello", at=moment(DAY, 10))


@pytest.mark.parametrize(
    ("chosen", "hours"),
    [
        ({"channel": "in_app"}, []),
        ({}, []),
        ({"channel": "sms"}, [10]),
        ({"channel": "sms", "from_minute": 720, "until_minute": 840}, [12]),
    ],
)
def test_a_safe_contact_is_kept_to_by_what_must_be_told(
    chosen: dict[str, int | str], hours: list[int]
) -> None:
    borrower = one()
    (phone,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    body = {"confidential": [phone], **chosen}
    learn(borrower, Draft("safe_contact.chosen", DAY, "borrower", body=body), at=moment(DAY, 9))
    receipt(borrower, moment(DAY, 10))
    sent = [hour for hour in range(10, 24) for _n in range(send.send_due(moment(DAY, hour)).sent)]
    assert sent == [10, *hours], "the inbox at once, the message where and when it was chosen"
