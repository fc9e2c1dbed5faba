"""A cap that has fallen since a product was saved: no loan of it is agreed any more."""

from datetime import date, timedelta
from typing import Any

import pytest

from evenhand.law.caps import Cap, caps_of
from evenhand.law.caps_test import pack
from evenhand.ledger import products, streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.products import DEMO, Product
from evenhand.lifecycle.decide import caps_of_day, steps, words
from evenhand.lifecycle.decide.made_up import applicant, apply
from evenhand.lifecycle.decide.reviewing import Judge, Refused, Verdict, decide
from evenhand.outbound.contact.made_up import moment

DAY = date(2026, 3, 2)
NOW = moment(DAY, 10)
FALLS = date(2025, 5, 20)
QIAN = Judge(3, "underwriter")


def of_rate(ppm: int, **terms: Any) -> tuple[Product, int, int]:
    said = {**DEMO.terms, "rate_ppm": ppm, "late_rate_ppm": ppm, **terms}
    return DEMO._replace(terms=said), 1_000_000, 12


def test_a_multiple_of_a_rate_binds_from_the_day_on_which_the_rate_falls() -> None:
    """Four times 3.85 is 15.4 a hundred; four times 3.0, from 20 May 2025 on, is 12."""
    before = FALLS - timedelta(days=1)
    for ppm, within in ((150_000, [True, False]), (119_000, [True, True]), (155_000, [False] * 2)):
        found = [
            caps_of_day.beyond(of_rate(ppm), on, caps_of([pack()], on)) for on in (before, FALLS)
        ]
        assert [not each for each in found] == within


def test_of_a_rate_nobody_knows_no_loan_is_within() -> None:
    assert caps_of_day.beyond(of_rate(1_000), DAY, caps_of([pack(rate="zz.x")], DAY))


def test_what_a_cap_does_not_count_is_not_counted() -> None:
    fee = {"name": "service_fee", "when": "per_instalment", "of": "lent", "amount": 10_000}
    loan, late = of_rate(110_000, fees=[fee]), of_rate(119_000)
    cap = Cap("zz.cap", "annual_percent", 120_000, ("interest",), "")
    assert not caps_of_day.beyond(loan, DAY, [cap]) and not caps_of_day.beyond(late, DAY, [cap])
    assert caps_of_day.beyond(loan, DAY, [cap._replace(includes=("interest", "fees"))])
    assert caps_of_day.beyond(late, DAY, [cap._replace(includes=("interest", "late_interest"))])
    nobodys = cap._replace(includes=("interest", "fees"), whom="servicemember")
    assert caps_of_day.beyond(loan, DAY, [nobodys]) == []


@pytest.mark.django_db
def test_the_house_says_no_and_no_person_says_yes() -> None:
    dear = DEMO._replace(product="dear", version=1, terms={**DEMO.terms, "rate_ppm": 250_000})
    products.add(dear)
    person = applicant(NOW)
    loan = apply(person, NOW, product="dear")
    steps.decide(facts=[(person, stands(person, loan).seq)], at=NOW)
    one = stands(person, loan)
    assert (one.stage, one.reasons) == ("declined", (caps_of_day.REASON,))
    assert words.reasons(one.reasons)[0] != caps_of_day.REASON
    assert steps.ask_review(person, loan, "", at=NOW)
    with pytest.raises(Refused, match="cap"):
        decide(
            person, loan, Verdict("approve", ("staff.explained",), "", 500_000, 12), QIAN, at=NOW
        )


def stands(person: int, loan: int) -> Application:
    return applications(streams.stream(person))[loan]
