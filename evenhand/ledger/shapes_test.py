"""What terms say is what is worked out: each key against sums done the slow way."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np
import pytest

from evenhand.core.columns import KeyedError
from evenhand.core.schedule import schedule
from evenhand.core.shape import monthly_equal
from evenhand.ledger.house import day_from, day_number
from evenhand.ledger.products import DEMO
from evenhand.ledger.shapes import Planned, each_fee, planned

ON = date(2026, 3, 1)
LENT, RATE = 1_200_000, 108_000
ONE = np.array([1])


def loan(count: int = 12, on: date = ON, **terms: Any) -> Planned:
    return planned({"rate_ppm": RATE, **terms}, ONE * LENT, ONE * count, ONE * day_number(on))


def rows(found: Planned) -> list[tuple[date, int, int, int]]:
    plan = found.plan
    columns = (plan.due_on, plan.principal_minor, plan.interest_minor, found.fees.due_minor)
    each = zip(*(column[0].tolist() for column in columns), strict=True)
    return [(day_from(day), *parts) for day, *parts in each]


def whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_EVEN))


def interest(left: int, of_year: Decimal) -> int:
    return whole(Decimal(left) * RATE / 1_000_000 * of_year)


MONTH = Decimal(1) / 12


def test_what_is_not_said_is_the_plain_consumer_loan() -> None:
    plain = schedule(monthly_equal(ONE * LENT, ONE * RATE, ONE * day_number(ON), ONE * 12))
    for found in (loan(), loan(**{**DEMO.terms, "interest_per": "day"})):
        assert found.due_minor.tolist() == plain.due_minor.tolist()
        assert found.plan.due_on.tolist() == plain.due_on.tolist()
        assert found.yearly_hundredths.tolist() == [1080]


def test_equal_principal_is_the_same_part_each_month_and_less_interest() -> None:
    left = LENT
    for n, (day, principal, part, fee) in enumerate(rows(loan(method="equal_principal")), 4):
        assert (day, principal, fee) == (
            date(2026 + (n - 1) // 12, (n - 1) % 12 + 1, 1),
            100_000,
            0,
        )
        assert part == interest(left, MONTH)
        left -= principal
    assert left == 0


def test_interest_only_leaves_the_principal_to_the_last() -> None:
    found = rows(loan(method="interest_only"))
    assert {row[2] for row in found} == {interest(LENT, MONTH)}
    assert [row[1] for row in found] == [0] * 11 + [LENT]


def test_a_bullet_falls_due_once() -> None:
    *before, last = rows(loan(6, method="bullet"))
    assert all(row[1:] == (0, 0, 0) for row in before)
    assert last == (date(2026, 9, 1), LENT, interest(LENT, 6 * MONTH), 0)


def test_every_two_weeks_is_fourteen_days_of_interest() -> None:
    found = rows(loan(26, unit="week", every=2, day_count="actual/365", method="equal_principal"))
    assert [row[0] for row in found] == [ON + timedelta(14 * n) for n in range(1, 27)]
    left = LENT
    for _day, principal, part, _fee in found:
        assert part == interest(left, Decimal(14) / 365)
        left -= principal


def test_grace_and_free_periods_come_first() -> None:
    found = rows(loan(6, grace_principal=2, interest_free=1))
    assert [row[1] for row in found[:2]] == [0, 0] and found[0][2] == 0
    assert found[1][2] == interest(LENT, MONTH) and sum(row[1] for row in found) == LENT
    waits = rows(loan(6, grace_principal=2, grace_interest=2))
    assert [sum(row[1:]) for row in waits[:2]] == [0, 0]
    assert waits[2][2] == 3 * interest(LENT, MONTH)


DUE: dict[str, tuple[dict[str, Any], date, date]] = {
    "as disbursed": ({}, ON, date(2026, 4, 1)),
    "so many days after": ({"first_due_days": 45}, ON, date(2026, 4, 15)),
    "on the fifth": ({"month_day": 5}, ON, date(2026, 4, 5)),
    "on the fifth, three weeks off": (
        {"month_day": 5, "first_due_days": 21}, date(2026, 3, 20), date(2026, 5, 5)
    ),
    "at the month's end": ({"month_day": 31, "first_due_days": 10}, ON, date(2026, 3, 31)),
    "after a Saturday": ({"month_day": 4, "holiday_shift": "forward"}, ON, date(2026, 4, 7)),
    "before a Saturday": ({"month_day": 4, "holiday_shift": "backward"}, ON, date(2026, 4, 3)),
}  # fmt: skip
"""4 April 2026 is a Saturday; Tomb-sweeping is on Sunday, and Monday is given for it."""


@pytest.mark.parametrize("name", DUE)
def test_the_first_due_day(name: str) -> None:
    terms, on, first = DUE[name]
    assert rows(loan(on=on, **terms))[0][0] == first


def test_fees_fall_due_with_instalments_and_on_their_day() -> None:
    fees = [
        {"name": "service_fee", "when": "per_instalment", "of": "balance", "amount": 2_000},
        {"name": "handling_fee", "when": "on_a_day", "of": "fixed", "amount": 9_900, "days": 40},
    ]
    found = loan(method="equal_principal", fees=fees)
    left, owed = LENT, []
    for n, (_day, principal, _part, fee) in enumerate(rows(found), start=1):
        owed.append(whole(Decimal(left) * 2_000 / 1_000_000))
        assert fee == owed[-1] + (9_900 if n == 2 else 0)
        left -= principal
    listed = each_fee({"fees": fees}, found)
    assert [one["total_minor"] for one in listed] == [sum(owed), 9_900]
    assert found.yearly_hundredths[0] > 1080 + 100


def test_what_cannot_be_worked_out_is_refused_by_its_key() -> None:
    wrong: dict[str, dict[str, Any]] = {
        "grace.principal": {"grace_principal": 12},
        "due_day": {"month_day": 5, "unit": "week"},
    }
    for key, terms in wrong.items():
        with pytest.raises(KeyedError) as refused:
            loan(**terms)
        assert refused.value.key == key
