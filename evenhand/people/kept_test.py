"""What is kept for a person's own use, and what is worked out of it."""

from datetime import date

import pytest

from evenhand.people import kept, look, persons
from evenhand.people.persons import Erased, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def li() -> int:
    born = Person(name="李甲", phone="12000000001", identity="11010119900307001X")
    return persons.enrol([born], at=1)[0]


def test_the_last_text_is_kept_and_no_other(li: int) -> None:
    assert kept.kept(li, "draft") == ""
    kept.keep(li, "draft", "one")
    kept.keep(li, "draft", "two")
    assert kept.kept(li, "draft") == "two"
    kept.drop(li, "draft")
    assert kept.kept(li, "draft") == ""


def test_what_a_fact_commits_to_is_read_without_a_look(li: int) -> None:
    commitment = persons.seal_text(li, "income 8000").hex()
    assert kept.committed(li, commitment) == "income 8000"
    assert look.looks(li) == []


def test_of_the_erased_nothing_is_left(li: int) -> None:
    commitment = persons.seal_text(li, "income 8000").hex()
    kept.keep(li, "draft", "one")
    persons.erase(li, purpose="legal_request", by=1, at=2)
    assert kept.kept(li, "draft") == ""
    assert kept.age(li, date(2026, 3, 6)) is None
    with pytest.raises(Erased):
        kept.committed(li, commitment)


def test_age_changes_on_the_birthday(li: int) -> None:
    assert kept.age(li, date(2026, 3, 6)) == 35
    assert kept.age(li, date(2026, 3, 7)) == 36
