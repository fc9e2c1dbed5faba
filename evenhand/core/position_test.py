"""Where loans stand, against a slow walk of one loan through its days."""

from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.position import BLOCK, Position, age, asked, late_interest_of, stand
from evenhand.core.position_oracle_test import START, Loan, columns, loans, told, walk

steady = settings(derandomize=True, deadline=None, max_examples=60)


def row(position: Position, loan: int) -> dict[str, Any]:
    names = [one.name for one in fields(position)]
    return {
        name: getattr(position, name)[loan]
        for name in names
        if name not in ("due_on", "owed_late", "owed_interest", "owed_principal", "owed_fee")
    }


@steady
@given(st.lists(loans(), min_size=1, max_size=3), st.integers(-10, 600))
def test_a_batch_stands_where_the_walk_ends(batch: list[Loan], later: int) -> None:
    on = START + later
    position = stand(*columns(batch), on)
    for number, loan in enumerate(batch):
        assert row(position, number) == told(loan, on)
        book, _over = walk(loan, on)
        count = len(book)
        assert position.owed_late[number, :count].tolist() == [one.late for one in book]
        assert position.owed_interest[number, :count].tolist() == [one.interest for one in book]
        assert position.owed_principal[number, :count].tolist() == [one.principal for one in book]
        assert not position.owed_principal[number, count:].any()


@steady
@given(st.lists(loans(events=6), min_size=2, max_size=5), st.integers(0, 400))
def test_one_loan_is_a_batch_of_one(batch: list[Loan], later: int) -> None:
    together = stand(*columns(batch), START + later)
    for number, loan in enumerate(batch):
        assert row(stand(*columns([loan]), START + later), 0) == row(together, number)


@steady
@given(loans(events=12), st.integers(0, 300))
def test_money_in_is_money_allocated_and_nothing_is_below_zero(loan: Loan, later: int) -> None:
    terms, payments = columns([loan])
    position = stand(terms, payments, START + later)
    agreed = terms.principal_minor.sum() + terms.interest_minor.sum()
    charged = terms.late_brought_minor.sum() + position.late_charged_minor[0]
    still = position.owed_late.sum() + position.owed_interest.sum() + position.owed_principal.sum()
    paid = position.paid_minor[0] - position.overpaid_minor[0]
    assert agreed + charged - still == paid
    for part in (position.owed_late, position.owed_interest, position.owed_principal):
        assert (part >= 0).all()


@steady
@given(loans(events=8), st.integers(0, 60))
def test_the_late_interest_of_days_sums_to_the_whole(loan: Loan, days: int) -> None:
    terms, payments = columns([loan])
    first = START - 20
    daily = [int(late_interest_of(terms, payments, first + day)[0]) for day in range(days)]
    assert all(charge >= 0 for charge in daily)
    before = stand(terms, payments, first - 1).late_charged_minor[0]
    assert before + sum(daily) == stand(terms, payments, first + days - 1).late_charged_minor[0]


@steady
@given(loans(events=6), st.integers(0, 90), st.integers(0, 30))
def test_no_day_on_which_late_interest_is_stopped_costs_anything(
    loan: Loan, first: int, count: int
) -> None:
    day = START + first
    loan.stopped = [(day, day + count)]
    terms, payments = columns([loan])
    for stopped in range(day + 1, day + count + 1):
        assert late_interest_of(terms, payments, stopped) == 0
    before, after = stand(terms, payments, day), stand(terms, payments, day + count)
    assert before.late_charged_minor == after.late_charged_minor


@steady
@given(loans(events=5), st.integers(0, 300), st.integers(0, 5))
def test_what_is_asked_pays_exactly_the_oldest_unpaid(loan: Loan, later: int, k: int) -> None:
    on = START + later
    loan.payments = [payment for payment in loan.payments if payment[0] <= on]
    position = stand(*columns([loan]), on)
    due = [one for one in walk(loan, on)[0] if one.due_on <= on and one.whole]
    ask = int(asked(position, k)[0])
    assert ask == sum(one.whole for one in due[:k])
    if ask:
        loan.payments.append((on, ask))
        left = [one for one in walk(loan, on)[0] if one.due_on <= on and one.whole]
        assert len(left) == max(len(due) - k, 0)
        assert stand(*columns([loan]), on).due_minor[0] == sum(one.whole for one in left)


@steady
@given(loans(events=3), st.integers(0, 400))
def test_the_pay_off_sum_closes_the_loan_at_exactly_zero(loan: Loan, later: int) -> None:
    on = START + later
    loan.payments = [payment for payment in loan.payments if payment[0] <= on]
    position = stand(*columns([loan]), on)
    owed = position.owed
    rest = int(owed.late.sum() + owed.interest.sum() + owed.principal.sum())
    if rest:
        loan.payments.append((on, rest))
    closed = stand(*columns([loan]), on + 100)
    assert closed.paid_off[0]
    assert closed.overpaid_minor[0] == position.overpaid_minor[0]
    assert closed.past_due_since[0] == NEVER


def test_an_instalment_is_past_due_the_day_after_its_due_day() -> None:
    loan = Loan([(START, 50_000, 500, 0, 0)], 180_000, 360)
    on_the_day = stand(*columns([loan]), START)
    assert on_the_day.past_due_days.tolist() == [0]
    assert on_the_day.due_minor.tolist() == [50_500]
    the_day_after = stand(*columns([loan]), START + 1)
    assert the_day_after.past_due_days.tolist() == [1]
    assert the_day_after.late_interest_minor.tolist() == [25]  # 50000 x 18 % / 360
    assert the_day_after.past_due_since.tolist() == [START]


def test_a_payment_meets_the_late_interest_up_to_its_day() -> None:
    loan = Loan([(START, 50_000, 500, 0, 0)], 180_000, 360, [(START + 10, 1_000)])
    position = stand(*columns([loan]), START + 20)
    # ten days on 50,000 are 250; 1,000 - 250 - 500 pays 250 of principal; ten more on 49,750
    assert position.owed_principal.tolist() == [[49_750]]
    assert position.late_charged_minor.tolist() == [499]  # 250 + 248.75, rounded once
    assert position.late_interest_minor.tolist() == [249]


def test_each_loan_may_stand_on_a_day_of_its_own() -> None:
    loan = Loan([(START, 50_000, 500, 0, 0)], 180_000, 360)
    terms, payments = columns([loan, loan])
    days = np.array([START + 1, START + 5])
    assert stand(terms, payments, days).past_due_days.tolist() == [1, 5]


def test_no_loans_is_an_empty_batch() -> None:
    loan = Loan([(START, 50_000, 500, 0, 0)], 180_000, 360)
    terms, payments = columns([loan])
    none = np.array([], dtype=np.int64)
    position = stand(terms.take(none), payments, START)
    assert position.past_due_since.tolist() == []


def test_the_greatest_loan_is_exact() -> None:
    most = 10**13
    loan = Loan([(START, most, 0, 0, 0)], 10_000_000, 365, [(START + 366, 1)])
    position = stand(*columns([loan]), START + 367)
    assert position.late_charged_minor[0] == round(Fraction(most * 10 * 367, 365))


@pytest.mark.parametrize(
    ("key", "loan"),
    [
        ("principal_minor", Loan([(START, 10**13 + 1, 0, 0, 0)], 0, 360)),
        ("interest_minor", Loan([(START, 1, -1, 0, 0)], 0, 360)),
        ("late_rate_ppm", Loan([(START, 1, 0, 0, 0)], 10_000_001, 360)),
        ("late_year_days", Loan([(START, 1, 0, 0, 0)], 0, 366)),
        ("due_on", Loan([(START, 1, 0, 0, 0), (START - 1, 1, 0, 0, 0)], 0, 360)),
        ("instalments", Loan([(START + n, 1, 0, 0, 0) for n in range(601)], 0, 360)),
        ("amount", Loan([(START, 1, 0, 0, 0)], 0, 360, [(START, 0)])),
        ("day", Loan([(START, 1, 0, 0, 0)], 0, 360, [(START, 1), (START - 1, 1)])),
    ],
)
def test_what_breaks_a_bound_is_named(key: str, loan: Loan) -> None:
    with pytest.raises(KeyedError) as refused:
        stand(*columns([loan]), START)
    assert refused.value.key == key


def test_age_bands() -> None:
    assert age(np.array([0, 1, 30, 31, 60, 61, 90, 91, 900])).tolist() == [
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]


def test_more_loans_than_a_block_stand_each_as_if_alone() -> None:
    few = [
        Loan([(START, 500, 5, 0, 0), (START + 30, 500, 4, 0, 0)], 180_000, 360, paid)
        for paid in ([], [(START + 40, 300)], [(START - 5, 2_000), (START + 41, 7)])
    ]
    book = [few[n % 3] for n in range(BLOCK + 2)]
    terms, payments = columns(book)
    together = stand(terms, payments, START + 50)
    for row in (0, 1, BLOCK - 1, BLOCK, BLOCK + 1):
        alone = stand(*columns([book[row]]), START + 50)
        for field in fields(alone):
            found, expected = getattr(together, field.name)[row], getattr(alone, field.name)[0]
            assert np.array_equal(found, expected), field.name
