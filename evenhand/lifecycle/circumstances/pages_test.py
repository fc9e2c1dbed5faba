"""Circumstances at the pages: staff write down what they learnt, borrowers say what happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.made_up import noon
from evenhand.lifecycle.circumstances.circumstances import circumstances_of, standing
from evenhand.lifecycle.circumstances.kinds import own
from evenhand.lifecycle.circumstances.made_up import learn_of
from evenhand.outbound.payments.made_up import Someone, owing
from evenhand.people import look, staff
from evenhand.people.made_up import member, sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 10)
NOW = noon(TODAY)
ENGLISH = {"accept-language": "en"}
LIST = "/staff/circumstances/"
LAWYER = "Wang and partners, Guilin, 0773 123456"


@pytest.fixture
def them(client: Client, move_clock: Callable[[int], None]) -> Someone:
    who = owing()
    sign_in(client, who.borrower)
    move_clock(NOW)
    return who


def text(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path, headers=ENGLISH)
    assert answer.status_code == status
    return answer.content.decode()


def last(them: Someone) -> Fact:
    return streams.stream(them.borrower)[-1]


def of(them: Someone) -> str:
    return f"{LIST}of/{them.borrower}/"


def record(who: Client, them: Someone, word: str, told_by: str, **more: str) -> str:
    answer = who.post(of(them), {"word": word, "told_by": told_by, **more}, follow=True)
    return answer.content.decode()


def test_a_collector_writes_down_what_a_relative_tells_and_it_holds(them: Someone) -> None:
    collector = member("collector", "E1")
    form = text(collector, of(them))
    assert "say no word on any loan" in form and "Its end" not in form
    page = record(
        collector,
        them,
        "hospital",
        "relative",
        until="2026-06-01",
        note="his sister told",
    )
    assert "What it stops has stopped." in page and "his sister told" in page
    fact = last(them)
    assert fact.kind == "state.began" and fact.hand.startswith("staff:") and fact.loan == 0
    assert fact.body["since"] == house.midnight(TODAY)
    assert fact.body["until"] == house.midnight(date(2026, 6, 2))
    assert "sister" not in str(fact.body), "facts hold no words"
    assert [each.purpose for each in look.looks(them.borrower)] == ["circumstance"]
    assert "What we learnt" in text(collector, f"/borrowers/{them.borrower}/")
    file = text(collector, f"/borrowers/{them.borrower}/")
    assert "Ill or in hospital, until" in file and "Somebody close to them" in file


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"told_by": "relative"}, "Choose what happened."),
        ({"word": "hospital"}, "Choose who told it."),
        ({"word": "debtor_deceased", "told_by": "person"}, "cannot be known from there"),
        ({"word": "cease_request", "told_by": "relative"}, "cannot be known from there"),
        ({"word": "hospital", "told_by": "person", "since": "2026-05-11"}, "a day up to today"),
        ({"word": "hospital", "told_by": "person", "since": "1900-01-01"}, "a day up to today"),
        ({"word": "hospital", "told_by": "person", "until": "2026-05-09"}, "a day from today on"),
        ({"word": "hospital", "told_by": "person", "until": "soon"}, "a day from today on"),
        ({"word": "bankruptcy", "told_by": "public", "until": "2026-06-09"}, "has no last day"),
        ({"word": "hospital", "told_by": "person", "text": "Wang"}, "belongs into the note"),
        ({"word": "hospital", "told_by": "person", "note": "x" * 2_001}, "too long"),
        ({"word": "represented", "told_by": "person", "loan": "1"}, "one of these loans"),
        ({"word": "placed_with_agency", "told_by": "person"}, "Choose what happened."),
    ],
)
def test_what_does_not_do_comes_again_with_a_sentence(
    them: Someone, sent: dict[str, str], says: str
) -> None:
    collector = member("collector", "E1")
    before = len(streams.stream(them.borrower))
    answer = collector.post(of(them), sent)
    assert answer.status_code == 400 and says in answer.content.decode()
    assert len(streams.stream(them.borrower)) == before


def test_what_is_about_the_person_is_about_all_loans(them: Someone) -> None:
    collector = member("collector", "E1")
    sent = {"word": "hospital", "told_by": "person", "loan": str(them.loan)}
    assert "choose all loans" in collector.post(of(them), sent).content.decode()
    record(collector, them, "represented", "lawyer", loan=str(them.loan), text=LAWYER)
    assert last(them).loan == them.loan
    assert LAWYER in text(collector, of(them))


def test_it_ends_before_its_day_by_two_hands_only(them: Someone) -> None:
    collector, supervisor = member("collector", "E1"), member("supervisor", "E2")
    record(collector, them, "debtor_deceased", "relative")
    seq = last(them).seq
    end = f"{of(them)}{seq}/end/"
    assert "Choose the reason." in collector.post(end).content.decode()
    page = collector.post(end, {"reason": "wrong"}).content.decode()
    assert "how we know it" in page and "<details open>" in page
    proposed = collector.post(end, {"reason": "wrong", "why": "He came in"}, follow=True)
    assert "Somebody else looks at it" in proposed.content.decode()
    assert "Its end is proposed" in text(collector, of(them))
    listed = text(supervisor, LIST)
    assert "He came in" in listed and "The report was wrong" in listed
    (n,) = listed.partition("endings/")[2].partition("/")[0].split()
    assert collector.post(f"{LIST}endings/{n}/", {"act": "approve"}).status_code == 403
    assert standing(streams.stream(them.borrower), NOW)
    done = supervisor.post(f"{LIST}endings/{n}/", {"act": "approve"}, follow=True)
    assert "what it stopped may go on" in done.content.decode()
    assert not standing(streams.stream(them.borrower), NOW)
    assert "What is over" in text(collector, of(them))
    file = text(collector, f"/borrowers/{them.borrower}/")
    assert "The report was wrong" in file and "He came in" not in file


def test_a_proposal_is_declined_or_taken_back_and_it_holds_on(them: Someone) -> None:
    first, second = member("supervisor", "E1"), member("compliance", "E2")
    record(first, them, "bankruptcy", "public")
    for who, sent in ((second, {"act": "decline", "reason": "evidence"}), (first, {})):
        end = f"{of(them)}{last(them).seq}/end/"
        first.post(end, {"reason": "over", "why": "closed"})
        n = text(second, LIST).partition("endings/")[2].partition("/")[0]
        assert (
            "Nobody approves what they proposed"
            in first.post(f"{LIST}endings/{n}/", {"act": "approve"}, follow=True).content.decode()
        )
        path = f"{LIST}endings/{n}/" if sent else f"{LIST}endings/{n}/back/"
        who.post(path, sent)
    assert standing(streams.stream(them.borrower), NOW)


def test_an_auditor_sees_what_stands_and_no_words(them: Someone) -> None:
    learn_of(them.borrower, "hospital", "relative", 7, at=NOW, note="his sister")
    auditor = member("auditor", "E3")
    page = text(auditor, LIST)
    assert "Ill or in hospital" in page and "his sister" not in page
    assert auditor.get(of(them)).status_code == 403
    assert member("visitor", "E4").get(LIST).status_code == 403
    assert look.looks(them.borrower) == []


@pytest.mark.parametrize("word", own())
def test_a_borrower_says_what_happened_and_it_holds_at_once(
    client: Client, them: Someone, word: str
) -> None:
    page = text(client, f"/my/happened/{word}/")
    assert "Instalments fall due on their days, interest and late interest run." in page
    stops = page.partition("What stops at once")[2].partition("What goes on")[0]
    assert "Collecting" in stops
    assert ("Auto-debit" in stops) == (word in ("hospital", "disaster", "bankruptcy"))
    sent = {"until": (TODAY + timedelta(days=30)).isoformat(), "text": LAWYER}
    assert client.post(f"/my/happened/{word}/", sent, headers=ENGLISH).status_code == 302
    fact = last(them)
    assert (fact.kind, fact.body["state"], fact.hand) == ("state.began", word, "borrower")
    assert fact.body["told_by"] == "person" and LAWYER not in str(fact.body)
    assert ("until" in fact.body) == (word in ("hospital", "disaster"))
    mine = text(client, "/my/happened/")
    assert LAWYER in mine and "It is over" in mine and f"/my/relief/{them.loan}/" in mine
    client.post("/my/happened/over/", {"seq": fact.seq})
    assert not standing(streams.stream(them.borrower), NOW)


@pytest.mark.parametrize("until", ["", "soon", "2026-05-09", "2027-05-10"])
def test_an_illness_has_a_last_day_within_half_a_year(
    client: Client, them: Someone, until: str
) -> None:
    answer = client.post("/my/happened/hospital/", {"until": until}, headers=ENGLISH)
    assert answer.status_code == 400 and "6 Nov 2026" in answer.content.decode()
    assert circumstances_of(streams.stream(them.borrower)) == []


def test_a_lawyer_has_a_name(client: Client, them: Someone) -> None:
    answer = client.post("/my/happened/represented/", {"text": " "}, headers=ENGLISH)
    assert answer.status_code == 400 and "how we reach them" in answer.content.decode()


def test_nobody_says_their_own_death_or_minority(client: Client, them: Someone) -> None:
    for word in ("debtor_deceased", "debtor_minor", "no_capacity", "moratorium", "nothing"):
        assert client.post(f"/my/happened/{word}/", {"text": "x"}).status_code == 404


def test_what_others_said_of_me_i_see_and_do_not_end(client: Client, them: Someone) -> None:
    seq = learn_of(them.borrower, "hospital", "relative", 7, at=NOW, note="his sister")
    page = text(client, "/my/happened/")
    assert "Somebody close to them" in page and "If this is wrong" in page
    assert "It is over" not in page and "his sister" not in page
    client.post("/my/happened/over/", {"seq": seq})
    assert standing(streams.stream(them.borrower), NOW)


def test_the_first_page_says_what_holds_and_leads_here(client: Client, them: Someone) -> None:
    learn_of(them.borrower, "hospital", "person", 7, at=NOW)
    home = text(client, "/my/")
    assert "You are ill or in hospital: meanwhile nobody collects." in home
    assert "/my/happened/" in home


def test_nobody_goes_on_as_somebody_who_has_died(them: Someone, client: Client) -> None:
    number = member("collector", "E1")
    assert number and staff.is_enlisted("E1")
    learn_of(them.borrower, "debtor_deceased", "public", 7, at=NOW)
    said = {"via": "counter", "phone": "", "name": "", "identity": ""}
    assert number.post("/staff/serve/", said).status_code == 400
