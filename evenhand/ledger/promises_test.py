"""What was promised is what is charged, whatever day the money comes; nothing comes to more."""

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.ledger import bodies, charges, made_up
from evenhand.ledger.charges import Charge
from evenhand.ledger.products import DEMO
from evenhand.ledger.promises import as_of, promised, worked_out

ON = date(2026, 3, 2)
LENT, COUNT = 1_000_000, 6
SERVICE = {"name": "service_fee", "when": "per_instalment", "of": "balance", "amount": 1_000}
ONCE = {"name": "handling_fee", "when": "on_a_day", "of": "fixed", "amount": 1_500, "days": 40}
TERMS: dict[str, dict[str, Any]] = {
    "plain": {},
    "equal principal": {"method": "equal_principal"},
    "interest only": {"method": "interest_only"},
    "bullet": {"method": "bullet"},
    "every two weeks": {"unit": "week", "every": 2, "day_count": "actual/365"},
    "grace": {"grace_principal": 2, "grace_interest": 1},
    "fees": {"fees": [SERVICE, ONCE]},
    "on the fifth": {"month_day": 5},
    "by the days": {"day_count": "actual/365", "interest_per": "day"},
    "all at once": {
        "method": "equal_principal", "month_day": 20, "first_due_days": 15,
        "holiday_shift": "forward", "fees": [SERVICE], "late_cap_ppm": 200_000,
        "prepay": ["lower"],
    },
}  # fmt: skip


def body(**terms: Any) -> dict[str, Any]:
    return promised(DEMO._replace(terms={**DEMO.terms, **terms}), LENT, COUNT, ON)


def total(said: dict[str, Any]) -> int:
    fees: int = sum(minor for _n, minor in said.get("fees_due", ()))
    return sum(int(row[2]) for row in said["instalments"]) + fees


@pytest.mark.parametrize("name", TERMS)
def test_a_body_holds_what_was_agreed_and_only_what_a_fact_may(name: str) -> None:
    said = body(**TERMS[name])
    known = bodies.TERMS | bodies.AGREED
    assert all(known[key](value) for key, value in said.items())
    assert {key: said[key] for key in TERMS[name] if key != "fees"} == {
        key: value for key, value in TERMS[name].items() if key != "fees"
    }
    assert sum(row[1] for row in said["instalments"]) == LENT
    found = worked_out(said)
    assert found.due_minor.sum() == LENT + total(said)
    listed = [one["total_minor"] for one in said.get("fees", ())]
    assert sum(listed) == sum(minor for _n, minor in said.get("fees_due", ()))


@pytest.mark.parametrize("name", TERMS)
@pytest.mark.parametrize("later", [0, 1, 4, 29])
def test_money_that_comes_later_charges_no_more(name: str, later: int) -> None:
    said, day = body(**TERMS[name]), ON + timedelta(days=later)
    come = as_of(said, day)
    assert charges.unlisted(charges.of_terms(come), charges.of_terms(said)) == []
    assert come["disbursed_on"] == day.isoformat() and total(come) <= total(said)
    assert sum(row[1] for row in come["instalments"]) == LENT
    due = [date.fromisoformat(row[0]) for row in come["instalments"]]
    assert due == sorted(due) and due[0] > day
    moved = [row[0] for row in promised(_as_product(said), LENT, COUNT, day)["instalments"]]
    assert [row[0] for row in come["instalments"]] == moved
    if later == 0:
        assert come == said


def _as_product(said: dict[str, Any]) -> Any:
    return DEMO._replace(terms={**DEMO.terms, **said})


def test_whole_months_keep_every_amount() -> None:
    said = body()
    come = as_of(said, ON + timedelta(days=3))
    amounts = [[row[1:] for row in terms["instalments"]] for terms in (said, come)]
    assert amounts[0] == amounts[1]
    assert [row[0] for row in come["instalments"]][:2] == ["2026-04-05", "2026-05-05"]


def test_days_that_were_not_used_are_not_paid_and_more_days_cost_no_more() -> None:
    said = body(month_day=5)  # due on 5 April, 33 days later: an odd first period
    sooner = as_of(said, ON + timedelta(days=2))
    assert sooner["instalments"][0][0] == "2026-04-05" and total(sooner) < total(said)
    said = body(month_day=5, first_due_days=30)
    longer = as_of(said, date(2026, 3, 10))  # by now due on 5 May
    assert longer["instalments"][0][0] == "2026-05-05" and total(longer) == total(said)


def test_a_contract_that_does_not_say_how_keeps_its_amounts() -> None:
    said = dict(made_up.signed(7, ON, 3).body)
    come = as_of(said, ON + timedelta(days=2))
    assert [row[1:] for row in come["instalments"]] == [row[1:] for row in said["instalments"]]
    assert come["instalments"][0][0] == (ON + timedelta(days=32)).isoformat()


def test_the_table_lists_fees_and_the_cap_on_late_interest() -> None:
    said = body(fees=[SERVICE, ONCE], late_cap_ppm=200_000)
    interest = sum(row[2] for row in said["instalments"])
    service = said["fees"][0]["total_minor"]
    assert charges.of_terms(said) == [
        Charge("interest", 108_000, 0, interest),
        Charge("late_interest", 162_000, 360, 200_000),
        Charge("service_fee", 1_000, 0, service),
        Charge("handling_fee", 0, 0, 1_500),
    ]
    assert [each.code for each in charges.of_terms(body(late_cap_ppm=0))] == ["interest"]
