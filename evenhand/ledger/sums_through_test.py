"""The sums shown of a loan to which more happened than payments are its position's own figures."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import Ints
from evenhand.core.history import CHANGED, PAID, PAID_OFF
from evenhand.core.late_cap import NO_CAP
from evenhand.core.loan_fold_lives_test import deals
from evenhand.core.loan_fold_oracle_test import (
    Deal,
    Event,
    agreed,
    folded,
    history,
)
from evenhand.core.orders import FEE, INTEREST, LATE, PAIRS, PRINCIPAL
from evenhand.core.payoff import pay_off
from evenhand.core.relief_words import PREPAID, WORDS
from evenhand.core.sums import late
from evenhand.ledger.sums_through import Through, late_of_day, walk_through

START = 20_000
steady = settings(derandomize=True, deadline=None, max_examples=6)
short = deals().map(lambda deal: replace(deal, events=deal.events[:14]))


def through(deal: Deal, on: int) -> Through:
    return walk_through(agreed([deal]), history([deal]), on)


def by_part(told: Through) -> Ints:
    """[4, F, N] what each payment paid, by part and instalment."""
    paid = told.walk.paid
    return np.stack((paid.late, told.fee, paid.interest, paid.principal))


@steady
@given(short, st.integers(0, 500))
def test_every_payment_is_what_it_paid_what_it_paid_ahead_and_what_was_left(
    deal: Deal, later: int
) -> None:
    """Principal is paid by payments, where no change of another kind counts for it what was paid
    of interest of days to come."""
    moneyed = (event for event in deal.events if event.what != CHANGED or event.amount)
    deal, on = replace(deal, events=tuple(moneyed)), START + later
    told, position = through(deal, on), folded([deal], on).position
    parts = by_part(told)
    whole = parts.sum(axis=(0, 2)) + told.ahead.sum(axis=0) + told.walk.over_minor
    assert whole.tolist() == told.walk.amount_minor.tolist()
    assert told.walk.amount_minor.sum() == position.paid_minor[0]
    assert told.walk.over_minor.sum() == position.overpaid_minor[0]
    gone = parts[PRINCIPAL].sum() + told.ahead[PRINCIPAL].sum()
    assert gone + position.outstanding_minor[0] == deal.principal


@steady
@given(short, st.integers(0, 500))
def test_what_is_owed_is_what_is_in_force_less_what_was_paid_and_waived_since(
    deal: Deal, later: int
) -> None:
    on = START + later
    told, stood = through(deal, on), folded([deal], on)
    terms, position, since = told.terms, stood.position, by_part(told)[:, told.since :].sum(axis=1)
    charged = late(terms, told.since_change, 0, on)
    assert terms.fee_minor is not None
    left = {
        "owed_late": terms.late_brought_minor[0]
        + charged.accrued_minor
        - since[LATE]
        - told.waived[LATE],
        "owed_fee": terms.fee_minor[0] - since[FEE],
        "owed_interest": terms.interest_minor[0] - since[INTEREST],
        "owed_principal": terms.principal_minor[0] - since[PRINCIPAL],
    }
    for name, owed in left.items():
        assert owed.tolist() == getattr(position, name)[0, : len(owed)].tolist(), name
    day_after = folded([deal], on + 1).position.late_charged_minor
    assert late_of_day(agreed([deal]), history([deal]), on + 1) == int(
        (day_after - position.late_charged_minor)[0]
    ) or any(event.day == on + 1 for event in deal.events)


@steady
@given(short, st.integers(0, 400))
def test_of_a_loan_paid_off_nothing_is_lost_either(deal: Deal, later: int) -> None:
    """What is given back of interest paid before is told of the last payment."""
    on, begun = START + later, agreed([deal])
    stood = folded([deal], on)
    total = int(pay_off(stood.terms, begun.shape.disbursed_on, stood.position).total_minor[0])
    events = tuple(event for event in deal.events if event.day <= on)
    last = [Event(on, 99, PAID, total)] if total else []
    closed = replace(deal, events=(*events, *last, Event(on, 100, PAID_OFF)))
    told, position = through(closed, on), folded([closed], on).position
    whole = by_part(told).sum(axis=(0, 2)) + told.ahead.sum(axis=0) + told.walk.over_minor
    assert whole.tolist() == told.walk.amount_minor.tolist()
    assert told.walk.over_minor.sum() == position.overpaid_minor[0]


def test_a_cap_reached_after_all_that_happened_is_told() -> None:
    """Late interest of 10.00 in two at 18 % would be 0.14 and 0.07 by then; 0.20 is its cap."""
    capped = Deal(10_00, 2, 180_000, 0, 20, (list(PAIRS), False, "next"), ())
    on = START + 87
    told, position = through(capped, on), folded([capped], on).position
    accrued = late(told.terms, told.since_change, 0, on).accrued_minor
    assert accrued.tolist() == position.owed_late[0].tolist() == [14, 6]


def test_an_instalment_before_a_change_is_told_as_it_was_one_after_it_as_it_is() -> None:
    """1,000.00 in three at 12 %: 340.02 each. With the first 200.00 are paid ahead, fewer: two of
    them, and the third instalment is no more."""
    plain = Deal(1_000_00, 3, 0, 0, NO_CAP, (list(PAIRS), False, "next"), ())
    before = through(plain, START)
    assert (before.agreed[INTEREST] + before.agreed[PRINCIPAL]).tolist() == [340_02] * 2 + [340_03]
    first = int(before.due_on[0])
    shorter = (WORDS.index("prepaid_shorter"), 0, 0, 0, 0, 0)
    assert shorter[0] in PREPAID
    money = Event(first, 1, CHANGED, 540_02, 0, shorter)
    told = through(replace(plain, events=(money,)), first)
    assert told.agreed[:, 0].tolist() == [0, 0, 10_00, 330_02]
    assert told.agreed[PRINCIPAL, 1:].sum() == 1_000_00 - 330_02 - 200_00
    assert told.ahead.tolist() == [[0], [0], [0], [200_00]]
    assert told.since == 1 and told.was_due_on.tolist() == before.due_on.tolist()
