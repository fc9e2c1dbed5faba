"""Wishes: one tap, in force at once, for what already waits too; and taken back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.lifecycle.remind import wishing
from evenhand.lifecycle.remind.wishing import ONE_TAP
from evenhand.outbound.contact import heard, made_up, outbox, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.outbound.contact.outbox import Waiting
from evenhand.people import persons
from evenhand.people.made_up import sign_in
from evenhand.providers.sms.message import Reply

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DUE = SIGNED + timedelta(days=30)
LATE = DUE + timedelta(days=1)
"""A Wednesday."""
MORNING = moment(LATE, 7)
PAGE = "/my/wishes/"


@pytest.fixture(autouse=True)
def _in_the_morning(move_clock: Callable[[int], None]) -> None:
    move_clock(MORNING)


def waiting() -> int:
    """A borrower a day past due, whose reminder waits for eight o'clock."""
    (borrower,) = made_up.enrol(1, SIGNED, lang="en")
    (loan,) = made_up.lend([borrower], SIGNED)
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    draft = facts.intended(LATE, {loan: 1}, DUE, 2)
    body = {**draft.body, "address": point, "template": "attention", "due_at": moment(LATE, 8)}
    learn(borrower, draft._replace(body=body), at=moment(LATE, 0, 5))
    outbox.put([Waiting(borrower, 3)], [moment(LATE, 8)])
    return borrower


def refused_by(borrower: int) -> set[str]:
    """The rules that held the waiting reminder back; none where it left."""
    send.send_due(moment(LATE, 8))
    found = [fact for fact in streams.stream(borrower) if fact.kind == "contact.refused"]
    return {said["rule"] for fact in found for said in fact.body["rules"]}


def wish(client: Client, **sent: Any) -> str:
    """One tap, and the page after it."""
    answer = client.post(PAGE, sent)
    assert answer.status_code == 302
    return client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize(
    ("sent", "says", "rule"),
    [
        ({"sort": "no_sms"}, "No text messages.", {"policy.wish.opt_out"}),
        ({"sort": "not_before", "hour": 10}, "Not before 10:00.", {"policy.wish.inconvenient"}),
        ({"sort": "not_on", "weekday": ["wed", "sun"]}, "Not on:", {"policy.wish.inconvenient"}),
        ({"sort": "no_calls"}, "No phone calls.", set()),
        ({"sort": "not_after", "hour": 18}, "Not after 18:00.", set()),
        ({"sort": "not_on", "weekday": ["sun"]}, "Not on: Sunday.", set()),
        ({"sort": "not_at_work"}, "Not at my workplace.", set()),
        ({"sort": "not_at_home"}, "No visits at home.", set()),
    ],
)
def test_a_wish_holds_back_what_waits_and_nothing_else(
    client: Client, sent: dict[str, Any], says: str, rule: set[str]
) -> None:
    borrower = waiting()
    sign_in(client, borrower)
    assert says in wish(client, **sent)
    assert refused_by(borrower) == rule


def test_a_reply_does_the_same_as_the_button(client: Client) -> None:
    borrower = waiting()
    (point,) = [p.point for p in persons.points([borrower]) if p.kind == "phone"]
    phone = persons.addresses_for_sending([point])[point]
    heard.hear(MORNING, [], [Reply(phone, "退订")])
    sign_in(client, borrower)
    page = client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()
    assert "No text messages." in page
    assert refused_by(borrower) == {"policy.wish.opt_out"}


@pytest.mark.parametrize("sort", ONE_TAP)
def test_a_wish_taken_back_stands_no_longer(client: Client, sort: str) -> None:
    borrower = waiting()
    sign_in(client, borrower)
    wish(client, sort=sort)
    (one,) = wishing.standing(borrower, MORNING + 1)
    assert client.post(f"{PAGE}back/", {"seq": one.seqs[0]}).status_code == 302
    assert wishing.standing(borrower, MORNING + 1) == []
    assert refused_by(borrower) == set()


def test_another_hour_takes_the_place_of_the_one_before() -> None:
    borrower = waiting()
    for hour in (10, 11, 11):
        wishing.wish(borrower, "not_before", at=MORNING, hour=hour)
    assert [one.hour for one in wishing.standing(borrower, MORNING)] == [11]
    assert streams.head(borrower).seq == 6, "the same wish again is no fact"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"sort": "everything"},
        {"sort": "not_before", "hour": "3"},
        {"sort": "not_after", "hour": "x"},
        {"sort": "not_on"},
        {"sort": "not_on", "weekday": "someday"},
    ],
)
def test_what_is_no_wish_changes_nothing_and_is_said(client: Client, sent: dict[str, str]) -> None:
    borrower = waiting()
    sign_in(client, borrower)
    answer = client.post(PAGE, sent, headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert ('class="error"' in answer.content.decode()) == ("no" in sent.get("sort", ""))
    assert wishing.standing(borrower, MORNING) == []


def test_a_wish_of_another_is_not_taken_back(client: Client) -> None:
    borrower, other = made_up.enrol(2, SIGNED)
    wishing.wish(borrower, "no_sms", at=MORNING)
    sign_in(client, other)
    client.post(f"{PAGE}back/", {"seq": 2})
    client.post(f"{PAGE}back/", {"seq": "x"})
    assert len(wishing.standing(borrower, MORNING)) == 1


def test_what_others_wrote_down_for_the_person_is_said_too(client: Client) -> None:
    borrower = waiting()
    written = [
        facts.begun(LATE, "state.began", state="cease_request"),
        facts.begun(LATE, "wish.opt_out", channel="email"),
        facts.begun(LATE, "wish.hours", from_minute=750, until_minute=810, weekdays=["mon"]),
    ]
    learn(borrower, *written, at=MORNING)
    sign_in(client, borrower)
    page = client.get(PAGE, headers={"Accept-Language": "en"}).content.decode()
    said = (
        "No reminders at all.",
        "Not by this way: E-mail.",
        "Not from 12:30 to 13:30 on: Monday.",
    )
    assert [words for words in said if words not in page] == []
