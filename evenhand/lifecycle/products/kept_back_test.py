"""A fee kept back from the payout: what it costs at the corners, and whose law lets it be.

In mainland China the Civil Code forbids it (article 670); no federal law of the United States in
the pack does. Costs are held against the slow computation of `corners_test`.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from evenhand.law.caps import Cap
from evenhand.ledger import products
from evenhand.ledger.products import DEMO
from evenhand.ledger.two_hands import NotAllowed
from evenhand.lifecycle.products import corners, proposals
from evenhand.lifecycle.products.corners import Unplannable
from evenhand.lifecycle.products.corners_test import (
    METHODS,
    SERVICE,
    product,
    rows,
    whole,
    worst_paid_off,
    yearly,
)
from evenhand.lifecycle.products.pages_test import LIST, NEW, D, decide, send
from evenhand.outbound.contact.made_up import moment
from evenhand.people.made_up import member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(move_clock: Any) -> None:
    move_clock(moment(D, 12))
    products.seed("demo")


@pytest.fixture
def maker() -> Client:
    return member("supervisor", "E0001")


@pytest.fixture
def checker() -> Client:
    return member("compliance", "E0002")


FEE = {"name": "handling_fee", "when": "at_disbursal", "of": "lent", "amount": 15_000}
FIXED_FEE = {"name": "account_fee", "when": "at_disbursal", "of": "fixed", "amount": 4_00}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("fees", [[FEE], [FIXED_FEE, FEE, SERVICE]])
def test_a_fee_kept_back_costs_most_who_pays_off_at_once(
    method: str, fees: list[dict[str, Any]]
) -> None:
    """Paid on time what falls due is worth what arrived; paid off the day after it came, the fee
    and a day's interest (of the shortest month) are all it costs, 365 times a
    year."""
    due_fees = [one for one in fees if one["when"] != "at_disbursal"]
    offered = product(method=method, fees=fees, late_rate_ppm=0)
    for one in corners.corners(offered):
        lent, count = one.quote.principal_minor, one.quote.months
        kept = sum(
            whole(Decimal(lent if fee["of"] == "lent" else 1_000_000) * fee["amount"] / 1_000_000)
            for fee in fees
            if fee not in due_fees
        )
        each = rows(lent, count, {"method": method, "fees": due_fees})
        due, arrived = [sum(row, Decimal(0)) for row in each], lent - int(kept)
        assert (one.quote.kept_back_minor, one.quote.paid_out_minor) == (kept, arrived)
        assert one.quote.fees_minor == kept + sum(row[2] for row in each)
        assert one.quote.total_minor == sum(due)
        cost = yearly(arrived, due, Decimal(12))
        assert abs(one.quote.yearly_hundredths - cost) <= Decimal("0.51")
        a_day = (each[0][1] / 28).to_integral_value("ROUND_CEILING")
        at_once = (kept + a_day) / arrived * 365 * 10_000
        early = worst_paid_off(arrived, each, {"method": method}, lent)
        worst = max(at_once, early, cost)
        assert worst == at_once and abs(one.worst_hundredths - worst) <= Decimal("0.51")


@pytest.mark.parametrize(
    ("way", "most", "breached"),
    [
        ("annual_percent", 240_000, True),
        ("annual_percent", 10_000_000, False),
        ("daily_percent", 15_000, True),
        ("daily_percent", 16_000, False),
        ("of_principal_percent", 131_361, True),
        ("of_principal_percent", 131_362, False),
    ],
)
def test_every_sort_of_cap_counts_a_fee_kept_back(way: str, most: int, breached: bool) -> None:
    cap = Cap("x", way, most, ("interest", "fees"), "Act 1")
    assert bool(corners.breaches(product(fees=[FEE], late_rate_ppm=0), [cap])) == breached


def test_a_cap_on_guarantee_fees_leaves_other_fees_kept_back_alone() -> None:
    cap = Cap("x", "annual_percent", 1, ("guarantee_fee",), "Act 1")
    assert corners.breaches(product(fees=[FEE]), [cap]) == []
    assert corners.breaches(product(fees=[FEE | {"name": "guarantee_fee"}]), [cap])


def test_fees_that_leave_nothing_to_pay_out_make_no_loan() -> None:
    for fee in (FEE | {"amount": 1_000_000}, FIXED_FEE | {"amount": 100_000}):
        with pytest.raises(Unplannable):
            corners.corners(product(fees=[fee]))


TYPED_FEE = {
    "method": "equal_instalment",
    "fee_name_1": "handling_fee",
    "fee_when_1": "at_disbursal",
    "fee_of_1": "lent",
    "fee_amount_1": "2",
}


def test_where_the_law_forbids_a_fee_at_the_payout_the_form_names_the_article(
    maker: Client,
) -> None:
    answer = send(maker, **TYPED_FEE)
    page = answer.content.decode()
    assert answer.status_code == 400 and proposals.proposals() == []
    assert "neither interest nor a fee is kept back" in page and "民法典 art. 670" in page
    with pytest.raises(NotAllowed, match="payout"):
        terms = {**DEMO.terms, "fees": [FEE]}
        proposals.propose("demo", date(2026, 6, 1), terms, "staff:1", at=moment(D, 12))


def test_where_it_does_not_the_preview_says_what_arrives_and_it_is_offered(
    maker: Client, checker: Client, settings: Any
) -> None:
    settings.EVENHAND_PACKS = ["us", "policy"]
    page = send(maker, "preview", **TYPED_FEE).content.decode().replace("\xa0", " ")
    assert "kept back from the payout: so much less arrives" in page
    assert "9,800.00" in page and "200.00" in page
    assert send(maker, **TYPED_FEE).headers["Location"] == LIST
    assert "Approved: version 4" in decide(checker, "approve")
    (offered,) = products.offered(date(2026, 6, 1))
    assert offered.terms["fees"][0]["when"] == "at_disbursal"
    opened = maker.get(NEW, {"product": "demo"}).content.decode()
    assert '<option value="at_disbursal" selected' in opened
    settings.EVENHAND_PACKS = ["cn", "policy"]
    assert products.offered(date(2026, 6, 1)) == [], "a law that forbids it ends the offer"
    assert [one.version for one in products.offered(D)] == [3]


def test_the_law_is_asked_again_at_the_approval(
    maker: Client, checker: Client, settings: Any
) -> None:
    settings.EVENHAND_PACKS = ["us", "policy"]
    send(maker, **TYPED_FEE)
    settings.EVENHAND_PACKS = ["us", "cn", "policy"]
    assert "the law forbids its fee at the payout" in decide(checker, "approve")
    assert products.find("demo", 4) is None


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("fee_of_1", "interest", "a sum, or per cent of the principal lent"),
        ("fee_amount_1", "100", "leaves nothing of the least"),
    ],
)
def test_a_fee_at_the_payout_is_of_what_is_lent_and_less(
    maker: Client, settings: Any, field: str, value: str, says: str
) -> None:
    settings.EVENHAND_PACKS = ["us", "policy"]
    answer = send(maker, **{**TYPED_FEE, field: value})
    assert answer.status_code == 400 and says in answer.content.decode()
