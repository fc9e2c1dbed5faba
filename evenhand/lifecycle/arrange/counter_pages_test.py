"""Another plan at the pages: staff see what it comes to and send it; the borrower answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.plans import Plan, plans_of
from evenhand.lifecycle.arrange import made_up, steps
from evenhand.outbound.payments.made_up import Someone, learn
from evenhand.people import staff
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

LATE = date(2026, 5, 12)
DAY = timedelta(days=1)
ENGLISH = {"accept-language": "en"}
SIX = {"how": "parts", "parts": "6", "day": "2026-05-22"}


@pytest.fixture
def them(client: Client, move_clock: Callable[[int], None]) -> Someone:
    """Somebody past due and signed in, whose proposal of ten parts waits."""
    who = made_up.behind()
    made_up.asked(who.borrower, who.loan, LATE, "Only small steps, please.")
    sign_in(client, who.borrower)
    move_clock(facts.noon(LATE) + 1)
    return who


@pytest.fixture
def desk(them: Someone) -> Client:
    return member("supervisor")


def member(role: str) -> Client:
    client = Client()
    staff.enlist(role, "a-long-password-1", role=role, number=f"E-{role}")
    assert client.login(username=role, password="a-long-password-1")
    return client


def text(client: Client, path: str, query: dict[str, str] | None = None, status: int = 200) -> str:
    answer = client.get(path, query, headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def plan(them: Someone) -> Plan:
    return plans_of(streams.stream(them.borrower))[-1]


def file(them: Someone) -> str:
    return f"/staff/plans/{them.borrower}/{plan(them).seq}/"


def send(desk: Client, them: Someone, **changes: str) -> Any:
    sent = {**SIX, "text": "Six parts would do.", **changes}
    return desk.post(f"{file(them)}other/offer/", sent, headers=ENGLISH)


def answer(client: Client, them: Someone, how: str, **sent: str) -> Any:
    seq = plan(them).countered
    body = {"offered": str(seq.seq if seq else 0), **sent}
    return client.post(f"/my/plan/{them.loan}/other/{how}/", body, headers=ENGLISH)


def test_staff_see_every_sum_before_anything_is_sent(desk: Client, them: Someone) -> None:
    assert "Offer another plan" in text(desk, file(them))
    form = text(desk, f"{file(them)}other/")
    assert "2,046.00" in form and 'value="2026-05-29"' in form
    page = text(desk, f"{file(them)}other/", SIX)
    for said in ("341.00", "2026-10-22", "To be accepted by", "2026-05-19", "Send this offer"):
        assert said in page, said
    assert plan(them).state == "asked"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"how": "each", "each": "600"}, ""),
        ({"how": "each", "each": ""}, "Type an amount such as 350.00."),
        ({"how": "each", "each": "20"}, "Up to 12 parts."),
        ({"day": "2026-05-19"}, "may accept it until 19 May 2026"),
        ({"day": "2026-08-19"}, "within the next 60 days"),
        ({"parts": "10", "day": "2026-05-29"}, "That is what was proposed: agree to it."),
        ({"how": "none"}, "Choose one of the three."),
    ],
)
def test_what_cannot_be_offered_is_said_beside_its_field(
    desk: Client, them: Someone, changes: dict[str, str], says: str
) -> None:
    page = text(desk, f"{file(them)}other/", SIX | changes, 400 if says else 200)
    assert says in page
    if says:
        assert send(desk, them, **changes).status_code == 400
    assert plan(them).state == "asked"


def test_sent_the_borrower_sees_it_to_the_cent_and_accepts_it_with_one_tap(
    client: Client, desk: Client, them: Someone
) -> None:
    assert send(desk, them).headers["Location"] == "/staff/plans/"
    queue = text(desk, "/staff/plans/")
    assert "waiting for the borrower" in queue and "No proposal waits" in queue
    page = text(client, f"/my/plan/{them.loan}/")
    for said in ("We offer you another plan", "Six parts would do.", "341.00", "2026-05-19",
                 "10 parts, the first on", "Accept this plan", "Do not accept it"):  # fmt: skip
        assert said in page, said
    assert plan(them).state == "countered"
    answer(client, them, "accept")
    assert plan(them).state == "running" and len(plan(them).steps) == 6
    assert "Your plan holds" in text(client, f"/my/plan/{them.loan}/")


def test_not_accepted_the_form_for_another_is_there_at_once(
    client: Client, desk: Client, them: Someone
) -> None:
    send(desk, them)
    answer(client, them, "refuse")
    assert plan(them).state == "refused"
    page = text(client, f"/my/plan/{them.loan}/")
    assert "you did not accept the plan we offered" in page and "Show me what it comes to" in page
    answer(client, them, "accept")
    assert plan(them).state == "refused"


def test_accepted_is_only_what_was_shown_by_who_is_sure(
    client: Client, desk: Client, them: Someone
) -> None:
    send(desk, them)
    answer(client, them, "accept", offered="1")
    assert plan(them).state == "countered"
    with connection.cursor() as cursor:
        cursor.execute("update people_session set sure_at = sure_at - interval '11 minutes'")
    assert "PIN and code first" in text(client, f"/my/plan/{them.loan}/")
    assert "/sure/" in answer(client, them, "accept").headers["Location"]
    assert plan(them).state == "countered"


def test_nobody_answers_for_another(client: Client, desk: Client, them: Someone) -> None:
    send(desk, them)
    other = made_up.behind("6222020200011119999")
    sign_in(client, other.borrower)
    for how in ("accept", "refuse"):
        assert answer(client, them, how).status_code == 404
    assert plan(them).state == "countered"


def test_beyond_the_role_it_is_shown_and_not_sent(them: Someone) -> None:
    desk = member("collector")
    eight = SIX | {"parts": "8"}
    page = text(desk, f"{file(them)}other/", eight)
    assert "beyond what your role" in page and "Send this offer" not in page
    send(desk, them, parts="8")
    assert plan(them).state == "asked"
    send(desk, them)
    assert plan(them).state == "countered"


def test_words_the_guard_holds_back_are_not_sent_and_stay_typed(
    desk: Client, them: Someone
) -> None:
    threat = "Accept or we will have you arrested."
    refused = send(desk, them, text=threat)
    assert refused.status_code == 400 and threat in refused.content.decode()
    assert plan(them).state == "asked"


def test_of_a_time_barred_debt_that_is_said_before_what_we_offer(
    client: Client, desk: Client, them: Someone
) -> None:
    send(desk, them)
    barred = facts.begun(LATE, "state.began", state="time_barred")._replace(loan=them.loan)
    learn(them.borrower, barred, at=facts.noon(LATE) + 2)
    assert "time-barred" in text(client, f"/my/plan/{them.loan}/")
    read = text(client, f"/my/plan/{them.loan}/", {"read": "time_barred"})
    assert "Accept this plan" in read
    answer(client, them, "accept")
    assert plan(them).state == "countered"
    answer(client, them, "accept", read="time_barred")
    assert plan(them).state == "running"


def test_after_its_last_day_nothing_is_offered_any_more(
    client: Client, desk: Client, them: Someone, move_clock: Callable[[int], None]
) -> None:
    send(desk, them)
    move_clock(facts.noon(LATE + 8 * DAY))
    page = text(client, f"/my/plan/{them.loan}/")
    assert "The last day to accept our offer is over" in page and "Accept this plan" not in page
    answer(client, them, "accept")
    assert plan(them).state == "countered"


def test_an_answer_that_is_late_stands_first_in_red_and_the_borrower_reads_that_it_is(
    client: Client, desk: Client, them: Someone, move_clock: Callable[[int], None]
) -> None:
    other = made_up.behind("6222020200011119999")
    made_up.asked(other.borrower, other.loan, LATE + 5 * DAY)
    due = plan(them).due_on
    move_clock(facts.noon(due))
    assert "Later than we promised" not in text(desk, "/staff/plans/")
    steps.close(due, at=facts.noon(due + DAY))
    move_clock(facts.noon(due + DAY))
    queue = text(desk, "/staff/plans/")
    first, second = queue.index(f"/{them.borrower}/"), queue.index(f"/{other.borrower}/")
    assert queue.index("Later than we promised") < first < queue.index("Waiting for our") < second
    assert "badge stop" in queue[first:second] and "1 answer is late: give it first." in queue
    assert "badge stop" in text(desk, file(them))
    assert "and it is late. We are sorry." in text(client, f"/my/plan/{them.loan}/")
