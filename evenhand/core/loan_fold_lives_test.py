"""Lives of loans made up at random, thirty events and more: the fold says what the walk says,
nothing is lost, and a pay-off closes."""

from dataclasses import fields, replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.history import CHANGED, PAID, PAID_OFF, WAIVED
from evenhand.core.late_cap import NO_CAP
from evenhand.core.loan_fold import Stood, opening, steps
from evenhand.core.loan_fold_oracle_test import (
    FEE,
    INTEREST,
    LATE,
    PRINCIPAL,
    START,
    Deal,
    Event,
    Walk,
    agreed,
    folded,
    history,
)
from evenhand.core.orders import PAIRS
from evenhand.core.payoff import pay_off
from evenhand.core.relief_words import LOWER_RATE, PREPAID, WORDS

CHARGED = "late_charged_minor"


@st.composite
def an_event(draw: st.DrawFn, learnt: int, days: int, most: int) -> Event:
    day = START + draw(st.integers(0, days))
    what = draw(st.sampled_from([PAID] * 7 + [WAIVED] * 2 + [CHANGED] * 4))
    if what == PAID:
        return Event(day, learnt, PAID, draw(st.integers(1, most)))
    if what == WAIVED:
        part = draw(st.sampled_from([LATE, FEE, INTEREST]))
        return Event(day, learnt, WAIVED, draw(st.integers(1, most // 10 + 1)), part)
    word = draw(st.integers(0, len(WORDS) - 1))
    rate = 119_000 - 1_000 * learnt if word == LOWER_RATE else 0
    numbers = (word, draw(st.sampled_from([1, 2, 30])), draw(st.integers(1, 28)), rate,
               day + draw(st.integers(1, 90)), draw(st.integers(0, 1)))  # fmt: skip
    money = draw(st.integers(1, 2 * most)) if word in PREPAID else 0
    return Event(day, learnt, CHANGED, money, 0, numbers)


@st.composite
def deals(draw: st.DrawFn) -> Deal:
    principal = draw(st.integers(1_000, 10 ** draw(st.integers(4, 10))))
    count = draw(st.integers(2, 14))
    most, days = principal // count // 2 + 1, 31 * count + 60
    events = [draw(an_event(learnt, days, most)) for learnt in range(draw(st.integers(30, 36)))]
    # Every tenth or so is taken back again, which is to say that it never was.
    events = [event for event in events if draw(st.integers(0, 9))]
    pairs = draw(st.sampled_from([list(PAIRS), list(PAIRS[::-1])]) | st.permutations(PAIRS))
    order = (pairs, draw(st.booleans()), draw(st.sampled_from(["next", "last"])))
    cap = draw(st.sampled_from([NO_CAP, principal // 50, principal // 500]))
    late_rate = draw(st.sampled_from([0, 180_000, 2_400_000]))
    fee = draw(st.sampled_from([0, 3_00]))
    return Deal(principal, count, late_rate, fee, cap, order, tuple(events))


def require_same(found: Stood, row: int, walk: Walk) -> None:
    position = found.position
    named = {LATE: "owed_late", FEE: "owed_fee", INTEREST: "owed_interest",
             PRINCIPAL: "owed_principal"}  # fmt: skip
    for part, name in named.items():
        owed = [line.of(part) for line in walk.lines]
        assert getattr(position, name)[row, : len(owed)].tolist() == owed, name
        assert min(owed) >= 0 and not getattr(position, name)[row, len(owed) :].any()
    figures = {"overpaid_minor": walk.over, "paid_minor": walk.paid, CHARGED: walk.charged}
    assert {name: int(getattr(position, name)[row]) for name in figures} == figures
    assert found.capped_on[row] == walk.capped_on
    whole = [(line.due_on, sum(map(line.of, range(4)))) for line in walk.lines]
    assert position.due_minor[row] == sum(minor for due, minor in whole if due <= walk.day)
    assert position.past_due_minor[row] == sum(minor for due, minor in whole if due < walk.day)


@settings(derandomize=True, deadline=None, max_examples=8)
@given(st.lists(deals(), min_size=3, max_size=3), st.integers(0, 500))
def test_the_fold_is_what_the_walk_says(several: list[Deal], late: int) -> None:
    """And one loan is a batch of one: in the batch each stands as it was walked alone."""
    found = folded(several, START + late)
    for row, deal in enumerate(several):
        require_same(found, row, Walk(deal, START + late))


@settings(derandomize=True, deadline=None, max_examples=8)
@given(st.lists(deals(), min_size=3, max_size=3), st.integers(0, 500))
def test_nothing_is_lost_and_a_pay_off_closes(several: list[Deal], late: int) -> None:
    """What was paid is what its parts come to and what is over; principal paid and owed is what was
    lent; and the pay-off paid on its day leaves nothing, changed or not."""
    on, begun = START + late, agreed(several)
    told, stood = history(several), folded(several, on)
    gone = np.zeros((len(several), 4), dtype=np.int64)
    for step in steps(told, np.full(len(several), on), opening(begun)):
        if told.what[step.events[0]] != WAIVED:
            gone[step.rows] += (step.parts.sum(axis=2) + step.ahead).T
    position = stood.position
    assert (gone.sum(axis=1) + position.overpaid_minor).tolist() == position.paid_minor.tolist()
    lent = begun.terms.principal_minor.sum(axis=1)
    assert (gone[:, PRINCIPAL] + position.outstanding_minor).tolist() == lent.tolist()
    total = pay_off(stood.terms, begun.shape.disbursed_on, position).total_minor.tolist()
    closed = [
        replace(deal, events=(*(event for event in deal.events if event.day <= on),
                              *([Event(on, 99, PAID, minor)] if minor else []),
                              Event(on, 100, PAID_OFF)))
        for deal, minor in zip(several, total, strict=True)
    ]  # fmt: skip
    after = folded(closed, on + 50).position
    assert after.paid_off.all()
    owing = np.array(total) > 0
    assert (after.overpaid_minor == position.overpaid_minor)[owing].all()


@settings(derandomize=True, deadline=None, max_examples=6)
@given(st.lists(deals(), min_size=2, max_size=5), st.data())
def test_in_any_split_of_loans_or_of_days_they_stand_the_same(
    several: list[Deal], data: st.DataObject
) -> None:
    """A book in pieces, in any order; and what was folded only up to a day before is no other
    history: nothing is kept between two folds."""
    on = START + data.draw(st.integers(0, 500))
    whole = folded(several, on)
    order = data.draw(st.permutations(range(len(several))))
    cut = data.draw(st.integers(0, len(several)))
    for piece in (order[:cut], order[cut:]):
        if not piece:
            continue
        folded([several[row] for row in piece], on - data.draw(st.integers(0, 60)))
        some = folded([several[row] for row in piece], on)
        for field in fields(some.position):
            found, wanted = getattr(some.position, field.name), getattr(whole.position, field.name)
            wide = found.shape[1:]
            same = wanted[np.array(piece)][(slice(None), *map(slice, wide))]
            assert np.array_equal(found, same), field.name
        assert some.capped_on.tolist() == whole.capped_on[np.array(piece)].tolist()


@settings(derandomize=True, deadline=None, max_examples=6)
@given(deals(), st.integers(0, 300), st.integers(1, 60))
def test_a_change_costs_nothing_on_its_day(deal: Deal, late: int, span: int) -> None:
    """Whatever was paid before it was due, fees too: the pay-off stays what it was."""
    on = START + late
    numbers = [(word, 30, 1 + span % 28, 1_000, on + span, span % 2) for word in range(PREPAID[0])]
    asked = [Event(on, 99, CHANGED, 0, 0, change) for change in numbers]
    several = [replace(deal, events=(*deal.events, event)) for event in asked]
    totals = [
        pay_off(stood.terms, agreed(several).shape.disbursed_on, stood.position).total_minor
        for stood in (folded([deal] * len(several), on), folded(several, on))
    ]
    assert totals[0].tolist() == totals[1].tolist()
