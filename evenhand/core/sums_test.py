"""The sums shown to a borrower are the position's own figures, whatever was paid and when."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.days import NEVER
from evenhand.core.position import stand
from evenhand.core.position_oracle_test import START, Loan, columns, loans, walk
from evenhand.core.sums import Late, Walk, by_rate, late
from evenhand.core.sums import walk as walk_sums

steady = settings(derandomize=True, deadline=None, max_examples=60)


def of(loan: Loan, on: int) -> tuple[Walk, Late]:
    terms, payments = columns([loan])
    walked = walk_sums(terms, payments, stand(terms, payments, on), 0)
    return walked, late(terms, walked, 0, on)


@steady
@given(st.lists(loans(events=8), min_size=1, max_size=2), st.integers(-10, 600))
def test_every_sum_equals_the_position(batch: list[Loan], later: int) -> None:
    terms, payments = columns(batch)
    position = stand(terms, payments, START + later)
    for row in range(len(batch)):
        walked = walk_sums(terms, payments, position, row)
        charged = late(terms, walked, row, START + later)
        assert walked.amount_minor.sum() == position.paid_minor[row]
        assert walked.over_minor.sum() == position.overpaid_minor[row]
        assert charged.accrued_minor.sum() == position.late_charged_minor[row]
        brought = terms.late_brought_minor[row] + charged.accrued_minor
        left = (
            (brought, walked.paid.late, position.owed_late[row]),
            (terms.interest_minor[row], walked.paid.interest, position.owed_interest[row]),
            (terms.principal_minor[row], walked.paid.principal, position.owed_principal[row]),
        )
        for agreed, paid, owed in left:
            assert (agreed - paid.sum(axis=0)).tolist() == owed.tolist()


@steady
@given(loans(events=8), st.integers(0, 600))
def test_the_parts_of_a_payment_sum_to_it(loan: Loan, later: int) -> None:
    walked, _late = of(loan, START + later)
    whole = walked.paid.late + walked.paid.interest + walked.paid.principal
    assert (whole.sum(axis=1) + walked.over_minor).tolist() == walked.amount_minor.tolist()
    assert (whole >= 0).all() and (walked.over_minor >= 0).all()


@steady
@given(loans(events=6), st.integers(0, 400))
def test_late_interest_can_be_added_up_by_hand(loan: Loan, later: int) -> None:
    on = START + later
    walked, charged = of(loan, on)
    for n, one in enumerate(walk(loan, on)[0]):
        days = (charged.principal_minor[:, n] * charged.days[:, n]).sum()
        accrued = round(Fraction(int(days) * loan.rate, 1_000_000 * loan.year))
        assert accrued == charged.accrued_minor[n]
        assert one.brought + accrued - walked.paid.late[:, n].sum() == one.late
    spans = charged.until - charged.since
    assert (charged.days >= 0).all() and (charged.days <= spans).all()
    assert (charged.since[1:] == charged.until[:-1]).all()


def test_two_stretches_where_a_payment_came_between() -> None:
    loan = Loan([(START, 50_000, 500, 0, 0)], 180_000, 360, [(START + 10, 1_000)])
    walked, charged = of(loan, START + 20)
    assert charged.days.ravel().tolist() == [10, 10]
    assert charged.principal_minor.ravel().tolist() == [50_000, 49_750]
    assert (charged.accrued_minor[0], walked.paid.late.sum()) == (499, 250)


def test_nothing_paid_is_one_stretch() -> None:
    walked, charged = of(Loan([(START, 50_000, 500, 0, 0)], 180_000, 360), START + 4)
    assert walked.day.size == 0 and charged.days.tolist() == [[4]]
    assert charged.until.max() < NEVER and np.array_equal(charged.since, [[START]])


def test_a_month_of_interest_by_the_rate() -> None:
    assert by_rate(916_66, 120_000) == 917  # 916.66 to even
    assert by_rate(0, 120_000) == 0
