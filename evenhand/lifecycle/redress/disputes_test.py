"""What is owed is disputed: nobody asks for it, it is answered with its sum, corrected or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import states, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.redress import acts, deadlines, made_up, steps
from evenhand.lifecycle.redress.acts import Refused, Wanted
from evenhand.lifecycle.redress.complaints import Complaint, complaint_of, complaints_of
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.people import staff, staff_roll, stand_ins
from evenhand.people.made_up import member, sign_in

pytestmark = pytest.mark.django_db

D = date(2026, 11, 2)
NOW = moment(D, 12)
ANNA, BO = 71, 72
ENGLISH = {"accept-language": "en"}
QUEUE = "/staff/complaints/"


@pytest.fixture
def borrower(db: None) -> int:
    (one,) = enrol(1, D - timedelta(days=90))
    lend([one], D - timedelta(days=40))
    return one


@pytest.fixture
def loan(borrower: int) -> int:
    return next(fact.loan for fact in streams.stream(borrower) if fact.loan)


def at(day: int, hour: int = 12) -> int:
    return moment(D + timedelta(days=day), hour)


def dispute(borrower: int, loan: int, figure: str = "owed", *, day: int = 0) -> int:
    wanted = Wanted("sum", "app", "I paid it.", loan, 0, figure, "paid")
    return acts.open_complaint(borrower, wanted, "borrower", at=at(day))


def of(borrower: int, seq: int) -> Complaint:
    return complaint_of(streams.stream(borrower), seq)


def stands(borrower: int, loan: int, when: int) -> bool:
    both = ("complaint_open", "dispute_open")
    found = {states.stands(borrower, loan, word, at=when) for word in both}
    assert len(found) == 1, "one does not stand without the other"
    return found.pop()


def kinds(borrower: int) -> list[str]:
    return [f.kind for f in streams.stream(borrower) if f.kind.startswith(("comp", "disp", "stat"))]


def test_with_its_commit_the_gate_knows_the_debt_as_disputed(borrower: int, loan: int) -> None:
    seq = dispute(borrower, loan, "late-interest")
    found = of(borrower, seq)
    assert (found.figure, found.says, found.loan) == ("late-interest", "paid", loan)
    assert stands(borrower, loan, at(0))
    assert not states.stands(borrower, loan + 1, "dispute_open", at=at(0)), "no other debt"


def test_where_there_is_one_loan_a_complaint_about_a_sum_is_about_it(
    borrower: int, loan: int
) -> None:
    seq = made_up.complain(borrower, "sum", at=at(0))
    assert of(borrower, seq).loan == loan and stands(borrower, loan, at(0))


def test_it_is_corrected_by_an_ordinary_act_and_only_then_said_to_be(
    borrower: int, loan: int
) -> None:
    seq = dispute(borrower, loan)
    acts.take(borrower, seq, ANNA, at=at(1))
    with pytest.raises(Refused, match="no_correction"):
        acts.answer(borrower, seq, "upheld", "We found it.", ANNA, at=at(1))
    learn(borrower, facts.paid(loan, D + timedelta(days=1), 100), at=at(1))
    with pytest.raises(Refused, match="no_correction"):
        acts.answer(borrower, seq, "upheld", "We found it.", ANNA, at=at(1))
    learn(borrower, facts.paid(loan, D - timedelta(days=1), 100), at=at(1))
    acts.answer(borrower, seq, "upheld", "We found it.", ANNA, at=at(1))
    assert not stands(borrower, loan, at(1))
    (payment,) = of(borrower, seq).corrected(streams.stream(borrower))
    assert payment.day == D - timedelta(days=1), "found, and counted for the day it was paid"
    assert streams.stream(borrower)[-1].body == {"outcome": "corrected"}


def test_explained_and_not_agreed_it_is_disputed_again_before_somebody_else(
    borrower: int, loan: int
) -> None:
    seq = dispute(borrower, loan)
    made_up.answer(borrower, seq, ANNA, at=at(2), outcome="not_upheld")
    assert streams.stream(borrower)[-1].body == {"outcome": "explained"}
    acts.appeal(borrower, seq, "I do not agree.", "app", "borrower", at=at(3))
    assert stands(borrower, loan, at(3))
    with pytest.raises(Refused, match="barred"):
        acts.take(borrower, seq, ANNA, at=at(4))
    made_up.answer(borrower, seq, BO, at=at(5), outcome="not_upheld")
    assert not stands(borrower, loan, at(5))


def test_another_figure_is_another_dispute_and_no_repeat(borrower: int, loan: int) -> None:
    first = dispute(borrower, loan, "instalment-1")
    assert dispute(borrower, loan, "instalment-1", day=1) == first
    other = dispute(borrower, loan, "late-interest", day=1)
    assert other != first
    made_up.answer(borrower, first, ANNA, at=at(2), outcome="not_upheld")
    assert states.stands(borrower, loan, "dispute_open", at=at(2)), "the other stands"
    assert not of(borrower, other).repeat
    assert of(borrower, dispute(borrower, loan, "instalment-1", day=3)).repeat


def test_beside_a_repeat_compliance_lets_collecting_go_on(borrower: int, loan: int) -> None:
    made_up.answer(borrower, dispute(borrower, loan), ANNA, at=at(1), outcome="not_upheld")
    again = dispute(borrower, loan, day=2)
    acts.allow(borrower, again, "It is the same.", BO, at=at(2))
    assert not stands(borrower, loan, at(2)) and of(borrower, again).is_open
    made_up.answer(borrower, again, ANNA, at=at(3), outcome="not_upheld")
    assert not of(borrower, again).is_open
    assert kinds(borrower)[-3:] == ["state.ended", "complaint.taken", "complaint.answered"]


def test_the_packs_in_force_say_by_when(settings: Any) -> None:
    said = {}
    for packs in (("cn",), ("us",), ("cn", "us")):
        settings.EVENHAND_PACKS = packs
        said[packs] = deadlines.deadlines(D, deadlines.events_of("sum")).answer
    assert said == {("cn",): 15, ("us",): 15, ("cn", "us"): 15}


def test_what_a_tape_brought_has_an_owner_a_clock_and_an_answer(borrower: int, loan: int) -> None:
    learn(borrower, Draft("dispute.opened", D, "import", loan), at=at(0))
    (found,) = complaints_of(streams.stream(borrower))
    assert found.is_dispute and found.now.due_on == D + timedelta(days=15)
    assert [one.seq for one in steps.open_ones(at(1))] == [found.seq]
    assert steps.stop_late_interest(D + timedelta(days=16), at=at(16)) == 1
    assert steps.stop_late_interest(D + timedelta(days=17), at=at(17)) == 0
    made_up.answer(borrower, found.seq, ANNA, at=at(17), outcome="not_upheld")
    assert not states.stands(borrower, loan, "dispute_open", at=at(17))
    assert not steps.open_ones(at(18))


def test_the_borrower_hears_of_it_as_a_dispute(borrower: int, loan: int) -> None:
    seq = dispute(borrower, loan)
    made_up.answer(borrower, seq, ANNA, at=at(2), outcome="not_upheld")
    answered = next(f.seq for f in streams.stream(borrower) if f.kind == "complaint.answered")
    steps.told([(borrower, seq), (borrower, answered)], at=at(2))
    told = [f.body["template"] for f in streams.stream(borrower) if f.kind == "contact.intended"]
    assert [name for name in told if name != "news"] == ["dispute_received", "dispute_answered"]


@pytest.fixture
def page(client: Client, borrower: int, move_clock: Any) -> Client:
    move_clock(NOW)
    sign_in(client, borrower)
    return client


def text(client: Client, path: str) -> str:
    return client.get(path, headers=ENGLISH).content.decode()


def test_from_a_figure_in_two_taps_and_its_sum_stands_beside_it(
    page: Client, borrower: int, loan: int
) -> None:
    path = f"/my/complaint/sum/{loan}/outstanding/"
    assert path in text(page, f"/my/sum/{loan}/outstanding/")
    assert f"/my/complaint/sum/{loan}/" in text(page, f"/my/statement/{loan}/")
    assert "Principal still owed" in text(page, path)
    answer = page.post(path, {"text": "By transfer."}, headers=ENGLISH)
    assert answer.status_code == 400
    assert "Choose what is wrong." in answer.content.decode() and b"By transfer." in answer.content
    assert page.post(path, {"says": "paid", "text": "By transfer."}).status_code == 302
    (found,) = complaints_of(streams.stream(borrower))
    told = text(page, f"/my/complaint/{found.seq}/")
    assert "We have your objection" in told and "I have paid this · Principal still owed" in told
    assert "Paid in all" in told, "of what is said to be paid, what was"


def test_no_loan_of_others_and_no_figure_of_nobodys(page: Client, loan: int) -> None:
    for path in (f"{loan + 99}/", f"{loan}/no-such/", f"{loan}/instalment/"):
        assert page.get(f"/my/complaint/sum/{path}").status_code == 404


def test_finance_and_compliance_answer_a_sum_and_finance_nothing_else(
    borrower: int, loan: int, move_clock: Any
) -> None:
    move_clock(NOW)
    seq, other = dispute(borrower, loan), made_up.complain(borrower, "treatment", at=NOW)
    finance, supervisor = member("finance", "E1"), member("supervisor", "E2")
    for client, answers, sees in ((finance, seq, False), (supervisor, other, True)):
        assert ("How I was treated" in text(client, QUEUE)) is sees
        assert client.post(f"{QUEUE}{borrower}/{answers}/take/").status_code == 302
        barred = seq if answers == other else other
        assert client.post(f"{QUEUE}{borrower}/{barred}/take/").status_code == 403
    assert finance.get(f"{QUEUE}{borrower}/{other}/").status_code == 403
    path = f"{QUEUE}{borrower}/{seq}/"
    told = text(finance, path)
    assert "How the sum comes about" in told and "correct it first" in told
    sent = {"outcome": "upheld", "text": "We found it."}
    assert (
        "Nothing is corrected yet"
        in finance.post(f"{path}answer/", sent, headers=ENGLISH, follow=True).content.decode()
    )
    finance.post(f"{path}answer/", {"outcome": "not_upheld", "text": "It adds up."})
    assert "Explained: the sum is right" in text(finance, path)


def test_at_the_counter_a_figure_is_written_down_with_what_is_said_of_it(
    borrower: int, loan: int, move_clock: Any
) -> None:
    move_clock(NOW)
    clerk = member("supervisor", "E2")
    path = f"{QUEUE}new/{borrower}/?loan={loan}&figure=owed"
    assert path.replace("&", "&amp;") in text(clerk, f"/borrowers/{borrower}/sum/{loan}/owed/")
    told = text(clerk, path)
    assert 'name="figure" value="owed"' in told
    sent = {"ground": "sum", "via": "hotline", "figure": "owed", "says": "terms"}
    assert clerk.post(path, sent).status_code == 302
    (found,) = complaints_of(streams.stream(borrower))
    assert (found.figure, found.says, found.loan) == ("owed", "terms", loan)
    assert found.hand.startswith("staff:") and stands(borrower, loan, NOW)


def test_of_finance_who_is_away_others_of_finance_and_compliance_stand_in(db: None) -> None:
    one, two = (
        staff.enlist(n, "a-long-password-1", role="finance", number=n) for n in ("F1", "F2")
    )
    led = staff.enlist("S1", "a-long-password-1", role="supervisor", number="S1")
    staff_roll.set_away(one, D, D, 0)
    day = stand_ins.on_day(D)
    assert day.doers(one, "dispute_answer") == (two,) and led not in day.doers(
        one, "dispute_answer"
    )
