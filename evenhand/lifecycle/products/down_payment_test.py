"""A product with a down-payment costs what a loan of the rest costs, and its page shows both."""

from datetime import date
from typing import Any

import pytest

from evenhand.law.caps import Cap
from evenhand.ledger import products
from evenhand.lifecycle.products import corners, proposals
from evenhand.lifecycle.products.corners_test import METHODS, product
from evenhand.lifecycle.products.pages_test import D, decide, send
from evenhand.outbound.contact.made_up import moment
from evenhand.people.made_up import member

FEES = [
    {"name": "service_fee", "when": "per_instalment", "of": "balance", "amount": 1_000},
    {"name": "handling_fee", "when": "on_a_day", "of": "lent", "amount": 1_500, "days": 1},
    {"name": "account_fee", "when": "at_disbursal", "of": "lent", "amount": 2_000},
]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fees", [[], FEES])
def test_at_every_corner_it_costs_what_the_loan_of_the_rest_costs(
    method: str, fees: list[dict[str, Any]]
) -> None:
    """A fifth of 1,250.00 to 62,500.00 is paid down: 1,000.00 to 50,000.00 are left."""
    terms: dict[str, Any] = {"method": method, "fees": fees, "late_rate_ppm": 0}
    whole = product(**terms, principal_minor=[125_000, 6_250_000], down_payment_ppm=200_000)
    rest = product(**terms, principal_minor=[100_000, 5_000_000])
    for one, other in zip(corners.corners(whole), corners.corners(rest), strict=True):
        figures = (one.dearest_hundredths, one.worst_hundredths)
        assert figures == (other.dearest_hundredths, other.worst_hundredths)
        assert one.quote.principal_minor - one.quote.down_minor == other.quote.principal_minor


def test_a_breach_names_what_is_lent_and_counts_late_interest_on_all_of_it() -> None:
    """20 % of 1,250.00 is the most late interest: a quarter of the 1,000.00 that are left."""
    terms: dict[str, Any] = {"late_cap_ppm": 200_000, "rate_ppm": 0, "months": [3, 3]}
    offered = product(**terms, principal_minor=[125_000, 125_000], down_payment_ppm=200_000)
    for most, breached in ((249_999, True), (250_000, False)):
        cap = Cap("x", "of_principal_percent", most, ("interest", "late_interest"), "Act 1")
        found = corners.breaches(offered, [cap])
        assert bool(found) == breached
        assert all(one.principal_minor == 125_000 for one in found)


@pytest.mark.django_db
def test_the_preview_shows_it_first_and_the_product_keeps_it(move_clock: Any) -> None:
    move_clock(moment(D, 12))
    products.seed("demo")
    maker, checker = member("supervisor", "E0001"), member("compliance", "E0002")
    typed = {"method": "equal_instalment", "down": "20", "down_of": "lent"}
    page = send(maker, "preview", **typed).content.decode().replace("\xa0", " ")
    assert "Down-payment: 20% of the principal lent is due on the day of the payout" in page
    assert "2,000.00" in page and "8,000.00" in page and page.count("1 Jun 2026") >= 1
    assert proposals.proposals() == []
    send(maker, **typed)
    assert "Approved: version 4" in decide(checker, "approve")
    (offered,) = products.offered(date(2026, 6, 1))
    assert offered.terms["down_payment_ppm"] == 200_000
    assert "Down-payment: 20%" in checker.get("/staff/products/").content.decode()
