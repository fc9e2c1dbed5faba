"""Wordings as compliance meets them: adopted, changed, ended by two hands; words held back."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import streams
from evenhand.ledger.two_hands import TAKEN_BACK
from evenhand.lifecycle.wording import held_pages
from evenhand.lifecycle.wording.changes import stretches
from evenhand.outbound.contact import own_words, wording, words
from evenhand.outbound.contact.made_up import enrol, moment
from evenhand.people import look, staff
from evenhand.people.made_up import PASSWORD, member

pytestmark = pytest.mark.django_db

D = date(2026, 5, 4)
NOW = moment(D, 12)
LIST = "/staff/words/"
KEY = "sms/news/en"
ONE = f"{LIST}{KEY}/"
OWN = (
    "[{lender}] There is something new for you. Open our app or call {hotline}. Code: {reference}."
)


@pytest.fixture(autouse=True)
def _today(move_clock: Any) -> None:
    move_clock(NOW)


@pytest.fixture
def maker() -> Client:
    return member("supervisor", "E0001")


@pytest.fixture
def checker() -> Client:
    return member("compliance", "E0002")


def newest() -> int:
    return wording.proposals()[0].seq


def decide(client: Client, act: str, **more: str) -> str:
    sent = {"act": act, **more}
    answer = client.post(f"{LIST}proposals/{newest()}/", sent, follow=True)
    return answer.content.decode()


def test_words_of_ones_own_are_proposed_by_one_and_used_once_another_approves(
    maker: Client, checker: Client
) -> None:
    assert maker.post(f"{ONE}propose/", {"text": OWN}).headers["Location"] == ONE
    told = checker.get(LIST).content.decode()
    assert "waits for another hand" in told and "<ins>" in told and "E0001" in told
    assert "Approve" not in maker.get(LIST).content.decode(), "a supervisor proposes only"
    assert "From now on these words leave" in decide(checker, "approve")
    assert wording.in_force()[KEY].fields == {"text": OWN}
    assert OWN in checker.get(ONE).content.decode()
    assert "own words" in checker.get(LIST).content.decode()


def test_nobody_approves_their_own(checker: Client) -> None:
    checker.post(f"{ONE}propose/", {"text": OWN})
    assert "another person decides" in decide(checker, "approve")
    assert wording.in_force()[KEY].fields == words.shipped()[KEY]
    decide(checker, "take_back")
    assert wording.proposals()[0].reason == TAKEN_BACK


def test_a_no_has_a_reason(maker: Client, checker: Client) -> None:
    maker.post(f"{ONE}propose/", {"text": OWN})
    assert "Choose the reason" in decide(checker, "decline", reason="because")
    decide(checker, "decline", reason="tone")
    assert "Not the tone we want" in maker.get(ONE).content.decode()
    assert "decided already" in decide(checker, "approve")


def test_words_with_faults_come_back_with_all_that_was_typed(maker: Client) -> None:
    wrong = "Pay your debt tonight or you go to jail: {hotline}"
    answer = maker.post(f"{ONE}propose/", {"text": wrong})
    page = answer.content.decode()
    assert answer.status_code == 400 and wrong in page and "placeholders, spelt so" in page
    assert "“debt” may not stand here" in page and "threatens" in page and "begins with" in page
    assert not [one for one in wording.proposals() if one.state == "waiting"]


def test_without_words_everybody_concerned_is_told_and_the_release_is_one_act(
    maker: Client, checker: Client
) -> None:
    seq = wording.propose_stop([KEY, "in_app/receipt/en"], "staff:77", at=NOW)
    wording.approve(seq, "staff:78", at=NOW)
    for client in (maker, checker):
        assert "2 wordings are not approved" in client.get(LIST).content.decode()
        assert '<span aria-hidden="true">2</span>' in client.get("/law/").content.decode()
    assert "nothing leaves" in checker.get(ONE).content.decode()
    maker.post(f"{LIST}adopt/")
    decide(checker, "approve")
    assert wording.missing() == []
    maker.post(f"{LIST}adopt/")
    assert not [one for one in wording.proposals() if one.state == "waiting"]


def test_a_wording_ends_by_two_hands(maker: Client, checker: Client) -> None:
    maker.post(f"{ONE}stop/")
    assert KEY in wording.in_force()
    decide(checker, "approve")
    assert KEY not in wording.in_force()


def test_an_address_of_no_wording_is_none(checker: Client) -> None:
    for path in (f"{LIST}sms/nothing/en/", f"{LIST}sms/news/fr/", f"{LIST}held/99/"):
        assert checker.get(path).status_code in (404, 405)
    assert checker.post(f"{LIST}held/99/").status_code == 404


def test_what_was_held_back_is_counted_by_number_and_read_as_a_look(checker: Client) -> None:
    (borrower,) = enrol(1, D)
    for number in ("E0009", "E0008", "E0009"):
        by = staff.named(number) or staff.enlist(number, PASSWORD, role="collector", number=number)
        with pytest.raises(own_words.Blocked):
            own_words.seal(borrower, "You are a deadbeat.", "reply", by, at=NOW)
    told = checker.get(f"{LIST}held/").content.decode()
    assert told.index("E0008") < told.index("E0009") and "deadbeat" not in told
    assert [(one.number, one.times) for one in counted()] == [("E0008", 1), ("E0009", 2)]
    seq = own_words.attempts()[0].seq
    assert "deadbeat" in checker.post(f"{LIST}held/{seq}/").content.decode()
    assert [one.purpose for one in look.looks(borrower)] == [own_words.LOOK]
    assert len(streams.stream(borrower)) == 1, "the borrower's own facts say nothing of it"
    assert member("auditor", "E0003").post(f"{LIST}held/{seq}/").status_code == 403


def counted() -> list[held_pages.Count]:
    found = own_words.attempts()
    return held_pages.counts(found, staff.numbers(sorted({one.by for one in found})))


def test_what_changed_reads_as_one_text() -> None:
    both = stretches("请致电95000。", "请打开App，或致电95000。")
    assert "".join(each.text for each in both if each.kind != "new") == "请致电95000。"
    assert "".join(each.text for each in both if each.kind != "gone") == "请打开App，或致电95000。"
