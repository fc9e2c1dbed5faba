"""The first page: what a borrower reads in each state, and what a phone may keep."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from evenhand.ledger import house
from evenhand.ledger import made_up as facts
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.repay import made_up, owing
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
FIRST_DUE = date(2026, 4, 2)
Move = Callable[[int], None]
_TEXT = {"text": "ab" * 32}


@pytest.fixture
def them() -> Someone:
    return made_up.borrower(D)


@pytest.fixture
def read(client: Client, them: Someone, move_clock: Move) -> Callable[[date], str]:
    """The home page on a day, in English."""
    sign_in(client, them.borrower)

    def on(day: date) -> str:
        move_clock(facts.noon(day))
        page: Any = client.get("/my/", headers={"accept-language": "en"})
        assert page.status_code == 200
        return " ".join(page.content.decode().split())

    return on


def test_all_in_order_says_how_much_by_when_and_why(read: Callable[[date], str]) -> None:
    page = read(D + timedelta(days=3))
    assert "All is in order" in page and "882.88" in page
    assert "2 Apr 2026" in page and "in 28 days" in page
    assert "instalment 1 of 12." in page and "/next/" in page
    assert "Text message → Phone call" in page


def test_due_soon_and_due_today(read: Callable[[date], str]) -> None:
    assert "Due soon" in read(FIRST_DUE - timedelta(days=3))
    assert "By today" in read(FIRST_DUE)


def test_past_due_is_said_calmly_with_the_late_interest_of_a_day(
    read: Callable[[date], str],
) -> None:
    page = read(FIRST_DUE + timedelta(days=4))
    assert "it can be put right" in page
    assert "It was due on" in page and "a day." in page
    assert "<strong>Text message</strong>" in page


def test_a_complaint_stops_what_may_happen(them: Someone, read: Callable[[date], str]) -> None:
    late = FIRST_DUE + timedelta(days=4)
    made_up.learn(
        them.borrower,
        Draft("complaint.opened", late, "borrower", body={"text": "ab" * 32}),
        at=facts.noon(late),
    )
    assert "meanwhile nobody collects" in read(late)


def test_paid_off_and_overpaid(them: Someone, read: Callable[[date], str]) -> None:
    made_up.pays(them, D, 2_000_000)
    page = read(D + timedelta(days=1))
    assert "You owe nothing" in page and "Your paid-off certificate" in page
    assert "You paid more than you owed" in page


def test_without_a_loan_and_on_the_way_to_one(client: Client, move_clock: Move) -> None:
    from evenhand.outbound.contact.made_up import enrol

    (person,) = enrol(1, D)
    sign_in(client, person)
    move_clock(facts.noon(D))
    english = {"accept-language": "en"}
    assert b"You have no loan here" in client.get("/my/", headers=english).content
    applied = {"product": "demo", "version": 1, "months": 12, "purpose": "household"}
    draft = Draft("application.made", D, "borrower", 900_001, 500_000, body=applied | _TEXT)
    made_up.learn(person, draft, at=1)
    page = client.get("/my/", headers=english).content
    assert b"Your application is being looked at" in page and b"You owe nothing." in page


def test_beside_a_loan_that_runs_an_application_is_a_line(
    them: Someone, read: Callable[[date], str]
) -> None:
    applied = {"product": "demo", "version": 1, "months": 12, "purpose": "household"}
    draft = Draft("application.made", D, "borrower", 900_001, 500_000, body=applied | _TEXT)
    made_up.learn(them.borrower, draft, at=facts.noon(D))
    page = read(D + timedelta(days=3))
    assert page.count("<h1") == page.count("main-act") == 1
    assert "Your application" in page and "/decision/900001/" in page


def test_the_loan_that_is_past_due_comes_first(them: Someone, read: Callable[[date], str]) -> None:
    later = made_up.signed(900_002, FIRST_DUE)
    made_up.learn(them.borrower, later, at=facts.noon(FIRST_DUE))
    page = read(FIRST_DUE + timedelta(days=1))
    assert f"/my/pay/{them.loan}/" in page and "Your other loans" in page
    assert "/my/loan/900002/" in page


def test_a_phone_may_keep_the_amount_its_day_and_our_number(
    client: Client, them: Someone, read: Callable[[date], str]
) -> None:
    read(FIRST_DUE - timedelta(days=3))
    kept = json.loads(client.get("/my/offline.json", headers={"accept-language": "en"}).content)
    assert kept["as_of"] == "As of 30 Mar 2026."
    assert kept["lines"] == ["CNY 882.88 by 2 Apr 2026.", "Call us: 95000"]
    assert str(them.loan) not in json.dumps(kept)


def test_nobody_signed_in_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/my/").headers["Location"].startswith("/in/")


@pytest.mark.parametrize("lang", [code for code, _name in settings.LANGUAGES])
def test_every_figure_has_its_sum_in_every_language(
    client: Client, them: Someone, move_clock: Move, lang: str
) -> None:
    made_up.pays(them, FIRST_DUE + timedelta(days=2), 50_000)
    move_clock(facts.noon(FIRST_DUE + timedelta(days=40)))
    sign_in(client, them.borrower)
    figures = (
        *("due", "past-due", "next", "outstanding", "late-interest", "pay-off", "paid", "overpaid"),
        *("late-a-day", "owed", "past-due-days", "yearly-cost", "interest-1", "principal-12"),
        *("instalment-1", "instalment-12"),
    )
    for figure in figures:
        page = client.get(f"/my/sum/{them.loan}/{figure}/", headers={"accept-language": lang})
        assert page.status_code == 200, figure
    for name in ("instalment-0", "instalment-13", "everything"):
        assert client.get(f"/my/sum/{them.loan}/{name}/").status_code == 404
    assert client.get(f"/my/loan/{them.loan}/").status_code == 200
    assert client.get("/my/loan/1/").status_code == 404


def test_near_the_end_the_days_sum_is_named_and_todays_beside_it(
    them: Someone, read: Callable[[date], str]
) -> None:
    """The last instalment is asked for by its day; what closes the loan before is less."""
    for _n in range(11):
        made_up.pays(them, FIRST_DUE, 882_88)
    page, on = read(date(2027, 2, 20)), house.day_number(date(2027, 2, 20))
    one = owing.loan_of(them.borrower, them.loan, on)
    asked, today = (f"{minor / 100:.2f}" for minor in (one.asked_minor, one.closes_for_minor))
    assert 0 < one.closes_for_minor < one.asked_minor == one.next_due_minor
    assert asked in page and "2 Mar 2027" in page
    assert today in page and "closes the loan" in page
