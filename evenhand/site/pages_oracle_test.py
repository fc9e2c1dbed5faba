"""What pages say is owed, against the raw facts reckoned anew, penny by penny and night by night.

Thirty made-up loans, none alike: on time, late, paid in parts, ahead, too much, in full, by money
that bounced. The reckoning here reads facts and knows no arithmetic of the house.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.repay import made_up
from evenhand.people.made_up import member, sign_in

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 14)
LOANS = 30
MONEY = re.compile(r'<span class="money">(?:<abbr class="currency">)?CNY(?:</abbr>)?\s*([\d,.]+)')
SUMMARY = re.compile(r'<summary>([^<·]+) · <span class="money">CNY\s*([\d,.]+)')
EN = {"accept-language": "en"}


@dataclass
class Row:
    """An instalment as it is owed; `nights` is unpaid principal x late nights."""

    due_on: date
    principal: int
    interest: int
    agreed: int
    begins: date
    nights: int = 0
    late_paid: int = 0

    def late(self, rate: int) -> int:
        exact = Decimal(self.nights * rate) / Decimal(360 * 1_000_000)
        return int(exact.quantize(Decimal(1), ROUND_HALF_EVEN)) - self.late_paid

    def owed(self, rate: int) -> int:
        return self.late(rate) + self.interest + self.principal


@dataclass
class Reckoned:
    """A loan on TODAY, in minor units."""

    due: int
    past_due: int
    coming: int
    owed: int
    principal: int
    late: int
    paid: int
    pay_off: int


def reckon(stream: Sequence[Fact]) -> Reckoned:
    (signed,) = [fact for fact in stream if fact.kind == "loan.signed"]
    taken_back = {fact.cause for fact in stream if fact.kind == "payment.reversed"}
    paid = [f for f in stream if f.kind == "payment.received" and f.seq not in taken_back]
    rate, begins, book = signed.body["late_rate_ppm"], signed.day, list[Row]()
    for day, principal, interest in signed.body["instalments"]:
        due_on = date.fromisoformat(day)
        book.append(Row(due_on, principal, interest, interest, begins))
        begins = due_on
    night = signed.day
    while night <= TODAY:
        for row in book:
            row.nights += row.principal * (row.due_on < night)
        for purse in [fact.amount for fact in paid if fact.day == night]:
            pay(book, purse, rate)
        night += timedelta(1)
    due = [row for row in book if row.due_on <= TODAY]
    later = [row for row in book if row.due_on > TODAY and row.owed(rate)]
    principal, late = sum(row.principal for row in book), sum(row.late(rate) for row in book)
    used = sum(earned(row) - (row.agreed - row.interest) for row in book)
    return Reckoned(
        due=sum(row.owed(rate) for row in due),
        past_due=sum(row.owed(rate) for row in due if row.due_on < TODAY),
        coming=later[0].owed(rate) if later else 0,
        owed=sum(row.owed(rate) for row in book),
        principal=principal,
        late=late,
        paid=sum(fact.amount for fact in paid),
        pay_off=max(principal + late + used, 0),
    )


def pay(book: list[Row], purse: int, rate: int) -> None:
    for row in book:
        late = min(purse, row.late(rate))
        interest = min(purse - late, row.interest)
        principal = min(purse - late - interest, row.principal)
        row.late_paid += late
        row.interest -= interest
        row.principal -= principal
        purse -= late + interest + principal


def earned(row: Row) -> int:
    """The interest of the days used, of the days in all."""
    length = (row.due_on - row.begins).days
    used = min(max((TODAY - row.begins).days, 0), length)
    return int((Decimal(row.agreed * used) / length).quantize(Decimal(1), ROUND_HALF_EVEN))


def a_life(n: int) -> tuple[int, int]:
    """A made-up borrower and their loan: the day, the term and what they paid go by the number."""
    begun = date(2026, 2 + n % 7, 3 + 2 * n % 25)
    them = made_up.borrower(begun, months=(3, 6, 12)[n % 3], card=f"62220202000{n:08d}")
    (signed,) = [f for f in streams.stream(them.borrower) if f.kind == "loan.signed"]
    for place, (day, principal, interest) in enumerate(signed.body["instalments"]):
        on = date.fromisoformat(day) + timedelta(days=(n * (place + 3)) % 9 - 3)
        share = (100, 100, 60, 0, 130, 100)[(n + place * (n % 4)) % 6]
        amount = (principal + interest) * share // 100 + (n % 5 == 4) * 7_77
        if on > TODAY or not amount:
            continue
        seq = made_up.pays(them, on, amount)
        if (n + place) % 7 == 6 and on < TODAY:
            back = facts.reversed_(them.loan, on + timedelta(1), amount, seq)
            made_up.learn(them.borrower, back, at=facts.noon(on + timedelta(1)))
    return them.borrower, them.loan


def minor(text: str) -> int:
    return int(Decimal(text.replace(",", "").rstrip(".")) * 100)


def read(client: Client, address: str) -> str:
    page = client.get(address, headers=EN)
    assert page.status_code == 200, address
    return " ".join(page.content.decode().split())


def test_every_page_says_what_the_facts_come_to(
    move_clock: Callable[[int], None],
) -> None:
    lives = [a_life(n) for n in range(LOANS)]
    move_clock(facts.noon(TODAY))
    staff, seen = member("supervisor", "E0009"), list[str]()
    for person, loan in lives:
        found = reckon(streams.stream(person))
        seen.append("past due" if found.past_due else "owing" if found.owed else "paid off")
        client = Client()
        sign_in(client, person)
        first = read(client, "/my/").split('class="key-facts"')[1]
        asked = min(found.due, found.pay_off) or found.coming or found.paid
        assert minor(MONEY.findall(first)[0]) == asked, (loan, found)
        if found.owed:
            offered = [minor(each) for each in MONEY.findall(read(client, f"/my/pay/{loan}/"))]
            assert found.pay_off in offered and asked in [*offered, found.coming], (loan, found)
        stands = read(client, f"/my/statement/{loan}/?on={TODAY.isoformat()}").split("<tbody")[1]
        told = [minor(each) for each in MONEY.findall(stands.split("</tbody")[0])]
        assert told[0] == found.due and found.owed in told[1:], (loan, found)
        card = {name.strip(): minor(sum_) for name, sum_ in
                SUMMARY.findall(read(staff, f"/borrowers/{person}/"))}  # fmt: skip
        expected = {
            "Everything past due": found.past_due,
            "Everything owed, with what is still to come": found.owed,
            "Principal still owed": found.principal,
            "Late interest": found.late,
            "Paid in all": found.paid,
        }
        assert {name: card.get(name) for name in expected} == expected, (loan, found)
    assert min(Counter(seen).values()) >= 3 and len({*seen}) == 3
