"""Every contact stands open to the borrower: when, who, why, by which rule; and each held back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.lifecycle.remind.contacts_pages import SHOWN
from evenhand.lifecycle.remind.wishes_test import DUE, LATE, MORNING, waiting
from evenhand.outbound.contact import heard, made_up, replied, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.tell import tell
from evenhand.outbound.contact.wording import in_force, title
from evenhand.people import look, persons, staff
from evenhand.people.made_up import sign_in
from evenhand.providers.sms.message import Reply

pytestmark = pytest.mark.django_db
PAGE = "/my/contacts/"
QUEUE = "/staff/replies/"
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _at_ten(move_clock: Callable[[int], None]) -> None:
    """At ten o'clock."""
    move_clock(moment(LATE, 10))


def text(client: Client, address: str = PAGE) -> str:
    return client.get(address, headers={"Accept-Language": "en"}).content.decode()


def written(borrower: int, words: str) -> None:
    """The borrower replies from the own phone."""
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    phone = persons.addresses_for_sending([point])[point]
    heard.hear(moment(LATE, 9), [], [Reply(phone, words)])


def staff_client(role: str) -> Client:
    staff.enlist(role, PASSWORD, role=role, number=f"{role} K7"[-20:])
    client = Client(headers={"Accept-Language": "en"})
    assert client.login(username=role, password=PASSWORD)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_contact_says_when_who_how_why_by_which_rules_and_its_code(client: Client) -> None:
    borrower = waiting()
    send.send_due(moment(LATE, 8))
    sign_in(client, borrower)
    page = text(client)
    (left,) = [fact for fact in streams.stream(borrower) if fact.kind == "contact.leaving"]
    for words in (
        left.body["reference"],
        "Text message",
        "Because a payment was past due.",
        "The house&#x27;s system, by itself",
        "Handed over",
        "Under which rules",
        "08:00",
    ):
        assert words in page, words


def test_an_attempt_held_back_is_there_with_the_rule_in_plain_words(client: Client) -> None:
    borrower = waiting()
    learn(borrower, facts.begun(LATE, "complaint.opened"), at=MORNING)
    send.send_due(moment(LATE, 8))
    sign_in(client, borrower)
    page = text(client)
    assert "Held back by a rule" in page
    assert "Nothing is collected until the complaint is answered" in page
    assert "House policy" in page


def test_a_notice_is_named_and_its_message_says_no_more_than_that_it_is_there(
    client: Client,
) -> None:
    borrower = waiting()
    made_up.go_online([borrower], DUE - timedelta(days=20))
    tell(borrower, "refund_sent", at=moment(LATE, 9))
    send.send_due(moment(LATE, 9))
    sign_in(client, borrower)
    page = text(client)
    assert title(in_force(), "refund_sent", "en") in page
    assert "It says only that there is something under Notices." in page


def test_who_of_staff_made_a_contact_is_named_by_role_and_number(client: Client) -> None:
    borrower = waiting()
    lin = staff.enlist("lin", PASSWORD, role="collector", number="K7")
    draft = facts.intended(LATE, {1: 1}, DUE, 3)._replace(hand=f"staff:{lin}")
    learn(borrower, draft, at=MORNING)
    sign_in(client, borrower)
    assert "Collector K7" in text(client)


def test_a_long_list_comes_page_by_page_and_an_empty_one_says_so(client: Client) -> None:
    (borrower,) = made_up.enrol(1, DUE, lang="en")
    sign_in(client, borrower)
    assert "We have not contacted you yet." in text(client)
    for seq in range(1, SHOWN + 2):
        learn(borrower, facts.intended(LATE, {1: 1}, DUE, seq), at=MORNING)
    assert text(client).count('class="about-contact"') == SHOWN
    assert text(client, f"{PAGE}?page=2").count('class="about-contact"') == 1


def test_another_persons_contacts_are_not_there(client: Client) -> None:
    waiting()
    (other,) = made_up.enrol(1, DUE, ending="2")
    sign_in(client, other)
    assert "We have not contacted you yet." in text(client)
    assert Client().get(PAGE).status_code == 302


def test_a_reply_is_read_by_a_person_logged_and_answered_where_the_borrower_sees_it(
    client: Client,
) -> None:
    borrower = waiting()
    made_up.go_online([borrower], DUE - timedelta(days=20))
    written(borrower, "please call my sister")
    collector = staff_client("collector")
    assert "please call" not in text(collector, QUEUE)
    (fact,) = [fact for fact in streams.stream(borrower) if fact.kind == "reply.received"]
    address = f"{QUEUE}{borrower}/{fact.seq}/"
    assert "please call my sister" in collector.post(address).content.decode()
    assert [one.purpose for one in look.looks(borrower)] == ["reply"]
    assert collector.post(address, {"text": "  "}).status_code == 400
    assert collector.post(address, {"text": "We called you back."}).status_code == 302
    collector.post(address, {"text": "Twice."})
    assert "No reply waits" in text(collector, QUEUE)
    sign_in(client, borrower)
    page = text(client)
    assert "please call my sister" in page and "We called you back." in page
    assert "collector K7" in page and "Twice." not in page
    kinds = [fact.kind for fact in streams.stream(borrower)]
    assert kinds.count("reply.answered") == 1 and kinds[-1] != "reply.answered", "it is told"


def test_words_of_crisis_stand_first_and_nothing_is_collected_until_they_are_answered() -> None:
    borrower = waiting()
    (other,) = made_up.enrol(1, DUE, ending="2")
    written(other, "hello")
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    phone = persons.addresses_for_sending([point])[point]
    heard.hear(MORNING, [], [Reply(phone, "I want to die")])
    (fact,) = [fact for fact in streams.stream(borrower) if fact.kind == "reply.received"]
    replied.help_at_once([fact[:2]], at=MORNING)
    send.send_due(moment(LATE, 8))
    facts_now = streams.stream(borrower)
    (refused,) = [fact for fact in facts_now if fact.kind == "contact.refused"]
    assert "policy.pause.crisis" in {said["rule"] for said in refused.body["rules"]}
    assert [fact.kind for fact in facts_now if fact.kind == "contact.sent"] == ["contact.sent"]
    compliance = staff_client("compliance")
    page = text(compliance, QUEUE)
    assert 'role="alert"' in page
    read = compliance.post(f"{QUEUE}{borrower}/{fact.seq}/").content.decode()
    assert "I want to die" in read and "Help line 12356 sent back: Handed over." in read
    assert page.index(f">{borrower}<") < page.index(f">{other}<")


def test_who_may_not_read_a_reply_does_not() -> None:
    borrower = waiting()
    written(borrower, "hello")
    (fact,) = [fact for fact in streams.stream(borrower) if fact.kind == "reply.received"]
    address = f"{QUEUE}{borrower}/{fact.seq}/"
    auditor = staff_client("auditor")
    assert "sealed" in text(auditor, QUEUE)
    assert auditor.post(address).status_code == 403
    assert staff_client("collector").post(f"{QUEUE}{borrower}/1/").status_code == 404
    assert staff_client("finance").get(QUEUE).status_code == 403
