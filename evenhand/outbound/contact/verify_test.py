"""Is this really you? A reminder, a receipt and a greeting answer alike; "not me" ends messages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.contact import (
    heard,
    made_up,
    outbox,
    send,
    verify,
    verify_not_me,
    verify_numbers,
)
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.outbound.contact.tell import tell
from evenhand.people import persons
from evenhand.providers.sms.message import Reply

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)
AT = moment(LATE, 8)
NOON = moment(LATE, 12)
DAY = 86_400_000_000


def reminded(borrower: int) -> Fact:
    """The reminder of the first day past due as it left."""
    (loan,) = made_up.lend([borrower], SIGNED)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    draft = facts.intended(LATE, {loan: 1}, DUE, streams.head(borrower).seq)
    body = {**draft.body, "address": point, "template": "attention", "due_at": AT}
    learn(borrower, draft._replace(body=body), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, streams.head(borrower).seq)], [AT])
    assert send.send_due(AT).sent == 1
    return leavings(borrower)[-1]


def leavings(borrower: int) -> list[Fact]:
    return [fact for fact in streams.stream(borrower) if fact.kind == "contact.leaving"]


def told(borrower: int, template: str) -> Fact:
    """A message that says there is a receipt, news …, as it left at noon."""
    made_up.go_online([borrower], SIGNED)
    tell(borrower, template, at=NOON)
    send.send_due(NOON)
    return [fact for fact in leavings(borrower) if fact.body["channel"] == "sms"][-1]


def answer(fact: Fact, at: int = NOON, person: int = 0) -> verify.Contact | None:
    return verify.ours(str(fact.body["reference"]), at=at, person=person)


def test_reminder_receipt_and_news_answer_alike() -> None:
    late, paid, asked = made_up.enrol(3, SIGNED, ending="42")
    found = [
        answer(reminded(late)),
        answer(told(paid, "receipt")),
        answer(told(asked, "decision_made")),
    ]
    said = {(one.channel, one.ends_with) for one in found if one}
    assert None not in found and said == {("sms", "42")}


def test_a_code_is_read_as_people_spell_it_or_in_the_whole_message() -> None:
    code = str(reminded(made_up.enrol(1, SIGNED)[0]).body["reference"])
    grouped = f"{code[:4].upper()} {code[4:8]}-{code[8:]}"
    for typed in (code, grouped, f"【Evenhand】核实编号{code}。"):
        assert verify.typed(typed) == code


def test_what_is_none_of_ours_is_not_ours() -> None:
    reminded(made_up.enrol(1, SIGNED)[0])
    assert verify.ours("0" * 12, at=NOON) is None and verify.ours("", at=NOON) is None


def test_an_old_code_is_not_ours_but_to_the_person_it_went_to() -> None:
    borrower, other = made_up.enrol(2, SIGNED)
    fact, old = reminded(borrower), AT + verify.valid_days() * DAY
    assert answer(fact, old - 1) and answer(fact, old) is None
    assert answer(fact, old, borrower) and answer(fact, old, other) is None


def test_a_call_is_known_by_its_hour_and_never_by_whom() -> None:
    assert not verify.was_calling(0, NOON * 2)
    reminded(made_up.enrol(1, SIGNED)[0])
    assert not verify.was_calling(0, NOON * 2), "a message is no call"


def test_not_me_ends_messages_to_all_under_that_number_and_the_inbox_goes_on() -> None:
    (first,) = made_up.enrol(1, SIGNED)
    (second,) = made_up.enrol(1, SIGNED)
    made_up.go_online([first, second], SIGNED)
    contact = answer(reminded(first))
    assert contact and verify_not_me.disown(contact, "page", at=NOON)
    for person in (first, second):
        kinds = [fact.kind for fact in streams.stream(person)]
        assert kinds.count("contact.disowned") == 1
        tell(person, "receipt", at=NOON)
    send.send_due(NOON)
    for person in (first, second):
        after = [fact.body["channel"] for fact in leavings(person) if fact.at >= NOON]
        assert after == ["in_app", "in_app"], "what is asked, and the receipt"
    assert verify_numbers.disowned_since(SIGNED.toordinal()) == 2


def test_what_waited_is_refused_under_the_house_rule() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    made_up.go_online([borrower], SIGNED)
    tell(borrower, "receipt", at=AT)
    (number,) = phones(borrower)
    assert verify_not_me.disown_number(number, "hotline", at=AT, hand="staff:7") == 1
    send.send_due(NOON)
    (refused,) = [fact for fact in streams.stream(borrower) if fact.kind == "contact.refused"]
    assert [rule["rule"] for rule in refused.body["rules"]] == ["policy.wish.not_mine"]
    assert {fact.body["channel"] for fact in leavings(borrower)} == {"in_app"}


def test_who_comes_to_be_known_under_it_later_is_not_reached_there_either() -> None:
    (stranger,) = made_up.enrol(1, SIGNED)
    (number,) = phones(stranger)
    verify_not_me.disown_number(number, "page", at=AT)
    (later,) = made_up.enrol(1, SIGNED)
    made_up.go_online([later], SIGNED)
    tell(later, "receipt", at=NOON)
    send.send_due(NOON)
    (fact,) = [fact for fact in streams.stream(later) if fact.kind == "contact.withdrawn"]
    assert fact.body["reason"] == "not_me"


@pytest.mark.parametrize("words", ["NOT ME", "不是本人", "打错了", "发错了", "發錯了！"])
def test_a_reply_says_it_too_once_and_is_no_wish_of_the_borrower(words: str) -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (number,) = phones(borrower)
    reply = Reply(number, words)
    assert [heard.hear(NOON, [], [reply]), heard.hear(NOON, [], [reply])] == [1, 0]
    kinds = [fact.kind for fact in streams.stream(borrower)]
    assert "contact.disowned" in kinds and "wish.opt_out" not in kinds


def test_the_person_confirms_the_number_and_it_is_used_again() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    made_up.go_online([borrower], SIGNED)
    (number,) = phones(borrower)
    assert not verify_not_me.confirm(borrower, "borrower", at=AT)
    verify_not_me.disown_number(number, "page", at=AT)
    assert verify_not_me.confirm(borrower, "borrower", at=AT + 1)
    assert not verify_numbers.kept_back([number]) and not verify_not_me.doubted(borrower, NOON)
    tell(borrower, "receipt", at=NOON)
    send.send_due(NOON)
    assert [fact.body["channel"] for fact in leavings(borrower)][-1] == "sms"


def test_what_is_kept_back_is_made_again_from_the_facts() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (number,) = phones(borrower)
    verify_not_me.disown_number(number, "page", at=AT)
    assert [len(found) for found in verify_numbers.rebuild()] == [0]
    verify_numbers.give_free(number)
    assert [len(found) for found in verify_numbers.rebuild()] == [1]
    assert verify_numbers.kept_back([number]) == {number}


def test_a_new_number_that_was_shown_by_a_code_is_used_whoever_had_it_before() -> None:
    (borrower,) = made_up.enrol(1, SIGNED)
    (point,) = [p.point for p in persons.points([borrower])]
    (number,) = phones(borrower)
    verify_numbers.keep_back([number], AT)
    learn(borrower, Draft("number.changed", LATE, "borrower", body={"address": point}), at=AT)
    verify_not_me.proved([(borrower, streams.head(borrower).seq)], at=NOON)
    assert not verify_numbers.kept_back([number])


def phones(person: int) -> list[str]:
    points = [p.point for p in persons.points([person]) if p.kind == "phone"]
    return list(persons.addresses_for_sending(points).values())
