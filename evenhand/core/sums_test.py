"""The sums shown to a borrower are the position's own figures, whatever was paid and when."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.position import stand
from evenhand.core.position_oracle_test import START, Loan, columns, loans, walk
from evenhand.core.sums import Book, book, by_rate, total

steady = settings(derandomize=True, deadline=None, max_examples=60)


def of(loan: Loan, on: int) -> Book:
    terms, payments = columns([loan])
    return book(terms, payments, stand(terms, payments, on), 0)


@steady
@given(st.lists(loans(events=8), min_size=1, max_size=2), st.integers(-10, 600))
def test_every_sum_equals_the_position(batch: list[Loan], later: int) -> None:
    terms, payments = columns(batch)
    position = stand(terms, payments, START + later)
    for row in range(len(batch)):
        one = book(terms, payments, position, row)
        assert total(one.due) == position.due_minor[row]
        assert total(one.past_due) == position.past_due_minor[row]
        assert total(one.coming) == position.next_due_minor[row]
        assert sum(p.principal_minor for p in one.outstanding) == position.outstanding_minor[row]
        assert sum(late.owed_minor for late in one.late) == position.late_interest_minor[row]
        assert sum(late.accrued_minor for late in one.late) == position.late_charged_minor[row]
        assert sum(paid.amount_minor for paid in one.payments) == position.paid_minor[row]
        assert one.over_minor == position.overpaid_minor[row]


@steady
@given(loans(events=8), st.integers(0, 600))
def test_the_parts_of_a_payment_sum_to_it_and_what_was_agreed_less_paid_is_owed(
    loan: Loan, later: int
) -> None:
    one = of(loan, START + later)
    for paid in one.payments:
        assert total(paid.parts) + paid.over_minor == paid.amount_minor
    for agreed, owed in zip(one.agreed, one.owed, strict=True):
        paid_parts = [part for _day, part in one.paid_on(agreed.n)]
        principal = sum(part.principal_minor for part in paid_parts)
        interest = sum(part.interest_minor for part in paid_parts)
        assert agreed.principal_minor - principal == owed.principal_minor
        assert agreed.interest_minor - interest == owed.interest_minor


@steady
@given(loans(events=6), st.integers(0, 400))
def test_late_interest_can_be_added_up_by_hand(loan: Loan, later: int) -> None:
    on = START + later
    one = of(loan, on)
    oracle = walk(loan, on)[0]
    for late in one.late:
        days = sum(stretch.principal_minor * stretch.days for stretch in late.stretches)
        assert late.accrued_minor == round(Fraction(days * loan.rate, 1_000_000 * loan.year))
        assert late.brought_minor + late.accrued_minor - late.paid_minor == late.owed_minor
        assert late.owed_minor == oracle[late.n - 1].late
        for s in late.stretches:
            still = sum(
                any(a < day <= b for a, b in loan.stopped)
                for day in range(s.since + 1, s.until + 1)
            )
            assert s.until - s.since == s.days + still > 0


def test_two_stretches_where_a_payment_came_between() -> None:
    loan = Loan([(START, 50_000, 500, 0, 0)], 180_000, 360, [(START + 10, 1_000)])
    (late,) = of(loan, START + 20).late
    assert [(s.days, s.principal_minor) for s in late.stretches] == [(10, 50_000), (10, 49_750)]
    assert (late.accrued_minor, late.paid_minor, late.owed_minor) == (499, 250, 249)


def test_days_of_one_principal_are_one_stretch() -> None:
    """The second instalment is not met by what the first one takes."""
    rows = [(START, 50_000, 0, 0, 0), (START + 1, 50_000, 0, 0, 0)]
    loan = Loan(rows, 180_000, 360, [(START + 5, 10_000), (START + 9, 10_000)])
    second = of(loan, START + 11).late[1]
    assert [(s.since, s.until, s.principal_minor) for s in second.stretches] == [
        (START + 1, START + 11, 50_000)
    ]


def test_a_month_of_interest_by_the_rate() -> None:
    assert by_rate(916_66, 120_000) == 917  # 916.66 to even
    assert by_rate(0, 120_000) == 0
