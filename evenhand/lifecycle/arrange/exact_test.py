"""What a preview says is what then happens, to the cent, over random histories."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger import house, late_stops, made_up
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.arrange import keeping, offer
from evenhand.lifecycle.arrange.offer import LATER, PARTS, Wanted
from evenhand.lifecycle.arrange.plans import plans_of

D = date(2026, 1, 5)
LOAN, BORROWER = 7, 9


def stream(*drafts: Draft) -> list[Fact]:
    """Facts as a stream has them, without a database."""
    return [
        Fact(
            BORROWER, n, d.loan, d.day, made_up.noon(d.day), d.kind, d.amount, d.cause, d.hand,
            dict(d.body), b"link",
        )
        for n, d in enumerate(drafts, 1)
    ]  # fmt: skip


histories = st.lists(st.tuples(st.integers(1, 150), st.integers(1, 150_000)), max_size=6)


@given(
    histories,
    st.integers(31, 200),
    st.sampled_from([PARTS, LATER]),
    st.integers(2, 6),
    st.integers(1, 30),
)
@settings(max_examples=40, deadline=None)
def test_the_steps_sum_to_what_is_past_due_and_the_end_is_as_shown(
    paid: list[tuple[int, int]], after: int, how: str, parts: int, first: int
) -> None:
    on = D + timedelta(days=after)
    payments = sorted((day, minor) for day, minor in paid if day <= after)
    before = stream(
        made_up.enrolled(D),
        made_up.signed(LOAN, D),
        *(made_up.paid(LOAN, D + timedelta(days=day), minor) for day, minor in payments),
    )
    here = offer.here(before, LOAN, on)
    wanted = Wanted(how, parts if how == PARTS else 1, on + timedelta(days=first))
    if here is None or offer.fault(before, here, wanted):
        return
    made = offer.offer(before, here, wanted)
    assert sum(step.amount_minor for step in made.steps) == here.past_due_minor
    assert made.late_minor == 0 <= made.spared_minor
    kept = _lived(before, made, on)
    end = offer.here(kept, LOAN, made.end_on)
    assert end and end.past_due_minor == made.left_minor == 0
    assert end.late_minor == here.late_minor + made.late_minor
    assert _paid(kept) - _paid(before) == made.pay_minor
    (plan,) = plans_of(kept)
    assert plan.state == "kept" and not plan.missed


def _lived(before: list[Fact], made: offer.Offer, on: date) -> list[Fact]:
    """The plan agreed, each day paid as shown, each day judged as it ends."""
    seq = len(before) + 1
    body = {
        "steps": [[step.day.isoformat(), step.amount_minor] for step in made.steps],
        "total_minor": made.total_minor,
        "due_on": on.isoformat(),
    }
    drafts: list[Draft] = [
        Draft("plan.proposed", on, "borrower", LOAN, body=body),
        Draft("plan.agreed", on, "house", LOAN, cause=seq, body={}),
        Draft(late_stops.STOPPED, on, "house", LOAN, cause=seq),
    ]
    lived = before + _more(before, drafts)
    pays = {line.day: line for line in made.lines}
    day = on
    while day <= made.end_on:
        if day in pays:
            here = offer.here(lived, LOAN, day)
            assert here and here.past_due_days == pays[day].past_due_days
            lived += _more(lived, [made_up.paid(LOAN, day, pays[day].pay_minor)])
        lived += _more(lived, keeping.judged(lived, day))
        day += timedelta(days=1)
    return lived


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
