"""What the contract says may follow is what the gate lets follow, and nothing else."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from django.utils.translation import override

from evenhand.core.words import CHANNELS, PURPOSES, code
from evenhand.ledger import house, loans, products
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.sign import made_up
from evenhand.lifecycle.sign.made_up import AT, NEXT_DAY, D, last
from evenhand.lifecycle.sign.measures import measures
from evenhand.outbound.contact import ask, known
from evenhand.outbound.contact import made_up as people
from evenhand.outbound.contact.wanted import Wanted, disclosed
from evenhand.outbound.payments import register

PACKS = ("cn", "policy")
TERMS: dict[str, Any] = {"strategy": "standard", "measures": ["sms", "call", "visit"]}
NONE = np.array([], dtype=np.int64)


@pytest.mark.parametrize("lang", ["zh-hant", "zh-hans", "en"])
def test_measures_come_in_the_contracts_order_with_the_laws_numbers(lang: str) -> None:
    with override(lang):
        sms, call, visit = measures(TERMS, PACKS, lang, D)
    assert (sms.code, sms.days, call.days) == ("sms", [1, 3, 7, 14], [])
    assert any("22:00" in rule.says for rule in sms.rules)
    assert any("6" in rule.says and "CBA 2026" in rule.cite for rule in call.rules)
    assert any("60" in rule.says for rule in visit.rules)
    assert any("24" in rule.says for rule in visit.rules)


def test_a_days_contract_has_that_days_law() -> None:
    (call,) = measures(TERMS | {"measures": ["call"]}, PACKS, "en", date(2025, 6, 1))
    assert not any("CBA 2026" in rule.cite for rule in call.rules)


@pytest.mark.django_db
def test_the_gate_refuses_a_measure_that_the_signed_contract_does_not_name() -> None:
    borrower = _lent(["sms"])
    assert _refusals(borrower, "sms") == set()
    assert _refusals(borrower, "call") == {"cn.contract.disclose"}
    assert _refusals(_lent(["sms", "call"]), "call") == set()


def _refusals(borrower: int, channel: str) -> set[str]:
    """The rules by which the gate refuses to collect by this channel tomorrow."""
    one = np.zeros(1, dtype=np.int8)
    number = one.astype(np.int64)
    by = one + np.int8(code(channel, CHANNELS))
    wanted = Wanted(
        borrower=number + borrower,
        channel=by,
        mode=one,
        to=one,
        purpose=one + np.int8(code("collect", PURPOSES)),
        address=number,
        debts=np.array([1], dtype=np.uint64),
        disclosed=disclosed(loans.terms([borrower])["measures"].astype(np.int64), by),
        days_late=number + 1,
        overdue_minor=number + 100,
    )
    tomorrow = house.day_number(house.day_of(NEXT_DAY))
    refused = ask.ask(wanted, known.Books(NONE, NONE), tomorrow, NEXT_DAY).refused
    return {rule for rule, borrowers in refused.items() if len(borrowers)}


def _lent(named: list[str]) -> int:
    """A borrower who signed a contract with these measures only, and has the money."""
    terms = {**products.DEMO.terms, "measures": named}
    products.add(products.DEMO._replace(product="-".join(named), terms=terms))
    if not register.channels(D):
        made_up.where_to_pay(D)
    (borrower,) = people.enrol(1, D, ending=f"{len(named)}")
    loan = made_up.approve(borrower, at=AT, product="-".join(named))
    made_up.sign(borrower, loan, "zh-hans", at=AT)
    signed = last(borrower, "loan.signed")
    left = ("awaits", "contract", "cost_table")
    body = {key: value for key, value in signed.body.items() if key not in left}
    body["reference"] = "B-1"
    come = Draft("loan.disbursed", D, "provider:bank", loan, signed.amount, signed.seq, body)
    people.learn(borrower, come, at=AT + 200 * made_up.SECOND)
    return borrower


def test_a_rule_that_concerns_one_of_several_is_among_the_conditions() -> None:
    """The American hours bind agencies, and buyers of debt: a list of whom they concern."""
    terms = TERMS | {"measures": ["call"]}
    (call,) = measures(terms, ["us"], "en", D)
    assert any("from 08:00 to 21:00" in rule.says for rule in call.rules)
