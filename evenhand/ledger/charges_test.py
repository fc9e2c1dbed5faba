"""A charge that is not in the loan's confirmed cost table is never booked."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.ledger import charges, streams
from evenhand.ledger import made_up as m
from evenhand.ledger.charges import Charge, Unlisted
from evenhand.ledger.facts import Draft
from evenhand.ledger.statement import statement
from evenhand.ledger.statement_test import learnt

D = date(2026, 11, 24)
AT = m.noon(D)
TABLE = {"awaits": "disbursal", "cost_table": "ee" * 32}


def _listed(borrower: int = 1, **changes: Any) -> Draft:
    """A borrower whose cost table is confirmed, and the terms it is of (changed where said)."""
    terms = m.signed(7, D, 2, **TABLE)
    streams.append(borrower, [m.enrolled(D), *m.listed(7, D, terms, 1)], at=AT, expected_seq=0)
    return terms._replace(body={**terms.body, **changes})


def _sign(terms: Draft) -> None:
    streams.append(1, [terms], at=AT, expected_seq=3)


def test_what_the_table_lists_is_signed(db: None) -> None:
    _sign(_listed())
    assert [fact.kind for fact in streams.stream(1)][-1] == "loan.signed"


@pytest.mark.parametrize(
    "more",
    [
        {"rate_ppm": 120_001},
        {"late_rate_ppm": 180_001},
        {"late_rate_ppm": 182_500, "late_year_days": 365, "rate_ppm": 120_001},
        {"instalments": [["2026-12-24", 100_000, 1_001], ["2027-01-23", 100_000, 1_000]]},
    ],
)
def test_more_than_the_table_lists_is_not(db: None, more: dict[str, Any]) -> None:
    terms = _listed(**more)
    with pytest.raises(Unlisted):
        _sign(terms)
    assert streams.head(1).seq == 3


def test_less_than_the_table_lists_may_be_charged(db: None) -> None:
    _sign(_listed(rate_ppm=119_999, late_rate_ppm=0))


SERVICE = {
    "name": "service_fee", "when": "per_instalment", "of": "fixed", "amount": 500,
    "total_minor": 1_000,
}  # fmt: skip
FEES = {"fees": [SERVICE], "fees_due": [[1, 500], [2, 500]], "late_cap_ppm": 200_000}


def _with_fees(**changes: Any) -> Draft:
    """A loan with a fee and a cap on late interest, its table confirmed; changed where said."""
    terms = m.signed(7, D, 2, **TABLE, **FEES)
    streams.append(1, [m.enrolled(D), *m.listed(7, D, terms, 1)], at=AT, expected_seq=0)
    return terms._replace(body={**terms.body, **changes})


def test_fees_and_a_cap_that_the_table_lists_are_signed(db: None) -> None:
    terms = _with_fees()
    _sign(terms)
    assert charges.of_terms(terms.body)[1:] == [
        Charge("late_interest", 180_000, 360, 40_000),
        Charge("service_fee", 0, 0, 1_000),
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"fees": [{**SERVICE, "total_minor": 1_001}]},
        {"fees": [{**SERVICE, "of": "lent"}]},
        {"fees": [{**SERVICE, "name": "account_fee"}]},
        {"fees": [SERVICE, {**SERVICE, "name": "account_fee", "total_minor": 1}]},
        {"fees_due": [[1, 500], [2, 501]]},
        {"fees": []},
        {"late_cap_ppm": 210_000},
    ],
)
def test_another_fee_or_a_higher_cap_than_the_table_lists_is_not(
    db: None, more: dict[str, Any]
) -> None:
    with pytest.raises(Unlisted):
        _sign(_with_fees(**more))


def test_late_interest_without_the_cap_that_the_table_lists_is_not(db: None) -> None:
    terms = _with_fees()
    endless = {key: value for key, value in terms.body.items() if key != "late_cap_ppm"}
    with pytest.raises(Unlisted):
        _sign(terms._replace(body=endless))


def test_a_fee_that_no_contract_lists_has_no_place_in_any_fact(db: None) -> None:
    with pytest.raises(ValueError, match="no key 'service_fee'"):
        _sign(_listed(service_fee=100))
    with pytest.raises(ValueError, match="no kind of fact"):
        fee = Draft("fee.charged", D, "house", 7, 100)
        streams.append(1, [fee], at=AT, expected_seq=3)


def test_a_table_that_was_shown_and_not_confirmed_lists_nothing(db: None) -> None:
    terms = m.signed(7, D, 2, **TABLE)
    shown = m.listed(7, D, terms, 1)[0]
    streams.append(1, [m.enrolled(D), shown], at=AT, expected_seq=0)
    with pytest.raises(Unlisted, match="no cost table"):
        streams.append(1, [terms], at=AT, expected_seq=2)


def test_a_contract_of_ours_without_a_table_is_none(db: None) -> None:
    streams.append(1, [m.enrolled(D)], at=AT, expected_seq=0)
    with pytest.raises(Unlisted, match="no cost table"):
        streams.append(1, [m.signed(7, D, awaits="disbursal")], at=AT, expected_seq=1)


def test_another_loans_table_lists_nothing_of_this_one(db: None) -> None:
    terms = _listed()._replace(loan=8)
    with pytest.raises(Unlisted, match="no cost table"):
        _sign(terms)


def test_money_paid_out_charges_what_was_signed_and_no_more(db: None) -> None:
    terms = _listed()
    _sign(terms)
    plain = {key: value for key, value in terms.body.items() if key not in TABLE}
    come = Draft("loan.disbursed", D, "provider:bank", 7, terms.amount, 4, plain)
    come = come._replace(body={**plain, "reference": "B-1"})
    dearer = come._replace(body={**come.body, "rate_ppm": 120_001})
    with pytest.raises(Unlisted):
        streams.append(1, [dearer], at=AT, expected_seq=4)
    with pytest.raises(Unlisted, match="no signing"):
        streams.append(1, [come._replace(cause=3)], at=AT, expected_seq=4)
    streams.append(1, [come], at=AT, expected_seq=4)


def test_many_at_once_are_guarded_alike(db: None) -> None:
    terms = _listed(rate_ppm=130_000)
    with pytest.raises(Unlisted):
        streams.append_many([streams.Append(1, 3, [terms])], at=AT)


RATES = st.integers(0, 400_000)


@given(RATES, RATES, st.sampled_from([360, 365]), st.sampled_from([360, 365]))
def test_late_interest_is_listed_exactly_where_no_day_costs_more(
    rate: int, listed: int, days: int, listed_days: int
) -> None:
    booked = Charge(charges.LATE_INTEREST, rate, days, 0)
    table = [Charge(charges.LATE_INTEREST, listed, listed_days, 0)]
    no_dearer = rate / days <= listed / listed_days + 1e-9
    assert (charges.unlisted([booked], table) == []) == no_dearer


KEPT = {"name": "service_fee", "when": "at_disbursal", "of": "fixed", "amount": 500_00}


def test_fees_kept_back_leave_something_to_pay_out(db: None) -> None:
    terms = m.signed(7, D, 2, **TABLE, fees=[{**KEPT, "total_minor": 2_000_00}])
    facts = [m.enrolled(D), *m.listed(7, D, terms, 1)]
    streams.append(1, facts, at=AT, expected_seq=0)
    with pytest.raises(Unlisted, match="leave nothing to pay out"):
        _sign(terms)


def test_what_is_kept_back_does_not_fall_due_as_well(db: None) -> None:
    fees = {"fees": [{**KEPT, "total_minor": 500_00}], "fees_due": [[1, 500_00]]}
    terms = m.signed(7, D, 2, **TABLE, **fees)
    facts = [m.enrolled(D), *m.listed(7, D, terms, 1)]
    streams.append(1, facts, at=AT, expected_seq=0)
    with pytest.raises(Unlisted, match="more fees fall due"):
        _sign(terms)


def test_a_statement_tells_what_was_kept_back_and_nothing_of_it_moves() -> None:
    fee = {"name": "service_fee", "when": "at_disbursal", "of": "fixed", "amount": 5_00,
           "total_minor": 5_00}  # fmt: skip
    plain, kept = (
        statement([learnt(m.signed(7, D, 4, **terms), D, 1)], 7, D + timedelta(days=45))
        for terms in ({}, {"fees": [fee]})
    )
    assert plain is not None and kept is not None
    assert (plain.kept_back_minor, kept.kept_back_minor) == (0, 5_00)
    assert kept._replace(kept_back_minor=0) == plain
