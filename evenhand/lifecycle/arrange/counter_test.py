"""Other steps offered instead, as stories: accepted, not accepted, lapsed; an answer late."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest

from evenhand.ledger import hands, plans, states, streams
from evenhand.ledger import made_up as facts
from evenhand.lifecycle.arrange import acts, made_up, offer, steps
from evenhand.lifecycle.arrange.acts import Refused
from evenhand.lifecycle.arrange.made_up import close, notices, past_due, plan, told_of
from evenhand.lifecycle.arrange.offer import LATER, PARTS, Wanted, each_of
from evenhand.outbound.contact import closing
from evenhand.outbound.contact.own_words import Blocked
from evenhand.outbound.payments.made_up import Someone, last
from evenhand.people import kept, staff

pytestmark = pytest.mark.django_db

LATE = date(2026, 5, 12)
PAST_DUE = 2 * 101_000 + 2_050 + 550
DAY = timedelta(days=1)
ACCEPT_BY = LATE + 7 * DAY
FIRST = LATE + 10 * DAY


@pytest.fixture
def them() -> Someone:
    return made_up.behind()


@pytest.fixture
def by() -> int:
    return member("supervisor")


def member(role: str) -> int:
    return staff.enlist(role, "a-long-password-1", role=role, number=f"E-{role}")


def stands(them: Someone, word: str, on: date) -> bool:
    return states.stands(them.borrower, them.loan, word, at=facts.noon(on) + 1)


def test_nothing_is_agreed_and_nobody_collects_before_the_borrower_accepts(
    them: Someone, by: int
) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by, text="Six parts would do.")
    one = plan(them, seq)
    assert (one.state, one.accept_by) == ("countered", ACCEPT_BY)
    assert [step.amount_minor for step in one.offered] == [34_100] * 6
    assert one.offered[0].day == FIRST and len(one.steps) == 10
    assert stands(them, "plan_asked", LATE) and not stands(them, "agreement_in_force", LATE)
    assert past_due(them, LATE + DAY) > PAST_DUE, "late interest runs as long as nobody agreed"
    assert closing.typed(kept.committed(them.borrower, one.answer_text)) == "Six parts would do."
    steps.told(told_of(them), at=facts.noon(LATE) + 1)
    assert notices(them) == ["plan_countered"]


def test_accepted_it_runs_by_the_steps_offered_as_from_the_day_it_was_asked(
    them: Someone, by: int
) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by)
    acts.accept(them.borrower, seq, at=facts.noon(LATE + 3 * DAY))
    one = plan(them, seq)
    assert one.state == "running" and one.steps == one.offered
    assert one.agreed and one.agreed.hand == "borrower"
    assert past_due(them, FIRST) == PAST_DUE, "no late interest since it was asked"
    assert last(them.borrower, "late_interest.stopped").day == LATE
    assert stands(them, "agreement_in_force", LATE + 3 * DAY)
    assert not stands(them, "plan_asked", LATE + 3 * DAY)
    with pytest.raises(Refused, match="answered"):
        acts.refuse(them.borrower, seq, at=facts.noon(LATE + 3 * DAY))


def test_not_accepted_nothing_is_agreed_and_another_may_be_proposed(them: Someone, by: int) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by)
    acts.refuse(them.borrower, seq, at=facts.noon(LATE + DAY))
    assert plan(them, seq).state == "refused" and not stands(them, "plan_asked", LATE + DAY)
    again = made_up.asked(them.borrower, them.loan, LATE + 2 * DAY)
    assert plan(them, again).state == "asked"


def test_it_lapses_after_its_last_day_and_the_borrower_is_told_once(them: Someone, by: int) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by)
    close(them, LATE, ACCEPT_BY - DAY)
    assert plan(them, seq).state == "countered"
    close(them, ACCEPT_BY, ACCEPT_BY + DAY)
    assert plan(them, seq).state == "lapsed" and not stands(them, "plan_asked", ACCEPT_BY + DAY)
    assert notices(them) == ["plan_countered", "plan_lapsed"]


def test_after_its_last_day_it_is_not_accepted_though_the_day_is_not_closed(
    them: Someone, by: int
) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by)
    with pytest.raises(Refused, match="lapsed"):
        acts.accept(them.borrower, seq, at=facts.noon(ACCEPT_BY + DAY))
    acts.accept(them.borrower, seq, at=facts.noon(ACCEPT_BY))
    assert plan(them, seq).state == "running"


@pytest.mark.parametrize(("role", "parts", "refused"), [
    ("collector", 6, ""), ("collector", 7, "over_limit"), ("supervisor", 12, ""),
])  # fmt: skip
def test_nobody_offers_beyond_the_limits_of_their_role(
    them: Someone, role: str, parts: int, refused: str
) -> None:
    hand = member(role)
    if refused:
        with pytest.raises(Refused, match=refused):
            made_up.countered(them.borrower, them.loan, LATE, hand, parts)
    else:
        made_up.countered(them.borrower, them.loan, LATE, hand, parts)


def test_who_wrote_the_proposal_down_offers_nothing_instead(them: Someone, by: int) -> None:
    wanted = Wanted(PARTS, 8, LATE + 20 * DAY)
    seq = acts.propose(
        them.borrower, them.loan, wanted, f"staff:{by}", at=facts.noon(LATE),
        expected_minor=PAST_DUE,
    )  # fmt: skip
    with pytest.raises(Refused, match="own"):
        acts.counter(them.borrower, seq, Wanted(PARTS, 6, FIRST), by, at=facts.noon(LATE))


def test_who_offered_it_does_not_accept_it_in_the_borrowers_name(them: Someone, by: int) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by)
    with hands.served_by(by), pytest.raises(Refused, match="own"):
        acts.accept(them.borrower, seq, at=facts.noon(LATE + DAY))
    with hands.served_by(member("collector")):
        acts.accept(them.borrower, seq, at=facts.noon(LATE + DAY))
    agreed = plan(them, seq).agreed
    assert agreed and hands.is_served(agreed.hand)


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        (Wanted(PARTS, 6, FIRST), ""),
        (Wanted(PARTS, 13, FIRST), "parts"),
        (Wanted(PARTS, 6, ACCEPT_BY), "early_for_borrower"),
        (Wanted(PARTS, 6, LATE + 61 * DAY), "late"),
        (Wanted(LATER, 1, LATE + 60 * DAY), ""),
        (each_of(PAST_DUE, 50_000, FIRST), ""),
        (each_of(PAST_DUE, 17_000, FIRST), "parts"),
        (each_of(PAST_DUE, 4_000, FIRST), "parts"),
        (each_of(20_000, 4_999, FIRST), "small"),
    ],
)
def test_what_may_be_offered(them: Someone, wanted: Wanted, fault: str) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    here = made_up.here(them.borrower, them.loan, LATE)
    assert offer.fault_instead(plan(them, seq), here, wanted) == fault


def test_what_was_proposed_is_no_other_plan(them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    here, one = made_up.here(them.borrower, them.loan, LATE), plan(them, seq)
    same = Wanted(PARTS, 10, one.steps[0].day)
    assert offer.fault_instead(one, here, same) == "same"


def test_who_has_paid_everything_past_due_is_offered_nothing(them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    made_up.pays(them, LATE, PAST_DUE)
    here = made_up.here(them.borrower, them.loan, LATE)
    wanted = Wanted(PARTS, 6, FIRST)
    assert offer.fault_instead(plan(them, seq), here, wanted) == "nothing_past_due"


def test_a_sum_for_each_part_leaves_the_rest_for_the_last(them: Someone, by: int) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    wanted = each_of(PAST_DUE, 60_000, FIRST)
    acts.counter(them.borrower, seq, wanted, by, at=facts.noon(LATE) + 1)
    amounts = [step.amount_minor for step in plan(them, seq).offered]
    assert amounts == [60_000, 60_000, 60_000, PAST_DUE - 180_000]


def test_words_the_guard_holds_back_offer_nothing(them: Someone, by: int) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    threat = "Accept or we will tell your employer and have you arrested."
    with pytest.raises(Blocked):
        acts.counter(
            them.borrower, seq, Wanted(PARTS, 6, FIRST), by, at=facts.noon(LATE) + 1, text=threat
        )
    assert plan(them, seq).state == "asked"


def test_a_time_barred_debt_is_not_taken_up_again_unread(them: Someone, by: int) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by)
    barred = facts.begun(LATE, "state.began", state="time_barred")._replace(loan=them.loan)
    at = facts.noon(LATE + DAY)
    streams.append(
        them.borrower, [barred], at=at, expected_seq=streams.head(them.borrower).seq
    )  # fmt: skip
    with pytest.raises(Refused, match="unread"):
        acts.accept(them.borrower, seq, at=at)
    acts.accept(them.borrower, seq, at=at, read="time_barred")
    assert plan(them, seq).state == "running"


def test_what_was_paid_meanwhile_counts_for_the_first_steps(them: Someone, by: int) -> None:
    seq = made_up.countered(them.borrower, them.loan, LATE, by)
    made_up.pays(them, LATE + DAY, 40_000)
    acts.accept(them.borrower, seq, at=facts.noon(LATE + 2 * DAY))
    stream = streams.stream(them.borrower)
    coming = plans.coming(plan(them, seq), plans.unpaid(stream, them.loan, LATE + 2 * DAY))
    assert coming and (coming.n, coming.paid_minor) == (1, 40_000 - 34_100)


def test_an_answer_later_than_promised_is_said_once_and_it_waits_on(them: Someone) -> None:
    seq = made_up.asked(them.borrower, them.loan, LATE)
    due = plan(them, seq).due_on
    assert due == date(2026, 5, 19), "five working days"
    close(them, LATE, due - DAY)
    assert not plan(them, seq).late
    close(them, due, due + 2 * DAY)
    one = plan(them, seq)
    assert one.late and one.late.day == due and one.state == "asked"
    assert notices(them) == ["plan_answer_late"]
    assert stands(them, "plan_asked", due + 2 * DAY), "nobody collects while we are late"


def test_what_the_other_plan_costs_is_said_to_the_cent(them: Someone, by: int) -> None:
    """Late interest of 18 % a year of 360 days on two principals of 1,000.00 that are paid off
    bit by bit, were there no plan: counted day by day, apart from the house's arithmetic."""
    made_up.countered(them.borrower, them.loan, LATE, by, parts=3)
    stream = streams.stream(them.borrower)
    one = plans.plans_of(stream)[0]
    here = made_up.here(them.borrower, them.loan, LATE)
    made = offer.instead(stream, here, one, one.offered, one.accept_by)
    assert (made.late_minor, made.left_minor) == (0, 0)
    assert [line.day for line in made.lines if line.instalment_minor] == [
        date(2026, 5, 31), date(2026, 6, 30),
    ]  # fmt: skip
    assert made.pay_minor == PAST_DUE + 2 * 101_000
    assert 0 < made.spared_minor == bare_late([(line.day, line.pay_minor) for line in made.lines])


def bare_late(paid: list[tuple[date, int]]) -> int:
    """What late interest the same payments would leave charged by the last day, less today's."""
    owed: list[dict[str, Any]] = [
        {"due": date(2026, 4, 1) + n * timedelta(days=30), "p": 100_000, "i": 1_000, "sum": 0,
         "charged": 0, "late": 0}
        for n in range(4)
    ]  # fmt: skip
    charged = []
    day, money = date(2026, 4, 1), dict(paid)
    while day <= paid[-1][0]:
        for one in owed:
            if day > one["due"]:
                one["sum"] += one["p"]
                now = Decimal(one["sum"]) * 18 / 100 / 360
                rounded = int(now.quantize(Decimal(1), ROUND_HALF_EVEN))
                one["late"] += rounded - one["charged"]
                one["charged"] = rounded
        if day == LATE:
            charged.append(sum(one["charged"] for one in owed))
        left = money.get(day, 0)
        for one in owed:
            for part in ("late", "i", "p"):
                now_paid = min(one[part], left)
                one[part] -= now_paid
                left -= now_paid
        day += DAY
    charged.append(sum(one["charged"] for one in owed))
    return charged[1] - charged[0]
