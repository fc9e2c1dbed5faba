"""The answer at the page, and the line and the file of staff."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.decide import steps
from evenhand.lifecycle.decide.made_up import SOUND, applicant, apply
from evenhand.outbound.contact.made_up import moment
from evenhand.people import look, staff
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

Move = Callable[[int], None]
DAY = date(2026, 3, 2)
NOW = moment(DAY, 10)
THIN = replace(SOUND, account="none", savings="none", employed_since="2025-10")
PASSWORD = "correct horse battery"
YES = {
    "outcome": "approve",
    "reason": ["staff.explained"],
    "words": "we spoke on the phone",
    "amount": "8,000",
    "months": "12",
}


@pytest.fixture(autouse=True)
def _today(move_clock: Move) -> None:
    move_clock(NOW)


def decided(said: Any = SOUND, **asked: Any) -> tuple[int, Application]:
    person = applicant(NOW)
    loan = apply(person, NOW, said, **asked)
    steps.decide(facts=[(person, stands(person, loan).seq)], at=NOW)
    return person, stands(person, loan)


def stands(person: int, loan: int) -> Application:
    return applications(streams.stream(person))[loan]


def borrower(person: int, lang: str = "en") -> Client:
    client = Client()
    sign_in(client, person)
    client.cookies["django_language"] = lang
    return client


def member(role: str) -> Client:
    staff.enlist(role, PASSWORD, role=role, number=f"T{role}")
    client = Client()
    assert client.login(username=role, password=PASSWORD)
    client.cookies["django_language"] = "en"
    return client


def waiting(**asked: Any) -> tuple[int, Application]:
    person, one = decided(THIN, **asked)
    client = borrower(person)
    answer = client.post(f"/decision/{one.loan}/review/", {"words": "my pay is in cash"})
    assert answer.headers["Location"] == f"/decision/{one.loan}/"
    return person, stands(person, one.loan)


def test_a_yes_shows_the_offer_and_leads_to_the_cost_table() -> None:
    person, one = decided()
    page = borrower(person).get(f"/decision/{one.loan}/").text
    assert "10,000.00" in page and f"/sign/{one.loan}/" in page and "10.8%" in page


def test_a_smaller_yes_says_why_not_the_whole() -> None:
    person, one = decided(replace(SOUND, income_minor=500_000, supported=0), months=3)
    page = borrower(person).get(f"/decision/{one.loan}/").text
    assert one.offer_minor < one.principal_minor
    assert "Why not the whole" in page and "more than half of your income" in page


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans", "en"])
def test_a_no_gives_its_reasons_in_three_languages_and_a_person_to_ask(lang: str) -> None:
    person, one = decided(purpose="repay_loan")
    page = borrower(person, lang).get(f"/decision/{one.loan}/").text
    told = {"zh-hant": "借新還舊", "zh-hans": "借新还旧", "en": "repaying a loan"}
    assert told[lang] in page and f"/decision/{one.loan}/review/" in page


def test_asking_for_a_person_says_by_when_the_answer_comes() -> None:
    person, one = waiting()
    page = borrower(person).get(f"/decision/{one.loan}/").text
    assert "4 Mar 2026 10:00" in page and "review/" not in page


def test_too_many_words_are_kept_and_told() -> None:
    person, one = decided(THIN)
    answer = borrower(person).post(f"/decision/{one.loan}/review/", {"words": "x" * 1001})
    assert answer.status_code == 400 and "x" * 1001 in answer.text
    assert stands(person, one.loan).review == 0


def test_an_offer_that_ran_out_leads_to_a_new_application(move_clock: Move) -> None:
    person, one = decided()
    move_clock(moment(date(2026, 4, 1), 9))
    page = borrower(person).get(f"/decision/{one.loan}/").text
    assert 'href="/apply/"' in page and f"/sign/{one.loan}/" not in page


def test_an_application_not_decided_yet_asks_to_look_again() -> None:
    person = applicant(NOW)
    loan = apply(person, NOW)
    assert f'href="/decision/{loan}/"' in borrower(person).get(f"/decision/{loan}/").text


def test_a_withdrawn_one_says_so() -> None:
    person, one = decided()
    draft = Draft("application.withdrawn", DAY, "borrower", one.loan, cause=one.seq)
    streams.append(person, [draft], at=NOW, expected_seq=streams.head(person).seq)
    assert "Withdrawn" in borrower(person).get(f"/decision/{one.loan}/").text


def test_the_line_shows_masked_names_the_longest_waiting_first(move_clock: Move) -> None:
    _, first = waiting()
    move_clock(NOW + 3_600_000_000)
    _, second = waiting()
    page = member("underwriter").get("/staff/applications/").text
    assert page.index(str(first.loan)) < page.index(f"applications/{second.loan}/")
    assert "持平甲" not in page and "h left" in page


def test_the_file_shows_points_and_reasons_and_no_answers() -> None:
    _, one = waiting()
    page = member("underwriter").get(f"/staff/applications/{one.loan}/").text
    assert f"Points: {one.points}" in page and "9,000.00" not in page and "in cash" not in page


def test_answers_are_shown_for_a_purpose_and_the_look_is_logged() -> None:
    person, one = waiting()
    client = member("underwriter")
    path = f"/staff/applications/{one.loan}/reveal/"
    assert client.post(path, {"purpose": ""}).status_code == 400
    page = client.post(path, {"purpose": "application"}).text
    assert "9,000.00" in page and "my pay is in cash" in page
    assert [line.purpose for line in look.looks(person)] == ["application", "application"]


def test_an_underwriter_decides_and_the_applicant_reads_why() -> None:
    person, one = waiting()
    answer = member("underwriter").post(f"/staff/applications/{one.loan}/decide/", YES)
    assert answer.headers["Location"] == "/staff/applications/"
    page = borrower(person).get(f"/decision/{one.loan}/").text
    assert "8,000.00" in page and "we spoke on the phone" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"reason": []}, "reason"),
        ({"reason": ["staff.unclear"]}, "reason"),
        ({"words": " "}, "words"),
        ({"amount": "much"}, "amount"),
        ({"months": "a year"}, "months"),
    ],
)
def test_a_decision_half_filled_in_is_told_and_kept(wrong: dict[str, Any], field: str) -> None:
    person, one = waiting()
    typed = YES | wrong
    answer = member("underwriter").post(f"/staff/applications/{one.loan}/decide/", typed)
    assert answer.status_code == 400 and f'id="{field}-error"' in answer.text
    if field != "words":
        assert "we spoke on the phone" in answer.text
    assert stands(person, one.loan).review > 0


def test_what_the_policy_forbids_is_refused_with_its_reason() -> None:
    _, one = waiting()
    large = YES | {"amount": "10,001"}
    answer = member("underwriter").post(f"/staff/applications/{one.loan}/decide/", large)
    assert answer.status_code == 400 and "No more than was asked for" in answer.text


def test_a_large_sum_is_proposed_and_a_supervisor_confirms_it() -> None:
    person, one = waiting(principal_minor=3_000_000, months=24)
    large = YES | {"amount": "25000", "months": "24"}
    underwriter, supervisor = member("underwriter"), member("supervisor")
    path = f"/staff/applications/{one.loan}/"
    assert underwriter.post(path + "decide/", large).headers["Location"] == path
    assert "confirm/" not in underwriter.get(path).text
    assert underwriter.post(path + "confirm/").status_code == 400
    assert "confirm/" in supervisor.get(path).text
    assert supervisor.post(path + "confirm/").status_code == 302
    assert stands(person, one.loan).offer_minor == 2_500_000


def test_only_who_may_decide_decides() -> None:
    _, one = waiting()
    auditor, collector = member("auditor"), member("collector")
    path = f"/staff/applications/{one.loan}/"
    assert auditor.get(path).status_code == 200
    assert auditor.post(path + "decide/", YES).status_code == 403
    assert auditor.post(path + "reveal/", {"purpose": "audit"}).status_code == 403
    assert collector.get("/staff/applications/").status_code == 403


def test_there_is_no_file_of_no_application() -> None:
    assert member("underwriter").get("/staff/applications/77/").status_code == 404


def test_pages_with_answers_are_kept_by_no_cache() -> None:
    person, one = decided()
    answer = borrower(person).get(f"/decision/{one.loan}/")
    assert answer.headers["Cache-Control"] == "no-store"
