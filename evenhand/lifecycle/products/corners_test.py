"""The corners against a slow second computation: every method, fees, late interest under its cap.

The oracle is written loan by loan in Decimal: what falls due when, and the rate at which it is
worth what was lent, by halving.
"""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product as pairs
from typing import Any

import pytest

from evenhand.law.caps import Cap, caps
from evenhand.ledger.products import ANY_DAY, DEMO, Product
from evenhand.ledger.quotes import quote
from evenhand.lifecycle.products import corners
from evenhand.lifecycle.products.corners import Unplannable

RATE, LATE = 108_000, 162_000
ALL = ("interest", "late_interest", "fees", "guarantee_fee")
Rows = list[tuple[Decimal, Decimal, Decimal]]
"""Principal, interest and fees of each instalment, in minor units."""


def product(**terms: Any) -> Product:
    return Product("p", 0, date(2026, 6, 1), {**DEMO.terms, **terms})


def whole(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1), ROUND_HALF_EVEN)


def rows(lent: int, count: int, terms: dict[str, Any]) -> Rows:
    """The instalments of a loan, by its method."""
    of_year = {"month": Decimal(30) / 360, "week": Decimal(7) / 365}[terms.get("unit", "month")]
    a_step = Decimal(RATE) / 1_000_000 * of_year * terms.get("every", 1)
    found: Rows = []
    left = Decimal(lent)
    for n in range(1, count + 1):
        interest, principal = whole(left * a_step), Decimal(0)
        if terms["method"] == "equal_principal":
            principal = whole(Decimal(lent) / count)
        if terms["method"] == "equal_instalment":
            principal = whole(lent * a_step / (1 - (1 + a_step) ** -count)) - interest
        if terms["method"] == "flat":
            interest = whole(whole(lent * a_step * count) / count)
            principal = whole((lent + whole(lent * a_step * count)) / count) - interest
        if n == count:
            principal = left
        if terms["method"] == "bullet":
            interest = whole(lent * a_step * count) if n == count else Decimal(0)
        if terms["method"] == "flat" and n == count:
            interest = whole(lent * a_step * count) - sum(row[1] for row in found)
        found.append((principal, interest, fee(terms, lent, left, n)))
        left -= principal
    return found


def fee(terms: dict[str, Any], lent: int, left: Decimal, n: int) -> Decimal:
    total = Decimal(0)
    for one in terms.get("fees", ()):
        base = {"fixed": Decimal(1_000_000), "lent": Decimal(lent), "balance": left}[one["of"]]
        if one["when"] == "per_instalment" or n == 1:
            total += whole(base * one["amount"] / 1_000_000)
    return total


def yearly(lent: int, due: list[Decimal], units_a_year: Decimal, every: int = 1) -> Decimal:
    """The internal rate of a unit times the units of a year, in hundredths of a per cent."""
    low, high = Decimal(0), Decimal(2)
    for _round in range(60):
        rate = (low + high) / 2
        worth = sum(minor / (1 + rate) ** (n * every) for n, minor in enumerate(due, start=1))
        low, high = (rate, high) if worth > lent else (low, rate)
    return low * units_a_year * 10_000


def worst_paid_off(arrived: int, due: Rows, terms: dict[str, Any], lent: int = 0) -> Decimal:
    """The most a year it costs who pays off on a due day: all principal left, no later interest
    and no later fee. What was `lent` is what arrived, where it is not said."""
    costs, left = [], Decimal(lent or arrived)
    for n, (principal, interest, fees) in enumerate(due):
        left -= principal
        until = [sum(row, Decimal(0)) for row in due[:n]]
        paid = [*until, principal + interest + fees + left]
        costs.append(
            yearly(arrived, paid, UNITS[terms.get("unit", "month")], terms.get("every", 1))
        )
    return max(costs)


def test_what_is_repaid_on_any_day_never_breaches_a_cap_of_the_law() -> None:
    assert corners.breaches(ANY_DAY, caps(["cn", "policy"], ANY_DAY.since)) == []


METHODS = ("equal_instalment", "equal_principal", "flat", "interest_only", "bullet")
SERVICE = {"name": "service_fee", "when": "per_instalment", "of": "balance", "amount": 1_000}
HANDLING = {"name": "handling_fee", "when": "on_a_day", "of": "fixed", "amount": 1_500, "days": 1}
GUARANTEE = {"name": "guarantee_fee", "when": "per_instalment", "of": "lent", "amount": 500}
CASES: list[dict[str, Any]] = [
    *({"method": method} for method in METHODS),
    *({"method": method, "fees": [SERVICE, HANDLING]} for method in METHODS),
    {"method": "equal_principal", "unit": "week", "every": 2, "fees": [GUARANTEE]},
]
UNITS = {"month": Decimal(12), "week": Decimal(365) / 7}


@pytest.mark.parametrize("terms", CASES)
def test_every_corner_of_every_method_costs_what_a_slow_computation_says(
    terms: dict[str, Any],
) -> None:
    offered = product(late_rate_ppm=0, **terms)
    told = [(one.quote.principal_minor, one.quote.months) for one in corners.corners(offered)]
    assert told == list(pairs(DEMO.terms["principal_minor"], DEMO.terms["months"]))
    for one in corners.corners(offered):
        lent, count = one.quote.principal_minor, one.quote.months
        due = [sum(row, Decimal(0)) for row in rows(lent, count, terms)]
        cost = yearly(lent, due, UNITS[terms.get("unit", "month")], terms.get("every", 1))
        assert abs(one.quote.yearly_hundredths - cost) <= Decimal("0.51")
        assert one.dearest_hundredths == one.quote.yearly_hundredths
        early = worst_paid_off(lent, rows(lent, count, terms), terms)
        assert abs(one.worst_hundredths - max(early, cost)) <= Decimal("0.51")
        assert one.quote.total_minor == sum(due)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("late_by", [1, 7])
def test_with_fees_too_no_loan_however_late_costs_more_than_its_worst(
    method: str, late_by: int
) -> None:
    terms = {"method": method, "fees": [SERVICE, HANDLING]}
    for one in corners.corners(product(**terms)):
        lent, count = one.quote.principal_minor, one.quote.months
        due = [Decimal(0)] * late_by
        for principal, interest, fees in rows(lent, count, terms):
            late = principal * LATE * 31 * late_by / 360_000_000
            due.append(principal + interest + fees + whole(late))
        assert yearly(lent, due, Decimal(12)) <= one.worst_hundredths


@pytest.mark.parametrize("method", METHODS)
def test_a_cap_of_the_principal_counts_interest_fees_and_late_interest_under_its_cap(
    method: str,
) -> None:
    terms = {"method": method, "fees": [SERVICE, GUARANTEE], "late_cap_ppm": 200_000}
    dearest = Decimal(0)
    for lent, count in pairs(DEMO.terms["principal_minor"], DEMO.terms["months"]):
        charged = sum(row[1] + row[2] for row in rows(lent, count, terms))
        dearest = max(dearest, (charged + lent * 20 / Decimal(100)) / lent)
    exact = int((dearest * 1_000_000).to_integral_value("ROUND_CEILING"))
    for most, breached in ((exact - 1, True), (exact, False)):
        cap = Cap("x", "of_principal_percent", most, ALL, "Act 1")
        assert bool(corners.breaches(product(**terms), [cap])) == breached


def test_each_cap_counts_the_charges_it_names() -> None:
    offered = product(late_rate_ppm=0, fees=[SERVICE, GUARANTEE])
    figures = {}
    for names in (("interest",), ("fees",), ("guarantee_fee",), ALL):
        cap = Cap("x", "annual_percent", -1, names, "Act 1")
        figures[names] = max(one.figure_ppm or 0 for one in corners.breaches(offered, [cap]))
    interest, service, guarantee, everything = figures.values()
    assert abs(interest - 108_000) <= 100 and service > 11_000 and guarantee > 6_000
    assert everything > interest + service > interest


def test_where_no_late_interest_may_ever_be_charged_none_counts() -> None:
    found = corners.corners(product(late_cap_ppm=0))
    assert all(one.worst_hundredths == one.dearest_hundredths for one in found)


def test_dated_terms_are_looked_at_on_every_day_of_a_year() -> None:
    dated = product(late_rate_ppm=0, month_day=1, months=[3, 3], interest_per="day")
    (one, _other) = corners.corners(dated)
    costs = [
        quote(dated, 100_000, 3, date(2026, 6, 1).replace(day=day)).yearly_hundredths
        for day in range(1, 31)
    ]
    assert one.dearest_hundredths >= max(costs) > min(costs)


def test_a_fee_of_a_day_is_looked_at_after_short_months_and_long_ones() -> None:
    one_off = [
        {"name": "handling_fee", "when": "on_a_day", "of": "fixed", "amount": 50_00, "days": 30}
    ]
    offered = product(late_rate_ppm=0, months=[3, 3], fees=one_off)._replace(since=date(2026, 2, 1))
    long = quote(offered, 100_000, 3, date(2026, 3, 1)).yearly_hundredths
    (one, _other) = corners.corners(offered)
    assert one.dearest_hundredths == long > one.quote.yearly_hundredths


@pytest.mark.parametrize(
    "terms",
    [
        {"method": "flat", "months": [3, 36]},
        {"fees": [GUARANTEE | {"amount": 5_000}], "months": [3, 36]},
        {"method": "flat", "months": [3, 36], "month_day": 5},
    ],
)
def test_a_cap_holds_between_the_fewest_and_the_most_instalments_too(terms: dict[str, Any]) -> None:
    offered = product(late_rate_ppm=0, **terms)
    ends = max(one.dearest_hundredths for one in corners.corners(offered))
    cap = Cap("x", "annual_percent", ends * 100, ALL, "Act 1")
    for breach in corners.breaches(offered, [cap]):
        assert terms["months"][0] < breach.months < 36
        lent, count = breach.principal_minor, breach.months
        costs = [
            quote(offered, lent, count, date(2026, 6, day)).yearly_hundredths
            for day in range(1, 31)
        ]
        assert max(costs) > ends
    assert len(corners.breaches(offered, [cap])) == 1


def test_where_no_cap_is_in_force_a_schedule_is_asked_for_all_the_same() -> None:
    with pytest.raises(Unplannable):
        corners.breaches(product(grace_principal=3), [])


def test_terms_that_make_no_schedule_are_named_by_their_corner() -> None:
    with pytest.raises(Unplannable) as wrong:
        corners.corners(product(grace_principal=3))
    assert wrong.value.args == (100_000, 3)


@pytest.mark.parametrize(
    ("way", "most", "includes", "breached"),
    [
        ("annual_percent", 108_000, ("interest", "fees"), False),
        ("annual_percent", 107_900, ("interest",), True),
        ("annual_percent", 0, ("fees",), False),
        ("daily_percent", 450, ("interest", "late_interest"), False),
        ("daily_percent", 449, ("interest", "late_interest"), True),
        ("daily_percent", 322, ("interest",), False),
        ("daily_percent", 321, ("interest",), True),
        ("of_principal_percent", 120_000, ("interest",), False),
        ("of_principal_percent", 110_000, ("interest",), True),
        ("of_principal_percent", 1_000_000, ("interest", "late_interest"), True),
        ("annual_formula", 0, ("interest",), True),
    ],
)
def test_every_sort_of_cap_is_read(
    way: str, most: int, includes: tuple[str, ...], breached: bool
) -> None:
    cap = Cap("x.cap", way, most, includes, "Act 1")
    assert bool(corners.breaches(product(), [cap])) == breached


def test_a_fee_that_is_dear_for_who_pays_off_early_breaches_a_cap() -> None:
    """A fee of 5 in a hundred, due with the first instalment: cheap over a year, 60 a year and more
    for who pays off after a month."""
    dear = {"name": "handling_fee", "when": "on_a_day", "of": "lent", "amount": 50_000, "days": 1}
    offered = product(fees=[dear], months=[12, 12], late_rate_ppm=0)
    assert all(one.dearest_hundredths < 24_00 for one in corners.corners(offered))
    assert all(one.worst_hundredths > 60_00 for one in corners.corners(offered))
    yearly_cap = Cap("x", "annual_percent", 240_000, ALL, "Act 1")
    assert corners.breaches(offered, [yearly_cap])
    daily_cap = Cap("x", "daily_percent", 1_000, ALL, "Act 1")
    assert corners.breaches(offered, [daily_cap])
