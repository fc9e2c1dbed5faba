"""Across the rooms: somebody with a code signs in by the real pages, reads, and says yes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import parties, streams
from evenhand.lifecycle.join import codes, steps
from evenhand.lifecycle.join.made_up import NOON, apply
from evenhand.lifecycle.register import made_up
from evenhand.people import persons
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db

HERS = made_up.phone_of(2)


@pytest.fixture
def asked(move_clock: Callable[[int], None]) -> tuple[int, int, int]:
    """Ming has applied and asked Hong, who is registered too: Ming, Hong and the loan."""
    move_clock(NOON)
    ming = made_up.register(1, at=NOON, name="王小明")
    hong = made_up.register(2, at=NOON, name="李红")
    loan = apply(ming)
    assert steps.invite(ming, loan, "guarantor", at=NOON) == ""
    return ming, hong, loan


def code_of(ming: int, loan: int) -> str:
    return codes.shown(ming, parties.invitations(streams.stream(ming), loan)[-1].item)


def sent_code() -> str:
    found = re.search(r"\d{6}", simulator.inbox(persons.dialled("phone", HERS), 1)[0].text)
    assert found is not None
    return found[0]


def at(page: Any) -> str:
    return str(page.request["PATH_INFO"])


def test_the_code_is_kept_through_signing_in(client: Client, asked: tuple[int, int, int]) -> None:
    ming, hong, loan = asked
    client.post("/join/", {"code": code_of(ming, loan)})
    client.get("/in/?next=/join/read/")
    client.post("/in/", {"phone": HERS})
    client.post("/in/code/", {"code": sent_code()})
    page = client.post("/in/pin/", {"pin": made_up.PIN}, follow=True)
    assert at(page) == "/join/read/" and "王**" in page.content.decode()
    page = client.get("/join/confirm/", follow=True)
    assert at(page) == "/join/confirm/"
    read = re.search(r'name="read" value="([0-9a-f]{64})"', page.content.decode())
    assert read is not None
    page = client.post("/join/confirm/", {"read": read[1], "agree": "1"}, follow=True)
    assert at(page) == "/my/answers-for/"
    assert [party.person for party in parties.parties(streams.stream(ming), loan)] == [hong]


def test_nothing_of_either_is_in_the_facts_of_the_other(asked: tuple[int, int, int]) -> None:
    ming, hong, loan = asked
    place = codes.find(code_of(ming, loan))
    assert place is not None and steps.join(place, hong, "王**", at=NOON) == ""
    told = str([fact.body for person in (ming, hong) for fact in streams.stream(person)])
    identities = [made_up.identity_of(1), made_up.identity_of(2)]
    assert not [word for word in ("王小明", "李红", HERS, *identities) if word in told]
