"""A forgotten password: another's hand gives a code, the member sets a new one, and no one alone
can put themselves in somebody else's place."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.lifecycle.staffing import acts
from evenhand.people import staff, staff_factor, throttle
from evenhand.people.staff_roll import CODE_TRIES

pytestmark = pytest.mark.django_db

OLD, NEW = "correct horse battery", "balance scale 9"
ROLL = "/staff/people/"
PAGE = "/sign-in/new-password/"
MORNING = house.midnight(date(2026, 4, 15)) + 9 * 3_600_000_000


@pytest.fixture(autouse=True)
def _morning(move_clock: Callable[[int], None]) -> None:
    move_clock(MORNING)


def signed_in(name: str, role: str) -> tuple[Client, int]:
    member = staff.enlist(name, OLD, role=role, number=f"E-{name}", lang="en")
    client = Client()
    assert client.login(username=name, password=OLD)
    client.cookies["django_language"] = "en"
    return client, member


def code_for(admin: Client, member: int) -> str:
    shown = admin.post(f"{ROLL}{member}/password/")
    assert shown.status_code == 200 and "no-store" in shown["Cache-Control"]
    code = re.search(r'id="invitation">([A-Z2-7-]{19})<', shown.text)
    assert code
    return code[1]


def typed(code: str, name: str = "lin", password: str = NEW) -> int:
    sent = {"username": name, "code": code, "password": password}
    return Client().post(PAGE, sent).status_code


def opens(password: str, name: str = "lin") -> bool:
    return Client().post("/sign-in/", {"username": name, "password": password}).status_code == 302


def test_a_code_from_an_admin_sets_a_new_password_once() -> None:
    admin, he = signed_in("he", "admin")
    client, lin = signed_in("lin", "collector")
    staff_factor.publish(lin, b"12345678901234567890")
    code = code_for(admin, lin)
    assert client.get("/law/").status_code == 302 and Session.objects.count() == 1
    assert not opens(OLD), "at once, before the new one is set"
    assert typed(code.replace("-", " ").lower(), password="short") == 400
    assert typed(code.replace("-", " ").lower()) == 302
    assert typed(code) == 400, "once"
    assert opens(NEW) and staff_factor.state_of(lin) == "open", "the second factor stays"
    facts = [(fact.kind, fact.hand, fact.body) for fact in streams.stream(house.STAFF)]
    assert facts == [
        ("staff.password_reset", f"staff:{he}", {"staff": lin}),
        ("staff.password_set", f"staff:{lin}", {"staff": lin}),
    ]
    told = admin.get(f"{ROLL}{lin}/").text
    assert "New password set" in told and code not in told


def test_nobody_does_it_to_themselves_nor_to_who_has_left_or_waits() -> None:
    admin, he = signed_in("he", "admin")
    _client, lin = signed_in("lin", "collector")
    assert admin.post(f"{ROLL}{he}/password/").status_code == 400
    new, invitation = acts.invite(he, "ma", "E0100", "compliance", "hq", at=MORNING)
    assert admin.post(f"{ROLL}{new}/password/").status_code == 400
    assert typed(invitation, "ma") == 400, "no way round the approval of the role"
    admin.post(f"{ROLL}{lin}/left/", {"sure": "yes"})
    assert admin.post(f"{ROLL}{lin}/password/").status_code == 400
    assert opens(OLD, "he")


def test_no_one_hand_gives_both_a_password_and_a_factor_within_a_week(
    move_clock: Callable[[int], None],
) -> None:
    admin, _he = signed_in("he", "admin")
    other, _wang = signed_in("wang", "admin")
    _client, lin = signed_in("lin", "compliance")
    admin.post(f"{ROLL}{lin}/factor/")
    refused = admin.post(f"{ROLL}{lin}/password/")
    assert refused.status_code == 400 and "another admin does this" in refused.text
    assert opens(OLD), "nothing was done"
    code_for(other, lin)
    assert other.post(f"{ROLL}{lin}/factor/").status_code == 400
    move_clock(MORNING + acts.WEEK)
    later = Client()
    assert later.login(username="he", password=OLD)
    assert code_for(later, lin)


def test_after_five_wrong_tries_the_code_opens_no_more() -> None:
    admin, _he = signed_in("he", "admin")
    _client, lin = signed_in("lin", "collector")
    code = code_for(admin, lin)
    for _try in range(throttle.NAME_LIMIT):
        assert typed("AAAA-AAAA-AAAA-AAAA") == 400
    assert typed(code) == 429, "the door is shut for a quarter of an hour"
    assert CODE_TRIES <= throttle.NAME_LIMIT
    assert not acts.set_password(lin, code, NEW, at=MORNING), "and behind it the code is spent"
    assert acts.set_password(lin, code_for(admin, lin), NEW, at=MORNING)


def test_a_code_is_its_members_alone() -> None:
    admin, _he = signed_in("he", "admin")
    _client, lin = signed_in("lin", "collector")
    _client, xu = signed_in("xu", "collector")
    code, _other = code_for(admin, lin), code_for(admin, xu)
    assert typed(code, "xu") == 400 and typed(code) == 302
