"""Paying by hand: what is offered, what is taken, what became of it; what is overpaid."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.ledger import made_up as facts
from evenhand.lifecycle.repay import made_up, owing, paying, steps
from evenhand.outbound.payments import made_up as money
from evenhand.outbound.payments import send, told
from evenhand.outbound.payments.made_up import Someone
from evenhand.people.made_up import sign_in
from evenhand.providers.bank.simulator import Simulator
from evenhand.web.amounts import minor_of

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
FIRST_DUE = date(2026, 4, 2)
LATE = FIRST_DUE + timedelta(days=10)
Move = Callable[[int], None]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def them(client: Client, move_clock: Move) -> Someone:
    """Somebody ten days late with the first instalment, signed in."""
    who = made_up.borrower(D)
    sign_in(client, who.borrower)
    move_clock(facts.noon(LATE))
    return who


def pay(client: Client, them: Someone, choice: str, amount: str = "", **changes: str) -> Any:
    sent = {"choice": choice, "amount": amount, "account": str(them.account)}
    sent["on"] = str(house.day_number(LATE))
    return client.post(f"/my/pay/{them.loan}/", sent | changes, headers=ENGLISH)


def test_the_page_offers_what_is_past_due_and_everything(client: Client, them: Someone) -> None:
    page = client.get(f"/my/pay/{them.loan}/", headers=ENGLISH).content.decode()
    assert "Everything past due" in page and "Everything, and the loan is closed" in page
    assert "Pay now" in page and "No account is open for transfers today." in page


def test_what_is_chosen_is_debited_once_from_the_own_account(client: Client, them: Someone) -> None:
    answer = pay(client, them, "past_due")
    assert answer.headers["Location"] == f"/my/pay/{them.loan}/on-its-way/"
    ordered = money.last(them.borrower, "debit.intended")
    assert (ordered.amount, ordered.hand) == (88_645, "borrower")
    assert ordered.body["account"] == them.account and ordered.body["mode"] == "once"
    page = client.get(answer.headers["Location"], headers=ENGLISH).content.decode()
    assert "It is on its way" in page and "886.45" in page
    assert "Look at it" in client.get("/my/", headers=ENGLISH).content.decode()


def test_any_amount_up_to_everything(client: Client, them: Someone) -> None:
    assert pay(client, them, "other", "350").status_code == 302
    assert money.last(them.borrower, "debit.intended").amount == 35_000


@pytest.mark.parametrize(
    ("choice", "amount", "says"),
    [
        ("other", "", "Type an amount such as 350.00."),
        ("other", "a lot", "Type an amount such as 350.00."),
        ("other", "0", "Type an amount such as 350.00."),
        ("other", "99999", "more than you owe"),
        ("", "", "Choose how much to pay."),
    ],
)
def test_what_is_no_sum_is_said_beside_the_field_and_nothing_typed_is_lost(
    client: Client, them: Someone, choice: str, amount: str, says: str
) -> None:
    page = pay(client, them, choice, amount)
    assert page.status_code == 400
    assert says in page.content.decode() and f'value="{amount}"' in page.content.decode()
    assert "debit.intended" not in made_up.kinds(them.borrower)


def test_only_from_the_own_account_and_only_todays_sum(client: Client, them: Someone) -> None:
    assert pay(client, them, "all", account="1").status_code == 400
    assert pay(client, them, "all", on=str(house.day_number(LATE) - 1)).status_code == 400
    assert "debit.intended" not in made_up.kinds(them.borrower)


def test_twice_is_told_to_wait(client: Client, them: Someone) -> None:
    pay(client, them, "past_due")
    page = pay(client, them, "other", "20")
    assert page.status_code == 400 and b"on its way already" in page.content


def test_nobody_pays_or_sees_anothers_loan(client: Client, them: Someone) -> None:
    other = made_up.borrower(D, card="6222020200011119999")
    for page in ("pay", "loan", "auto-debit"):
        assert client.get(f"/my/{page}/{other.loan}/").status_code == 404
    assert client.get(f"/my/sum/{other.loan}/due/").status_code == 404


def test_everything_is_taken_and_closes_the_loan_at_zero(client: Client, them: Someone) -> None:
    off = owing.loan_of(them.borrower, them.loan, house.day_number(LATE)).pay_off
    pay(client, them, "all")
    the_bank_pays(them)
    page = client.get(f"/my/pay/{them.loan}/on-its-way/", headers=ENGLISH).content.decode()
    assert "Received" in page
    left = owing.loan_of(them.borrower, them.loan, house.day_number(LATE))
    assert left.paid_off and not left.overpaid_minor
    waived = money.last(them.borrower, "interest.waived")
    assert (-waived.amount, waived.hand) == (off.unused_minor, "house")


def test_what_failed_costs_nothing_and_says_why(client: Client, move_clock: Move) -> None:
    who = made_up.borrower(D, card="6222020200011110001")
    sign_in(client, who.borrower)
    move_clock(facts.noon(LATE))
    pay(client, who, "past_due")
    the_bank_pays(who)
    page = client.get(f"/my/pay/{who.loan}/on-its-way/", headers=ENGLISH).content.decode()
    assert "Nothing was taken" in page and "not enough money" in page
    assert owing.loan_of(who.borrower, who.loan, house.day_number(LATE)).due_minor == 88_645


def test_what_is_overpaid_comes_back_or_is_kept(client: Client, them: Someone) -> None:
    made_up.pays(them, LATE, 2_000_000)
    assert b"You paid more than you owed" in client.get("/my/", headers=ENGLISH).content
    client.post(f"/my/pay/{them.loan}/surplus/", {"act": "keep"})
    assert b"You paid more" not in client.get("/my/", headers=ENGLISH).content
    made_up.pays(them, LATE, 500)
    client.post(f"/my/pay/{them.loan}/surplus/", {"act": "give_back"})
    intended = money.last(them.borrower, "transfer.intended")
    one = owing.loan_of(them.borrower, them.loan, house.day_number(LATE))
    assert intended.amount == one.overpaid_minor
    assert (intended.body["purpose"], intended.body["account"]) == ("refund", them.account)
    assert b"You paid more" not in client.get("/my/", headers=ENGLISH).content


def test_no_choice_is_more_than_everything_nor_offered_twice(them: Someone) -> None:
    """Two days before the last instalment everything is less than that instalment."""
    for _n in range(11):
        made_up.pays(them, FIRST_DUE, 88_288)
    one = owing.loan_of(them.borrower, them.loan, house.day_number(date(2027, 2, 28)))
    offered = paying.choices(one)
    assert [choice.name for choice in offered] == ["all"]
    assert (one.asked_minor, one.asked_figure) == (one.next_due_minor, "next")
    assert one.closes_for_minor == one.pay_off.total_minor < one.asked_minor


def test_amounts_as_people_type_them() -> None:
    read = {"1,234.5": 123_450, "１２．３４": 1_234, "¥ 8": 800, "350元": 35_000, "1.234": None}
    assert {said: minor_of(said, "CNY") for said in read} == read


def the_bank_pays(them: Someone) -> None:
    """What waits leaves, the bank answers, and what follows from it is done."""
    at = facts.noon(LATE)
    send.send_due(at, bank=Simulator())

    def deliver(headers: Any, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, at), at, "simulator")

    Simulator(deliver).call_back(at)
    new = [f for f in streams.stream(them.borrower) if f.kind == "payment.received"]
    steps.received([(them.borrower, fact.seq) for fact in new], at=at)
