"""Across the rooms: whoever answers for a loan questions it, and sees nothing of the borrower's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import parties, streams
from evenhand.ledger.facts import Draft
from evenhand.lifecycle.redress.complaints import Complaint, complaints_of
from evenhand.outbound.contact import ask_other
from evenhand.outbound.contact.made_up import learn, moment
from evenhand.site.parties_test import (
    EVERY_ROLE,
    LATE,
    NOON,
    Two,
    answers,
    desk,
    troubles,
    words,
)
from evenhand.site.parties_test import two as two  # the fixture

pytestmark = pytest.mark.django_db

ASKED = ("co_borrower", "guarantor")
DAY = 86_400_000_000


def page_of(two: Two) -> str:
    return f"/my/complaint/sum/{two.loan}/"


def disputed(two: Two, client: Client) -> Complaint:
    client.post(page_of(two), {"says": "paid", "text": "He told me it was paid."})
    return complaints_of(streams.stream(two.hong))[-1]


def may_be_asked(two: Two) -> bool:
    (promise,) = parties.promises(streams.stream(two.hong))
    return ask_other.verdict(two.hong, promise.seq, at=NOON).allowed


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_from_their_own_page_they_question_it_and_complain(two: Two, role: str) -> None:
    client = answers(two, role)
    mine = client.get("/my/answers-for/").content.decode()
    assert f'href="{page_of(two)}"' in mine and 'href="/my/complaint/new/"' in mine
    shown = words(client.get(page_of(two)))
    assert "What you answer for" in shown and "ill owed CNY" in shown
    found = disputed(two, client)
    assert (found.borrower, found.loan, found.is_dispute) == (two.hong, two.loan, True)
    assert not complaints_of(streams.stream(two.ming)), "it is theirs, and not the borrower's"


@pytest.mark.parametrize("role", EVERY_ROLE)
def test_they_read_how_it_stands_and_nothing_of_how_it_came_to_that(two: Two, role: str) -> None:
    client = answers(two, role)
    troubles(two)
    given_up = {"part": "interest", "reason": "illness"}
    waived = Draft("charge.waived", LATE, "staff:1", two.loan, -100, body=given_up)
    learn(two.ming, waived, at=NOON)
    seq = disputed(two, client).seq
    for path in (page_of(two), f"/my/complaint/{seq}/"):
        shown = words(client.get(path))
        assert "ill owed CNY" in shown
        for never in ("waive", "hospital", "oratorium", "How the sum comes about", "王小明"):
            assert never not in shown, never
        assert "late interest" not in shown.lower(), "only the borrower's stops with a late answer"
    for figure in ("outstanding", "late-interest"):
        assert client.get(f"{page_of(two)}{figure}/").status_code == 404


@pytest.mark.parametrize("role", ASKED)
def test_with_its_commit_they_are_asked_for_nothing_until_the_answer(two: Two, role: str) -> None:
    client = answers(two, role)
    assert may_be_asked(two)
    disputed(two, client)
    assert not may_be_asked(two)


def test_the_borrower_is_still_asked_and_hears_nothing_of_it(two: Two) -> None:
    disputed(two, answers(two, "guarantor"))
    assert not [f for f in streams.stream(two.ming) if f.kind.startswith(("comp", "disp"))]


def test_a_late_answer_is_not_said_to_stop_the_late_interest_of_another(
    two: Two, move_clock: Callable[[int], None]
) -> None:
    client = answers(two, "guarantor")
    seq = disputed(two, client).seq
    move_clock(NOON + 20 * DAY)
    shown = words(client.get(f"/my/complaint/{seq}/"))
    assert "late" in shown and "no late interest runs" not in shown


def test_staff_see_as_what_they_answer_and_correct_the_borrowers_loan(
    two: Two, move_clock: Callable[[int], None]
) -> None:
    client, compliance = answers(two, "guarantor"), desk("compliance")
    seq = disputed(two, client).seq
    file = f"/staff/complaints/{two.hong}/{seq}/"
    shown = words(compliance.get(file))
    assert "Guarantor" in shown and "How the sum comes about" in shown
    compliance.post(f"{file}take/")
    sent = {"outcome": "upheld", "text": "We found the payment."}
    refused = words(compliance.post(f"{file}answer/", sent))
    assert "Nothing is corrected yet" in refused
    assert "We found the payment." in refused, "what was typed stays"
    found = facts.paid(two.loan, LATE - timedelta(days=1), 10_000)
    learn(two.ming, found, at=moment(LATE, 13))
    move_clock(moment(LATE, 14))
    compliance.post(f"{file}answer/", sent)
    shown = words(client.get(f"/my/complaint/{seq}/"))
    assert "Corrected" in shown and "We found the payment." in shown
    assert "when it was disputed" in shown and "as of" in shown
