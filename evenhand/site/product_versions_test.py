"""A product changes by two hands, and a loan keeps the version it was signed with."""

from datetime import timedelta

import pytest

from evenhand.ledger import products, streams
from evenhand.lifecycle.products import proposals
from evenhand.lifecycle.sign import made_up as signing

pytestmark = pytest.mark.django_db


def test_a_signed_loan_keeps_its_terms_when_its_product_changes() -> None:
    borrower, loan = signing.approved()
    signing.sign(borrower, loan, "zh-hans", at=signing.AT)
    before = streams.stream(borrower)
    cheaper = {**products.DEMO.terms, "rate_ppm": 90_000}
    day = signing.D + timedelta(days=1)
    seq = proposals.propose("demo", day, cheaper, "staff:1", at=signing.AT)
    assert proposals.approve(seq, "staff:2", at=signing.AT).version == 4
    assert products.in_force("demo", day) == products.find("demo", 4)
    assert streams.stream(borrower) == before
    signed = before[-1]
    assert (signed.kind, signed.loan) == ("loan.signed", loan)
    assert (signed.body["version"], signed.body["rate_ppm"]) == (3, 108_000)
    assert products.find("demo", 3) == products.DEMO._replace(terms=dict(products.DEMO.terms))
