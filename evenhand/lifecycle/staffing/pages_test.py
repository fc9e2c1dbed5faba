"""The staff roll: invited, approved, trained, away, gone; and nobody decides about themselves."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from evenhand.ledger import house, streams
from evenhand.people import staff, staff_factor, staff_roll

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
ROLL = "/staff/people/"
TODAY = date(2026, 4, 15)
NEW = {"name": "ma", "number": "E0100", "role": "collector", "team": "north"}


@pytest.fixture(autouse=True)
def _morning(move_clock: Callable[[int], None]) -> None:
    move_clock(house.midnight(TODAY) + 9 * 3_600_000_000)


def signed_in(name: str, role: str) -> tuple[Client, int]:
    member = staff.enlist(name, PASSWORD, role=role, number=f"E-{name}", lang="en")
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    client.cookies["django_language"] = "en"
    return client, member


def kinds() -> list[str]:
    return [fact.kind for fact in streams.stream(house.STAFF)]


def decide(client: Client, act: str = "approve") -> None:
    """On what waits last."""
    seq = max(f.seq for f in streams.stream(house.STAFF))
    client.post(f"{ROLL}decide/{seq}/", {"act": act})


def invited(admin: Client) -> tuple[int, str]:
    shown = admin.post(f"{ROLL}invite/", NEW)
    assert shown.status_code == 200 and "no-store" in shown["Cache-Control"]
    code = re.search(r'id="invitation">([A-Z2-7-]{19})<', shown.text)
    assert code
    return staff.named("ma"), code[1]


def test_an_invitation_counts_when_another_hand_approves_it_and_its_code_opens_once() -> None:
    admin, _he = signed_in("he", "admin")
    compliance, _chen = signed_in("chen", "compliance")
    member, code = invited(admin)
    typed = {"username": "ma", "code": code.lower(), "password": "balance scale 9"}
    assert Client().post("/sign-in/invited/", typed).status_code == 400
    decide(admin)
    assert staff.role_of(member) == "", "not by the hand that proposed it"
    decide(compliance)
    assert staff.role_of(member) == "collector"
    assert Client().post("/sign-in/invited/", typed | {"password": "short"}).status_code == 400
    assert Client().post("/sign-in/invited/", typed).headers["Location"] == "/sign-in/"
    assert Client().post("/sign-in/invited/", typed).status_code == 400
    words = {"username": "ma", "password": "balance scale 9"}
    assert Client().post("/sign-in/", words).headers["Location"] == "/sign-in/factor/"
    assert kinds() == ["staff.invited", "staff.role_approved"]
    assert code not in admin.get(ROLL).text


def test_what_is_wrong_is_said_beside_the_field_and_the_rest_stays() -> None:
    admin, _he = signed_in("he", "admin")
    wrong = admin.post(f"{ROLL}invite/", NEW | {"team": "", "role": "king"})
    assert wrong.status_code == 400 and 'id="team-error"' in wrong.text
    assert 'value="E0100"' in wrong.text and kinds() == []
    taken = admin.post(f"{ROLL}invite/", NEW | {"name": "he"})
    assert taken.status_code == 400 and "already" in taken.text


def test_a_role_changes_by_two_hands_and_never_ones_own() -> None:
    admin, he = signed_in("he", "admin")
    other, wang = signed_in("wang", "admin")
    _client, lin = signed_in("lin", "collector")
    change = {"role": "supervisor", "team": "south"}
    assert admin.post(f"{ROLL}{he}/role/", change).status_code == 400
    admin.post(f"{ROLL}{lin}/role/", change)
    decide(admin)
    assert staff.role_of(lin) == "collector"
    decide(other)
    assert staff.role_of(lin) == "supervisor"
    admin.post(f"{ROLL}{wang}/role/", {"role": "compliance", "team": "hq"})
    decide(other)
    assert staff.role_of(wang) == "admin", "not the one it is about"
    decide(admin, "reject")
    decide(other)
    assert staff.role_of(wang) == "admin" and kinds()[-1] == "staff.role_rejected"


def test_no_work_list_without_training_nor_with_a_badge_run_out() -> None:
    admin, _he = signed_in("he", "admin")
    _client, lin = signed_in("lin", "collector")
    _client, xu = signed_in("xu", "visitor")
    assert not staff.may_work(lin, TODAY) and not staff.may_work(xu, TODAY)
    for member in (lin, xu):
        late = admin.post(f"{ROLL}{member}/trained/", {"passed_on": "2026-05-01"})
        assert late.status_code == 400
        admin.post(f"{ROLL}{member}/trained/", {"passed_on": "2026-04-10"})
    assert staff.may_work(lin, TODAY) and not staff.may_work(lin, date(2026, 4, 9))
    assert not staff.may_work(xu, TODAY)
    admin.post(f"{ROLL}{xu}/licensed/", {"badge": "V-77", "until": "2026-04-20"})
    assert staff.may_work(xu, date(2026, 4, 20)) and not staff.may_work(xu, date(2026, 4, 21))
    assert "V-77" in admin.get(f"{ROLL}{xu}/").text


def test_who_is_away_names_a_colleague_and_has_no_list_on_those_days() -> None:
    admin, he = signed_in("he", "admin")
    _client, sun = signed_in("sun", "auditor")
    days = {"from_day": "2026-04-16", "until": "2026-04-17"}
    assert admin.post(f"{ROLL}{he}/absent/", days | {"to": "nobody"}).status_code == 400
    assert admin.post(f"{ROLL}{he}/absent/", days | {"to": "E-he"}).status_code == 400
    assert admin.post(f"{ROLL}{he}/absent/", days | {"to": "E-sun"}).status_code == 302
    found = staff_roll.entry(he)
    assert found and found.hand_over == sun
    free = [staff.may_work(he, date(2026, 4, day)) for day in (15, 16, 17, 18)]
    assert free == [True, False, False, True]


def test_everybody_says_when_they_are_away_and_sees_whom_they_stand_in_for() -> None:
    client, lin = signed_in("lin", "collector")
    other, xu = signed_in("xu", "collector")
    days = {"from_day": "2026-04-15", "until": "2026-04-17"}
    assert client.post("/staff/me/away/", days | {"to": "E-lin"}).status_code == 400
    assert client.post("/staff/me/away/", days | {"to": "E-xu"}).status_code == 302
    (fact,) = streams.stream(house.STAFF)
    assert (fact.kind, fact.hand, fact.body["to"]) == ("staff.absent", f"staff:{lin}", xu)
    assert "E-xu xu" in client.get("/staff/me/").text
    assert "You stand in today for:" not in other.get("/staff/me/").text, "not trained yet"
    staff_roll.set_trained(xu, TODAY)
    assert "You stand in today for: E-lin" in other.get("/staff/me/").text


def test_who_leaves_is_out_at_once_everywhere() -> None:
    admin, he = signed_in("he", "admin")
    client, lin = signed_in("lin", "collector")
    assert client.get("/law/").status_code == 200
    assert admin.post(f"{ROLL}{lin}/left/").status_code == 400
    assert admin.post(f"{ROLL}{he}/left/", {"sure": "yes"}).status_code == 400
    admin.post(f"{ROLL}{lin}/left/", {"sure": "yes"})
    assert client.get("/law/").status_code == 302 and Session.objects.count() == 1
    assert Client().post("/sign-in/", {"username": "lin", "password": PASSWORD}).status_code == 400
    assert not staff.may_work(lin, TODAY) and kinds() == ["staff.left"]
    assert admin.get(f"{ROLL}{lin}/").status_code == 200


def test_a_lost_phone_an_admin_resets_the_factor_of_another() -> None:
    admin, he = signed_in("he", "admin")
    client, lin = signed_in("lin", "collector")
    staff_factor.publish(lin, b"12345678901234567890")
    assert admin.post(f"{ROLL}{he}/factor/").status_code == 400
    admin.post(f"{ROLL}{lin}/factor/")
    assert staff_factor.state_of(lin) == "" and client.get("/law/").status_code == 302


@pytest.mark.parametrize("role", staff.ROLES)
def test_who_keeps_the_roll_and_who_only_sees_it(role: str) -> None:
    client, member = signed_in("x", role)
    seen = 200 if role in ("admin", "compliance", "auditor") else 403
    assert client.get(ROLL).status_code == client.get(f"{ROLL}{member}/").status_code == seen
    kept = client.post(f"{ROLL}invite/", NEW).status_code
    assert kept == (200 if role == "admin" else 403)
    acted = client.post(f"{ROLL}{member}/left/", {"sure": "yes"}).status_code
    assert acted == (400 if role == "admin" else 403)
    decided = client.post(f"{ROLL}decide/1/", {"act": "approve"}).status_code
    assert decided == (302 if role in ("admin", "compliance") else 403)


def test_an_admin_sees_no_borrower() -> None:
    allowed = {page for page in staff.MAY_SEE if staff.may_see("admin", page)}
    assert allowed == {"home", "law", "demo", "staff_roll", "staff_keep", "staff_approve"}
