"""Fees against decimals, instalment by instalment."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.core.columns import KeyedError
from evenhand.core.days import NEVER
from evenhand.core.deal_test import Deal, any_deal, due_days, number, shape
from evenhand.core.fees import OF, WHEN, Charged, Fees, charged
from evenhand.core.money import ROUNDINGS
from evenhand.core.schedule import schedule
from evenhand.core.schedule_oracle_test import Line, oracle

GOOD = Deal(1_000_00, 120_000, date(2026, 1, 31), 6)


@dataclass
class Fee:
    when: str
    of: str
    amount: int
    day: date | None = None


def columns(fees: list[Fee]) -> Fees:
    return Fees(
        np.zeros(len(fees), dtype=np.int64),
        np.array([WHEN.index(fee.when) for fee in fees], dtype=np.int64),
        np.array([number(fee.day) if fee.day else NEVER for fee in fees], dtype=np.int64),
        np.array([OF.index(fee.of) for fee in fees], dtype=np.int64),
        np.array([fee.amount for fee in fees], dtype=np.int64),
    )


def asked(deal: Deal, fees: list[Fee]) -> Charged:
    wanted = shape([deal])
    return charged(schedule(wanted), wanted.rounding, columns(fees))


def slowly(deal: Deal, rows: list[Line], fees: list[Fee]) -> tuple[int, list[int]]:
    at_once, due = 0, [0] * len(rows)
    for fee in fees:
        if fee.when == "at_disbursal":
            at_once += one(deal, fee, deal.principal, rows[0])
            continue
        owed, placed = deal.principal, False
        for n, line in enumerate(rows):
            falls = fee.when == "per_instalment" or (
                not placed and fee.day is not None and line.due_on >= fee.day
            )
            due[n] += one(deal, fee, owed, line) if falls else 0
            placed, owed = placed or falls, owed - line.principal
    return at_once, due


def one(deal: Deal, fee: Fee, owed: int, line: Line) -> int:
    if fee.of == "fixed":
        return fee.amount
    base = {
        "lent": deal.principal,
        "balance": owed,
        "principal": line.principal,
        "interest": line.interest,
        "instalment": line.principal + line.interest,
    }[fee.of]
    way = ROUND_HALF_EVEN if deal.rounding == "half_even" else ROUND_HALF_UP
    return int((Decimal(base) * fee.amount / 10**6).quantize(Decimal(1), rounding=way))


@st.composite
def any_fees(draw: st.DrawFn) -> tuple[Deal, list[Fee]]:
    deal = draw(any_deal(most=10))
    fees = []
    for _ in range(draw(st.integers(1, 4))):
        when = draw(st.sampled_from(WHEN))
        of = draw(st.sampled_from(OF[:2] if when == "at_disbursal" else OF))
        amount = draw(st.integers(0, 10**6))
        day = draw(st.dates(deal.disbursed_on, due_days(deal)[-1])) if when == "on_a_day" else None
        fees.append(Fee(when, of, amount, day))
    return deal, fees


@settings(derandomize=True, deadline=None, max_examples=200)
@given(any_fees())
def test_fees_are_what_decimals_say(wanted: tuple[Deal, list[Fee]]) -> None:
    deal, fees = wanted
    rows = oracle(deal)
    if rows is None:
        return
    found = asked(deal, fees)
    assert (found.at_disbursal_minor.tolist(), found.due_minor.tolist()) == (
        [slowly(deal, rows, fees)[0]],
        [slowly(deal, rows, fees)[1]],
    )


def test_a_fee_of_a_day_falls_due_with_the_next_instalment_and_only_once() -> None:
    found = asked(GOOD, [Fee("on_a_day", "fixed", 7_00, date(2026, 3, 1))])
    assert found.due_minor.tolist() == [[0, 7_00, 0, 0, 0, 0]]
    on_it = asked(GOOD, [Fee("on_a_day", "fixed", 7_00, date(2026, 3, 31))])
    assert on_it.due_minor.tolist() == found.due_minor.tolist()


@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_half_a_cent_goes_where_the_contract_rounds(rounding: str) -> None:
    deal = Deal(10_00, 0, date(2026, 1, 1), 1, rounding=rounding)
    half = asked(deal, [Fee("at_disbursal", "lent", 2_500)])  # 2.5 minor units
    assert half.at_disbursal_minor.tolist() == [2 if rounding == "half_even" else 3]


def test_a_short_loan_beside_a_long_one_is_charged_for_its_own_instalments() -> None:
    wanted = shape([Deal(10_00, 0, date(2026, 1, 1), 1), GOOD])
    fees = Fees(*(np.array([value]) for value in (0, WHEN.index("per_instalment"), NEVER, 0, 5)))
    found = charged(schedule(wanted), wanted.rounding, fees)
    assert found.due_minor.tolist() == [[5, 0, 0, 0, 0, 0], [0] * 6]


@pytest.mark.parametrize(
    ("fee", "why"),
    [
        (Fee("at_disbursal", "interest", 1), "no instalment"),
        (Fee("on_a_day", "fixed", 1, date(2026, 8, 1)), "after the last"),
        (Fee("per_instalment", "fixed", -1), "out of bounds"),
        (Fee("per_instalment", "lent", 10_000_001), "out of bounds"),
    ],
)
def test_a_fee_without_a_place_is_named(fee: Fee, why: str) -> None:
    with pytest.raises(KeyedError, match=f"fees: .*{why}"):
        asked(GOOD, [fee])


def test_no_fee_is_nothing_charged() -> None:
    none = asked(GOOD, [])
    assert (none.at_disbursal_minor.sum(), none.due_minor.sum()) == (0, 0)
