"""From approval to signature, as stories: each step waits for the one before it."""

import hashlib
from datetime import timedelta

import pytest

from evenhand.ledger import charges, loans, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.sign import made_up, reading, steps
from evenhand.lifecycle.sign.made_up import AT, NEXT_DAY, D, approved, last, step
from evenhand.lifecycle.sign.steps import Refused
from evenhand.outbound.contact import made_up as people
from evenhand.outbound.documents import documents
from evenhand.outbound.documents.kept import kept
from evenhand.providers.signing import registry
from evenhand.providers.signing.verify import verify

pytestmark = pytest.mark.django_db


def refused(act: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Refused) as told:
        act(*arguments, **named)  # type: ignore[operator]
    return told.value.code


def test_step_by_step_to_the_signature() -> None:
    borrower, loan = approved()
    assert step(borrower, loan) == "table"
    made_up.read_table(borrower, loan, "zh-hans", at=AT)
    assert step(borrower, loan) == "contract"
    steps.offer_contract(borrower, loan, "zh-hans", at=AT)
    assert step(borrower, loan) == "contract"  # offered, and not opened yet
    steps.open_contract(borrower, loan, at=AT)
    assert step(borrower, loan) == "measures"
    digest = last(borrower, "contract.offered").body["document"]
    steps.confirm_measures(borrower, loan, digest, at=AT)
    assert step(borrower, loan) == "assent"
    steps.sign(borrower, loan, digest, at=AT)
    assert step(borrower, loan) == "signed"


def test_the_signature_binds_the_bytes_of_both_documents() -> None:
    borrower, loan = approved()
    made_up.sign(borrower, loan, "zh-hans", at=AT)
    signed = last(borrower, "loan.signed")
    found = {one.name: one for one in kept(streams.stream(borrower))}
    for name, digest in (("contract", "contract"), ("cost_table", "cost_table")):
        pdf = documents.read(borrower, found[name].item)
        assert hashlib.sha256(pdf).hexdigest() == signed.body[digest]
        assert verify(pdf, [registry.provider().chain()[-1]], at=AT).good


def test_what_is_signed_awaits_its_money_and_is_not_owed() -> None:
    borrower, loan = approved()
    made_up.sign(borrower, loan, "zh-hans", at=AT)
    signed = last(borrower, "loan.signed")
    assert (signed.amount, signed.body["awaits"], signed.hand) == (
        1_000_000,
        "disbursal",
        "borrower",
    )
    assert sum(row[1] for row in signed.body["instalments"]) == 1_000_000
    assert len(loans.terms([borrower])) == 0


def test_done_twice_it_is_done_once() -> None:
    borrower, loan = approved()
    made_up.sign(borrower, loan, "zh-hans", at=AT)
    seq = streams.head(borrower).seq
    digest = last(borrower, "loan.signed").body["contract"]
    steps.sign(borrower, loan, digest, at=AT)
    steps.offer_contract(borrower, loan, "zh-hans", at=AT)
    steps.show_table(borrower, loan, "zh-hans", at=AT)
    assert streams.head(borrower).seq == seq


def test_a_table_is_not_confirmed_before_its_time() -> None:
    borrower, loan = approved()
    steps.show_table(borrower, loan, "en", at=AT)
    digest = last(borrower, "cost_table.shown").body["document"]
    soon = reading.seconds() - 1
    assert refused(steps.confirm_table, borrower, loan, digest, soon, at=AT) == "too_soon"
    assert refused(steps.confirm_table, borrower, loan, "ab" * 32, 99, at=AT) == "stale"
    assert step(borrower, loan) == "table"


def test_nothing_is_offered_or_signed_out_of_turn() -> None:
    borrower, loan = approved()
    assert refused(steps.offer_contract, borrower, loan, "en", at=AT) == "table"
    made_up.read_table(borrower, loan, "en", at=AT)
    steps.offer_contract(borrower, loan, "en", at=AT)
    digest = last(borrower, "contract.offered").body["document"]
    assert refused(steps.confirm_measures, borrower, loan, digest, at=AT) == "contract"
    steps.open_contract(borrower, loan, at=AT)
    assert refused(steps.sign, borrower, loan, digest, at=AT) == "measures"


def test_another_digest_than_the_last_offered_is_not_signed() -> None:
    borrower, loan = approved()
    made_up.read_table(borrower, loan, "en", at=AT)
    first = made_up.read_contract(borrower, loan, "en", at=AT)
    again = made_up.read_contract(borrower, loan, "zh-hans", at=AT)
    assert first != again
    assert refused(steps.sign, borrower, loan, first, at=AT) == "stale"
    steps.sign(borrower, loan, again, at=AT)


def test_yesterdays_contract_is_made_anew() -> None:
    borrower, loan = approved()
    made_up.read_table(borrower, loan, "en", at=AT)
    first = made_up.read_contract(borrower, loan, "en", at=AT)
    assert refused(steps.sign, borrower, loan, first, at=NEXT_DAY) == "stale"
    assert step(borrower, loan, NEXT_DAY) == "contract"
    second = made_up.read_contract(borrower, loan, "en", at=NEXT_DAY)
    steps.sign(borrower, loan, second, at=NEXT_DAY)
    signed = last(borrower, "loan.signed").body
    assert signed["disbursed_on"] == f"{D + timedelta(days=1)}"
    assert signed["instalments"][0][0] == "2026-12-25"


def test_an_offer_past_its_last_day_is_not_signed() -> None:
    made_up.where_to_pay(D)
    (borrower,) = people.enrol(1, D)
    loan = made_up.approve(borrower, at=AT, until=f"{D}")
    assert step(borrower, loan, NEXT_DAY) == "expired"
    assert refused(steps.offer_contract, borrower, loan, "en", at=NEXT_DAY) == "ended"


def test_without_an_account_of_ours_there_is_no_contract() -> None:
    (borrower,) = people.enrol(1, D)
    loan = made_up.approve(borrower, at=AT)
    made_up.read_table(borrower, loan, "en", at=AT)
    assert refused(steps.offer_contract, borrower, loan, "en", at=AT) == "nowhere_to_pay"


def test_withdrawing_before_the_money_leaves_costs_nothing_and_ends_it() -> None:
    borrower, loan = approved()
    made_up.sign(borrower, loan, "zh-hans", at=AT)
    steps.withdraw(borrower, loan, at=AT)
    steps.withdraw(borrower, loan, at=AT)
    assert step(borrower, loan) == "withdrawn"
    assert [f.kind for f in streams.stream(borrower)].count("contract.withdrawn") == 1
    assert len(loans.terms([borrower])) == 0


def test_withdrawn_before_it_is_signed_it_is_never_signed() -> None:
    borrower, loan = approved()
    made_up.read_table(borrower, loan, "en", at=AT)
    digest = made_up.read_contract(borrower, loan, "en", at=AT)
    steps.withdraw(borrower, loan, at=AT)
    assert refused(steps.sign, borrower, loan, digest, at=AT) == "ended"


def test_money_that_has_left_is_not_withdrawn_until_it_comes_back() -> None:
    borrower, loan = approved()
    made_up.sign(borrower, loan, "zh-hans", at=AT)
    later = AT + 100 * made_up.SECOND
    signing = last(borrower, "loan.signed").seq
    _learn(borrower, _transfer("intended", loan, signing, purpose="disbursal"), at=later)
    assert step(borrower, loan, later) == "signed"
    left = last(borrower, "transfer.intended").seq
    _learn(borrower, _transfer("leaving", loan, left, provider="simulator"), at=later)
    assert refused(steps.withdraw, borrower, loan, at=later) == "left"
    leaving = last(borrower, "transfer.leaving").seq
    failed = {"provider": "simulator", "reason": "closed"}
    bounced = Draft("transfer.failed", D, "provider:bank", loan, cause=leaving, body=failed)
    _learn(borrower, bounced, at=later)
    steps.withdraw(borrower, loan, at=later)
    assert step(borrower, loan, later) == "withdrawn"


def test_who_was_not_approved_has_nothing_to_sign() -> None:
    (borrower,) = people.enrol(1, D)
    assert steps.stand(borrower, 1, at=AT) is None


def test_the_signed_terms_charge_what_the_table_lists() -> None:
    borrower, loan = approved()
    made_up.sign(borrower, loan, "en", at=AT)
    signed = last(borrower, "loan.signed")
    table = charges.confirmed(streams.stream(borrower), loan, signed.body["cost_table"])
    assert charges.of_terms(signed.body) == table
    dearer = Draft(
        "loan.signed", D, "borrower", loan, signed.amount, signed.cause,
        {**signed.body, "rate_ppm": signed.body["rate_ppm"] + 1},
    )  # fmt: skip
    with pytest.raises(charges.Unlisted):
        _learn(borrower, dearer, at=AT + 100 * made_up.SECOND)


def _transfer(what: str, loan: int, cause: int, **body: str) -> Draft:
    return Draft(f"transfer.{what}", D, "house", loan, 1_000_000, cause, {"account": 1, **body})


def _learn(borrower: int, draft: Draft, *, at: int) -> None:
    people.learn(borrower, draft, at=at)
