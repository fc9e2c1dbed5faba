"""A cap that has fallen since a product was saved: no loan of it is agreed any more."""

from datetime import date

import pytest

from evenhand.ledger import caps_of_day, products, streams
from evenhand.ledger.applications import Application, applications
from evenhand.ledger.products import DEMO
from evenhand.lifecycle.decide import steps, words
from evenhand.lifecycle.decide.made_up import applicant, apply
from evenhand.lifecycle.decide.reviewing import Judge, Refused, Verdict, decide
from evenhand.outbound.contact.made_up import moment

DAY = date(2026, 3, 2)
NOW = moment(DAY, 10)
QIAN = Judge(3, "underwriter")


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
