"""Across the rooms: what happened is between them and us, and the dead are left alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from evenhand.dayclose import close
from evenhand.ledger import hands, parties, streams
from evenhand.lifecycle.circumstances.circumstances import circumstances_of
from evenhand.lifecycle.circumstances.kinds import rules
from evenhand.lifecycle.circumstances.made_up import end, learn_of
from evenhand.lifecycle.join import codes, steps
from evenhand.lifecycle.join.made_up import NOON, apply
from evenhand.lifecycle.register import made_up
from evenhand.outbound.contact import send
from evenhand.outbound.contact.made_up import adopt, enrol, lend, moment
from evenhand.people import persons
from evenhand.people.made_up import member, sign_in
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db

SIGNED, DUE, LATE = date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)
AT = moment(LATE, 10)
HIS = made_up.phone_of(1)
ENGLISH = {"accept-language": "en"}
COUNTER = {
    "via": "counter",
    "phone": HIS,
    "name": "王小明",
    "identity": made_up.identity_of(1),
}


@pytest.fixture
def ming(move_clock: Callable[[int], None]) -> int:
    move_clock(NOON)
    return made_up.register(1, at=NOON, name="王小明")


def in_by_pin(client: Client) -> str:
    """The page one comes to with code and PIN."""
    client.post("/in/", {"phone": HIS})
    code = re.search(r"\d{6}", simulator.inbox(persons.dialled("phone", HIS), 1)[0].text)
    assert code
    client.post("/in/code/", {"code": code[0]})
    page = client.post("/in/pin/", {"pin": made_up.PIN}, follow=True, headers=ENGLISH)
    return str(page.request["PATH_INFO"]) + " " + page.content.decode()


def remind() -> int:
    """A borrower past due since a day: a reminder waits to leave at eight."""
    adopt(SIGNED)
    (borrower,) = enrol(1, SIGNED)
    lend([borrower], SIGNED)
    close.close(DUE, moment(LATE, 0, 5))
    assert streams.stream(borrower)[-1].kind == "contact.intended"
    return borrower


@pytest.mark.parametrize("word", [word for word, rule in rules().items() if not rule.place])
def test_what_waits_to_leave_does_not_leave_once_it_is_recorded(word: str) -> None:
    borrower = remind()
    learn_of(borrower, word, rules()[word].told_by[0], 7, at=AT)
    assert send.send_due(AT).sent == 0 and simulator.inbox() == []
    refused = streams.stream(borrower)[-1]
    assert refused.kind == "contact.refused"
    assert any(rule["rule"].startswith("policy.pause.") for rule in refused.body["rules"])


def test_without_it_the_same_reminder_leaves() -> None:
    remind()
    assert send.send_due(AT).sent == 1


def test_who_answers_for_the_loan_never_sees_what_happened_to_the_borrower(ming: int) -> None:
    hong = made_up.register(2, at=NOON, name="李红")
    loan = apply(ming)
    assert steps.invite(ming, loan, "guarantor", at=NOON) == ""
    code = codes.shown(ming, parties.invitations(streams.stream(ming), loan)[-1].item)
    place = codes.find(code)
    assert place is not None and steps.join(place, hong, "王**", at=NOON) == ""
    learn_of(ming, "hospital", "relative", 7, at=NOON, note="his sister")
    assert circumstances_of(streams.stream(hong)) == []
    hers = Client()
    sign_in(hers, hong)
    for path in ("/my/", "/my/answers-for/", "/my/happened/", "/my/contacts/", "/my/notices/"):
        page = hers.get(path, headers=ENGLISH, follow=True).content.decode()
        assert "Ill or in hospital" not in page and "his sister" not in page, path


def test_nobody_goes_on_as_somebody_who_has_died_until_two_say_it_was_wrong(ming: int) -> None:
    seq = learn_of(ming, "debtor_deceased", "relative", 7, at=NOON)
    assert "/in/ " in (said := in_by_pin(Client())) and "cannot be opened here now" in said
    supervisor = member("supervisor", "E1")
    page = supervisor.post("/staff/serve/", COUNTER).content.decode()
    assert "nobody is served in their name" in page
    end(ming, seq, 7, 8, at=NOON)
    assert "cannot be opened" not in in_by_pin(Client())
    assert supervisor.post("/staff/serve/", COUNTER).status_code == 302


def test_a_borrower_served_at_the_counter_says_it_by_both_hands(ming: int) -> None:
    supervisor = member("supervisor", "E2")
    assert supervisor.post("/staff/serve/", COUNTER).status_code == 302
    sent = {"text": "王律师，0773 1234567"}
    assert supervisor.post("/my/happened/represented/", sent).status_code == 302
    (one,) = circumstances_of(streams.stream(ming))
    assert hands.is_served(one.fact.hand) and one.told_by == "person" and one.may_be_taken_back
