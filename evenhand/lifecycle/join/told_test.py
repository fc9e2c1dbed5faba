"""What both sides are told of each other."""

from __future__ import annotations

import pytest

from evenhand.ledger import streams
from evenhand.lifecycle.join import steps
from evenhand.lifecycle.join.codes import Place
from evenhand.lifecycle.join.made_up import DAY, NOON, apply, somebody
from evenhand.lifecycle.join.told import told
from evenhand.outbound.contact.made_up import go_online

pytestmark = pytest.mark.django_db


def together() -> tuple[int, int, Place, int]:
    """Ming has applied and invited; Hong has come: Ming, Hong, the invitation and the loan."""
    ming, hong = somebody("王小明"), somebody("李红")
    go_online([ming, hong], DAY)
    loan = apply(ming)
    steps.invite(ming, loan, "guarantor", at=NOON)
    return ming, hong, Place(ming, streams.head(ming).seq), loan


def tell_latest(*persons: int) -> None:
    told([(person, streams.head(person).seq) for person in persons], at=NOON)


def notices(person: int) -> list[tuple[str, int]]:
    """Template and loan of what is in the inbox."""
    return [
        (fact.body["template"], fact.loan)
        for fact in streams.stream(person)
        if fact.kind == "contact.intended" and fact.body["channel"] == "in_app"
    ]


def test_of_a_promise_both_are_told_once() -> None:
    ming, hong, place, loan = together()
    steps.join(place, hong, "read", at=NOON)
    joined = [(person, streams.head(person).seq) for person in (ming, hong)]
    for _time in range(2):
        told(joined, at=NOON)
    assert notices(ming) == [("invitation", loan)]
    assert notices(hong) == [("invitation", 0)]


def test_of_a_no_only_the_applicant_is_told() -> None:
    ming, hong, place, loan = together()
    steps.decline(place, hong, at=NOON)
    tell_latest(ming, hong)
    assert (notices(ming), notices(hong)) == ([("invitation", loan)], [])


def test_who_is_let_go_is_told() -> None:
    ming, hong, place, _loan = together()
    steps.join(place, hong, "read", at=NOON)
    steps.recall(place, at=NOON)
    tell_latest(ming, hong)
    assert (notices(ming), notices(hong)) == ([], [("invitation", 0)])


def test_of_an_invitation_taken_back_nobody_is_told() -> None:
    ming, hong, place, _loan = together()
    steps.recall(place, at=NOON)
    tell_latest(ming)
    assert (notices(ming), notices(hong)) == ([], [])
