"""Who else answers for a loan, from facts alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenhand.ledger import parties
from evenhand.ledger.facts import Fact
from evenhand.ledger.parties import Party, Promise

DAY = date(2026, 3, 2)
MING, HONG, LAN = 11, 22, 33
LOAN = 500
TERMS: dict[str, Any] = {"limit_minor": 1_200_000, "until": "2027-10-02"}


def fact(seq: int, kind: str, stream: int = MING, loan: int = LOAN, **body: Any) -> Fact:
    return Fact(stream, seq, loan, DAY, 0, kind, 0, 0, "borrower", body, b"")


def invited(seq: int, role: str = "guarantor", loan: int = LOAN) -> Fact:
    more = TERMS if role == "guarantor" else {}
    body = {
        "role": role,
        "invitation": f"d{seq}",
        "currency": "CNY",
        "measures": ["sms"],
        "valid_until": "2026-03-16",
        **more,
    }
    return fact(seq, "party.invited", loan=loan, **body)


def said(seq: int, what: str, to: int, by: int = HONG, stream: int = MING, **more: Any) -> Fact:
    return fact(seq, f"party.{what}", stream, borrower=MING, person=by, invited=to, **more)


def test_who_was_only_invited_answers_for_nothing() -> None:
    facts = [invited(1)]
    assert parties.parties(facts, LOAN) == []
    (asked,) = parties.invitations(facts, LOAN)
    assert (asked.state, asked.is_open(date(2026, 3, 16)), asked.is_open(date(2026, 3, 17))) == (
        "open",
        True,
        False,
    )


def test_a_guarantor_answers_up_to_a_limit_and_a_day_a_co_borrower_for_all() -> None:
    facts = [
        invited(1),
        invited(2, "co_borrower"),
        said(3, "joined", 2, LAN, role="co_borrower"),
        said(4, "joined", 1, HONG, role="guarantor", **TERMS),
    ]
    assert parties.parties(facts, LOAN) == [
        Party("guarantor", HONG, 1_200_000, date(2027, 10, 2), 4, "general"),
        Party("co_borrower", LAN, 0, None, 3),
    ]


def test_who_left_or_was_taken_off_answers_no_more() -> None:
    facts = [invited(1), invited(2), said(3, "joined", 1), said(4, "joined", 2, LAN)]
    facts += [said(5, "left", 1), said(6, "recalled", 2, LAN)]
    assert parties.parties(facts, LOAN) == []
    assert [one.state for one in parties.invitations(facts, LOAN)] == ["left", "recalled"]


def test_another_loan_is_another_matter() -> None:
    facts = [invited(1, loan=501), said(2, "joined", 1)._replace(loan=501)]
    assert parties.parties(facts, LOAN) == []
    assert len(parties.parties(facts, 501)) == 1


def test_what_the_borrower_promised_elsewhere_is_no_party_of_the_own_loan() -> None:
    facts = [
        invited(1),
        fact(2, "party.joined", borrower=LAN, person=MING, invited=1, role="guarantor"),
    ]
    assert parties.parties(facts, LOAN) == []
    assert parties.promises(facts) == [
        Promise(LAN, LOAN, 1, "guarantor", 0, None, "", 2, "general")
    ]


def test_a_promise_ends_when_it_is_taken_back() -> None:
    own = [
        said(7, "joined", 1, stream=HONG, role="guarantor", **TERMS),
        said(8, "left", 1, stream=HONG),
    ]
    (promise,) = parties.promises(own)
    assert (promise.ended, promise.limit_minor, promise.until) == (
        "left",
        1_200_000,
        date(2027, 10, 2),
    )


def test_a_guarantee_is_what_was_said_and_general_where_nobody_said() -> None:
    joint = invited(1)._replace(body={**invited(1).body, "guarantee": "joint"})
    asked = parties.invitations([joint, invited(2), invited(3, "co_borrower")], LOAN)
    assert [one.guarantee for one in asked] == ["joint", "general", ""]


def test_who_is_invited_by_staff_answers_by_law() -> None:
    heir = fact(7, "party.joined", HONG, borrower=MING, person=HONG, invited=1, role="heir")
    (promise,) = parties.promises([heir])
    assert (promise.by_law, promise.of_estate, promise.guarantee) == (True, True, "")
