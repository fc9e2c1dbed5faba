"""Who answers by law: proposed on evidence by one, approved by another, joined as themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import pytest

from evenhand.ledger import house, parties, streams
from evenhand.ledger.facts import Draft
from evenhand.ledger.made_up import signed as made_signed
from evenhand.ledger.parties import Invitation
from evenhand.ledger.two_hands import NotAllowed
from evenhand.lifecycle.join import by_law, codes, identity, steps
from evenhand.lifecycle.join.by_law import Wanted
from evenhand.lifecycle.join.codes import Place
from evenhand.lifecycle.join.made_up import DAY, NOON, apply, learn, verify
from evenhand.people import persons
from evenhand.people.persons import Person

pytestmark = pytest.mark.django_db
SUE, COM = "staff:1", "staff:2"
HERS = "11010519910307002X"
GROUND = {
    "representative": "debtor_minor",
    "heir": "debtor_deceased",
    "executor": "debtor_deceased",
}
PAPER = {"representative": "birth", "heir": "kinship", "executor": "will", "spouse": "ratified"}


class Two(NamedTuple):
    ming: int
    loan: int
    hong: int


def somebody(name: str, number: str) -> int:
    (person,) = persons.enrol([Person(name, "13800138001", number)], at=NOON)
    learn(person, made_enrolled())
    return person


def made_enrolled() -> Draft:
    body = {"lang": "zh-hans", "zone": "Asia/Shanghai"}
    return Draft("borrower.enrolled", DAY, "staff:1", body=body)


@pytest.fixture
def two() -> Two:
    """Ming owes a loan; Hong has registered and is verified."""
    ming, hong = somebody("王小明", "110105199003070010"), somebody("李红", HERS)
    verify(hong)
    loan = int(streams.new_loans(1)[0])
    learn(ming, made_signed(loan, DAY))
    return Two(ming, loan, hong)


def state(two: Two, word: str) -> int:
    return learn(two.ming, Draft("state.began", DAY, SUE, body={"state": word})).seq


def wanted(two: Two, role: str, limit: int = 0) -> Wanted:
    more = limit or (50_000 if role in parties.ESTATE else 0)
    return Wanted(two.loan, "invite", role, PAPER[role], identity.digest_of(HERS), more)


def invited(two: Two, role: str) -> Place:
    if role in GROUND:
        state(two, GROUND[role])
    seq = by_law.propose(wanted(two, role), b"", SUE, at=NOON)
    by_law.approve(seq, COM, at=NOON)
    return Place(two.ming, parties.invitations(streams.stream(two.ming), two.loan)[-1].seq)


def asked(two: Two) -> Invitation:
    return parties.invitations(streams.stream(two.ming), two.loan)[-1]


@pytest.mark.parametrize("role", PAPER)
def test_two_hands_invite_and_the_person_joins(two: Two, role: str) -> None:
    place = invited(two, role)
    assert codes.find(codes.shown(two.ming, asked(two).item)) == place
    assert steps.join(place, two.hong, "the words", at=NOON) == ""
    (party,) = parties.parties(streams.stream(two.ming), two.loan)
    assert (party.role, party.person, party.guarantee) == (role, two.hong, "")
    (promise,) = parties.promises(streams.stream(two.hong))
    assert (promise.by_law, promise.limit_minor) == (True, 50_000 if role in parties.ESTATE else 0)


@pytest.mark.parametrize("role", GROUND)
def test_nobody_is_invited_without_the_ground_on_record(two: Two, role: str) -> None:
    with pytest.raises(NotAllowed, match="ground"):
        by_law.propose(wanted(two, role), b"", SUE, at=NOON)
    assert role not in by_law.open_to(streams.stream(two.ming), two.loan, DAY)


def test_the_one_who_proposed_does_not_approve(two: Two) -> None:
    seq = by_law.propose(wanted(two, "spouse"), b"", SUE, at=NOON)
    with pytest.raises(NotAllowed, match="own"):
        by_law.approve(seq, SUE, at=NOON)
    assert parties.invitations(streams.stream(two.ming), two.loan) == []


def test_a_ground_that_ended_meanwhile_invites_nobody_and_ends_the_code(two: Two) -> None:
    began = state(two, "debtor_deceased")
    seq = by_law.propose(wanted(two, "heir"), b"", SUE, at=NOON)
    by_law.approve(seq, COM, at=NOON)
    again = by_law.propose(wanted(two, "executor"), b"", SUE, at=NOON)
    learn(two.ming, Draft("state.ended", DAY, COM, cause=began), at=NOON)
    with pytest.raises(NotAllowed, match="ground"):
        by_law.approve(again, COM, at=NOON)
    assert steps.join(Place(two.ming, asked(two).seq), two.hong, "words", at=NOON) == "ended"


def test_a_code_that_somebody_else_got_hold_of_opens_nothing(two: Two) -> None:
    place = invited(two, "heir")
    other = somebody("赵六", "110105199003070037")
    assert steps.join(place, other, "words", at=NOON) == "not_verified"
    verify(other)
    assert steps.join(place, other, "words", at=NOON) == "not_you"
    assert steps.decline(place, other, at=NOON) == "not_you"
    assert asked(two).state == "open"


def test_an_heir_may_say_no_before_and_give_up_later(two: Two) -> None:
    place = invited(two, "heir")
    assert steps.decline(place, two.hong, at=NOON) == ""
    assert asked(two).state == "declined"
    seq = by_law.propose(wanted(two, "heir", 60_000), b"", SUE, at=NOON)
    by_law.approve(seq, COM, at=NOON)
    assert steps.join(Place(two.ming, asked(two).seq), two.hong, "words", at=NOON) == ""
    assert steps.leave(two.hong, two.loan, at=NOON) == ""
    assert parties.parties(streams.stream(two.ming), two.loan) == []


def test_a_ratification_cannot_be_taken_back_by_who_gave_it(two: Two) -> None:
    place = invited(two, "spouse")
    assert steps.join(place, two.hong, "words", at=NOON) == ""
    assert steps.leave(two.hong, two.loan, at=NOON) == "ended"
    assert steps.recall(place, at=NOON) == "ended"
    assert steps.recall(place, at=NOON, hand=SUE) == ""
    assert parties.promises(streams.stream(two.hong))[0].ended == "recalled"


def test_staff_take_back_none_of_the_applicants_invitations(two: Two) -> None:
    loan = apply(two.ming)
    assert steps.invite(two.ming, loan, "guarantor", at=NOON, guarantee="joint") == ""
    place = Place(two.ming, streams.head(two.ming).seq)
    assert steps.recall(place, at=NOON, hand=SUE) == "ended"
    (one,) = parties.invitations(streams.stream(two.ming), loan)
    assert (one.guarantee, one.state) == ("joint", "open")


def test_a_letter_is_waited_for_thirty_days(two: Two) -> None:
    place = invited(two, "spouse")
    late = NOON + 31 * 86_400_000_000
    assert steps.join(place, two.hong, "words", at=late) == "ended"
    assert asked(two).is_open(DAY + timedelta(days=30))


def test_a_document_lies_in_the_vault_and_no_number_in_the_facts(two: Two) -> None:
    state(two, "debtor_deceased")
    seq = by_law.propose(wanted(two, "heir"), b"%PDF-1.7 deed", SUE, at=NOON)
    said = by_law.MATTER.all()[0].said
    assert persons.open_bytes(two.ming, said["paper"]) == b"%PDF-1.7 deed"
    by_law.approve(seq, COM, at=NOON)
    facts = [*streams.stream(two.ming), *streams.stream(house.INVITATIONS)]
    assert HERS not in str([fact.body for fact in facts])


def test_a_court_opens_a_general_guarantee_by_two_hands(two: Two) -> None:
    opened = Wanted(two.loan, "open", parties.GUARANTOR, "court")
    with pytest.raises(NotAllowed, match="guarantee"):
        by_law.propose(opened, b"", SUE, at=NOON)
    body: dict[str, Any] = {
        "invitation": "d",
        "currency": "CNY",
        "measures": [],
        "valid_until": "2026-03-16",
    }
    body |= {"role": "guarantor"}
    seq = learn(two.ming, Draft("party.invited", DAY, "borrower", two.loan, body=body)).seq
    joined = {"borrower": two.ming, "person": two.hong, "invited": seq, "role": "guarantor"}
    learn(two.ming, Draft("party.joined", DAY, "house", two.loan, cause=seq, body=joined))
    proposal = by_law.propose(opened, b"", SUE, at=NOON)
    by_law.approve(proposal, COM, at=NOON)
    assert streams.stream(two.ming)[-1].kind == "guarantee.opened"
    with pytest.raises(NotAllowed, match="guarantee"):
        by_law.propose(opened, b"", SUE, at=NOON)


def test_the_same_waits_once_and_a_loan_that_has_not_begun_for_nobody(two: Two) -> None:
    by_law.propose(wanted(two, "spouse"), b"", SUE, at=NOON)
    with pytest.raises(NotAllowed, match="proposed"):
        by_law.propose(wanted(two, "spouse"), b"", SUE, at=NOON)
    other = apply(two.ming)
    with pytest.raises(NotAllowed, match="over"):
        by_law.propose(wanted(two, "spouse")._replace(loan=other), b"", SUE, at=NOON)
