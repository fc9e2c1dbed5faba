"""The borrower's inbox as a page: in full, newest first, new until marked as read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from evenhand.ledger import streams
from evenhand.lifecycle.remind.pages import SHOWN, notices_unread
from evenhand.outbound.contact import made_up, send
from evenhand.outbound.contact.made_up import moment
from evenhand.outbound.contact.tell import tell
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
DAY = SIGNED + timedelta(days=20)
PAGE = "/my/notices/"


def one() -> int:
    (borrower,) = made_up.enrol(1, SIGNED, lang="en")
    made_up.lend([borrower], SIGNED)
    made_up.go_online([borrower], SIGNED)
    return borrower


def told(borrower: int, hour: int, minor: int, template: str = "refund_sent") -> None:
    values = {"amount_minor": minor, "currency": "CNY", "day": DAY.isoformat()}
    tell(borrower, template, at=moment(DAY, hour), values=values)
    send.send_due(moment(DAY, hour))


def text(client: Client, address: str = PAGE) -> str:
    return client.get(address, headers={"Accept-Language": "en"}).content.decode()


def test_an_empty_inbox_says_what_will_be_there(client: Client) -> None:
    sign_in(client, one())
    assert "There is nothing here yet" in text(client)


def test_the_newest_is_first_and_new_until_it_is_marked_as_read(client: Client) -> None:
    borrower = one()
    told(borrower, 10, 5_000)
    told(borrower, 11, 6_000)
    sign_in(client, borrower)
    page = text(client)
    assert page.index("60.00 was sent back") < page.index("50.00 was sent back")
    assert notices_unread(borrower) == 2
    head = streams.head(borrower).seq
    until = page.partition('name="until" value="')[2].partition('"')[0]
    assert client.post(PAGE, {"until": until}).url == PAGE  # type: ignore[attr-defined]
    assert notices_unread(borrower) == 0
    assert "Mark all as read" not in text(client)
    assert streams.head(borrower).seq == head, "reading is no fact"


def test_what_came_after_the_page_was_shown_stays_new(client: Client) -> None:
    borrower = one()
    told(borrower, 10, 5_000)
    sign_in(client, borrower)
    until = text(client).partition('name="until" value="')[2].partition('"')[0]
    told(borrower, 11, 6_000)
    client.post(PAGE, {"until": until})
    assert notices_unread(borrower) == 1


@pytest.mark.parametrize("until", ["", "x", "9" * 30, "-1"])
def test_a_moment_that_is_none_of_the_pages_marks_no_more_than_is_there(
    client: Client, until: str
) -> None:
    borrower = one()
    told(borrower, 10, 5_000)
    sign_in(client, borrower)
    assert client.post(PAGE, {"until": until}).status_code == 302
    told(borrower, 11, 6_000)
    assert notices_unread(borrower) >= 1


def test_an_inbox_is_its_owners_alone(client: Client) -> None:
    borrower, other = made_up.enrol(2, SIGNED)
    for person in (borrower, other):
        made_up.go_online([person], SIGNED)
    told(borrower, 10, 5_000)
    sign_in(client, other)
    assert "50.00" not in text(client)
    assert notices_unread(other) == 0


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_a_long_inbox_comes_page_by_page(client: Client) -> None:
    borrower = one()
    for n in range(SHOWN + 1):
        tell(borrower, "refund_sent", at=moment(DAY, 10, n))
    for _notice in range(SHOWN + 1):
        send.send_due(moment(DAY, 12))
    sign_in(client, borrower)
    assert text(client).count("<h2>") == SHOWN
    assert text(client, f"{PAGE}?page=2").count("<h2>") == 1
