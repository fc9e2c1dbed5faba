"""Registering, step by step: what comes next follows from what is confirmed."""

from datetime import date

import pytest

from evenhand.ledger import bank_accounts, streams
from evenhand.ledger import made_up as ledger_made_up
from evenhand.lifecycle.register import consents, made_up, steps
from evenhand.people import credentials, naming, persons

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
AT = ledger_made_up.noon(DAY)


def step(person: int) -> str:
    return steps.step_of(person, streams.stream(person), DAY)


def test_each_step_confirmed_leads_to_the_next() -> None:
    person = steps.begin("+86 120 0000 0001", "en", at=AT)
    assert step(person) == "pin"
    credentials.set_pin(person, "827364")
    assert step(person) == "name"
    naming.name_person(person, "Ada Lee", made_up.identity_of(1))
    assert step(person) == "student"
    steps.declare(person, "no", at=AT)
    assert step(person) == "account"
    steps.give_account(person, made_up.account_of(1), "ICBC")
    assert step(person) == "consents"
    consents.give(person, consents.needed(), "en", at=AT)
    assert step(person) == "check"
    assert steps.check(person, at=AT) == "match"
    assert step(person) == "done"


def test_a_made_up_person_is_registered_and_verified() -> None:
    person = made_up.register(3, at=AT)
    assert step(person) == "done"
    (account,) = persons.accounts(person)
    assert bank_accounts.named(streams.stream(person)) == [account.item]
    assert credentials.is_right(person, made_up.PIN)
