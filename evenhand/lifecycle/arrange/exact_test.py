"""What a preview says is what then happens, to the cent, over random histories."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger import house, late_stops, made_up, one_loan
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.made_up import stream
from evenhand.ledger.plans import plans_of
from evenhand.lifecycle.arrange import keeping, offer
from evenhand.lifecycle.arrange.offer import LATER, PARTS, Wanted, each_of

D = date(2026, 1, 5)
LOAN = 7


histories = st.lists(st.tuples(st.integers(1, 150), st.integers(1, 150_000)), max_size=6)


@given(
    histories,
    st.integers(31, 200),
    st.sampled_from([PARTS, LATER]),
    st.integers(2, 6),
    st.integers(1, 30),
)
@settings(max_examples=12, deadline=None)
def test_the_steps_sum_to_what_is_past_due_and_the_end_is_as_shown(
    paid: list[tuple[int, int]], after: int, how: str, parts: int, first: int
) -> None:
    on = D + timedelta(days=after)
    before = _history(paid, after)
    here = one_loan.here(before, LOAN, on)
    wanted = Wanted(how, parts if how == PARTS else 1, on + timedelta(days=first))
    if here is None or offer.fault(before, here, wanted):
        return
    made = offer.offer(before, here, wanted)
    assert sum(step.amount_minor for step in made.steps) == here.past_due_minor
    assert made.late_minor == 0 <= made.spared_minor
    kept = _lived(before, made, on)
    end = one_loan.here(kept, LOAN, made.end_on)
    assert end and end.past_due_minor == made.left_minor == 0
    assert end.late_charged_minor == here.late_charged_minor + made.late_minor
    assert _paid(kept) - _paid(before) == made.pay_minor
    (plan,) = plans_of(kept)
    assert plan.state == "kept" and not plan.missed


@given(histories, st.integers(31, 200), st.lists(st.integers(1, 60_000), max_size=3), st.data())
@settings(max_examples=8, deadline=None)
def test_another_plan_offered_is_what_then_happens_too(
    paid: list[tuple[int, int]], after: int, meanwhile: list[int], data: st.DataObject
) -> None:
    """Asked for on a day, paid a little on the next ones, another offered on the fourth."""
    asked = D + timedelta(days=after)
    before = _history(paid, after)
    here = one_loan.here(before, LOAN, asked)
    if here is None or not here.past_due_minor:
        return
    ten = [[step.day.isoformat(), step.amount_minor] for step in offer.steps(
        here.past_due_minor, Wanted(PARTS, 10, asked + timedelta(days=20))
    )]  # fmt: skip
    body = {"steps": ten, "total_minor": here.past_due_minor, "due_on": asked.isoformat()}
    known = before + _more(before, [Draft("plan.proposed", asked, "borrower", LOAN, body=body)])
    for n, minor in enumerate(meanwhile, 1):
        known += _more(known, [made_up.paid(LOAN, asked + timedelta(days=n), minor)])
    on = asked + timedelta(days=4)
    at = one_loan.here(known, LOAN, on)
    assert at
    (plan,) = plans_of(known)
    day = on + timedelta(days=data.draw(st.integers(8, 40)))
    wanted = data.draw(st.sampled_from([
        Wanted(PARTS, 4, day), Wanted(LATER, 1, day), each_of(plan.total_minor, 30_000, day)
    ]))  # fmt: skip
    made = offer.instead(known, at, plan, offer.steps(plan.total_minor, wanted), day)
    if not at.past_due_minor:
        return
    kept = _kept(known, made, plan.seq, asked, on)
    end = one_loan.here(kept, LOAN, made.end_on)
    assert end and end.past_due_minor == made.left_minor == 0
    assert _paid(kept) - _paid(known) == made.pay_minor
    assert made.late_minor == 0 <= made.spared_minor
    assert plans_of(kept)[0].state == "kept"


def _history(paid: list[tuple[int, int]], after: int) -> list[Fact]:
    """A loan with these payments, as far as they were made within so many days."""
    payments = sorted((day, minor) for day, minor in paid if day <= after)
    return stream(
        made_up.enrolled(D),
        made_up.signed(LOAN, D),
        *(made_up.paid(LOAN, D + timedelta(days=day), minor) for day, minor in payments),
    )


def _lived(before: list[Fact], made: offer.Offer, on: date) -> list[Fact]:
    """The plan proposed and agreed, each day paid as shown, each day judged as it ends."""
    seq = len(before) + 1
    body = {**_steps(made), "due_on": on.isoformat()}
    proposed = Draft("plan.proposed", on, "borrower", LOAN, body=body)
    return _kept(before + _more(before, [proposed]), made, seq, on, on)


def _kept(before: list[Fact], made: offer.Offer, seq: int, since: date, on: date) -> list[Fact]:
    """The proposal `seq` agreed on `on` by these steps, then paid as shown and judged day by day;
    no late interest runs after `since`."""
    agreed = [
        Draft("plan.agreed", on, "house", LOAN, cause=seq, body=_steps(made)),
        Draft(late_stops.STOPPED, since, "house", LOAN, cause=seq),
    ]
    lived = before + _more(before, agreed)
    pays = {line.day: line for line in made.lines}
    day = on
    while day <= made.end_on:
        if day in pays:
            here = one_loan.here(lived, LOAN, day)
            assert here and here.past_due_days == pays[day].past_due_days
            if pays[day].pay_minor:
                lived += _more(lived, [made_up.paid(LOAN, day, pays[day].pay_minor)])
        lived += _more(lived, keeping.judged(lived, day))
        day += timedelta(days=1)
    return lived


def _steps(made: offer.Offer) -> dict[str, Any]:
    named = [[step.day.isoformat(), step.amount_minor] for step in made.steps]
    return {"steps": named, "total_minor": made.total_minor}


def _more(before: list[Fact], drafts: list[Draft]) -> list[Fact]:
    made = stream(*drafts)
    return [fact._replace(seq=len(before) + n) for n, fact in enumerate(made, 1)]


def _paid(facts: list[Fact]) -> int:
    return sum(fact.amount for fact in facts if fact.kind == "payment.received")


@pytest.mark.parametrize(("total", "parts"), [(1, 1), (1_000, 3), (204_601, 6), (99_999, 12)])
def test_the_odd_cents_are_paid_last(total: int, parts: int) -> None:
    made = offer.steps(total, Wanted(PARTS, parts, D))
    amounts = [step.amount_minor for step in made]
    assert sum(amounts) == total and amounts[-1] == max(amounts)
    assert [house.day_number(step.day) for step in made] == sorted(
        house.day_number(step.day) for step in made
    )
