"""The figures of table and contract are those the ledger will count by, for any loan."""

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evenhand.core.days import of_iso
from evenhand.core.position import Payments, stand
from evenhand.core.terms import Terms
from evenhand.ledger import bodies, charges, products, promises
from evenhand.ledger.applications import Application
from evenhand.ledger.charges import of_terms, unlisted
from evenhand.ledger.facts import Draft
from evenhand.ledger.products import DEMO
from evenhand.lifecycle.sign import costs
from evenhand.lifecycle.sign.terms import late_minor, rows_due, terms_of, yearly_hundredths

D = date(2026, 11, 24)
EMPTY = np.array([], dtype=np.int64)
with_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def offer(principal_minor: int = 1_000_000, months: int = 12) -> Application:
    return Application(
        1, 7, 1, 0, D, principal_minor, months, "demo", products.DEMO.version, "household", "",
        stage="approved", offer_minor=principal_minor, offer_months=months,
    )  # fmt: skip


@pytest.fixture
def demo(db: None) -> None:
    products.seed("demo")


PRINCIPALS = st.integers(100_000, 5_000_000)
MONTHS = st.integers(3, 24)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@given(PRINCIPALS, MONTHS, DAYS)
@with_database
def test_the_terms_repay_exactly_what_is_lent(
    demo: None, principal: int, months: int, on: date
) -> None:
    terms = terms_of(offer(principal, months), on)
    rows = terms["instalments"]
    assert len(rows) == months and sum(row[1] for row in rows) == principal
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    left = [row.left_minor for row in rows_due(principal, terms)]
    assert left[-1] == 0 and left == sorted(left, reverse=True)
    assert len(left) == months


def test_of_a_loan_paid_all_at_the_end_one_row_is_listed_by_its_own_number() -> None:
    """Twelve instalments, eleven of them empty; with a fee the third asks for that."""
    empty = [[f"2026-{month:02}-24", 0, 0] for month in range(1, 12)]
    terms: dict[str, Any] = {"instalments": [*empty, ["2026-12-24", 1_000_000, 54_000]]}
    assert rows_due(1_000_000, terms) == [(12, "2026-12-24", 1_000_000, 54_000, 0, 0)]
    with_fee = rows_due(1_000_000, terms | {"fees_due": [[3, 500]]})
    assert [(row.n, row.due_minor) for row in with_fee] == [(3, 500), (12, 1_054_000)]


@given(PRINCIPALS, MONTHS, DAYS)
@with_database
def test_a_loan_without_fees_costs_its_rate_a_year(
    demo: None, principal: int, months: int, on: date
) -> None:
    terms = terms_of(offer(principal, months), on)
    assert abs(yearly_hundredths(terms) - terms["rate_ppm"] // 100) <= 1


@given(PRINCIPALS, MONTHS, DAYS, DAYS)
@with_database
def test_another_days_terms_charge_no_more(
    demo: None, principal: int, months: int, on: date, later: date
) -> None:
    table = of_terms(terms_of(offer(principal, months), on))
    assert unlisted(of_terms(terms_of(offer(principal, months), later)), table) == []


@given(st.integers(1, 10_000_000), st.integers(0, 3_000), st.sampled_from([360, 365]))
def test_being_late_costs_what_the_position_says(principal: int, late: int, year: int) -> None:
    said = late_minor(principal, late, {"late_rate_ppm": 162_000, "late_year_days": year})
    due = of_iso(["2026-11-24"])
    one = np.array([[principal]])
    terms = Terms(
        np.array([7]), np.array([162_000]), np.array([year]), np.array([1]), due[:, None],
        one, one * 0, one * 0, one * 0,
    )  # fmt: skip
    nothing = Payments(EMPTY, EMPTY, EMPTY)
    assert stand(terms, nothing, int(due[0]) + late).late_interest_minor.tolist() == [said]


def test_a_hundred_yuan_ten_days_late(demo: None) -> None:
    terms = terms_of(offer(), D)
    assert costs.example(terms) == {"principal_minor": 10_000, "days": 10, "costs_minor": 45}
    (late,) = costs.rows(costs.table(offer(), terms, "zh-hans")["contingent"], "CNY", "zh-hans")
    assert late.example == "例：本金 CNY\u00a0100.00 逾期 10 天，罚息 CNY\u00a00.45。"


FEES = st.lists(
    st.tuples(
        st.sampled_from(["at_disbursal", "per_instalment", "on_a_day"]),
        st.sampled_from(["fixed", "lent"]),
        st.integers(1, 9_000),
    ),
    min_size=1,
    max_size=3,
)


def with_fees(chosen: list[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """Fees of these moments, bases and amounts, each under a name of its own."""
    return [
        {"name": name, "when": when, "of": of, "amount": amount}
        | ({"days": 20} if when == "on_a_day" else {})
        for name, (when, of, amount) in zip(bodies.FEE_NAMES, chosen, strict=False)
    ]


def slow(fee: dict[str, Any], principal: int) -> int:
    """A fee of the whole loan, once."""
    if fee["of"] == "fixed":
        return int(fee["amount"])
    exact = Decimal(principal) * fee["amount"] / 1_000_000
    return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN))


@given(PRINCIPALS, MONTHS, DAYS, st.integers(0, 40), FEES)
@settings(max_examples=80, deadline=None)
def test_a_fee_kept_back_changes_what_arrives_and_nothing_that_is_owed(
    principal: int, months: int, on: date, waits: int, chosen: list[tuple[str, str, int]]
) -> None:
    """Against sums in Decimal: what arrives and the fees kept back are what is lent; what falls due
    is as in the same loan without them; the yearly cost is the rate at which that is worth what
    arrived; and money that comes on another day comes to the same sum."""
    fees = with_fees(chosen)
    due = [fee for fee in fees if fee["when"] != "at_disbursal"]
    product = DEMO._replace(terms={**DEMO.terms, "fees": fees})
    terms = promises.promised(product, principal, months, on)
    kept = sum(slow(fee, principal) for fee in fees if fee not in due)
    signed = Draft("loan.signed", on, "borrower", 7, principal, body=terms)
    assert (charges.kept_back(terms), charges.paid_out(signed)) == (kept, principal - kept)
    without = DEMO._replace(terms={**DEMO.terms, "fees": due})
    bare = promises.promised(without, principal, months, on)
    assert [terms.get(key) for key in ("instalments", "fees_due")] == [
        bare.get(key) for key in ("instalments", "fees_due")
    ]
    listed = {one.code: one.total_minor for one in of_terms(terms)}
    once = {one["name"]: slow(one, principal) for one in fees if one["when"] != "per_instalment"}
    assert {name: listed[name] for name in once} == once
    later = promises.as_of(terms, on + timedelta(days=waits))
    assert charges.kept_back(later) == kept
    assert charges.unlisted(of_terms(later), of_terms(terms)) == []
    rows = [row.due_minor for row in rows_due(principal, terms)]
    rate = Decimal(yearly_hundredths(terms)) / 120_000
    low, high = (worth(rows, rate + side) for side in (HALF, -HALF))
    assert low <= principal - kept <= high


HALF = Decimal("0.51") / 120_000
"""Half a hundredth of a per cent a year, as a share a month."""


def worth(rows: list[int], rate: Decimal) -> Decimal:
    return sum((minor / (1 + rate) ** n for n, minor in enumerate(rows, start=1)), Decimal(0))


def test_the_cost_table_names_what_is_kept_back_among_all_it_costs() -> None:
    fee = {"name": "service_fee", "when": "at_disbursal", "of": "lent", "amount": 20_000}
    terms = promises.promised(DEMO._replace(terms={**DEMO.terms, "fees": [fee]}), 1_000_000, 12, D)
    found = costs.table(offer(), terms, "en")
    assert (found["fees_minor"], found["kept_back_minor"]) == (20_000, 20_000)
    assert found["yearly_hundredths"] > 1_400
    (row,) = [one for one in found["charges"] if one["code"] == "service_fee"]
    assert "kept back from the payout" in row["how"] and row["total_minor"] == 20_000
