"""Made-up applications and persons, for tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Final

from evenhand.ledger import made_up, products, streams
from evenhand.ledger.facts import Draft, Fact
from evenhand.people import persons
from evenhand.people.persons import Person

DAY: Final = date(2026, 3, 2)
NOON: Final = made_up.noon(DAY)
AMOUNT: Final = 1_200_000


def somebody(name: str, *, verified: bool = True) -> int:
    """A person with a stream; verified unless said otherwise."""
    (person,) = persons.enrol([Person(name, "13800138001", "110105199003070010")], at=NOON)
    learn(person, made_up.enrolled(DAY))
    if verified:
        verify(person)
    return person


def verify(person: int) -> None:
    """The person has finished registering: the account is verified to be theirs."""
    learn(person, Draft("account.named", DAY, "borrower", body={"account": 7}))


def apply(person: int, months: int = 12) -> int:
    """An application for 12,000.00 of the demo product; its loan's number."""
    products.seed("demo")
    loan = int(streams.new_loans(1)[0])
    body = {"product": "demo", "version": 1, "months": months, "purpose": "rent", "text": "ab12"}
    learn(person, Draft("application.made", DAY, "borrower", loan, AMOUNT, body=body))
    return loan


def learn(person: int, draft: Draft, at: int = NOON) -> Fact:
    """Append to a stream wherever it stands."""
    return streams.append(person, [draft], at=at, expected_seq=streams.head(person).seq)[-1]
