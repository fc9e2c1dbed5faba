"""A declaration put right by staff: who may, what is kept, what it opens."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from evenhand.ledger import streams
from evenhand.ledger.made_up import noon
from evenhand.lifecycle.register import made_up, steps
from evenhand.people import credentials, naming, persons, staff

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)
AT = noon(DAY)
SEEN = "毕业证书复印件"


@pytest.fixture(autouse=True)
def house_day(move_clock: Callable[[int], None]) -> None:
    move_clock(AT)


@pytest.fixture
def student() -> int:
    person = steps.begin(made_up.phone_of(7), "zh-hans", at=AT)
    credentials.set_pin(person, made_up.PIN)
    naming.name_person(person, "欧阳小明", made_up.identity_of(7))
    steps.declare(person, "yes", at=AT)
    return person


def signed_in(role: str) -> Client:
    staff.enlist(role, "correct horse battery", role=role, number=f"E-{role}")
    client = Client()
    client.force_login(get_user_model().objects.get(username=role))
    return client


def test_who_is_no_student_goes_on_once_that_is_put_right(student: int) -> None:
    client = signed_in("supervisor")
    page = f"/staff/declaration/{student}/"
    assert steps.step_of(student, streams.stream(student), DAY) == steps.STUDENT
    client.post(page, {"student": "no", "proof": SEEN})
    fact = streams.stream(student)[-1]
    assert (fact.kind, fact.body["student"], fact.hand[:6]) == ("person.declared", "no", "staff:")
    text = bytes.fromhex(fact.body["text"])
    assert persons.reveal_text(student, text, purpose="audit", by=1, at=AT) == SEEN
    assert steps.step_of(student, streams.stream(student), DAY) == "account"


def test_what_was_seen_must_be_said(student: int) -> None:
    client = signed_in("compliance")
    page = client.post(f"/staff/declaration/{student}/", {"student": "no", "proof": " "})
    assert page.status_code == 400 and steps.declared(streams.stream(student)) == "yes"


def test_others_may_not_and_who_declared_nothing_has_no_page(student: int) -> None:
    assert signed_in("collector").get(f"/staff/declaration/{student}/").status_code == 403
    other = steps.begin(made_up.phone_of(8), "zh-hans", at=AT)
    assert signed_in("compliance").get(f"/staff/declaration/{other}/").status_code == 404
