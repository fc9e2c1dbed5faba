"""The pay-off, against decimals and a slow walk of one loan through its days."""

from decimal import ROUND_HALF_EVEN, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core import days
from evenhand.core.days import NEVER
from evenhand.core.payoff import PayOff, begins, pay_off, settled
from evenhand.core.position import stand
from evenhand.core.position_oracle_test import START, Loan, columns, loans, walk
from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal

steady = settings(derandomize=True, deadline=None, max_examples=80)
ONE = np.array([1])


def earned(loan: Loan, begins_on: int, on: int) -> int:
    """Interest for the days used, instalment by instalment, each rounded once, in decimals."""
    sum_minor, begin = 0, begins_on
    for due_on, _principal, interest, _brought, _from in loan.instalments:
        if due_on <= on:
            sum_minor += interest
        elif begin < on:
            exact = Decimal(interest) * (on - begin) / (due_on - begin)
            sum_minor += int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))
        begin = due_on
    return sum_minor


def told(loan: Loan, begins_on: int, on: int) -> int:
    """What pays the loan off: all principal and late interest left, and the interest for the days
    used less all interest paid so far."""
    book, _over = walk(loan, on)
    agreed = sum(instalment[2] for instalment in loan.instalments)
    paid_interest = agreed - sum(one.interest for one in book)
    rest = sum(one.principal + one.late for one in book)
    return max(rest + earned(loan, begins_on, on) - paid_interest, 0)


def of(loan: Loan, begins_on: int, on: int) -> PayOff:
    terms, payments = columns([loan])
    return pay_off(terms, np.array([begins_on]), stand(terms, payments, on))


def reaches(loan: Loan, begins_on: int, on: int, later: int) -> tuple[int, int]:
    """What is owed and overpaid on a later day, once the interest of unused days is waived."""
    terms, payments = columns([loan])
    terms = settled(terms, np.array([begins_on]), np.array([on]))
    position = stand(terms, payments, on + later)
    whole = position.owed_late + position.owed_interest + position.owed_principal
    return int(whole.sum()), int(position.overpaid_minor[0])


@steady
@given(loans(events=6), st.integers(1, 60), st.integers(-40, 400))
def test_the_pay_off_is_what_decimals_say(loan: Loan, before: int, later: int) -> None:
    begins_on, on = START - before, START + later
    found = of(loan, begins_on, on)
    assert int(found.total_minor[0]) == told(loan, begins_on, on)


@steady
@given(loans(events=6), st.integers(1, 60), st.integers(-40, 400), st.integers(0, 500))
def test_paid_on_its_day_it_leaves_exactly_nothing(
    loan: Loan, before: int, later: int, after: int
) -> None:
    begins_on, on = START - before, START + later
    loan.payments = [payment for payment in loan.payments if payment[0] <= on]
    total = int(of(loan, begins_on, on).total_minor[0])
    if total:
        loan.payments.append((on, total))
        assert reaches(loan, begins_on, on, after) == (0, 0)
        assert bool(of(loan, begins_on, on).is_reached[0])


@steady
@given(loans(events=4), st.integers(0, 200), st.integers(1, 900))
def test_a_cent_less_does_not_pay_off_and_a_cent_more_is_overpaid(
    loan: Loan, later: int, surplus: int
) -> None:
    begins_on, on = START - 30, START + later
    loan.payments = [payment for payment in loan.payments if payment[0] <= on]
    total = int(of(loan, begins_on, on).total_minor[0])
    if total < 2:
        return
    loan.payments.append((on, total - 1))
    assert not of(loan, begins_on, on).is_reached[0]
    loan.payments[-1] = (on, total + surplus)
    assert reaches(loan, begins_on, on, 0) == (0, surplus)


@steady
@given(loans(events=5), st.integers(-40, 400))
def test_its_parts_sum_to_it(loan: Loan, later: int) -> None:
    found = of(loan, START - 30, START + later)
    parts = found.principal_minor + found.past_minor + found.running_minor + found.late_minor
    assert found.total_minor.tolist() == np.maximum(parts - found.ahead_minor, 0).tolist()
    assert 0 <= found.used_days[0] <= found.period_days[0]


@pytest.mark.parametrize(
    ("day", "first_paid", "interest", "total", "unused"),
    [
        ("2026-01-01", False, 0, 1_000_00, 20_07),
        ("2026-01-11", False, 3_23, 1_003_23, 16_84),
        ("2026-02-01", False, 10_00, 1_010_00, 10_07),
        ("2026-02-15", True, 3_35, 673_33, 6_72),
    ],
)
def test_the_table_of_the_promise(
    day: str, first_paid: bool, interest: int, total: int, unused: int
) -> None:
    """docs/why/pay-off.md: 1,000.00 at 12 % a year in three months, paid out on 1 January."""
    begins_on, on = days.of_iso(["2026-01-01", day])
    plan = schedule(monthly_equal(ONE * 1_000_00, ONE * 120_000, ONE * begins_on, ONE * 3))
    of_plan = (plan.due_on[0], plan.principal_minor[0], plan.interest_minor[0])
    rows = [(int(d), int(p), int(i), 0, 0) for d, p, i in zip(*of_plan, strict=True)]
    loan = Loan(rows, 180_000, 360, [(rows[0][0], sum(rows[0][1:3]))] if first_paid else [])
    found = of(loan, int(begins_on), int(on))
    assert found.past_minor[0] + found.running_minor[0] == interest
    assert (found.total_minor[0], found.unused_minor[0]) == (total, unused)


def test_on_the_day_the_money_comes_only_the_money_is_owed() -> None:
    loan = Loan([(START + 30, 50_000, 500, 0, 0)], 180_000, 360)
    assert of(loan, START, START).total_minor.tolist() == [50_000]


def test_interest_paid_ahead_is_taken_off() -> None:
    """The first instalment paid in full on the first day: ten days later only ten are owed."""
    loan = Loan([(START + 30, 50_000, 600, 0, 0), (START + 60, 50_000, 300, 0, 0)], 0, 360)
    loan.payments = [(START, 50_600)]
    assert of(loan, START, START + 10).total_minor.tolist() == [50_000 + 200 - 600]


def test_a_loan_never_paid_off_keeps_its_terms() -> None:
    terms, _payments = columns([Loan([(START, 50_000, 500, 0, 0)], 0, 360)])
    assert settled(terms, np.array([START - 30]), np.array([NEVER])) is terms


def test_the_first_period_of_a_loan_taken_over() -> None:
    two = Loan([(START, 50_000, 500, 0, 0), (START + 30, 50_000, 500, 0, 0)], 0, 360)
    one = Loan([(START, 360_000, 1_000, 0, 0)], 0, 360)  # 1.00 a day at 10 %: ten days
    terms, _payments = columns([two, one, one])
    day = np.array([START - 300, START - 300, START - 4])
    taken_over = np.array([True, True, True])
    found = begins(terms, day, ONE * 100_000 + np.zeros(3, np.int64), taken_over)
    assert found.tolist() == [START - 30, START - 10, START - 4]
    assert begins(terms, day, found, ~taken_over) is day
