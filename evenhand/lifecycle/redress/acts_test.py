"""Complaints as stories: opened, taken on, given more time, answered, appealed, repeated."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.ledger import states, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.redress import acts, deadlines, made_up
from evenhand.lifecycle.redress.acts import Refused, Wanted
from evenhand.lifecycle.redress.complaints import Complaint, complaint_of, complaints_of
from evenhand.outbound.contact import closing
from evenhand.outbound.contact.made_up import enrol, learn, lend, moment
from evenhand.people import kept

pytestmark = pytest.mark.django_db

D = date(2026, 11, 2)
ANNA, BO = 71, 72
"""Two members of staff."""


@pytest.fixture
def borrower(db: None) -> int:
    (one,) = enrol(1, D - timedelta(days=90))
    lend([one], D - timedelta(days=40))
    return one


def at(day: int, hour: int = 12) -> int:
    return moment(D + timedelta(days=day), hour)


def of(borrower: int, seq: int) -> Complaint:
    return complaint_of(streams.stream(borrower), seq)


def stopped(borrower: int, when: int) -> bool:
    return states.stands(borrower, 1, "complaint_open", at=when)


def test_it_stops_collecting_at_once_and_has_fifteen_days(borrower: int) -> None:
    seq = made_up.complain(borrower, "treatment", "They shouted.", at=at(0))
    found = of(borrower, seq)
    assert stopped(borrower, at(0))
    assert (found.ground, found.via, found.now.owner) == ("treatment", "app", 0)
    assert found.now.due_on == D + timedelta(days=15)
    assert kept.committed(borrower, found.now.text) == "They shouted."


def test_whoever_takes_it_answers_and_the_pause_ends_with_the_answer(borrower: int) -> None:
    seq = made_up.complain(borrower, at=at(0))
    with pytest.raises(Refused, match="not_owner"):
        acts.answer(borrower, seq, "upheld", "Sorry.", ANNA, at=at(1))
    made_up.answer(borrower, seq, ANNA, at=at(2), outcome="partly", text="Half of it.")
    found = of(borrower, seq)
    assert not found.is_open and not stopped(borrower, at(2))
    assert (found.now.outcome, found.now.owner) == ("partly", ANNA)
    assert (
        found.now.answered
        and closing.typed(kept.committed(borrower, found.now.answered.text)) == "Half of it."
    )
    with pytest.raises(Refused, match="answered"):
        acts.answer(borrower, seq, "upheld", "Again.", ANNA, at=at(3))


def test_more_time_once_for_a_complex_matter_and_once_more_for_special_reasons(
    borrower: int,
) -> None:
    seq = made_up.complain(borrower, at=at(0))
    acts.take(borrower, seq, ANNA, at=at(1))
    with pytest.raises(Refused, match="not_yet"):
        acts.extend(borrower, seq, "special", "Why.", ANNA, at=at(15))
    acts.extend(borrower, seq, "complex", "The bank answers slowly.", ANNA, at=at(15))
    assert of(borrower, seq).now.due_on == D + timedelta(days=30)
    acts.extend(borrower, seq, "special", "A flood.", ANNA, at=at(30))
    assert of(borrower, seq).now.due_on == D + timedelta(days=60)
    assert of(borrower, seq).now.extended == ("complex", "special")


def test_there_is_no_more_time_once_the_last_day_is_over(borrower: int) -> None:
    seq = made_up.complain(borrower, at=at(0))
    acts.take(borrower, seq, ANNA, at=at(1))
    with pytest.raises(Refused, match="too_late"):
        acts.extend(borrower, seq, "complex", "Why.", ANNA, at=at(16))


def test_an_appeal_stops_collecting_again_and_another_answers_once(borrower: int) -> None:
    seq = made_up.complain(borrower, at=at(0))
    with pytest.raises(Refused, match="no_appeal"):
        acts.appeal(borrower, seq, "Too early.", "app", "borrower", at=at(1))
    made_up.answer(borrower, seq, ANNA, at=at(2), outcome="not_upheld")
    acts.appeal(borrower, seq, "I do not agree.", "app", "borrower", at=at(3))
    assert stopped(borrower, at(3)) and of(borrower, seq).is_appeal
    assert of(borrower, seq).now.due_on == D + timedelta(days=18)
    with pytest.raises(Refused, match="barred"):
        acts.take(borrower, seq, ANNA, at=at(4))
    made_up.answer(borrower, seq, BO, at=at(5))
    assert not stopped(borrower, at(5))
    with pytest.raises(Refused, match="no_appeal"):
        acts.appeal(borrower, seq, "Again.", "app", "borrower", at=at(6))


def test_nobody_answers_a_complaint_about_themselves(borrower: int) -> None:
    seq = made_up.complain(borrower, "treatment", at=at(0), about=ANNA)
    with pytest.raises(Refused, match="barred"):
        acts.take(borrower, seq, ANNA, at=at(1))
    with pytest.raises(Refused, match="barred"):
        acts.answer(borrower, seq, "upheld", "I did nothing.", ANNA, at=at(1))
    made_up.answer(borrower, seq, BO, at=at(1))


def test_the_same_said_again_is_added_to_the_open_one(borrower: int) -> None:
    seq = made_up.complain(borrower, "contact", "They called at night.", at=at(0))
    assert made_up.complain(borrower, "contact", "And again.", at=at(1)) == seq
    assert made_up.complain(borrower, "contact", at=at(1)) == seq
    assert made_up.complain(borrower, "sum", at=at(1)) != seq
    (added,) = of(borrower, seq).added
    assert kept.committed(borrower, added.text) == "And again."
    assert of(borrower, seq).now.due_on == D + timedelta(days=15)


def test_by_telephone_both_hands_are_written_down(borrower: int) -> None:
    wanted = Wanted("privacy", "hotline", "My boss was told.")
    seq = acts.open_complaint(borrower, wanted, f"staff:{BO}", at=at(0))
    fact = streams.stream(borrower)[seq - 1]
    assert (fact.hand, fact.body["on_behalf"]) == (f"staff:{BO}", "borrower")


def test_a_loan_of_somebody_else_is_no_ground(borrower: int) -> None:
    with pytest.raises(LookupError):
        made_up.complain(borrower, at=at(0), loan=10**9)


@pytest.fixture
def repeat(borrower: int) -> int:
    """A second complaint on the ground of one that was answered; it came in on a Friday."""
    first = made_up.complain(borrower, "contact", at=at(0))
    made_up.answer(borrower, first, ANNA, at=at(1))
    return made_up.complain(borrower, "contact", at=at(4))


def test_a_repeat_pauses_until_compliance_says_otherwise(borrower: int, repeat: int) -> None:
    found = of(borrower, repeat)
    assert found.repeat and stopped(borrower, at(4))
    assert found.decide_by == D + timedelta(days=7), "Monday: the next working day after a Friday"
    acts.allow(borrower, repeat, "The same calls, and they were lawful.", BO, at=at(7))
    found = of(borrower, repeat)
    assert found.is_open and not found.now.pauses and not stopped(borrower, at(7))
    made_up.answer(borrower, repeat, ANNA, at=at(8))
    assert not of(borrower, repeat).is_open


def test_after_that_day_compliance_says_nothing_and_the_pause_lasts(
    borrower: int, repeat: int
) -> None:
    with pytest.raises(Refused, match="too_late"):
        acts.allow(borrower, repeat, "Too late.", BO, at=at(8))
    assert stopped(borrower, at(9))


def test_what_is_no_repeat_stays_paused(borrower: int) -> None:
    seq = made_up.complain(borrower, "contact", at=at(0))
    with pytest.raises(Refused, match="no_repeat"):
        acts.allow(borrower, seq, "Why not.", BO, at=at(0))


def test_who_complains_of_another_loan_repeats_nothing(borrower: int) -> None:
    (one, other) = (*lend([borrower], D), *lend([borrower], D))
    first = made_up.complain(borrower, "sum", at=at(1), loan=one)
    made_up.answer(borrower, first, ANNA, at=at(1), outcome="not_upheld")
    assert not of(borrower, made_up.complain(borrower, "sum", at=at(2), loan=other)).repeat
    assert of(borrower, made_up.complain(borrower, "sum", at=at(2), loan=one)).repeat


def test_what_came_with_a_takeover_has_a_clock_too(borrower: int) -> None:
    learn(borrower, Draft("complaint.opened", D, "import"), at=at(0))
    (found,) = complaints_of(streams.stream(borrower))
    assert found.now.due_on == D + timedelta(days=15)


@pytest.mark.parametrize(
    ("day", "next_one"),
    [
        (date(2026, 11, 4), date(2026, 11, 5)),
        (date(2026, 11, 6), date(2026, 11, 9)),
        (date(2026, 9, 30), date(2026, 10, 8)),
        (date(2026, 9, 18), date(2026, 9, 20)),
    ],
    ids=["midweek", "over a weekend", "over the National Day holidays", "a make-up Sunday works"],
)
def test_the_next_working_day(day: date, next_one: date) -> None:
    assert deadlines.next_working_day(day) == next_one


def test_without_a_pack_that_says_so_the_days_are_ours(settings: Any) -> None:
    settings.EVENHAND_PACKS = ("policy",)
    assert deadlines.deadlines(D) == deadlines.OURS
