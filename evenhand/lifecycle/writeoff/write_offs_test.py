"""A write-off as a story: off the books by two hands, and owed as before."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.ledger import made_up, off_books, standing, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.house import day_number
from evenhand.ledger.made_up import noon
from evenhand.ledger.one_loan import Here, here
from evenhand.lifecycle.writeoff import reasons, steps, writing_off
from evenhand.lifecycle.writeoff.made_up import decide
from evenhand.outbound.contact.made_up import adopt, go_online
from evenhand.outbound.payments.made_up import D, Someone, learn, owing
from evenhand.people.made_up import member, sign_in

pytestmark = pytest.mark.django_db

TODAY: date = D + timedelta(days=400)
LIST = "/staff/write-offs/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def them(move_clock: Callable[[int], None]) -> Someone:
    """Twelve instalments of which none was paid, the first 370 days ago."""
    move_clock(noon(TODAY))
    return owing()


def stands(them: Someone, on: date = TODAY) -> Here:
    found = here(streams.stream(them.borrower), them.loan, on)
    assert found
    return found


def off(them: Someone) -> Any:
    return off_books.write_off(streams.stream(them.borrower), them.loan)


def last() -> str:
    return f"{LIST}proposals/{writing_off.proposals()[0].seq}/"


def test_what_is_owed_is_the_same_before_and_after_and_what_comes_in_is_a_recovery(
    them: Someone,
) -> None:
    finance, checker = member("finance", "E1"), member("supervisor", "E2")
    standing.restand([them.borrower], day_number(TODAY))
    page = finance.get(LIST).content.decode()
    assert f"{LIST}{them.loan}/" in page and "370" in page
    before = stands(them)
    form = finance.get(f"{LIST}{them.loan}/").content.decode()
    assert 'value="age"' in form and 'value="death"' not in form
    assert finance.post(f"{LIST}{them.loan}/").status_code == 400
    finance.post(f"{LIST}{them.loan}/", {"reason": "age"})
    assert "It leaves the books" in form and "12,000.00" in checker.get(LIST).content.decode()
    assert "as it was" in decide(checker, last(), "approve")
    fact = off(them)
    assert fact.hand.startswith("staff:") and fact.body["reason"] == "age"
    assert fact.body["outstanding_minor"] == 1_200_000
    assert stands(them) == before, "nothing was forgiven"
    learn(them.borrower, made_up.paid(them.loan, TODAY, 101_000), at=noon(TODAY))
    facts = streams.stream(them.borrower)
    assert off_books.recovered(facts, fact) == 101_000
    listed = finance.get(LIST).content.decode()
    assert f"{LIST}{them.loan}/" not in listed and "12,000.00" in listed, "what was taken off"
    assert "1,010.00" in finance.get(f"{LIST}{them.loan}/").content.decode()
    portfolio = finance.get("/staff/portfolio/").content.decode()
    assert "Written off and recovered, by month" in portfolio and "1,010.00" in portfolio


def test_a_mistake_is_undone_by_two_hands(them: Someone) -> None:
    finance, checker = member("finance", "E1"), member("compliance", "E2")
    for reason in ("age", "mistake"):
        finance.post(f"{LIST}{them.loan}/", {"reason": reason})
        assert finance.post(last(), {"act": "approve"}).status_code == 403
        decide(checker, last(), "approve")
    kinds = [fact.kind for fact in streams.stream(them.borrower)]
    assert kinds[-2:] == ["loan.written_off", "loan.write_off_undone"] and off(them) is None


def test_a_reason_wants_its_evidence_when_proposed_and_when_approved(
    them: Someone, move_clock: Any
) -> None:
    early = D + timedelta(days=60)
    move_clock(noon(early))
    finance, checker = member("finance", "E1"), member("supervisor", "E2")
    form = finance.get(f"{LIST}{them.loan}/").content.decode()
    assert "Nothing on record bears a write-off out." in form
    assert finance.post(f"{LIST}{them.loan}/", {"reason": "age"}).status_code == 400
    began = Draft("state.began", early, "staff:1", body={"state": "bankruptcy"})
    learn(them.borrower, began, at=noon(early))
    finance.post(f"{LIST}{them.loan}/", {"reason": "bankruptcy"})
    seq = len(streams.stream(them.borrower))
    ended = Draft("state.ended", early, "staff:1", cause=seq)
    learn(them.borrower, ended, at=noon(early) + 1)
    move_clock(noon(early) + 2)
    assert "bears this reason out" in checker.get(LIST).content.decode()
    assert "bears this reason out" in decide(checker, last(), "approve")
    assert off(them) is None and writing_off.proposals()[0].waits


def test_above_the_limit_of_the_role_a_higher_one_approves(them: Someone) -> None:
    loan = int(streams.new_loans(1)[0])
    learn(them.borrower, made_up.signed(loan, D, 60), at=noon(TODAY))
    finance, checker = member("finance", "E1"), member("supervisor", "E2")
    finance.post(f"{LIST}{loan}/", {"reason": "age"})
    assert "above the limit" in checker.get(LIST).content.decode()
    assert "above the limit" in decide(checker, last(), "approve")
    decide(member("compliance", "E3"), last(), "approve")
    assert off_books.write_off(streams.stream(them.borrower), loan)


def test_it_waits_once_and_may_be_taken_back_or_declined(them: Someone) -> None:
    finance, checker = member("finance", "E1"), member("supervisor", "E2")
    finance.post(f"{LIST}{them.loan}/", {"reason": "age"})
    again = finance.post(f"{LIST}{them.loan}/", {"reason": "age"}, follow=True)
    assert b"waits for another hand already" in again.content
    finance.post(f"{last()}back/")
    finance.post(f"{LIST}{them.loan}/", {"reason": "age"})
    assert "Choose the reason" in decide(checker, last(), "decline")
    decide(checker, last(), "decline", reason="may_pay")
    page = checker.get(LIST).content.decode()
    assert "It may still be paid" in page and "Taken back" in page and off(them) is None


def test_the_borrower_is_told_but_of_a_loan_that_is_not_theirs_nothing(them: Someone) -> None:
    adopt(D)
    go_online([them.borrower], TODAY)
    told = [_told(them, reason) for reason in ("age", "fraud")]
    assert told == [["written_off", "news"], []]


def _told(them: Someone, reason: str) -> list[str]:
    before = len(streams.stream(them.borrower))
    body = {"outstanding_minor": 1, "reason": reason}
    draft = Draft("loan.written_off", TODAY, "staff:1", them.loan, body=body)
    learn(them.borrower, draft, at=noon(TODAY))
    steps.told([(them.borrower, before + 1)], at=noon(TODAY))
    later = streams.stream(them.borrower)[before:]
    return [fact.body["template"] for fact in later if fact.kind == "contact.intended"]


def test_fraud_is_borne_out_by_our_own_finding_alone(them: Someone) -> None:
    began = Draft("state.began", TODAY, "borrower", them.loan, body={"state": "identity_theft"})
    learn(them.borrower, began, at=noon(TODAY))

    def ways() -> list[str]:
        facts = streams.stream(them.borrower)
        return writing_off.borne_out(facts, stands(them), noon(TODAY))

    assert ways() == ["age"]
    seq = len(streams.stream(them.borrower))
    upheld = Draft("claim.upheld", TODAY, "staff:1", cause=seq)
    learn(them.borrower, upheld, at=noon(TODAY))
    assert ways() == ["age", "fraud"]
    assert list(reasons.reasons()) == ["age", "death", "bankruptcy", "fraud"]


def test_a_loan_is_found_by_its_number(them: Someone) -> None:
    finance = member("finance", "E1")
    found = finance.get(f"{LIST}find/", {"loan": f" {them.loan} "})
    assert found.headers["Location"] == f"{LIST}{them.loan}/"
    for wrong in ("", "x", "999999", "9" * 13):
        assert finance.get(f"{LIST}find/", {"loan": wrong}).headers["Location"] == LIST


def test_the_borrower_reads_what_it_means_and_does_not_mean(them: Someone, client: Any) -> None:
    sign_in(client, them.borrower)
    where = f"/my/loan/{them.loan}/"
    assert "Written off" not in client.get(where, headers=ENGLISH).content.decode()
    body = {"outstanding_minor": 1_200_000, "reason": "age"}
    draft = Draft("loan.written_off", TODAY, "staff:1", them.loan, body=body)
    learn(them.borrower, draft, at=noon(TODAY))
    page = client.get(where, headers=ENGLISH).content.decode()
    assert "It does not mean that the debt is gone" in page and "12,000.00" in page


@pytest.mark.parametrize(
    ("word", "told_by", "reason"),
    [("debtor_deceased", "relative", "death"), ("bankruptcy", "public", "bankruptcy")],
)
def test_what_staff_recorded_of_the_borrower_is_a_ground(
    them: Someone, word: str, told_by: str, reason: str
) -> None:
    finance, collector = member("finance", "E1"), member("collector", "E2")
    form = f"{LIST}{them.loan}/"
    assert f'value="{reason}"' not in finance.get(form).content.decode()
    record = f"/staff/circumstances/of/{them.borrower}/"
    sent = {"word": word, "told_by": told_by}
    assert collector.post(record, sent).status_code == 302
    assert f'value="{reason}"' in finance.get(form).content.decode()
    finance.post(form, {"reason": reason})
    assert "as it was" in decide(member("supervisor", "E3"), last(), "approve")
    assert off(them).body["reason"] == reason
