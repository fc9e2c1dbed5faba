"""The form of instalments, fees and payments: read as terms, filled from them, wrong beside it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils.translation import override

from evenhand.ledger import bodies
from evenhand.ledger.products import ANY_DAY, DEMO, Product
from evenhand.lifecycle.products import groups, typed
from evenhand.lifecycle.products.typed import Form

D = date(2026, 5, 4)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


EVERYTHING: dict[str, Any] = {
    "method": "flat",
    "every": 2,
    "unit": "week",
    "day_count": "actual/365",
    "interest_per": "day",
    "rounding": "half_up",
    "last": "smoothed",
    "grace_principal": 1,
    "grace_interest": 1,
    "interest_free": 2,
    "first_due_days": 20,
    "holiday_shift": "forward",
    "late_cap_ppm": 205_000,
    "down_payment_ppm": 125_000,
    "order": {
        "pairs": [f"{s}_{p}" for s in ("past_due", "due", "in_advance")
                  for p in ("principal", "interest", "fee", "late")],
        "vertical": 1,
        "advance": "spread",
    },
    "prepay": ["lower", "shorter"],
    "fees": [
        {"name": "service_fee", "when": "per_instalment", "of": "balance", "amount": 1_250},
        {"name": "handling_fee", "when": "on_a_day", "of": "fixed", "amount": 1_999, "days": 30},
        {"name": "guarantee_fee", "when": "per_instalment", "of": "fixed", "amount": 500},
    ],
}  # fmt: skip


def form(terms: dict[str, Any], **other: str) -> Form:
    """The form of a version with these terms, as it comes back with some fields typed over."""
    before = Product("p", 1, D, {**DEMO.terms, **terms})
    sent: QueryDict = typed.filled("p", before, date(2026, 6, 1))
    sent.update({})
    for name, value in other.items():
        sent[name] = value
    return typed.read(sent, {}, D)


@pytest.mark.parametrize(
    "terms", [EVERYTHING, {}, {"month_day": 31, "late_cap_ppm": 0}, {"down_payment_minor": 250_00}]
)
def test_what_the_form_is_filled_with_is_what_it_says(terms: dict[str, Any]) -> None:
    found = form(terms)
    assert found.errors == {} and found.offered is not None
    assert found.offered.terms == {**DEMO.terms, **terms, "measures": DEMO.terms["measures"]}
    fits = {key: bodies.AGREED[key](value) for key, value in terms.items()}
    assert all(fits.values()), fits


def test_what_is_plain_is_left_out() -> None:
    found = form(EVERYTHING, every="1", unit="month", last="takes_the_rest", interest_free="0",
                 late_cap="", down="", fee_name_2="", fee_name_3="")  # fmt: skip
    assert found.offered is not None
    left = {"every", "unit", "last", "interest_free", "late_cap_ppm", "down_payment_ppm"}
    assert left.isdisjoint(found.offered.terms)
    assert [one["name"] for one in found.offered.terms["fees"]] == ["service_fee"]


WRONG = {
    "method": ("annuity", "Choose one."),
    "parts": ("late,fee", "Choose one."),
    "fee_name_1": ("handling_fee", "Each fee once."),
    "fee_amount_1": ("much", "Type the sum"),
    "fee_amount_2": ("0", "Type the sum"),
    "fee_days_2": ("0", "from 1 to 366"),
    "grace_principal": ("3", "fewest instalments"),
    "interest_free": ("4", "fewest instalments"),
    "month_day": ("5", "step by months"),
    "every": ("0", "from 1 to 366"),
    "late_cap": ("a fifth", "per cent of the principal"),
    "down": ("100", "Type the sum"),
    "down_of": ("interest", "Choose one."),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_beside_its_field_which_is_open(name: str) -> None:
    value, says = WRONG[name]
    found = form(EVERYTHING, **{name: value})
    assert found.offered is None and says in found.errors[name]
    (group,) = [one for one in groups.groups(found) if name in {f.name for f in one.fields}]
    assert group.is_open


def test_who_repays_on_any_day_has_nothing_to_choose() -> None:
    says = form(EVERYTHING, advance="re_amortise").errors["advance"]
    assert "Nothing is left to choose" in says
    assert form({"order": ANY_DAY.terms["order"]}).errors == {}


def test_smoothed_is_for_one_sum_only() -> None:
    assert "one sum" in form(EVERYTHING, method="bullet").errors["last"]


def test_groups_fold_away_where_nothing_is_unlike_the_plain_loan() -> None:
    assert [one.is_open for one in groups.groups(form({}))] == [False] * 7
    assert [one.is_open for one in groups.groups(form(EVERYTHING))] == [True] * 7


def test_a_down_payment_leaves_something_of_the_least_to_lend() -> None:
    fits = form({"down_payment_minor": 999_99})
    assert fits.errors == {}
    says = form({"down_payment_minor": 1_000_00}).errors["down"]
    assert "nothing of the least to lend" in says
