"""What terms say, said: spans, fees, the order of a payment."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override

from evenhand.core.orders import PAIRS
from evenhand.web import terms


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


PLAIN = {"currency": "CNY", "method": "equal_instalment"}
SPANS: list[tuple[int, dict[str, Any], str]] = [
    (1, {}, "1 month"),
    (12, {}, "12 months"),
    (26, {"unit": "week", "every": 2}, "26 instalments, one every 2 weeks"),
    (4, {"every": 3}, "4 instalments, one every 3 months"),
]


@pytest.mark.parametrize(("count", "said", "told"), SPANS)
def test_how_long_a_loan_is(count: int, said: dict[str, Any], told: str) -> None:
    assert terms.span(count, said) == told


FEES: list[tuple[dict[str, Any], str]] = [
    (
        {"when": "per_instalment", "of": "fixed", "amount": 500},
        "CNY\u00a05.00 with every instalment",
    ),
    (
        {"when": "per_instalment", "of": "balance", "amount": 1_250},
        "0.125% of the principal still owed with every instalment",
    ),
    (
        {"when": "on_a_day", "of": "lent", "amount": 10_000, "days": 30},
        "1% of the principal lent, once, with the first instalment 30 days or more after payout",
    ),
]


@pytest.mark.parametrize(("fee", "told"), FEES)
def test_what_a_fee_comes_to_and_when(fee: dict[str, Any], told: str) -> None:
    assert terms.fee(fee, "CNY") == told
    listed = {"currency": "CNY", "fees": [{"name": "service_fee", **fee}]}
    assert terms.fees(listed) == [f"Service fee: {told}"]


def test_the_houses_order_where_no_other_is_said() -> None:
    first, ahead = terms.order({})
    assert "past due: late interest, fees, interest, principal; due today: late" in first
    assert first.endswith("the oldest first.")
    assert ahead.endswith("begins with the next instalment.")


def test_another_order_is_said_as_it_is() -> None:
    pairs = ["past_due_principal", "due_principal", *(
        pair for pair in PAIRS if pair not in ("past_due_principal", "due_principal")
    )]  # fmt: skip
    order = {"pairs": pairs, "vertical": 1, "advance": "spread"}
    first, ahead = terms.order({"order": order})
    assert "past due: principal; due today: principal; past due: late interest" in first
    assert "together" in first and ahead.endswith("evenly over all that are left.")


def test_repaying_on_any_day_is_told_before_it_is_signed() -> None:
    order = {"pairs": [*PAIRS], "vertical": 0, "advance": "re_amortise"}
    (_first, ahead), told = terms.order({"order": order}), terms.any_day({"order": order})
    assert ahead.endswith("less is owed at once.") and "any part on any day" in told[0]
    assert "on that day nothing is asked for" in told[1]
    assert len(terms.any_day({"order": order, "method": "bullet"})) == 1
    assert terms.any_day(PLAIN) == []


def test_what_terms_do_not_say_is_not_said() -> None:
    assert terms.prepay(PLAIN) == terms.late_cap(PLAIN) == terms.fees(PLAIN) == []
    assert len(terms.shape(PLAIN)) == 1
    said = {"grace_principal": 2, "interest_free": 1, "month_day": 5, "holiday_shift": "forward"}
    assert len(terms.shape(said)) == 5
    assert "20%" in terms.late_cap({"late_cap_ppm": 200_000})[0]
    assert "smaller instalments or fewer" in terms.prepay({"prepay": ["lower", "shorter"]})[0]
