"""A waiver as a story: one says what is given up and why, another approves within their limit."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import standing, streams, waivers
from evenhand.ledger.facts import Draft
from evenhand.ledger.made_up import noon
from evenhand.ledger.one_loan import Here, here
from evenhand.lifecycle.writeoff import made_up, steps, waiving
from evenhand.outbound.contact.made_up import adopt, go_online
from evenhand.outbound.payments.made_up import D, Someone, learn, owing
from evenhand.people.made_up import member, sign_in

pytestmark = pytest.mark.django_db

TODAY: date = D + timedelta(days=75)
LIST = "/staff/waivers/"
WHOLE = {"part": "late", "how": "whole", "reason": "illness"}
SOME = {"part": "interest", "how": "sum", "amount": "7.50", "reason": "our_mistake"}


@pytest.fixture
def them(move_clock: Callable[[int], None]) -> Someone:
    """Two instalments of 1,010.00 past due, 45 and 15 days, at 18 % late interest a year."""
    move_clock(noon(TODAY))
    return owing()


def stands(them: Someone, on: date = TODAY) -> Here:
    found = here(streams.stream(them.borrower), them.loan, on)
    assert found
    return found


def send(client: Client, them: Someone, act: str, said: dict[str, str]) -> Any:
    return client.post(f"{LIST}{them.loan}/", {**said, "act": act}, follow=True)


def decide(client: Client, act: str, **more: Any) -> str:
    return made_up.decide(client, f"{LIST}proposals/{waiving.proposals()[0].seq}/", act, **more)


def given(them: Someone) -> list[tuple[str, int]]:
    stream = streams.stream(them.borrower)
    return [(one.part, one.amount_minor) for one in waivers.of_loan(stream, them.loan)]


def test_it_is_seen_before_it_is_proposed_and_approved_by_another(them: Someone) -> None:
    maker, checker = member("collector", "E1"), member("supervisor", "E2")
    before = stands(them)
    # 18 % of 1,000.00 for 45 and for 15 days of a year of 360.
    assert before.late_minor == 2_250 + 750
    seen = send(maker, them, "see", WHOLE).content.decode()
    assert "To be waived" in seen and "30.00" in seen
    assert not waiving.proposals(), "nothing is proposed by looking"
    send(maker, them, "propose", WHOLE)
    stream = streams.stream(them.borrower)
    preview = waiving.preview(stream, waiving.wanted(waiving.proposals()[0]), TODAY)
    assert preview.after.late_minor == 0 and preview.amount_minor == 3_000
    decide(maker, "approve", seen=3_000)
    assert not given(them), "a collector proposes and does not approve"
    assert "told" in decide(checker, "approve", seen=3_000)
    assert given(them) == [("late", 3_000)]
    assert stands(them) == preview.after, "what was seen is what happened, to the cent"
    assert before.past_due_since == preview.after.past_due_since == D + timedelta(days=30)
    kept = standing.positions([them.borrower])
    assert kept["late_interest_minor"].tolist()[-1] == 0, "the book says so too"


def test_nobody_approves_their_own(them: Someone) -> None:
    maker = member("supervisor", "E1")
    send(maker, them, "propose", WHOLE)
    assert "another person decides" in decide(maker, "approve", seen=3_000)
    assert not given(them) and waiving.proposals()[0].waits
    maker.post(f"{LIST}proposals/{waiving.proposals()[0].seq}/back/")
    assert waiving.proposals()[0].reason == "taken_back"


def test_a_sum_of_interest_pays_interest_alone(them: Someone) -> None:
    send(member("compliance", "E1"), them, "propose", SOME)
    before = stands(them)
    decide(member("finance", "E2"), "approve", seen=750)
    now = stands(them)
    assert now.interest_minor == before.interest_minor - 750 == 2_000 - 750
    assert (now.late_minor, now.outstanding_minor) == (before.late_minor, before.outstanding_minor)
    assert now.due_minor == before.due_minor - 750


def test_a_fee_is_waived_alone_and_only_what_is_due_of_it(them: Someone) -> None:
    loan = int(streams.new_loans(1)[0])
    fees = [[n, 700] for n in range(1, 13)]
    learn(them.borrower, facts.signed(loan, D, fees_due=fees), at=noon(D))
    other = them._replace(loan=loan)
    before = stands(other)
    assert before.fee_minor == 2 * 700, "ten more are still to come"
    send(member("collector", "E1"), other, "propose", {**WHOLE, "part": "fee"})
    decide(member("supervisor", "E2"), "approve", seen=1_400)
    now = stands(other)
    assert (now.fee_minor, now.due_minor) == (0, before.due_minor - 1_400)
    assert now.outstanding_minor == before.outstanding_minor
    assert now.interest_minor == before.interest_minor and now.late_minor == before.late_minor


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({**SOME, "amount": "20.01"}, "No more can be waived than is owed of it."),
        ({**SOME, "amount": "0"}, "Type an amount above nothing"),
        ({**SOME, "reason": "mood"}, "Choose the reason."),
        ({**SOME, "part": "fee"}, "Choose a part of which something is owed."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    them: Someone, said: dict[str, str], sentence: str
) -> None:
    answer = send(member("collector", "E1"), them, "propose", said)
    page = answer.content.decode()
    assert answer.status_code == 400 and sentence in page and said["amount"] in page
    assert not waiving.proposals()


def test_it_is_judged_again_as_it_is_approved(them: Someone, move_clock: Any) -> None:
    send(member("collector", "E1"), them, "propose", {**WHOLE, "how": "sum", "amount": "30"})
    learn(them.borrower, facts.paid(them.loan, TODAY, 1_000), at=noon(TODAY))
    checker = member("supervisor", "E2")
    assert "By now less is owed" in checker.get(LIST).content.decode()
    assert "By now less is owed" in decide(checker, "approve", seen=3_000)
    assert not given(them) and waiving.proposals()[0].waits, "nothing is written at all"


def test_the_whole_is_what_is_owed_on_the_day_of_approval(them: Someone, move_clock: Any) -> None:
    send(member("collector", "E1"), them, "propose", WHOLE)
    tomorrow = TODAY + timedelta(days=1)
    move_clock(noon(tomorrow))
    checker = member("supervisor", "E2")
    assert "31.00" in checker.get(LIST).content.decode(), "a day more: 50 cents of each instalment"
    assert "moved since you saw it" in decide(checker, "approve", seen=3_000)
    decide(checker, "approve", seen=3_100)
    assert given(them) == [("late", 3_100)]


def test_the_limit_of_the_role_counts_what_was_waived_of_the_loan_within_a_year(
    them: Someone, move_clock: Any
) -> None:
    maker, checker = member("compliance", "E1"), member("supervisor", "E2")
    late = TODAY + timedelta(days=1_000)
    move_clock(noon(late))
    send(maker, them, "propose", {**WHOLE, "how": "sum", "amount": "400"})
    decide(checker, "approve", seen=40_000)
    send(maker, them, "propose", {**WHOLE, "how": "sum", "amount": "100.01"})
    assert "of this loan" in checker.get(LIST).content.decode()
    assert "above the limit" in decide(checker, "approve", seen=10_001)
    assert given(them) == [("late", 40_000)]
    decide(member("compliance", "E3"), "approve", seen=10_001)
    assert given(them) == [("late", 40_000), ("late", 10_001)]


def test_one_waits_at_a_time_and_may_be_declined_for_a_reason(them: Someone) -> None:
    maker, checker = member("collector", "E1"), member("supervisor", "E2")
    send(maker, them, "propose", WHOLE)
    assert b"waits for another hand already" in send(maker, them, "propose", SOME).content
    assert "Choose the reason" in decide(checker, "decline")
    decide(checker, "decline", reason="reason")
    assert "The reason does not hold" in checker.get(LIST).content.decode()
    assert not given(them)


def test_the_borrower_is_told_once_with_the_sum(them: Someone) -> None:
    adopt(D)
    go_online([them.borrower], TODAY)
    send(member("collector", "E1"), them, "propose", SOME)
    decide(member("supervisor", "E2"), "approve", seen=750)
    (fact,) = [f for f in streams.stream(them.borrower) if f.kind == "charge.waived"]
    for _again in range(2):
        steps.told([(fact.borrower, fact.seq)], at=noon(TODAY))
    told = [f.body for f in streams.stream(them.borrower) if f.kind == "contact.intended"]
    assert [body["channel"] for body in told] == ["in_app", "sms"]
    assert [body["template"] for body in told] == ["charge_waived", "news"]
    assert told[0]["values"]["amount_minor"] == 750


def test_a_loan_of_nobodys_has_nothing_to_waive(them: Someone) -> None:
    assert member("collector", "E1").get(f"{LIST}999999/").status_code == 404


def test_the_borrower_sees_it_on_the_loans_page_and_that_it_is_no_payment(
    them: Someone, client: Client
) -> None:
    body = {"part": "late", "reason": "illness"}
    waived = Draft("charge.waived", TODAY, "staff:1", them.loan, -500, body=body)
    learn(them.borrower, waived, at=noon(TODAY))
    sign_in(client, them.borrower)
    english = {"accept-language": "en"}
    page = client.get(f"/my/loan/{them.loan}/", headers=english).content.decode()
    assert "We gave this up" in page and "Illness in the family" in page
    assert "2,045.00" in page, "2,020.00 and 30.00 of late interest, less 5.00"
    assert (
        "Nothing has been paid yet" in client.get("/my/receipts/", headers=english).content.decode()
    )
