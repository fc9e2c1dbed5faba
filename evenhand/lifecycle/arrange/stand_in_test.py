"""Who is away: proposals of those they called last show as the stand-in's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from evenhand.ledger import made_up as facts
from evenhand.ledger import streams
from evenhand.lifecycle.arrange import made_up
from evenhand.outbound.payments.made_up import learn
from evenhand.people import staff, staff_roll

pytestmark = pytest.mark.django_db

LATE = date(2026, 5, 12)
PASSWORD = "a-long-password-1"


def member(number: str, role: str = "collector") -> int:
    found = staff.enlist(number, PASSWORD, role=role, number=number, lang="en")
    staff_roll.set_trained(found, date(2026, 1, 1))
    return found


def queue_of(number: str) -> str:
    client = Client()
    assert client.login(username=number, password=PASSWORD)
    return client.get("/staff/plans/", headers={"accept-language": "en"}).text


def test_a_proposal_is_the_stand_ins_while_the_caller_is_away(
    move_clock: Callable[[int], None],
) -> None:
    move_clock(facts.noon(LATE))
    them = made_up.behind()
    lin, xu, wu = member("E0001"), member("E0002"), member("E0003", "supervisor")
    made_up.asked(them.borrower, them.loan, LATE)
    assert "Called last by" not in queue_of("E0001")
    seq = streams.head(them.borrower).seq
    call = facts.intended(LATE, {them.loan: 21}, LATE, seq)
    called = facts.leaving(LATE, seq + 1)
    learn(
        them.borrower,
        call._replace(hand=f"staff:{lin}", body={**call.body, "channel": "call"}),
        called._replace(hand=f"staff:{lin}", body={**called.body, "channel": "call"}),
        at=facts.noon(LATE),
    )
    assert "yours" in queue_of("E0001") and "yours" not in queue_of("E0002")
    staff_roll.set_away(lin, LATE, LATE, xu)
    assert "You stand in" in queue_of("E0002") and "Stands in: E0002" in queue_of("E0003")
    staff_roll.set_away(xu, LATE, LATE, wu)
    assert "You stand in" in queue_of("E0003")
