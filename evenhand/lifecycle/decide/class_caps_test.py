"""A cap for one class of people binds them and nobody else, and is asked about before a yes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evenhand.law.caps import caps
from evenhand.ledger import products, streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.products import DEMO
from evenhand.lifecycle.decide import class_caps, steps
from evenhand.lifecycle.decide.made_up import applicant, apply
from evenhand.lifecycle.decide.reviewing import Judge, Refused, Verdict, decide
from evenhand.outbound.contact.made_up import moment

DAY = date(2026, 3, 2)
NOW = moment(DAY, 10)
US = ("us", "policy")
DEAR = DEMO._replace(terms={**DEMO.terms, "rate_ppm": 400_000})
QIAN = Judge(3, "underwriter")


def test_the_packs_say_for_whom_a_cap_is() -> None:
    found = {cap.rule: cap.whom for cap in caps(("us", "cn", "id"), DAY)}
    assert found["us.cap.mla"] == "servicemember" and found["us.cap.scra"] == "before_service"
    assert {whom for rule, whom in found.items() if not rule.startswith("us.")} == {""}


def test_only_a_loan_dearer_than_the_cap_is_asked_about(settings: Any) -> None:
    settings.EVENHAND_PACKS = US
    assert class_caps.beyond(DEMO, 1_000_000, 12, DAY) == ()
    assert class_caps.beyond(DEAR, 1_000_000, 12, DAY) == ("servicemember",)
    assert class_caps.unasked(DAY) == set()
    settings.EVENHAND_PACKS = ("cn", "policy")
    assert class_caps.beyond(DEAR, 1_000_000, 12, DAY) == ()
    assert class_caps.unasked(DAY) == {"staff.not_serving"}


@pytest.mark.django_db
def test_the_house_asks_and_a_person_says_yes_with_the_answer(settings: Any) -> None:
    settings.EVENHAND_PACKS = US
    products.add(DEAR._replace(product="dear", version=1))
    person = applicant(NOW)
    loan = apply(person, NOW, product="dear")
    one = stands(person, loan)
    steps.decide(facts=[(person, one.seq)], at=NOW)
    one = stands(person, loan)
    assert (one.stage, one.reasons) == ("referred", ("class.servicemember",))
    assert steps.ask_review(person, loan, "", at=NOW)
    yes = Verdict("approve", ("staff.explained",), "", 500_000, 12)
    with pytest.raises(Refused, match="class"):
        decide(person, loan, yes, QIAN, at=NOW)
    asked = replace(yes, reasons=("staff.not_serving",))
    assert decide(person, loan, asked, QIAN, at=NOW) == "made"
    assert stands(person, loan).reasons == ("staff.not_serving",)


def stands(person: int, loan: int) -> Application:
    return applications(streams.stream(person))[loan]
