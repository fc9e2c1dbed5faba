"""`evenhand schedule` with chosen due days, a down-payment, later disbursements and fees."""

from typing import Any

import pytest

from evenhand.site.commands import jsonline
from evenhand.site.commands.schedule import answer
from evenhand.site.commands.schedule_test import TERMS


def told(**said: Any) -> dict[str, Any]:
    return answer([TERMS | said])[0]


def column(name: str, **said: Any) -> list[str]:
    return [row[name] for row in told(**said)["rows"]]


def test_a_first_due_day_of_choice_makes_the_first_period_longer() -> None:
    """1 March to 15 May: 74 days of 360 at 12 % on 5,000.00 are 123.33."""
    later = told(first_due_on="2026-05-15")
    assert [row["due_on"] for row in later["rows"]] == ["2026-05-15", "2026-06-15", "2026-07-15"]
    assert later["rows"][0]["interest"] == "123.33"


def test_a_fixed_day_of_31_is_every_months_end() -> None:
    ends = column("due_on", disbursed_on="2026-02-10", due_day=31)
    assert ends == ["2026-03-31", "2026-04-30", "2026-05-31"]


def test_a_holiday_moves_the_day_and_not_the_interest() -> None:
    """1 May 2026 is a Friday, and a holiday: it is paid on Monday the 4th, or on 30 April."""
    said = {"disbursed_on": "2026-04-01", "holidays": ["2026-05-01"]}
    forward = told(**said, holiday_shift="forward")["rows"]
    backward = told(**said, holiday_shift="backward")["rows"]
    assert (forward[0]["due_on"], backward[0]["due_on"]) == ("2026-05-04", "2026-04-30")
    assert forward[0]["interest"] == backward[0]["interest"] == "50.00"
    works = told(**said, holiday_shift="forward", worked=["2026-05-02"])["rows"]
    assert works[0]["due_on"] == "2026-05-02", "a Saturday that is worked"


def test_a_down_payment_is_no_part_of_the_loan() -> None:
    down = told(down_payment="0.2")
    assert down["down_payment"] == "1000.00"
    assert down["rows"] == told(principal="4000.00")["rows"]


def test_a_later_disbursement_is_repaid_with_the_instalments_left() -> None:
    parts = told(advances=[["2026-04-15", "1000.00"]])
    assert [row["balance"] for row in parts["rows"]] == ["3349.89", "2183.44", "0.00"]
    assert parts["apr"] == "12.00", "16 days of a month of 30, as the nominal rate counts them"


def test_fees_stand_in_a_column_of_their_own_and_in_the_yearly_cost() -> None:
    fees = [
        {"when": "at_disbursal", "of": "lent", "amount": "0.01"},
        {"when": "per_instalment", "of": "balance", "amount": "0.001"},
        {"when": "on_a_day", "of": "fixed", "amount": "5.00", "day": "2026-04-20"},
    ]
    dear = told(fees=fees)
    assert dear["fee_at_disbursal"] == "50.00"
    assert [row["fee"] for row in dear["rows"]] == ["5.00", "8.35", "1.68"]
    assert dear["rows"][0]["due"] == "1705.11"
    assert (dear["apr"], told()["apr"]) == ("19.94", "12.00")


def test_the_yearly_cost_by_three_methods() -> None:
    """1 % a month: 12 months of it, or (1.01 ** 12 - 1) a year."""
    found = [told(apr_method=method)["apr"] for method in ("irr", "us_actuarial", "eu")]
    assert found == ["12.00", "12.00", "12.68"]


def test_loans_with_and_without_extras_in_one_batch() -> None:
    extras: list[dict[str, Any]] = [
        {}, {"down_payment": "0.1"}, {"due_day": 5, "apr_method": "eu"},
        {"advances": [["2026-03-02", "1.00"]]},
        {"holiday_shift": "forward", "holidays": ["2026-04-01"]},
        {"holiday_shift": "backward", "holidays": ["2026-05-01"]},
        {"fees": [{"when": "per_instalment", "of": "fixed", "amount": "1.00"}]},
    ]  # fmt: skip
    together = answer([TERMS | one for one in extras])
    assert together == [told(**one) for one in extras]


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("first_due_on", {"first_due_on": "2026-03-01"}),
    ("due_day", {"due_day": 0}),
    ("due_day", {"due_day": 5, "unit": "week"}),
    ("due_day", {"due_day": 5, "first_due_on": "2026-04-06"}),
    ("holiday_shift", {"holiday_shift": "nearest"}),
    ("holidays", {"holidays": ["2026-05-01"]}),
    ("holidays", {"holidays": ["1 May"], "holiday_shift": "forward"}),
    ("down_payment", {"down_payment": "1"}),
    ("advances", {"advances": [["2026-06-01", "1.00"]]}),
    ("advances", {"advances": [["2026-04-15", "0.00"]]}),
    ("advances[0]", {"advances": [["2026-04-15"]]}),
    ("advances[0].amount", {"advances": [["2026-04-15", 1]]}),
    ("fees", {"fees": [{"when": "on_a_day", "of": "fixed", "amount": "1", "day": "2027-01-01"}]}),
    ("fees", {"fees": [{"when": "at_disbursal", "of": "lent", "amount": "1"}]}),
    ("fees", {"fees": [{"when": "at_disbursal", "of": "interest", "amount": "0.01"}]}),
    ("fees[0].day", {"fees": [{"when": "per_instalment", "of": "fixed", "amount": "1",
                               "day": "2026-04-01"}]}),
    ("fees[0].of", {"fees": [{"when": "per_instalment", "of": "turnover", "amount": "1"}]}),
    ("fees[0].why", {"fees": [{"why": "admin"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "changed"), WRONG)
def test_what_cannot_be_planned_is_named(key: str, changed: dict[str, Any]) -> None:
    with pytest.raises(jsonline.BadRequest) as refused:
        answer([TERMS, TERMS | changed])
    assert (refused.value.key, refused.value.index) == (key, 1)
