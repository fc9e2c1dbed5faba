"""Applying at the pages: step by step, kept as typed, sent once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import house, products, streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.facts import Draft
from evenhand.ledger.quotes import quote
from evenhand.lifecycle.apply import drafts
from evenhand.outbound.contact.made_up import enrol, moment
from evenhand.people import kept, persons
from evenhand.people.answers import read
from evenhand.people.made_up import sign_in

pytestmark = pytest.mark.django_db

Move = Callable[[int], None]
DAY = date(2026, 3, 2)
NOW = moment(DAY, 10)
AMOUNT = {"amount": "12,000", "months": "18"}
MEANS = {
    "income": "9000",
    "housing": "2000.50",
    "duties": "0",
    "loans": "300",
    "employment": "employed",
    "since_year": "2021",
    "since_month": "3",
    "supported": "1",
    "account": "well",
    "savings": "some",
}
PAGES = ["/apply/", "/apply/purpose/", "/apply/means/", "/apply/data/", "/apply/check/"]


@pytest.fixture
def person(client: Client, move_clock: Move) -> int:
    """Somebody verified, signed in, on a day on which a product is offered."""
    move_clock(NOW)
    products.seed("demo")
    (found,) = enrol(1, DAY)
    verify(found)
    sign_in(client, found)
    client.cookies["django_language"] = "en"
    return found


def verify(person: int) -> None:
    account = persons.add_account(person, "6299990000000000003", "中国工商银行")
    about = {"about": "identity", "provider": "simulator"}
    asked = about | {"purpose": "identity_check", "account": account}
    told = [
        Draft("consent.given", DAY, "borrower", body={"purpose": "identity_check", "text": "ab"}),
        Draft("enquiry.leaving", DAY, "borrower", cause=2, body=asked),
        Draft("enquiry.answered", DAY, "provider", cause=3, body=about | {"answer": "match"}),
        Draft("account.named", DAY, "borrower", body={"account": account}),
    ]
    told.append(Draft("consent.given", DAY, "borrower", body={"purpose": "data_use", "text": "cd"}))
    streams.append(person, told, at=NOW, expected_seq=1)


def fill(client: Client) -> None:
    """Every step up to the last."""
    for path, typed in (
        ("/apply/", AMOUNT),
        ("/apply/purpose/", {"purpose": "repairs"}),
        ("/apply/means/", MEANS),
        ("/apply/data/", {"read": "1"}),
    ):
        assert client.post(path, typed).status_code == 302, path


def only(person: int) -> Application:
    (one,) = applications(streams.stream(person)).values()
    return one


def test_five_steps_lead_to_an_application(client: Client, person: int) -> None:
    fill(client)
    assert client.get("/apply/check/").status_code == 200
    sent = client.post("/apply/check/")
    one = only(person)
    assert sent.headers["Location"] == f"/decision/{one.loan}/"
    assert (one.principal_minor, one.months, one.purpose) == (1_200_000, 18, "repairs")
    said = read(kept.committed(person, one.text))
    assert (said.income_minor, said.housing_minor, said.employed_since) == (
        900_000,
        200_050,
        "2021-03",
    )
    assert drafts.load(person) == {}


def test_what_was_typed_is_there_the_next_day_and_in_another_browser(
    client: Client, person: int, move_clock: Move
) -> None:
    client.post("/apply/", AMOUNT)
    client.post("/apply/purpose/", {"purpose": "medical"})
    move_clock(moment(date(2026, 3, 3), 9))
    other = Client()
    sign_in(other, person)
    assert 'value="12,000"' in other.get("/apply/").text
    assert 'value="medical" checked' in other.get("/apply/purpose/").text


def test_nothing_typed_is_in_the_session_the_address_or_a_fact(client: Client, person: int) -> None:
    fill(client)
    client.post("/apply/check/")
    held = str(dict(client.session)) + str([fact.body for fact in streams.stream(person)])
    assert "9000" not in held and "2000.50" not in held and "200050" not in held


def test_the_cost_is_the_contracts_arithmetic(client: Client, person: int) -> None:
    part = client.post("/apply/quote/", AMOUNT).text
    product = products.find("demo", 1)
    assert product is not None
    found = quote(product, 1_200_000, 18, DAY)
    assert f"{found.instalment_minor / 100:,.2f}" in part
    assert f"{found.total_minor / 100:,.2f}" in part
    assert "10.8%" in part
    assert drafts.load(person) == {}


def test_without_script_a_button_works_the_cost_out(client: Client, person: int) -> None:
    again = client.post("/apply/", AMOUNT | {"again": "1"}, follow=True)
    assert again.redirect_chain == [("/apply/", 302)]
    assert "10.8%" in again.text and 'value="12,000"' in again.text


@pytest.mark.parametrize(
    ("path", "typed", "field"),
    [
        ("/apply/", {"amount": "999", "months": "12"}, "amount"),
        ("/apply/", {"amount": "lots", "months": "12"}, "amount"),
        ("/apply/", {"amount": "5000.50", "months": "12"}, "amount"),
        ("/apply/", {"amount": "5000", "months": "36"}, "months"),
        ("/apply/purpose/", {"purpose": ""}, "purpose"),
        ("/apply/purpose/", {"purpose": "gambling"}, "purpose"),
        ("/apply/means/", MEANS | {"income": "much"}, "income"),
        ("/apply/means/", MEANS | {"supported": "-1"}, "supported"),
        ("/apply/means/", MEANS | {"since_year": "2027"}, "since"),
        ("/apply/means/", MEANS | {"since_month": ""}, "since"),
        ("/apply/means/", MEANS | {"account": ""}, "account"),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_kept(
    client: Client, person: int, path: str, typed: dict[str, Any], field: str
) -> None:
    client.post("/apply/", AMOUNT)
    client.post("/apply/purpose/", {"purpose": "repairs"})
    answer = client.post(path, typed)
    assert answer.status_code == 400
    assert f'id="{field}-error"' in answer.text
    name = "since_year" if field == "since" else field
    if typed[name] and field not in ("months",):
        assert typed[name] in answer.text or name == "since_year"
    assert drafts.load(person)[name] == typed[name]


def test_no_loan_to_repay_a_loan_is_said_at_once(client: Client, person: int) -> None:
    client.post("/apply/", AMOUNT)
    answer = client.post("/apply/purpose/", {"purpose": "repay_loan"})
    assert answer.status_code == 400 and "it would only grow" in answer.text


def test_who_has_no_work_is_not_asked_since_when(client: Client, person: int) -> None:
    fill(client)
    idle = MEANS | {"employment": "none", "since_year": "", "since_month": ""}
    assert client.post("/apply/means/", idle).status_code == 302


def test_no_step_before_the_ones_before_it(client: Client, person: int) -> None:
    for path in PAGES[1:]:
        assert client.get(path).headers["Location"] == "/apply/"
    client.post("/apply/", AMOUNT)
    assert client.get("/apply/check/").headers["Location"] == "/apply/purpose/"


def test_one_application_at_a_time_and_withdrawn_at_any_time(client: Client, person: int) -> None:
    fill(client)
    client.post("/apply/check/")
    one = only(person)
    assert f"/apply/{one.loan}/withdraw/" in client.get("/apply/").text
    assert client.post("/apply/check/").status_code == 200  # the page says that one is under way
    assert len(applications(streams.stream(person))) == 1
    assert client.get(f"/apply/{one.loan}/withdraw/").status_code == 200
    client.post(f"/apply/{one.loan}/withdraw/")
    assert only(person).stage == "withdrawn"
    assert client.get("/apply/").status_code == 200


def test_two_taps_send_once(client: Client, person: int) -> None:
    fill(client)
    client.post("/apply/check/")
    client.post("/apply/check/")
    assert len(applications(streams.stream(person))) == 1


def test_who_is_not_verified_is_told_what_is_missing(client: Client, move_clock: Move) -> None:
    move_clock(NOW)
    products.seed("demo")
    (stranger,) = enrol(1, DAY)
    sign_in(client, stranger)
    for path in PAGES:
        assert "/register/" in client.get(path).text


def test_who_withdrew_the_consent_is_asked_for_it_again(client: Client, person: int) -> None:
    gone = Draft("consent.withdrawn", DAY, "borrower", cause=streams.head(person).seq)
    streams.append(person, [gone], at=NOW, expected_seq=streams.head(person).seq)
    page = client.get("/apply/").text
    assert "First, your consent" in page and "/register/" in page


def test_another_persons_application_is_nobodys_business(client: Client, person: int) -> None:
    fill(client)
    client.post("/apply/check/")
    loan = only(person).loan
    other = Client()
    sign_in(other, enrol(1, DAY, ending="2")[0])
    assert other.post(f"/apply/{loan}/withdraw/").status_code == 404
    assert other.get(f"/decision/{loan}/").status_code == 404
    assert only(person).stage == "open"


def test_on_a_day_without_a_product_nothing_is_offered(
    client: Client, person: int, move_clock: Move
) -> None:
    move_clock(house.midnight(date(2025, 12, 31)))
    assert client.get("/apply/").status_code == 200
    assert client.post("/apply/quote/", AMOUNT).status_code == 404


def test_a_stranger_signs_in_first() -> None:
    for path in PAGES:
        assert Client().get(path).headers["Location"].startswith("/in/")


def test_of_several_products_one_is_chosen_first_and_applied_for(
    client: Client, person: int
) -> None:
    products.seed("demo_both")
    for path in PAGES:
        assert client.get(path).headers["Location"] == "/apply/product/", path
    cards = client.get("/apply/product/").text
    assert "Equal instalments" in cards and "Equal principal" in cards
    assert "6 to 36 months" in cards and "Step 1 of 6" in cards and "9.60%" in cards
    assert client.post("/apply/product/", {"product": "gold"}).status_code == 400
    assert client.post("/apply/product/", {"product": "steady"}).headers["Location"] == "/apply/"
    amount = client.get("/apply/").text
    assert "Step 2 of 6" in amount and 'href="/apply/product/"' in amount
    steady = products.find("steady", 1)
    assert steady is not None
    first = quote(steady, 1_200_000, 18, DAY).instalment_minor
    assert f"{first / 100:,.2f}" in client.post("/apply/quote/", AMOUNT).text
    fill(client)
    client.post("/apply/check/")
    assert (only(person).product, only(person).version) == ("steady", 1)


def test_with_one_product_nobody_is_asked_which(client: Client, person: int) -> None:
    assert client.get("/apply/product/").headers["Location"] == "/apply/"
    assert "Step 1 of 5" in client.get("/apply/").text


def test_what_is_offered_no_longer_is_chosen_anew(client: Client, person: int) -> None:
    products.seed("demo_both")
    client.post("/apply/product/", {"product": "steady"})
    ended = {**products.STEADY.terms, "offered": "no"}
    products.add(products.Product("steady", 2, DAY, ended))
    assert client.get("/apply/").status_code == 200
    assert drafts.load(person)["product"] == "steady"  # as typed; there is one product left
