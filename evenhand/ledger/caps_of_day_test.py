"""A cap that has fallen since a product was saved: what costs more is beyond it from that day."""

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.law.caps import Cap, caps_of
from evenhand.law.caps_test import pack
from evenhand.ledger import caps_of_day
from evenhand.ledger.products import DEMO, Product

DAY = date(2026, 3, 2)
FALLS = date(2025, 5, 20)


def of_rate(ppm: int, **terms: Any) -> tuple[Product, int, int]:
    said = {**DEMO.terms, "rate_ppm": ppm, "late_rate_ppm": ppm, **terms}
    return DEMO._replace(terms=said), 1_000_000, 12


def test_a_multiple_of_a_rate_binds_from_the_day_on_which_the_rate_falls() -> None:
    """Four times 3.85 is 15.4 a hundred; four times 3.0, from 20 May 2025 on, is 12."""
    before = FALLS - timedelta(days=1)
    for ppm, within in ((150_000, [True, False]), (119_000, [True, True]), (155_000, [False] * 2)):
        found = [
            caps_of_day.beyond(of_rate(ppm), on, caps_of([pack()], on)) for on in (before, FALLS)
        ]
        assert [not each for each in found] == within


def test_of_a_rate_nobody_knows_no_loan_is_within() -> None:
    assert caps_of_day.beyond(of_rate(1_000), DAY, caps_of([pack(rate="zz.x")], DAY))


def test_what_a_cap_does_not_count_is_not_counted() -> None:
    fee = {"name": "service_fee", "when": "per_instalment", "of": "lent", "amount": 10_000}
    loan, late = of_rate(110_000, fees=[fee]), of_rate(119_000)
    cap = Cap("zz.cap", "annual_percent", 120_000, ("interest",), "")
    assert not caps_of_day.beyond(loan, DAY, [cap]) and not caps_of_day.beyond(late, DAY, [cap])
    assert caps_of_day.beyond(loan, DAY, [cap._replace(includes=("interest", "fees"))])
    assert caps_of_day.beyond(late, DAY, [cap._replace(includes=("interest", "late_interest"))])
    nobodys = cap._replace(includes=("interest", "fees"), whom="servicemember")
    assert caps_of_day.beyond(loan, DAY, [nobodys]) == []


@pytest.mark.parametrize(
    ("terms", "beyond"),
    [
        ({"rate_ppm": 240_000}, False),
        ({"rate_ppm": 241_000}, True),
        ({"late_rate_ppm": 233_000}, True),
        ({"late_rate_ppm": 233_000, "late_cap_ppm": 0}, False),
        ({"months": [3, 6], "rate_ppm": 200_000}, True),
        ({"months": [6, 24], "rate_ppm": 200_000}, False),
        ({"principal_minor": [200_000, 5_000_000], "rate_ppm": 200_000}, False),
    ],
)
def test_a_product_is_beyond_where_one_of_its_corners_is(
    terms: dict[str, Any], beyond: bool
) -> None:
    """Under pack cn 24 in a hundred. A fee of 10.00, once, is dear for the least over the fewest
    months: on 1,000.00 over three some 6 a year, over six 3.5."""
    fee = {"name": "handling_fee", "when": "on_a_day", "of": "fixed", "amount": 1_000, "days": 20}
    said = {**DEMO.terms, **terms}
    if "rate_ppm" in terms and terms["rate_ppm"] < 240_000:
        said["fees"] = [fee]
    assert caps_of_day.could_be_beyond(DEMO._replace(terms=said), DAY) == beyond
