"""Relief as a story: asked for and answered, offered and accepted; what is seen is what happens."""

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.ledger import changes, house, plans, reliefs, standing, states, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.made_up import noon
from evenhand.ledger.two_hands import NotAllowed
from evenhand.lifecycle.relief import acts, grants, judging, made_up, steps
from evenhand.lifecycle.relief.judging import Refused
from evenhand.lifecycle.relief.made_up import EACH, borrower, later, pays
from evenhand.lifecycle.relief.seen import Seen
from evenhand.outbound.payments.made_up import Someone, learn

pytestmark = pytest.mark.django_db

TODAY = date(2026, 5, 10)
NEXT = date(2026, 5, 31)
RUNS: dict[str, Any] = {"change": "holiday", "count": 2, "interest": "runs"}
ASKED: list[dict[str, Any]] = [
    RUNS,
    {"change": "later_due_day", "due_day": 15},
    {"change": "longer_term", "count": 13},
]
GRANTED: list[dict[str, Any]] = [
    {"change": "holiday", "count": 2, "interest": "paused"},
    {"change": "interest_pause", "until": later(TODAY, 60)},
    {"change": "lower_rate", "rate_ppm": 60_000},
    {"change": "moratorium", "until": later(TODAY, 90)},
]
OFFERED: list[dict[str, Any]] = [*ASKED, {"change": "re_amortise"}, {"change": "re_age"}]


def word(change: dict[str, Any]) -> str:
    return f"{change['change']} {change.get('interest', '')}".strip()


def see(them: Someone, change: dict[str, Any], on: date = TODAY, *, asked: bool = True) -> Seen:
    return judging.possible(streams.stream(them.borrower), them.loan, change, on, asked=asked)


def ask(them: Someone, change: dict[str, Any], on: date = TODAY) -> int:
    found = see(them, change, on).after.pay_minor
    return acts.ask(them.borrower, them.loan, change, "borrower", at=noon(on), seen_minor=found)


def owed(them: Someone, on: date) -> list[tuple[date, int]]:
    own = [fact for fact in streams.stream(them.borrower) if fact.loan == them.loan]
    rows = changes.rows_of(standing.stand_by(own, house.day_number(on)))
    return [(house.day_from(row.due_on), row.total_minor) for row in rows]


def told(found: Seen) -> list[tuple[date, int]]:
    return [(line.day, line.pay_minor) for line in found.after.lines]


def state(them: Someone, on: date = TODAY) -> str:
    return reliefs.reliefs_of(streams.stream(them.borrower), them.loan)[-1].state(on)


@pytest.mark.parametrize("change", ASKED, ids=word)
def test_what_was_seen_holds_with_one_tap(change: dict[str, Any]) -> None:
    them = borrower()
    found = see(them, change)
    ask(them, change)
    assert state(them) == "given"
    assert (
        owed(them, TODAY)
        == told(found)
        != [(line.day, line.pay_minor) for line in found.before.lines]
    )
    made = streams.stream(them.borrower)[-1]
    assert made.kind == "loan.terms_changed"
    assert [(row[0], row[1] + row[2]) for row in made.body["shown"]] == [
        (day.isoformat(), minor) for day, minor in told(found)
    ]


@pytest.mark.parametrize("change", OFFERED, ids=word)
def test_what_staff_offer_holds_once_it_is_accepted(change: dict[str, Any]) -> None:
    """One instalment is past due here; what the borrower sees on the day they accept is what
    happens."""
    them, day = borrower(paid=2), TODAY + timedelta(days=2)
    seq = acts.offer(them.borrower, them.loan, change, "staff:4", at=noon(TODAY))
    before = owed(them, day)
    found = see(them, change, day, asked=False)
    with pytest.raises(Refused, match="changed"):
        acts.accept(them.borrower, seq, "borrower", at=noon(day), seen_minor=1)
    assert owed(them, day) == before
    seen_minor = found.after.pay_minor
    acts.accept(them.borrower, seq, "borrower", at=noon(day), seen_minor=seen_minor)
    assert owed(them, day) == told(found) != before
    assert sum(minor for _day, minor in owed(them, day)) == seen_minor


@pytest.mark.parametrize("change", GRANTED, ids=word)
def test_what_costs_the_lender_money_holds_with_the_second_hand(change: dict[str, Any]) -> None:
    them = borrower(paid=2)
    with pytest.raises(Refused, match="two_hands"):
        acts.offer(them.borrower, them.loan, change, "staff:4", at=noon(TODAY))
    found = see(them, change, asked=False)
    assert found.less_minor >= 0
    place = grants.places([them.loan])
    seq = grants.propose(change, place, "hardship", "staff:4", at=noon(TODAY))
    grants.approve(seq, found.less_minor, "staff:5", at=noon(TODAY))
    assert owed(them, TODAY) == told(found)
    assert state(them) == "given"
    stopped = change["change"] == "moratorium"
    for days, stands in ((90, stopped), (91, False)):
        at = noon(TODAY + timedelta(days=days))
        assert states.stands(them.borrower, them.loan, "moratorium", at=at) == stands


def test_beyond_the_bounds_a_person_answers_and_it_counts_from_the_day_it_was_asked() -> None:
    them, change = borrower(), RUNS | {"count": 4}
    found = see(them, change)
    seq = ask(them, change)
    assert state(them) == "waiting" and owed(them, TODAY)[0] == (NEXT, EACH)
    acts.agree(them.borrower, seq, "staff:4", at=noon(date(2026, 6, 3)))
    assert owed(them, date(2026, 6, 3)) == told(found)
    assert owed(them, date(2026, 6, 3))[0][0] == date(2026, 9, 30)


def test_a_person_declines_or_the_borrower_takes_it_back() -> None:
    them, change = borrower(), RUNS | {"count": 4}
    acts.decline(them.borrower, ask(them, change), "not_enough", "staff:4", at=noon(TODAY))
    assert state(them) == "declined"
    seq = ask(them, change)
    acts.withdraw(them.borrower, seq, at=noon(TODAY))
    assert state(them) == "withdrawn"
    with pytest.raises(Refused, match="answered"):
        acts.agree(them.borrower, seq, "staff:4", at=noon(TODAY))
    assert owed(them, TODAY)[0] == (NEXT, EACH)


def test_an_offer_has_a_last_day() -> None:
    them, week = borrower(), TODAY + timedelta(days=8)
    seq = acts.offer(them.borrower, them.loan, RUNS, "staff:4", at=noon(TODAY))
    assert (state(them), state(them, week)) == ("waiting", "lapsed")
    with pytest.raises(Refused, match="lapsed"):
        acts.accept(them.borrower, seq, "borrower", at=noon(week), seen_minor=0)
    again = acts.offer(them.borrower, them.loan, RUNS, "staff:4", at=noon(week))
    acts.refuse(them.borrower, again, at=noon(week))
    assert state(them, week) == "refused"


@pytest.mark.parametrize(
    ("why", "change", "paid"),
    [
        ("young", RUNS, 2),
        ("much", RUNS | {"count": 7}, 3),
        ("count", RUNS | {"count": 0}, 3),
        ("much", {"change": "longer_term", "count": 9 + 25}, 3),
        ("long", {"change": "longer_term", "count": 9 + 20}, 3),
        ("count", {"change": "longer_term", "count": 9}, 3),
        ("due_day", {"change": "later_due_day", "due_day": 31}, 3),
        ("not_past_due", {"change": "re_age"}, 3),
        ("not_asked", {"change": "lower_rate", "rate_ppm": 1}, 3),
        ("not_asked", {"change": "prepaid_lower"}, 3),
        ("until", {"change": "interest_pause", "until": TODAY.isoformat()}, 3),
        ("much", {"change": "interest_pause", "until": later(TODAY, 91)}, 3),
        ("same", {"change": "re_amortise"}, 12),
    ],
)
def test_what_cannot_be_asked_for(why: str, change: dict[str, Any], paid: int) -> None:
    them = borrower(paid=min(paid, 3))
    if paid == 12:
        pays(them, TODAY, 9 * EACH)
        why = "from_day"
    with pytest.raises(Refused, match=why):
        ask(them, change)


@pytest.mark.parametrize(
    ("day", "days"),
    [
        (29, [(5, 29), (6, 29), (2, 28)]),
        (30, [(4, 30), (5, 30), (6, 30), (1, 30)]),
        (1, [(5, 1), (6, 1), (2, 1)]),
    ],
)
def test_a_loan_of_the_months_end_takes_any_other_day(
    day: int, days: list[tuple[int, int]]
) -> None:
    them, april = borrower(), date(2026, 4, 10)
    assert made_up.stands(them, april).due_day == 31, "April's last day is not its own"
    found = see(them, {"change": "later_due_day", "due_day": day}, april).after.lines
    assert {(line.day.month, line.day.day) for line in found} >= set(days)
    with pytest.raises(Refused, match="due_day"):
        see(them, {"change": "later_due_day", "due_day": 31}, april)


def test_twice_within_a_year_is_often_but_staff_may_offer_it() -> None:
    them = borrower()
    ask(them, RUNS | {"count": 1})
    with pytest.raises(Refused, match="often"):
        ask(them, RUNS | {"count": 1}, TODAY + timedelta(days=300))
    acts.offer(them.borrower, them.loan, RUNS | {"count": 1}, "staff:4", at=noon(TODAY))


def test_past_due_it_is_a_persons_to_answer() -> None:
    them = borrower()
    late = date(2026, 6, 2)
    ask(them, RUNS, late)
    assert state(them, late) == "waiting"


def test_while_a_plan_is_asked_for_or_kept_nothing_else_is_changed() -> None:
    """The plan's steps rest on the schedule there is, and no late interest runs under it."""
    them = borrower(paid=2)
    steps = {"total_minor": EACH, "steps": [[later(TODAY, 14), EACH]]}
    body = steps | {"due_on": later(TODAY, 7)}
    learn(
        them.borrower,
        Draft("plan.proposed", TODAY, "borrower", them.loan, body=body),
        at=noon(TODAY),
    )
    assert plans.current(streams.stream(them.borrower), them.loan)
    with pytest.raises(Refused, match="plan"):
        acts.offer(them.borrower, them.loan, RUNS, "staff:4", at=noon(TODAY))
    place = grants.places([them.loan])
    (given,) = grants.would({"change": "moratorium", "until": later(TODAY, 90)}, place, TODAY)
    assert given.why == "plan"


def test_a_plan_that_came_after_stops_what_was_asked_before_it() -> None:
    them = borrower(paid=3)
    seq = ask(them, RUNS | {"count": 4})
    late = date(2026, 6, 5)
    steps = {"total_minor": EACH, "steps": [[later(late, 14), EACH]]}
    body = steps | {"due_on": later(late, 7)}
    learn(
        them.borrower, Draft("plan.proposed", late, "borrower", them.loan, body=body), at=noon(late)
    )
    with pytest.raises(Refused, match="plan"):
        acts.agree(them.borrower, seq, "staff:4", at=noon(late))


def test_an_open_complaint_stops_nothing_of_it() -> None:
    them = borrower()
    learn(them.borrower, Draft("complaint.opened", TODAY, "borrower", them.loan), at=noon(TODAY))
    ask(them, RUNS)
    assert state(them) == "given"
    assert states.stands(them.borrower, them.loan, "complaint_open", at=noon(TODAY))


def test_one_relief_waits_at_a_time() -> None:
    them = borrower()
    acts.offer(them.borrower, them.loan, RUNS, "staff:4", at=noon(TODAY))
    with pytest.raises(Refused, match="waiting"):
        ask(them, RUNS)


def test_other_sums_than_were_seen_are_seen_again() -> None:
    them = borrower()
    seen_minor = see(them, RUNS).after.pay_minor
    pays(them, TODAY, 100_00)
    with pytest.raises(Refused, match="changed"):
        acts.ask(them.borrower, them.loan, RUNS, "borrower", at=noon(TODAY), seen_minor=seen_minor)


def test_what_happens_to_a_loan_while_it_is_approved_leaves_all_as_it_was() -> None:
    them, change = borrower(), {"change": "lower_rate", "rate_ppm": 60_000}
    (place,) = grants.places([them.loan])
    seq = grants.propose(change, [place, place], "hardship", "staff:4", at=noon(TODAY))
    minor = grants.given_up(grants.today_of(grants.MATTER.all()[0], TODAY))
    before = streams.stream(them.borrower)
    with pytest.raises(NotAllowed, match="moved"):
        grants.approve(seq, minor, "staff:5", at=noon(TODAY))
    assert streams.stream(them.borrower) == before and grants.MATTER.all()[0].waits


def test_an_answer_later_than_promised_is_said_once_told_and_it_waits_on() -> None:
    them = borrower()
    seq = ask(them, RUNS | {"count": 4})
    due = date(2026, 5, 15)
    for on in (due - timedelta(days=1), due, due + timedelta(days=1)):
        steps.close(on, at=noon(on))
    facts = streams.stream(them.borrower)
    (late,) = [fact for fact in facts if fact.kind == "relief.answer_late"]
    assert (late.day, late.cause, late.loan, late.hand) == (due, seq, them.loan, "house")
    steps.told([(them.borrower, late.seq)], at=noon(due))
    told = [f for f in streams.stream(them.borrower) if f.kind == "contact.intended"]
    assert [fact.body["template"] for fact in told] == ["relief_answer_late", "news"]
    assert state(them, due + timedelta(days=30)) == "waiting", "it goes on waiting"
    acts.decline(them.borrower, seq, "not_now", "staff:4", at=noon(due))
    assert steps.close(due + timedelta(days=2), at=noon(due + timedelta(days=2))) == 0


def test_what_is_answered_in_time_or_only_offered_is_never_late() -> None:
    them = borrower()
    acts.withdraw(them.borrower, ask(them, RUNS | {"count": 4}), at=noon(TODAY))
    acts.offer(them.borrower, them.loan, RUNS, "staff:4", at=noon(TODAY))
    on = TODAY + timedelta(days=30)
    assert steps.close(on, at=noon(on)) == 0
