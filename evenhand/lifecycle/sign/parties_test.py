"""Others who answer for the loan join before the contract is made, and the contract names them."""

from typing import Any

import pytest

from evenhand.ledger import streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.sign import contracts, made_up, steps, told
from evenhand.lifecycle.sign.agreement import Agreement
from evenhand.lifecycle.sign.made_up import AT, NEXT_DAY, D, approved, last, step
from evenhand.lifecycle.sign.steps import Refused
from evenhand.outbound.contact import made_up as people

pytestmark = pytest.mark.django_db


def invite(borrower: int, loan: int) -> int:
    """Somebody is invited to guarantee 5,000.00 of it; the invitation's seq."""
    body: dict[str, Any] = {
        "role": "guarantor",
        "invitation": "d1",
        "currency": "CNY",
        "measures": ["sms"],
    }
    body |= {"valid_until": "2026-12-08", "limit_minor": 500_000, "until": "2028-05-24"}
    people.learn(borrower, Draft("party.invited", D, "borrower", loan, body=body), at=AT)
    return last(borrower, "party.invited").seq


def answer(borrower: int, loan: int, what: str, asked: int, person: int) -> int:
    more: dict[str, Any] = {}
    if what == "joined":
        more = {"role": "guarantor", "limit_minor": 500_000, "until": "2028-05-24"}
    body = {"borrower": borrower, "person": person, "invited": asked, **more}
    people.learn(borrower, Draft(f"party.{what}", D, "borrower", loan, body=body), at=AT)
    return streams.head(borrower).seq


def found(borrower: int, loan: int) -> Agreement:
    stood = steps.stand(borrower, loan, at=AT)
    assert stood is not None
    return stood


def test_the_contract_waits_for_whom_was_invited() -> None:
    borrower, loan = approved()
    made_up.read_table(borrower, loan, "zh-hans", at=AT)
    asked = invite(borrower, loan)
    assert step(borrower, loan) == "parties"
    with pytest.raises(Refused, match="parties"):
        steps.offer_contract(borrower, loan, "zh-hans", at=AT)
    (guarantor,) = people.enrol(1, D, ending="5")
    answer(borrower, loan, "joined", asked, guarantor)
    assert step(borrower, loan) == "contract"
    facts = streams.stream(borrower)
    (named,) = contracts.values(found(borrower, loan), facts, "zh-hans", D)["parties"]
    assert named == {
        "role": "guarantor", "person": guarantor, "limit_minor": 500_000, "until": "2028-05-24",
        "guarantee": "general",
    }  # fmt: skip
    made_up.read_contract(borrower, loan, "zh-hans", at=AT)


@pytest.mark.parametrize("what", ["declined", "recalled"])
def test_who_declined_is_waited_for_no_more(what: str) -> None:
    borrower, loan = approved()
    made_up.read_table(borrower, loan, "en", at=AT)
    asked = invite(borrower, loan)
    answer(borrower, loan, what, asked, 0)
    assert step(borrower, loan) == "contract"


def test_a_contract_offered_before_somebody_joined_is_made_anew() -> None:
    borrower, loan = approved()
    made_up.read_table(borrower, loan, "en", at=AT)
    digest = made_up.read_contract(borrower, loan, "en", at=AT)
    asked = invite(borrower, loan)
    (guarantor,) = people.enrol(1, D, ending="5")
    answer(borrower, loan, "joined", asked, guarantor)
    with pytest.raises(Refused, match="stale"):
        steps.sign(borrower, loan, digest, at=AT)


def test_the_borrower_hears_once_that_all_have_answered() -> None:
    borrower, loan = approved()
    asked = invite(borrower, loan)
    seq = answer(borrower, loan, "declined", asked, 0)
    for moment in (AT, NEXT_DAY):
        told.ready([(borrower, seq)], at=moment)
    facts = streams.stream(borrower)
    about = [fact for fact in facts if fact.body.get("template") == "contract_ready"]
    assert len({fact.body["channel"] for fact in about}) == len(about)
