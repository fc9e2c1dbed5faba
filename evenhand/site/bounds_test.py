"""Looking somebody up leaves a line in the log of looks; what no column holds is no page."""

from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from evenhand.outbound.contact import made_up
from evenhand.people import look, persons, staff
from evenhand.site import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> User:
    """Somebody of compliance, who sees every page."""
    clock.set_demo(made_up.moment(date(2026, 4, 15), 20))
    staff.enlist("he", "correct horse battery", role="compliance", number="T1")
    found: User = get_user_model().objects.get(username="he")
    return found


@pytest.fixture
def browser(member: User) -> Client:
    """That somebody's browser."""
    client = Client()
    client.force_login(member)
    return client


@pytest.mark.parametrize(("field", "value"), [("phone", "+86 138 0000 0001"), ("identity", "X-1")])
def test_finding_somebody_by_number_is_written_down(
    member: User, browser: Client, field: str, value: str
) -> None:
    person = persons.Person("甲", "13800000001", identity="x1")
    first, second = persons.enrol([person, person], at=1)
    standing = staff.member(member)
    assert standing is not None
    assert browser.post(reverse("find"), {"value": value}).status_code == 200
    line = (clock.now(), standing.staff, field, "find")
    assert look.looks(first) == [look.Look(first, *line)]
    assert look.looks(second) == [look.Look(second, *line)]
    browser.post(reverse("find"), {"value": str(first)})
    assert len(look.looks(first)) == 1
    where = reverse("reveal", args=[first])
    asked = {"field": "phone", "purpose": "find"}
    assert browser.post(where, asked).status_code in {400, 404}


FAR = (
    "/borrowers/99999999999999999999999/",
    "/borrowers/999999999999999999/",
    "/closes/0000-00-00/",
    "/closes/2026-02-30/",
    "/closes/0001-01-01/",
    "/closes/9999-12-31/",
)


@pytest.mark.parametrize("where", FAR)
def test_numbers_and_days_beyond_all_bounds_are_no_page(browser: Client, where: str) -> None:
    assert browser.get(where).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "99999-01-01", "2026-13-01", "x"])
@pytest.mark.parametrize("where", ["/law/", "/law/cn/"])
def test_the_law_of_any_day_opens(browser: Client, where: str, day: str) -> None:
    assert browser.get(where, {"on": day}).status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "999999", "9" * 30, "1e9", "９９９９９９", "²"])
def test_a_page_number_beyond_the_book_opens_it(browser: Client, number: str) -> None:
    assert browser.get("/book/", {"page": number}).status_code == 200
    answer = browser.post(reverse("find"), {"value": number})
    assert answer.status_code == 200
