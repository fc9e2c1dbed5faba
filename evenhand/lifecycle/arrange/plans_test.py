"""Plans as stories: agreed at once, asked of a person, kept, missed once, missed twice."""

from datetime import date, timedelta

import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import plans, states, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.plans import within_a_year
from evenhand.lifecycle.arrange import acts, made_up, offer, steps
from evenhand.lifecycle.arrange.acts import Refused
from evenhand.lifecycle.arrange.made_up import close, notices, past_due, plan, told_of
from evenhand.lifecycle.arrange.offer import LATER, PARTS, Offer, Wanted
from evenhand.outbound.payments.made_up import Someone, kinds, last
from evenhand.people import staff

pytestmark = pytest.mark.django_db

LATE = date(2026, 5, 12)
"""Two instalments are past due, of 1 April and 1 May; the next falls due on 31 May."""
PAST_DUE = 2 * 101_000 + 2_050 + 550
FIRST, SECOND, THIRD = date(2026, 5, 26), date(2026, 6, 26), date(2026, 7, 26)
DAY = timedelta(days=1)


@pytest.fixture
def them() -> Someone:
    return made_up.behind()


def stands(them: Someone, word: str, on: date) -> bool:
    return states.stands(them.borrower, them.loan, word, at=facts.noon(on) + 1)


def offered(them: Someone, wanted: Wanted) -> Offer:
    here = made_up.here(them.borrower, them.loan, LATE)
    return offer.offer(streams.stream(them.borrower), here, wanted)


def member(role: str, number: str = "E-77") -> int:
    return staff.enlist(number, "a-long-password-1", role=role, number=number)


def test_inside_the_bounds_it_is_agreed_at_once_and_nobody_collects(them: Someone) -> None:
    one = plan(them, made_up.running(them.borrower, them.loan, LATE))
    assert one.state == "running" and one.agreed and one.agreed.hand == "house"
    assert [step.amount_minor for step in one.steps] == [PAST_DUE // 3] * 3
    assert [step.day for step in one.steps] == [FIRST, SECOND, THIRD]
    assert stands(them, "agreement_in_force", LATE) and not stands(them, "plan_asked", LATE)
    assert past_due(them, FIRST) == PAST_DUE, "no late interest runs"


def test_outside_the_bounds_a_person_answers_and_nobody_collects_meanwhile(them: Someone) -> None:
    one = plan(them, made_up.asked(them.borrower, them.loan, LATE, "Only small steps, please."))
    assert (one.state, one.due_on) == ("asked", date(2026, 5, 19))
    assert stands(them, "plan_asked", LATE) and not stands(them, "agreement_in_force", LATE)
    assert steps.waiting(facts.noon(LATE) + 1) == [one]
    assert past_due(them, LATE + DAY) > PAST_DUE, "late interest runs as long as nobody agreed"


def test_agreed_by_a_person_late_interest_has_not_run_since_it_was_asked(them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    acts.agree(them.borrower, seq, member("supervisor"), at=facts.noon(LATE + 3 * DAY))
    assert plan(them, seq).state == "running" and steps.waiting(facts.noon(LATE + 3 * DAY)) == []
    assert past_due(them, LATE + 9 * DAY) == PAST_DUE
    assert stands(them, "agreement_in_force", LATE + 3 * DAY)
    assert not stands(them, "plan_asked", LATE + 3 * DAY)


def test_declined_with_reasons_the_pause_ends_and_the_borrower_is_told(them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    at = facts.noon(LATE + DAY)
    acts.decline(them.borrower, seq, "Ten months are too long here.", member("collector"), at=at)
    steps.told(told_of(them), at=at)
    assert plan(them, seq).state == "declined" and not stands(them, "plan_asked", LATE + DAY)
    assert notices(them) == ["plan_declined"]
    with pytest.raises(Refused, match="answered"):
        acts.withdraw(them.borrower, seq, "borrower", at=at)


def test_taken_back_before_it_is_answered(them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    acts.withdraw(them.borrower, seq, "borrower", at=facts.noon(LATE + DAY))
    assert plan(them, seq).state == "withdrawn" and not stands(them, "plan_asked", LATE + DAY)


@pytest.mark.parametrize(("role", "refused"), [("collector", True), ("supervisor", False)])
def test_nobody_agrees_beyond_the_limits_of_their_role(
    them: Someone, role: str, refused: bool
) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    if refused:
        with pytest.raises(Refused, match="over_limit"):
            acts.agree(them.borrower, seq, member(role), at=facts.noon(LATE))
    else:
        acts.agree(them.borrower, seq, member(role), at=facts.noon(LATE))


def test_who_wrote_it_down_does_not_agree_to_it(them: Someone) -> None:
    by = member("supervisor")
    wanted = Wanted(PARTS, 8, LATE + 20 * DAY)
    seq = acts.propose(
        them.borrower, them.loan, wanted, f"staff:{by}", at=facts.noon(LATE),
        expected_minor=PAST_DUE,
    )  # fmt: skip
    with pytest.raises(Refused, match="own"):
        acts.agree(them.borrower, seq, by, at=facts.noon(LATE))


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (Wanted(PARTS, 3, LATE), "early"),
        (Wanted(PARTS, 3, LATE + 61 * DAY), "late"),
        (Wanted(PARTS, 13, LATE + 20 * DAY), "parts"),
        (Wanted(PARTS, 8, LATE + 2 * DAY), "early_for_person"),
        (Wanted(LATER, 1, LATE + 61 * DAY), "late"),
        (Wanted(LATER, 1, LATE + 30 * DAY), ""),
        (Wanted(PARTS, 6, LATE + 30 * DAY), ""),
        (Wanted(PARTS, 12, LATE + 30 * DAY), ""),
    ],
)
def test_what_may_be_proposed(them: Someone, wanted: Wanted, fault: str) -> None:
    here = made_up.here(them.borrower, them.loan, LATE)
    assert offer.fault(streams.stream(them.borrower), here, wanted) == fault


def test_another_sum_than_the_one_shown_is_not_agreed(them: Someone) -> None:
    made_up.pays(them, LATE, 100)
    with pytest.raises(Refused, match="changed"):
        acts.propose(
            them.borrower, them.loan, Wanted(PARTS, 3, FIRST), "borrower", at=facts.noon(LATE),
            expected_minor=PAST_DUE,
        )  # fmt: skip


def test_kept_to_the_end_nothing_is_past_due_and_late_interest_may_run_again(them: Someone) -> None:
    made = offered(them, Wanted(PARTS, 3, FIRST))
    seq = made_up.running(them.borrower, them.loan, LATE)
    day = LATE
    for line in made.lines:
        close(them, day, line.day - DAY)
        assert past_due(them, line.day) >= line.step_minor
        made_up.pays(them, line.day, line.pay_minor)
        day = line.day
    close(them, day, THIRD)
    assert plan(them, seq).state == "kept" and past_due(them, THIRD) == made.left_minor == 0
    assert notices(them) == ["plan_agreed", *["plan_step_due"] * 3, "plan_kept"]
    assert last(them.borrower, "late_interest.resumed").day == THIRD
    assert not stands(them, "agreement_in_force", THIRD + DAY)


def test_paid_up_early_the_plan_is_over_that_day(them: Someone) -> None:
    seq = made_up.running(them.borrower, them.loan, LATE)
    made_up.pays(them, LATE + DAY, PAST_DUE)
    close(them, LATE, LATE + DAY)
    assert plan(them, seq).state == "kept"


def test_a_missed_step_is_told_once_and_forgiven_once(them: Someone) -> None:
    seq = made_up.running(them.borrower, them.loan, LATE)
    close(them, LATE, FIRST + 3 * DAY)
    missed = [f for f in streams.stream(them.borrower) if f.kind == "plan.step_missed"]
    assert [fact.day for fact in missed] == [FIRST + DAY], "a transfer may be a day on its way"
    assert missed[0].body["by"] == SECOND.isoformat()
    assert notices(them).count("plan_step_missed") == 1
    assert plan(them, seq).state == "running" and stands(them, "agreement_in_force", FIRST + DAY)
    made_up.pays(them, SECOND, missed[0].body["amount_minor"])
    close(them, FIRST + 4 * DAY, SECOND + DAY)
    assert plan(them, seq).state == "running"


def test_the_second_missed_step_ends_it_and_late_interest_runs_from_that_day(them: Someone) -> None:
    seq = made_up.running(them.borrower, them.loan, LATE)
    close(them, LATE, SECOND + DAY)
    one = plan(them, seq)
    assert one.state == "missed" and one.ended and one.ended.day == SECOND + DAY
    assert notices(them)[-1] == "plan_ended"
    assert not stands(them, "agreement_in_force", SECOND + 2 * DAY)
    before = past_due(them, SECOND + DAY)
    assert before == PAST_DUE + 101_000, "nothing was charged for the days of the plan"
    a_day = 3 * 100_000 * 18 // 100 // 360
    assert past_due(them, SECOND + 2 * DAY) == before + a_day


def test_the_last_step_is_forgiven_too(them: Someone) -> None:
    wanted = Wanted(LATER, 1, FIRST)
    seq = acts.propose(
        them.borrower, them.loan, wanted, "borrower", at=facts.noon(LATE), expected_minor=PAST_DUE
    )
    close(them, LATE, FIRST + DAY)
    assert last(them.borrower, "plan.step_missed").body["by"] == (FIRST + 14 * DAY).isoformat()
    close(them, FIRST + 2 * DAY, FIRST + 15 * DAY)
    assert plan(them, seq).state == "missed"


def test_a_day_judged_again_says_nothing_more(them: Someone) -> None:
    made_up.running(them.borrower, them.loan, LATE)
    close(them, LATE, SECOND + DAY)
    before = kinds(them.borrower)
    steps.close(SECOND + DAY, at=facts.noon(SECOND + 3 * DAY))
    steps.close(FIRST + DAY, at=facts.noon(SECOND + 3 * DAY))
    assert kinds(them.borrower) == before


def test_a_second_plan_within_a_year_is_for_a_person(them: Someone) -> None:
    made_up.running(them.borrower, them.loan, LATE)
    close(them, LATE, SECOND + DAY)
    here = made_up.here(them.borrower, them.loan, SECOND + 2 * DAY)
    stream = streams.stream(them.borrower)
    wanted = Wanted(PARTS, 3, SECOND + 20 * DAY)
    assert within_a_year(stream, them.loan, here.on) == 1
    assert not offer.at_once(stream, here, wanted)


def test_a_time_barred_debt_is_not_taken_up_again_unread(them: Someone) -> None:
    barred = facts.begun(LATE, "state.began", state="time_barred")._replace(loan=them.loan)
    streams.append(
        them.borrower, [barred], at=facts.noon(LATE),
        expected_seq=streams.head(them.borrower).seq,
    )  # fmt: skip
    with pytest.raises(Refused, match="unread"):
        made_up.running(them.borrower, them.loan, LATE)


def test_a_complaint_answered_late_and_a_plan_stop_late_interest_only_once(them: Someone) -> None:
    made_up.running(them.borrower, them.loan, LATE)
    stream = streams.stream(them.borrower)
    complaint = facts.begun(LATE, "complaint.opened")._replace(loan=them.loan)
    seq = stream[-1].seq + 1
    stops = complaint._replace(
        kind="late_interest.stopped", day=LATE + DAY, hand="house", cause=seq, body={}
    )
    at = facts.noon(LATE + 2 * DAY)
    streams.append(them.borrower, [complaint, stops], at=at, expected_seq=seq - 1)
    assert past_due(them, FIRST) == PAST_DUE


def paid_by(stream: list[Fact]) -> int:
    return sum(fact.amount for fact in stream if fact.kind == "payment.received")


def test_what_comes_next_is_said_to_the_cent(them: Someone) -> None:
    seq = made_up.running(them.borrower, them.loan, LATE)
    made_up.pays(them, LATE + DAY, 10_000)
    stream = streams.stream(them.borrower)
    owed = plans.unpaid(stream, them.loan, LATE + DAY)
    coming = plans.coming(plan(them, seq), owed)
    assert coming and coming.by == FIRST
    assert coming.pay_minor == PAST_DUE // 3 - paid_by(list(stream))
