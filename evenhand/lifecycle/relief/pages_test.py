"""Relief at the pages: seen to the cent, asked for, offered, given by two hands, told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.ledger import reliefs, streams
from evenhand.ledger.made_up import noon
from evenhand.lifecycle.relief import grants, made_up, steps
from evenhand.lifecycle.relief.made_up import EACH, borrower, later, stands
from evenhand.outbound.contact.made_up import adopt, go_online
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import member, sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 10)
ENGLISH = {"accept-language": "en"}
QUEUE = "/staff/relief/"
MORATORIUM = {"until": later(TODAY, 90), "reason": "disaster"}


@pytest.fixture
def them(client: Client, move_clock: Callable[[int], None]) -> Someone:
    who = borrower()
    sign_in(client, who.borrower)
    move_clock(noon(TODAY))
    return who


def text(client: Client, path: str, query: dict[str, str] | None = None, status: int = 200) -> str:
    answer = client.get(path, query, headers=ENGLISH, follow=True)
    assert answer.status_code == status
    return answer.content.decode()


def mine(them: Someone, more: str = "") -> str:
    return f"/my/relief/{them.loan}/{more}"


def state(them: Someone) -> str:
    return reliefs.reliefs_of(streams.stream(them.borrower), them.loan)[-1].state(TODAY)


def ask(client: Client, them: Someone, count: str) -> Any:
    """Asked for with the sum as the page shows it."""
    page = text(client, mine(them, "holiday/"), {"count": count})
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    sent = {"count": count, "seen": seen}
    return client.post(mine(them, "holiday/ask/"), sent, headers=ENGLISH)


def test_every_day_and_sum_is_shown_before_anything_holds(client: Client, them: Someone) -> None:
    choose = text(client, mine(them))
    assert "Skip instalments" in choose and "A lower rate" not in choose
    page = text(client, mine(them, "holiday/"), {"count": "2"})
    for said in ("182.66", "2026-07-31", "1,086.48", "1,066.19", "2027-03-31", "at once, yes"):
        assert said in page, said
    assert not reliefs.reliefs_of(streams.stream(them.borrower), them.loan)


def test_inside_the_bounds_it_holds_with_one_tap(client: Client, them: Someone) -> None:
    assert ask(client, them, "2").status_code == 302
    assert state(them) == "given"
    assert stands(them, TODAY).left == 9
    assert "holds" in text(client, mine(them))
    assert "2 instalments skipped" in text(client, reverse("my-loan", args=[them.loan]))


def test_other_sums_than_were_seen_hold_nothing(client: Client, them: Someone) -> None:
    answer = client.post(mine(them, "holiday/ask/"), {"count": "2", "seen": "1"}, headers=ENGLISH)
    assert answer.status_code == 302 and "count=2" in answer.headers["Location"]
    assert not reliefs.reliefs_of(streams.stream(them.borrower), them.loan)


@pytest.mark.parametrize(
    ("word", "query", "says"),
    [
        ("holiday", {"count": "7"}, "The most is 6 instalments."),
        ("longer_term", {"more": "25"}, "The most is 24 instalments more."),
        ("holiday", {"count": "x"}, "Choose how many instalments."),
        ("later_due_day", {"due_day": "31"}, "on which it falls due already"),
        ("interest_pause", {"until": "soon"}, "Type a day"),
        ("re_age", {"ok": "1"}, "Nothing is past due"),
    ],
)
def test_what_is_wrong_is_said(
    client: Client, them: Someone, word: str, query: dict[str, str], says: str
) -> None:
    assert says in text(client, mine(them, f"{word}/"), query, status=400)


def test_what_nobody_may_ask_for_is_no_page(client: Client, them: Someone) -> None:
    text(client, mine(them, "lower_rate/"), status=404)
    text(client, "/my/relief/999999/", status=404)


def test_of_what_is_paid_off_nothing_can_be_changed(
    client: Client, move_clock: Callable[[int], None]
) -> None:
    who = borrower(paid=12)
    sign_in(client, who.borrower)
    move_clock(noon(date(2027, 2, 10)))
    page = text(client, mine(who))
    assert "No instalment is left that could be changed." in page
    assert "Skip instalments" not in page


def test_staff_find_a_loan_by_its_number_and_from_the_file(them: Someone) -> None:
    staff = member("supervisor", "E1")
    found = staff.get(f"{QUEUE}find/", {"loan": f" {them.loan} "})
    assert found.headers["Location"] == f"{QUEUE}loans/{them.loan}/"
    for wrong in ("", "x", "999999", "9" * 13):
        assert "There is no such loan." in text(staff, f"{QUEUE}find/", {"loan": wrong})
    link = f'href="{QUEUE}loans/{them.loan}/"'
    file = f"/borrowers/{them.borrower}/"
    assert link in text(staff, file) and link not in text(member("collector", "E2"), file)


def test_beyond_the_bounds_staff_agree(client: Client, them: Someone) -> None:
    ask(client, them, "4")
    assert state(them) == "waiting"
    assert "A person answers by" in text(client, mine(them))
    assert "Your request is with us" in text(client, reverse("my-loan", args=[them.loan]))
    staff = member("supervisor", "E1")
    one = reliefs.all_waiting(TODAY)[0]
    where = f"{QUEUE}asked/{them.borrower}/{one.seq}/"
    assert "4 instalments skipped" in text(staff, QUEUE) and "2026-09-30" in text(staff, where)
    staff.post(f"{where}answer/", {"act": "agree"})
    assert state(them) == "given"


def test_staff_decline_with_a_reason_the_borrower_reads(client: Client, them: Someone) -> None:
    adopt(TODAY)
    go_online([them.borrower], TODAY)
    ask(client, them, "4")
    seq = reliefs.all_waiting(TODAY)[0].seq
    staff, where = member("compliance", "E1"), f"{QUEUE}asked/{them.borrower}/{seq}/answer/"
    assert staff.post(where, {"act": "decline", "reason": "mood"}).status_code == 400
    staff.post(where, {"act": "decline", "reason": "other_help"})
    assert "Other help fits better" in text(client, mine(them))
    fact = streams.stream(them.borrower)[-1]
    for _again in range(2):
        steps.told([(fact.borrower, fact.seq)], at=noon(TODAY))
    assert notices(them) == ["relief_declined", "news"]


def test_an_answer_of_ours_that_is_late_is_red_and_leads_to_a_complaint(
    client: Client, them: Someone, move_clock: Callable[[int], None]
) -> None:
    ask(client, them, "4")
    staff = member("supervisor", "E1")
    assert "overdue" not in text(staff, QUEUE)
    move_clock(noon(date(2026, 5, 18)))
    said = text(staff, QUEUE)
    assert "1 answer is late: give it first." in said and "overdue" in said
    page = text(client, mine(them))
    assert "and it is late. We are sorry." in page and 'datetime="2026-05-15"' in page
    assert f'href="{reverse("complaint-new")}"' in page


def notices(them: Someone) -> list[str]:
    found = streams.stream(them.borrower)
    return [fact.body["template"] for fact in found if fact.kind == "contact.intended"]


def test_staff_offer_and_the_borrower_accepts(client: Client, them: Someone) -> None:
    staff, where = member("supervisor", "E1"), f"{QUEUE}loans/{them.loan}/"
    query = {"word": "longer_term", "more": "6"}
    assert "Offer it" in text(staff, where, query)
    staff.post(where, query)
    page = text(client, mine(them))
    assert "We offer you other instalments" in page and "15 instalments left" in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    client.post(mine(them, "accept/"), {"seen": seen}, headers=ENGLISH)
    assert state(them) == "given" and stands(them, TODAY).left == 15


def test_what_costs_the_lender_money_takes_two_hands(client: Client, them: Someone) -> None:
    maker, where = member("supervisor", "E1"), f"{QUEUE}loans/{them.loan}/"
    query = {"word": "lower_rate", "rate": "6"}
    assert maker.post(where, query).status_code == 400, "a reason is asked for"
    maker.post(where, query | {"reason": "hardship"})
    one = grants.MATTER.all()[0]
    decide = f"{QUEUE}proposals/{one.seq}/"
    sum_minor = str(grants.given_up(grants.today_of(one, TODAY)))
    maker.post(decide, {"act": "approve", "seen": sum_minor})
    assert grants.MATTER.all()[0].waits, "nobody approves their own"
    checker = member("finance", "E2")
    assert "A lower rate" in text(checker, QUEUE)
    checker.post(decide, {"act": "approve", "seen": "1"})
    assert grants.MATTER.all()[0].waits, "another sum than was seen"
    checker.post(decide, {"act": "approve", "seen": sum_minor})
    assert state(them) == "given"
    assert streams.stream(them.borrower)[-1].body["rate_ppm"] == 60_000


def test_a_moratorium_for_many_leaves_out_who_cannot_have_it(client: Client, them: Someone) -> None:
    other = made_up.borrower("6222020200011119999")
    ask(client, them, "4")
    numbers = f"{them.loan}, {other.loan} 999999"
    maker, checker = member("supervisor", "E1"), member("compliance", "E2")
    sent = MORATORIUM | {"loans": numbers}
    page = maker.post(f"{QUEUE}many/", sent | {"act": "see"}).content.decode()
    assert "a relief waits for an answer" in page and "999999" in page and "2027-04-30" in page
    maker.post(f"{QUEUE}many/", sent | {"act": "propose"})
    one = grants.MATTER.all()[0]
    minor = grants.given_up(grants.today_of(one, TODAY))
    checker.post(f"{QUEUE}proposals/{one.seq}/", {"act": "approve", "seen": str(minor)})
    assert grants.MATTER.all()[0].given["given"] == 1
    assert (state(them), state(other)) == ("waiting", "given")
    late = TODAY + timedelta(days=30)
    assert stands(other, late).past_due_minor == 0
    assert stands(them, late).past_due_minor > EACH, "an instalment, and late interest"


def test_what_is_wrong_with_a_list_is_said(them: Someone) -> None:
    page = member("supervisor", "E1").post(f"{QUEUE}many/", {"until": "2026-01-01"})
    said = page.content.decode()
    assert page.status_code == 400
    for sentence in ("Type from 1 to 500 loan numbers.", "Type a day after today", "Choose the"):
        assert sentence in said
