"""Whoever answers for another's loan is asked as the facts say, for no more than that, or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest

from evenhand.ledger import made_up as facts
from evenhand.ledger import parties, streams
from evenhand.ledger.facts import Draft
from evenhand.outbound.contact import ask_other, made_up, of_parties, send
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.people import kept, persons
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
LATE = SIGNED + timedelta(days=65)
"""Two instalments of 1,000.00 and 10.00 are past due."""
NOON = moment(LATE, 12)
ROLES = ("co_borrower", "guarantor", "spouse", "representative", "heir", "executor")


class Pair(NamedTuple):
    ming: int
    loan: int
    hong: int
    answers: int


def pair(role: str, **more: Any) -> Pair:
    """Ming owes and is late; Hong answers for it."""
    made_up.adopt(SIGNED)
    ming, hong = made_up.enrol(2, SIGNED)
    (loan,) = made_up.lend([ming], SIGNED, measures=("sms", "call", "in_app"))
    made_up.go_online([ming, hong], SIGNED)
    invited = {
        "role": role,
        "invitation": "d1",
        "currency": "CNY",
        "measures": ["sms"],
        "valid_until": "2026-03-15",
        **more,
    }
    learn(ming, Draft("party.invited", SIGNED, "staff:1", loan, body=invited), at=moment(SIGNED, 3))
    seq = streams.head(ming).seq
    body = {"borrower": ming, "person": hong, "invited": seq, "role": role, **more}
    there = Draft("party.joined", SIGNED, "house", loan, cause=seq, body=body)
    learn(ming, there, at=moment(SIGNED, 4))
    learn(hong, there._replace(hand="borrower", cause=0), at=moment(SIGNED, 4))
    (promise,) = parties.promises(streams.stream(hong))
    return Pair(ming, loan, hong, promise.seq)


def state(person: int, word: str) -> None:
    learn(person, Draft("state.began", LATE, "staff:1", body={"state": word}), at=moment(LATE, 9))


def rules(them: Pair, at: int = NOON) -> set[str]:
    return {c.rule for c in ask_other.verdict(them.hong, them.answers, at=at).cites}


def asked(them: Pair, at: int = NOON) -> bool:
    return ask_other.ask(them.hong, them.answers, hand="staff:1", at=at)


def told(person: int) -> list[str]:
    return [
        kept.committed(person, fact.body["text"])
        for fact in streams.stream(person)
        if fact.kind == "contact.leaving" and fact.body["channel"] == "in_app"
    ]


def kinds(person: int) -> list[str]:
    return [f.kind for f in streams.stream(person) if f.kind.startswith("contact.")]


def test_a_joint_guarantor_is_asked_for_principal_in_the_inbox_and_neutrally_by_message() -> None:
    them = pair("guarantor", limit_minor=1_200_000, guarantee="joint")
    assert asked(them)
    send.send_due(NOON)
    (text,) = told(them.hong)
    assert "2,000.00" in text
    (message,) = simulator.inbox(persons.dialled("phone", f"1380{1:06d}1"), 5)
    assert "2,000" not in message.text
    wanted = [f.body for f in streams.stream(them.hong) if f.kind == "contact.intended"]
    assert {(body["to"], body["purpose"]) for body in wanted} == {("guarantor", "collect")}
    assert kinds(them.ming) == []


@pytest.mark.parametrize("role", ROLES)
def test_as_what_somebody_is_asked_follows_from_the_facts(role: str) -> None:
    them = pair(role, limit_minor=50_000)
    one = of_parties.asked(them.hong, them.answers, NOON)
    assert of_parties.to(one) == of_parties.TO[role]


def test_a_general_guarantor_is_asked_only_after_a_court() -> None:
    them = pair("guarantor", limit_minor=1_200_000)
    assert rules(them) == {"cn.party.answers"}
    assert not asked(them) and kinds(them.hong) == []
    opened = Draft("guarantee.opened", LATE, "staff:2", them.loan, body={"proposal": 1})
    learn(them.ming, opened, at=moment(LATE, 10))
    assert rules(them) == set() and asked(them)


def test_a_guarantee_out_of_time_refuses_from_the_midnight_after_its_last_day() -> None:
    last = {"limit_minor": 1_200_000, "guarantee": "joint", "until": LATE.isoformat()}
    them = pair("guarantor", **last)
    assert rules(them, moment(LATE, 20)) == set()
    assert rules(them, moment(LATE + timedelta(days=1), 9)) == {"policy.party.answers"}
    assert not asked(them, moment(LATE + timedelta(days=1), 9))


@pytest.mark.parametrize("ground", ["debtor_minor", "no_capacity"])
def test_nobody_collects_from_a_representative(ground: str) -> None:
    them = pair("representative")
    assert "cn.party.debtor_only" in rules(them)
    state(them.ming, ground)
    assert rules(them) == {"policy.pause.capacity"} and not asked(them)


@pytest.mark.parametrize("role", ["heir", "executor"])
def test_nobody_collects_from_an_estate(role: str) -> None:
    them = pair(role, limit_minor=50_000)
    assert "cn.party.debtor_only" in rules(them)
    state(them.ming, "debtor_deceased")
    assert rules(them) == {"policy.pause.death"} and not asked(them)
    learn(them.ming, facts.paid(them.loan, LATE, 50_000), at=moment(LATE, 10))
    assert {"cn.party.answers", "policy.party.answers"} <= rules(them)


def test_a_spouse_who_ratified_is_asked_and_one_who_did_not_is_nobody() -> None:
    them = pair("spouse")
    assert rules(them) == set() and asked(them)
    assert ask_other.verdict(them.ming, 1, at=NOON).cites == []
    assert not ask_other.ask(them.ming, 1, hand="staff:1", at=NOON)


@pytest.mark.parametrize("word", of_parties.OF_THE_DEBT)
def test_what_pauses_the_debt_pauses_it_for_who_answers(word: str) -> None:
    them = pair("co_borrower")
    state(them.ming, word)
    stops = word != "time_barred"
    found = ask_other.verdict(them.hong, them.answers, at=NOON)
    assert found.allowed == (not stops)


@pytest.mark.parametrize("word", ["opt_out", "represented", "cease_request", "safe_contact"])
def test_the_borrowers_own_wishes_are_the_borrowers_and_the_partys_the_partys(word: str) -> None:
    them = pair("co_borrower")
    state(them.ming, word)
    assert ask_other.verdict(them.hong, them.answers, at=NOON).allowed
    state(them.hong, word)
    assert not ask_other.verdict(them.hong, them.answers, at=NOON).allowed


def test_what_happened_meanwhile_takes_it_back_and_says_nothing_of_the_other() -> None:
    them = pair("co_borrower")
    assert asked(them)
    learn(them.ming, Draft("complaint.opened", LATE, "borrower"), at=moment(LATE, 12, 1))
    send.send_due(moment(LATE, 12, 2))
    own = streams.stream(them.hong)
    assert {f.body["reason"] for f in own if f.kind == "contact.withdrawn"} == {"overtaken"}
    assert told(them.hong) == [] and "complaint" not in str([f.body for f in own])


def test_what_is_paid_meanwhile_is_not_asked_for() -> None:
    them = pair("co_borrower")
    assert asked(them)
    learn(them.ming, facts.paid(them.loan, LATE, 300_000), at=moment(LATE, 12, 1))
    send.send_due(moment(LATE, 12, 2))
    reasons = {f.body["reason"] for f in streams.stream(them.hong) if f.kind == "contact.withdrawn"}
    assert reasons == {"paid"}


def test_once_a_day_and_no_more_than_the_caps_of_the_person_asked() -> None:
    them = pair("co_borrower")
    assert asked(them)
    send.send_due(NOON)
    assert not asked(them, moment(LATE, 13))
    assert "policy.freq.message_day" in rules(them, moment(LATE, 13))
    assert "policy.hours" in rules(them, moment(LATE, 22, 30))


def test_whoever_left_answers_for_nothing() -> None:
    them = pair("heir", limit_minor=50_000)
    left = {"borrower": them.ming, "person": them.hong, "invited": 3}
    invited = parties.promises(streams.stream(them.hong))[0].invited
    left["invited"] = invited
    learn(them.hong, Draft("party.left", LATE, "borrower", them.loan, body=left), at=moment(LATE))
    assert not asked(them)
    assert of_parties.asked(them.hong, them.answers, NOON).against == (("not_answering", 0),)
