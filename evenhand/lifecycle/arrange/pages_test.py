"""A plan at the pages: seen to the cent, agreed when sure, asked of staff, answered by them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.plans import plans_of
from evenhand.lifecycle.arrange import acts, made_up, steps
from evenhand.outbound.payments.made_up import Someone, learn
from evenhand.people import staff
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

LATE = date(2026, 5, 12)
PAST_DUE = 2 * 101_000 + 2_050 + 550
ENGLISH = {"accept-language": "en"}
PARTS = {"how": "parts", "parts": "3", "day": "2026-05-26"}
BY_PERSON = {"how": "parts", "parts": "10", "day": "2026-06-01"}


@pytest.fixture
def them(client: Client, move_clock: Callable[[int], None]) -> Someone:
    who = made_up.behind()
    sign_in(client, who.borrower)
    move_clock(facts.noon(LATE))
    return who


def text(client: Client, path: str, query: dict[str, str] | None = None, status: int = 200) -> str:
    answer = client.get(path, query, headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def accept(client: Client, them: Someone, **sent: str) -> Any:
    return client.post(f"/my/plan/{them.loan}/accept/", sent, headers=ENGLISH)


def states(them: Someone) -> list[str]:
    return [plan.state for plan in plans_of(streams.stream(them.borrower))]


def member(client: Client, role: str) -> None:
    staff.enlist(role, "a-long-password-1", role=role, number=f"E-{role}")
    assert client.login(username=role, password="a-long-password-1")


def test_every_sum_is_shown_before_anything_is_agreed(client: Client, them: Someone) -> None:
    form = text(client, f"/my/plan/{them.loan}/")
    assert "2,046.00" in form and 'value="2026-05-26"' in form
    page = text(client, f"/my/plan/{them.loan}/offer/", PARTS)
    for said in (
        "682.00",
        "2026-07-26",
        "1,010.00",
        "4,066.00",
        "at once: yes",
        "60 days past due",
    ):
        assert said in page, said
    assert states(them) == []


def test_agreed_with_one_tap_the_page_says_what_comes_next(client: Client, them: Someone) -> None:
    answer = accept(client, them, **PARTS, total=str(PAST_DUE))
    assert answer.headers["Location"] == f"/my/plan/{them.loan}/"
    page = text(client, f"/my/plan/{them.loan}/")
    assert "Your plan holds" in page and "682.00" in page and "2026-05-26" in page
    assert states(them) == ["running"]


def test_who_is_not_signed_in_agrees_to_nothing(client: Client, them: Someone) -> None:
    assert accept(Client(), them, **PARTS, total=str(PAST_DUE)).status_code == 302
    assert states(them) == []


def test_who_gave_pin_and_code_long_ago_sees_it_and_gives_them_again_first(
    client: Client, them: Someone
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("update people_session set sure_at = sure_at - interval '11 minutes'")
    shown = text(client, f"/my/plan/{them.loan}/offer/", PARTS)
    assert "PIN and code first" in shown and "Agree to this plan" not in shown
    assert "/sure/" in accept(client, them, **PARTS, total=str(PAST_DUE)).headers["Location"]
    assert states(them) == []


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"day": ""}, "Type a day"),
        ({"day": "2026-05-12"}, "Choose a day after today."),
        ({"day": "2026-09-12"}, "within the next 60 days"),
        ({"parts": "x"}, "Choose how many parts."),
        ({"parts": "10"}, ""),
        ({"parts": "10", "day": "2026-05-14"}, "choose a day after that"),
        ({"how": "maybe"}, "Choose one of the two."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_stays(
    client: Client, them: Someone, changes: dict[str, str], says: str
) -> None:
    sent = PARTS | changes
    page = text(client, f"/my/plan/{them.loan}/offer/", sent, 400 if says else 200)
    assert says in page
    if says and sent["day"]:
        assert f'value="{sent["day"]}"' in page


def test_other_sums_than_those_shown_are_shown_again(client: Client, them: Someone) -> None:
    answer = accept(client, them, **PARTS, total="1")
    assert "/offer/?how=parts" in answer.headers["Location"] and states(them) == []


def test_nobody_sees_the_plan_of_another(client: Client, them: Someone) -> None:
    other = made_up.behind("6222020200011119999")
    text(client, f"/my/plan/{other.loan}/", status=404)
    assert accept(client, other, **PARTS, total=str(PAST_DUE)).status_code == 404


def test_a_time_barred_debt_is_said_to_be_one_before_any_form(
    client: Client, them: Someone
) -> None:
    barred = facts.begun(LATE, "state.began", state="time_barred")._replace(loan=them.loan)
    learn(them.borrower, barred, at=facts.noon(LATE) - 1)
    page = text(client, f"/my/plan/{them.loan}/")
    assert "time-barred" in page and "2,046.00" not in page and '<form method="get"' not in page
    assert client.get(f"/my/plan/{them.loan}/offer/", PARTS).status_code == 302
    accept(client, them, **PARTS, total=str(PAST_DUE))
    assert states(them) == []
    assert 'name="read"' in text(client, f"/my/plan/{them.loan}/", {"read": "time_barred"})
    accept(client, them, **PARTS, total=str(PAST_DUE), read="time_barred")
    assert states(them) == ["running"]


def test_outside_the_bounds_it_waits_for_a_person_and_may_be_taken_back(
    client: Client, them: Someone
) -> None:
    shown = text(client, f"/my/plan/{them.loan}/offer/", BY_PERSON)
    assert "by a person, by" in shown and "Propose this plan" in shown
    accept(client, them, **BY_PERSON, total=str(PAST_DUE), text="Wages come late.")
    assert "Your proposal is with us" in text(client, f"/my/plan/{them.loan}/")
    client.post(f"/my/plan/{them.loan}/take-back/")
    assert states(them) == ["withdrawn"]
    assert "You took your last proposal back." in text(client, f"/my/plan/{them.loan}/")


def test_staff_see_who_waits_and_answer_with_reasons(client: Client, them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE, "Wages come late.")
    desk = Client()
    member(desk, "supervisor")
    assert f"/staff/plans/{them.borrower}/{seq}/" in text(desk, "/staff/plans/")
    file = text(desk, f"/staff/plans/{them.borrower}/{seq}/")
    assert "Wages come late." in file and "2,046.00" in file and "Agree" in file
    answer = desk.post(f"/staff/plans/{them.borrower}/{seq}/decline/", {}, headers=ENGLISH)
    assert answer.status_code == 400 and "Write it in a few words." in answer.content.decode()
    desk.post(f"/staff/plans/{them.borrower}/{seq}/decline/", {"text": "Six parts would do."})
    assert states(them) == ["declined"]
    assert "Six parts would do." in text(client, f"/my/plan/{them.loan}/")
    assert "No proposal waits" in text(desk, "/staff/plans/")


def test_staff_agree_within_their_limits(client: Client, them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    desk = Client()
    member(desk, "collector")
    path = f"/staff/plans/{them.borrower}/{seq}/"
    assert "beyond what your role" in text(desk, path)
    desk.post(f"{path}agree/")
    assert states(them) == ["asked"]
    member(desk, "compliance")
    assert desk.post(f"{path}agree/").headers["Location"] == "/staff/plans/"
    assert states(them) == ["running"]


def test_an_auditor_looks_and_answers_nothing(client: Client, them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    desk = Client()
    member(desk, "auditor")
    assert "Decline: collecting" not in text(desk, f"/staff/plans/{them.borrower}/{seq}/")
    assert desk.post(f"/staff/plans/{them.borrower}/{seq}/agree/").status_code == 403


def test_two_at_once_answer_it_once(client: Client, them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    acts.withdraw(them.borrower, seq, "borrower", at=facts.noon(LATE) + 1)
    desk = Client()
    member(desk, "supervisor")
    desk.post(f"/staff/plans/{them.borrower}/{seq}/agree/")
    assert states(them) == ["withdrawn"]


def test_a_step_missed_and_forgiven_is_said(
    client: Client, them: Someone, move_clock: Callable[[int], None]
) -> None:
    made_up.running(them.borrower, them.loan, LATE)
    day = date(2026, 5, 27)
    steps.close(day, at=facts.noon(day + timedelta(days=1)))
    move_clock(facts.noon(day + timedelta(days=2)))
    page = text(client, f"/my/plan/{them.loan}/")
    assert "missed, forgiven once" in page and "2026-06-26" in page
    assert "2,374.00" in page, "two steps and the instalment of 31 May"
