"""Loans that are not the plain one, from the application to the day their money has come."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import charges, house, packs, products, standing, streams
from evenhand.ledger.applications import applications
from evenhand.ledger.columns import run
from evenhand.ledger.facts import Fact
from evenhand.ledger.made_up import noon
from evenhand.ledger.products import DEMO, Product
from evenhand.lifecycle.apply import drafts
from evenhand.lifecycle.apply import steps as apply
from evenhand.lifecycle.decide import steps as decide
from evenhand.lifecycle.disburse import steps as disburse
from evenhand.lifecycle.register import made_up
from evenhand.lifecycle.repay import figures_yearly, owing
from evenhand.lifecycle.sign import made_up as sign
from evenhand.outbound.payments import told
from evenhand.outbound.payments.send import send_due
from evenhand.people import made_up as people
from evenhand.providers.bank.simulator import Simulator
from evenhand.site.demo_lives import ANSWERS

pytestmark = pytest.mark.django_db

D = sign.D
NEXT = D + timedelta(days=1)
SECOND = 1_000_000
A_MONTH = Decimal("0.009")
SERVICE = {"name": "service_fee", "when": "per_instalment", "of": "fixed", "amount": 1_000}


def lent(number: int, **terms: Any) -> tuple[Fact, Fact]:
    """A loan of 9,000.00 in six instalments of such a product: as signed, and as its money came the
    day after."""
    product = Product("other", 1, date(2026, 5, 1), {**DEMO.terms, **terms})
    products.add(product)
    sign.where_to_pay(D)
    at = noon(D)
    person = made_up.register(number, at=at)
    drafts.save(person, {**ANSWERS, "amount": "9000", "months": "6"})
    loan = apply.send(person, product, at=at + SECOND)
    decide.decide(facts=[(person, sign.last(person, "application.made").seq)], at=at + 2 * SECOND)
    assert applications(streams.stream(person))[loan].stage == "approved"
    sign.sign(person, loan, "zh-hans", at=at + 300 * SECOND)
    disburse.intend([(person, streams.head(person).seq)], at=at + 600 * SECOND)
    _paid_out(noon(NEXT))
    return sign.last(person, "loan.signed"), sign.last(person, "loan.disbursed")


def _paid_out(at: int) -> None:
    send_due(at, bank=Simulator())

    def deliver(headers: object, body: bytes) -> None:
        told.hear(Simulator().callbacks(headers, body, at), at, "simulator")  # type: ignore[arg-type]

    Simulator(deliver).call_back(at)


def owed(come: Fact, on: date) -> tuple[int, int, int]:
    """The next due day, what is due then, and what is past due but for late interest."""
    position = standing.stand([come.borrower], house.day_number(on)).position
    return (
        int(position.next_due_on[0]),
        int(position.next_due_minor[0]),
        int(position.past_due_minor[0] - position.late_interest_minor[0]),
    )


STORIES: dict[str, dict[str, Any]] = {
    "equal principal": {"method": "equal_principal", "late_cap_ppm": 200_000},
    "interest only": {"method": "interest_only"},
    "bullet": {"method": "bullet"},
    "every two weeks": {"unit": "week", "every": 2, "day_count": "actual/365"},
    "grace": {"grace_principal": 2},
    "a fee with each instalment": {"fees": [SERVICE], "prepay": ["lower", "shorter"]},
    "a down-payment": {"down_payment_ppm": 200_000},
}
EVERY_MONTH = [date(2026, 12, 25), *(date(2027, n, 25) for n in range(1, 6))]
DAYS = {
    "every two weeks": [NEXT + timedelta(days=14 * n) for n in range(1, 7)],
    "a down-payment": [NEXT, *EVERY_MONTH],
}
LENT = {"interest only": 400_000, "bullet": 380_000, "every two weeks": 800_000}
"""Of what falls due at once, or thrice in a month, no more is lent than a month can bear."""
FIRST = {
    "equal principal": 150_000 + 8_100,
    "interest only": 3_600,
    "bullet": 0,
    "grace": 8_100,
    "a fee with each instalment": 154_760 + 1_000,
    "a down-payment": 180_000,
}
"""What the first instalment comes to: 0.9 % a month of 9,000.00 is 81.00, and 1,547.60 the sum that
pays it back in six months."""


@pytest.mark.parametrize("name", STORIES)
def test_from_the_application_to_the_money(name: str) -> None:
    number = 700 + list(STORIES).index(name)
    signed, come = lent(number, **STORIES[name])
    for key, value in STORIES[name].items():
        kept = [{k: v for k, v in one.items() if k != "total_minor"} for one in come.body["fees"]
                ] if key == "fees" else come.body[key]  # fmt: skip
        assert kept == value
    days = [date.fromisoformat(row[0]) for row in come.body["instalments"]]
    assert come.amount == signed.amount == LENT.get(name, 900_000)
    assert days == DAYS.get(name, EVERY_MONTH) and come.day == NEXT
    assert [row[1:] for row in come.body["instalments"]] == [
        row[1:] for row in signed.body["instalments"]
    ]
    assert charges.unlisted(charges.of_terms(come.body), charges.of_terms(signed.body)) == []
    _stands(name, come, days)


def _stands(name: str, come: Fact, days: list[date]) -> None:
    due = [row[1] + row[2] for row in come.body["instalments"]]
    for n, minor in come.body.get("fees_due", ()):
        due[n - 1] += minor
    if name in FIRST:
        assert due[0] == FIRST[name]
    first = next(n for n, minor in enumerate(due) if minor)
    assert owed(come, NEXT) == (house.day_number(days[first]), due[first], 0)
    past = owed(come, days[first] + timedelta(days=1))[2]
    assert past == due[first]
    assert sum(due) >= come.amount


def test_a_fee_at_the_payout_from_the_application_to_the_pay_off(
    settings: Any, client: Client, move_clock: Any
) -> None:
    """Of 9,000.00 two in a hundred are kept back: 8,820.00 arrive, 9,000.00 with interest are paid
    back, as without the fee; and all it costs a year is the rate at which that is worth 8,820.00.
    Where no law forbids it: federal law of the United States and the house's own."""
    settings.EVENHAND_PACKS = ["us", "policy"]
    _in_force(["us", "policy"])
    fee = {"name": "handling_fee", "when": "at_disbursal", "of": "lent", "amount": 20_000}
    signed, come = lent(790, fees=[fee])
    assert come.amount == signed.amount == 900_000
    assert come.body["fees"] == [{**fee, "total_minor": 18_000}] and "fees_due" not in come.body
    assert sign.last(come.borrower, "transfer.leaving").amount == 882_000
    disburse.told([(come.borrower, come.seq)], at=noon(NEXT) + SECOND)
    told_of = sign.last(come.borrower, "contact.intended").body
    assert told_of["values"]["amount_minor"] == 882_000
    shown = sign.last(come.borrower, "cost_table.shown").body
    assert ["handling_fee", 20_000, 0, 18_000] in shown["charges"]
    one = owing.all_by(streams.stream(come.borrower), house.day_number(NEXT))[0]
    cost = figures_yearly.yearly_cost(one)
    assert cost is not None and cost[0] == shown["yearly_hundredths"]
    left, owed_in_all = Decimal(900_000), Decimal(0)
    for _n in range(5):
        left, owed_in_all = left - 154_760 + round(left * A_MONTH), owed_in_all + 154_760
    owed_in_all += left + round(left * A_MONTH)
    figures = (one.kept_back_minor, one.principal_minor, one.owed_minor)
    assert figures == (18_000, 900_000, int(owed_in_all))
    assert one.pay_off.total_minor == 900_000, "on the day itself all that was lent, and no fee"
    _pages(client, come, move_clock)


def _in_force(law: list[str]) -> None:
    """As `evenhand migrate` does it, by the owner."""
    run("set role none")
    packs.keep()
    packs.put_in_force(law)
    run("set role evenhand_serving")


def _pages(client: Client, come: Fact, move_clock: Any) -> None:
    """Every page that says what was lent says what arrived of it."""
    move_clock(noon(NEXT) + 60 * SECOND)
    people.sign_in(client, come.borrower)
    says = {
        f"/payout/{come.loan}/": ("8,820.00", "180.00"),
        f"/my/loan/{come.loan}/": ("9,000.00", "180.00"),
        f"/my/statement/{come.loan}/": ("9,000.00", "180.00"),
    }
    for where, both in says.items():
        answer = client.get(where, headers={"accept-language": "en"})
        page = answer.content.decode().replace("\xa0", " ")
        assert answer.status_code == 200, where
        for said in both:
            assert said in page, (where, said)
