"""Product settings as stories: two hands, the law's cap at every corner, loans that keep theirs."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import products
from evenhand.ledger.products import DEMO, Product
from evenhand.lifecycle.products import corners, proposals
from evenhand.outbound.contact.made_up import moment
from evenhand.people.made_up import member

pytestmark = pytest.mark.django_db

D = date(2026, 5, 4)
LIST, NEW = "/staff/products/", "/staff/products/new/"
TYPED: dict[str, Any] = {
    "product": "demo",
    "least": "1000",
    "most": "50000",
    "fewest": "3",
    "longest": "24",
    "rate": "9.6",
    "late_rate": "14.4",
    "multiple": "0.01",
    "strategy": "standard",
    "measures": ["letter", "in_app", "sms"],
    "since": "2026-06-01",
    "see_amount": "10000",
    "see_months": "12",
}


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


def send(client: Client, act: str = "propose", **other: Any) -> Any:
    return client.post(NEW, {**TYPED, **other, "act": act})


def decide(client: Client, act: str, **more: str) -> str:
    where = f"{LIST}proposals/{proposals.proposals()[0].seq}/"
    return client.post(where, {"act": act, **more}, follow=True).content.decode()


def test_the_next_version_is_one_hands_proposal_and_anothers_approval(
    maker: Client, checker: Client
) -> None:
    assert send(maker).headers["Location"] == LIST
    assert "demo" in checker.get(LIST).content.decode() and products.find("demo", 4) is None
    assert "another person decides" in decide(maker, "approve")
    assert "Approved: version 4" in decide(checker, "approve")
    added = products.find("demo", 4)
    assert added is not None and added.since == date(2026, 6, 1)
    assert added.terms["rate_ppm"] == 96_000 and added.terms["measures"] == TYPED_MEASURES
    assert added.terms.keys() == DEMO.terms.keys()
    assert products.in_force("demo", D) == products.find("demo", 3)
    told = checker.get(LIST).content.decode()
    assert "coming" in told and "former" in told and "E0001" in told and "E0002" in told
    assert "decided already" in decide(checker, "approve")


TYPED_MEASURES = ["in_app", "sms", "letter"]
"""What a contract names stands in the order in which it would come."""


def test_a_new_product_begins_with_its_first_version(maker: Client, checker: Client) -> None:
    send(maker, product="small", most="5000", see_amount="5000")
    decide(checker, "approve")
    found = products.find("small", 1)
    assert found is not None and found.terms["principal_minor"] == [100_000, 500_000]


def test_a_no_has_a_reason_and_ones_own_can_be_taken_back(maker: Client, checker: Client) -> None:
    send(maker)
    assert "Choose the reason" in decide(checker, "decline", reason="because")
    assert "Too dear" in decide(checker, "decline", reason="price")
    send(maker)
    assert "Taken back" in decide(maker, "take_back")
    assert products.find("demo", 4) is None


def test_a_product_ends_by_two_hands_and_is_offered_again_the_same_way(
    maker: Client, checker: Client
) -> None:
    end = {"product": "demo", "act": "end"}
    assert "tomorrow at the earliest" in maker.post(
        NEW, {**end, "since": "2026-05-04"}, follow=True
    ).content.decode()  # fmt: skip
    maker.post(NEW, {**end, "since": "2026-06-01"})
    assert "another person decides" in decide(maker, "approve")
    assert "From this day on nobody is offered it" in decide(checker, "approve")
    assert [one.version for one in products.offered(date(2026, 5, 31))] == [3]
    assert products.offered(date(2026, 6, 1)) == []
    assert maker.post(NEW, {**end, "since": "2026-06-02"}).status_code == 404
    assert "Offer it again" in maker.get(LIST).content.decode()
    send(maker, since="2026-07-01")
    decide(checker, "approve")
    assert [one.version for one in products.offered(date(2026, 7, 1))] == [5]


def test_what_ends_a_product_may_be_though_the_law_has_changed(
    maker: Client, checker: Client, settings: Any
) -> None:
    settings.EVENHAND_PACKS = ["cn", "us", "policy"]
    maker.post(NEW, {"product": "demo", "act": "end", "since": "2026-06-01"})
    decide(checker, "approve")
    assert products.offered(date(2026, 6, 1)) == []


def test_approved_after_its_day_it_is_not(maker: Client, checker: Client, move_clock: Any) -> None:
    send(maker)
    move_clock(moment(date(2026, 6, 1), 12))
    assert "Its day has come already" in decide(checker, "approve")
    assert products.find("demo", 4) is None


WRONG = {
    "least": ("12.34", "whole amount"),
    "most": ("900", "no smaller than the least"),
    "fewest": ("0", "instalments from 1 to 360"),
    "longest": ("2", "no smaller than the fewest"),
    "rate": ("ten", "per cent a year from 0 to 100"),
    "late_rate": ("101", "per cent a year from 0 to 100"),
    "multiple": ("0", "multiple of"),
    "strategy": ("gentle", "Choose one."),
    "measures": ("carrier pigeon", "at least one"),
    "since": ("2026-05-04", "tomorrow at the earliest"),
    "product": ("Big Loan", "small letters"),
}
CHOSEN = ("strategy", "measures")


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_beside_all_that_was_typed(maker: Client, name: str) -> None:
    typed, says = WRONG[name]
    answer = send(maker, **{name: typed})
    page = answer.content.decode()
    assert answer.status_code == 400 and says in page
    kept = {key: value for key, value in {**TYPED, name: typed}.items() if key not in CHOSEN}
    assert all(f'value="{value}"' in page for value in kept.values())
    assert proposals.proposals() == []


BEYOND = [("fewest", "0"), ("longest", "601"), ("rate", "1000.01"), ("most", "10000000000"),
          ("since", "2026-02-30")]  # fmt: skip


@pytest.mark.parametrize(("name", "typed"), BEYOND)
def test_what_no_schedule_can_be_worked_out_for_is_said_at_its_field(
    maker: Client, name: str, typed: str
) -> None:
    answer = send(maker, **{name: typed})
    assert answer.status_code == 400 and f'id="{name}-error"' in answer.content.decode()


def test_terms_that_make_no_schedule_are_no_product(maker: Client) -> None:
    answer = send(maker, multiple="900")
    assert answer.status_code == 400 and "make no schedule" in answer.content.decode()


def test_a_preview_is_the_loan_that_would_be_and_proposes_nothing(maker: Client) -> None:
    page = send(maker, "preview").content.decode()
    quoted = oracle(1_000_000, 12, 96_000)
    assert f"{quoted[0] / 100:,.2f}" in page and page.count("1 Jun 2027") == 1
    assert "No cap of the law in force could be breached" in page
    assert proposals.proposals() == []
    opened = maker.get(NEW, {"product": "demo"}).content.decode()
    assert 'value="10.8"' in opened and "At every corner" in opened
    part = maker.post(NEW, {**TYPED, "rate": "x"}, headers={"HX-Request": "true"})
    assert part.status_code == 200


def test_roles_see_and_do_what_is_theirs() -> None:
    looker = member("auditor", "E0009")
    assert looker.get(LIST).status_code == 200 and NEW not in looker.get(LIST).content.decode()
    assert looker.get(NEW).status_code == 403 and send(looker).status_code == 403
    assert member("collector", "E0008").get(LIST).status_code == 403


# The cap: 24 % a year in the pack of mainland China, late interest counted.


def oracle(principal: int, months: int, rate_ppm: int) -> list[int]:
    """The instalments in minor units, by the annuity's formula in Decimal."""
    monthly = Decimal(rate_ppm) / 12_000_000
    equal = whole(principal * monthly / (1 - (1 + monthly) ** -months))
    left, due = principal, []
    for _month in range(months - 1):
        interest = whole(left * monthly)
        left -= equal - interest
        due.append(equal)
    return [*due, left + whole(left * monthly)]


def whole(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_EVEN))


def yearly(principal: int, paid: Mapping[int, int]) -> Decimal:
    """Twelve times the monthly rate at which what is paid (month → minor units) is worth the
    principal, in per cent, by halving."""
    low, high = Decimal(0), Decimal(1)
    for _round in range(80):
        rate = (low + high) / 2
        worth = sum(minor / (1 + rate) ** month for month, minor in paid.items())
        low, high = (rate, high) if worth > principal else (low, rate)
    return low * 1200


def product(rate: int, late: int, **other: Any) -> Product:
    terms = {**DEMO.terms, "rate_ppm": rate, "late_rate_ppm": late, **other}
    return Product("demo", 0, date(2026, 6, 1), terms)


@pytest.mark.parametrize("rate", [36_000, 108_000, 239_900])
def test_every_corner_costs_what_a_slow_computation_says(rate: int) -> None:
    found = corners.corners(product(rate, 0))
    told = [(one.quote.principal_minor, one.quote.months) for one in found]
    assert told == [(100_000, 3), (100_000, 24), (5_000_000, 3), (5_000_000, 24)]
    for one in found:
        due = oracle(one.quote.principal_minor, one.quote.months, rate)
        cost = yearly(one.quote.principal_minor, dict(enumerate(due, start=1)))
        assert abs(one.quote.yearly_hundredths - cost * 100) <= Decimal("0.51")
        assert one.worst_hundredths == one.quote.yearly_hundredths


@pytest.mark.parametrize("late_by", [1, 2, 6, 12])
def test_however_late_a_loan_costs_no_more_than_its_worst(late_by: int) -> None:
    """Every instalment paid so many months late, each of 31 days."""
    rate, late = 108_000, 162_000
    for one in corners.corners(product(rate, late)):
        principal, months = one.quote.principal_minor, one.quote.months
        left, paid = principal, {}
        for month, due in enumerate(oracle(principal, months, rate), start=1):
            interest = whole(Decimal(left) * rate / 12_000_000)
            more = Decimal(due - interest) * late * 31 * late_by / 360_000_000
            left -= due - interest
            paid[month + late_by] = due + whole(more)
        assert yearly(principal, paid) * 100 <= one.worst_hundredths


def test_a_product_beyond_the_cap_cannot_be_proposed_and_the_page_says_why(maker: Client) -> None:
    answer = send(maker, rate="24.1")
    page = answer.content.decode()
    assert answer.status_code == 400 and proposals.proposals() == []
    for told in ("1,000.00 over 3 months", "50,000.00 over 24 months", "24.1% a year", "24 %"):
        assert told in page.replace("\xa0", " "), told
    assert "小贷综合融资成本指引" in page and 'value="24.1"' in page
    assert send(maker, rate="24", late_rate="23").status_code == 302


def test_late_interest_counts_where_the_cap_says_so(maker: Client) -> None:
    answer = send(maker, late_rate="23.3")
    assert answer.status_code == 400 and "24.0767% a year" in answer.content.decode()
    assert send(maker, late_rate="23.2").status_code == 302


def test_the_cap_is_asked_again_at_the_approval(
    maker: Client, checker: Client, settings: Any
) -> None:
    send(maker, rate="20")
    settings.EVENHAND_PACKS = ["cn", "id", "policy"]
    assert "could breach a cap" in decide(checker, "approve")
    assert products.find("demo", 4) is None


def test_a_cap_for_a_class_of_people_forbids_the_product_to_nobody(
    maker: Client, checker: Client, settings: Any
) -> None:
    """It limits what is agreed with them (`lifecycle/decide/class_caps.py`); the page says so."""
    settings.EVENHAND_PACKS = ["us", "policy"]
    page = send(maker, "preview", rate="40").content.decode()
    assert "At most 36 % a year" in page and page.count("For these people alone") == 2
    assert "No cap of the law in force could be breached" in page
    assert send(maker, rate="40").headers["Location"] == LIST
    assert "Approved: version 4" in decide(checker, "approve")
