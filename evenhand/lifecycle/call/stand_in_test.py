"""Who is away: those they called last stand on top of the stand-in's list, as such."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from evenhand.ledger import house, standing
from evenhand.ledger.callers import last_callers
from evenhand.lifecycle.call.acts import Result
from evenhand.lifecycle.call.made_up import called
from evenhand.outbound.contact.made_up import enrol, lend, moment
from evenhand.people import staff, staff_roll
from evenhand.people.staff import Member

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 3, 1)
D = SIGNED + timedelta(days=51)
NEXT = D + timedelta(days=9)
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _today(move_clock: Any) -> None:
    move_clock(moment(NEXT, 14))


@pytest.fixture
def late(db: None) -> list[int]:
    """Two people past due, whom the ladder asks to call."""
    borrowers = enrol(2, SIGNED - timedelta(days=9))
    lend(borrowers, SIGNED, strategy="standard-calls")
    return borrowers


def member(number: str, role: str = "collector") -> Member:
    by = staff.enlist(number, PASSWORD, role=role, number=number, lang="en")
    staff_roll.set_trained(by, SIGNED)
    return Member(by, number, role, "en")


def list_of(one: Member) -> str:
    client = Client()
    assert client.login(username=one.number, password=PASSWORD)
    return client.get("/staff/day/", headers={"accept-language": "en"}).text


def test_the_stand_in_has_them_first_and_the_supervisor_where_both_are_away(
    late: list[int],
) -> None:
    lin, xu, wu = member("E0001"), member("E0002"), member("E0003", "supervisor")
    first, second = late
    standing.restand(late, house.day_number(D))
    called(second, lin, Result("unanswered"), at=moment(D, 14))
    standing.restand(late, house.day_number(NEXT))
    assert last_callers(late) == {second: lin.staff}
    told = list_of(lin)
    assert told.index(f">{second}<") < told.index(f">{first}<") and "yours" in told
    assert "You stand in" not in list_of(xu)
    staff_roll.set_away(lin.staff, NEXT, NEXT, xu.staff)
    told = list_of(xu)
    assert told.index(f">{second}<") < told.index(f">{first}<")
    assert "You stand in today for: E0001" in told
    assert "Stands in: E0002" in list_of(wu)
    staff_roll.set_away(xu.staff, NEXT, NEXT, lin.staff)
    assert "You stand in today for: E0001" in list_of(wu)
