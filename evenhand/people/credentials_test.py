"""The PIN: which will do, which is right, and what wrong tries do."""

from datetime import date

import pytest
from django.db import connection

from evenhand.people import credentials, persons

AT = 1_774_000_000_000_000
BIRTH = date(1990, 12, 31)


@pytest.fixture
def wang(db: None) -> int:
    (person,) = persons.enrol([persons.Person("王小明", "13812341234")], at=AT)
    credentials.set_pin(person, "827364")
    return person


@pytest.mark.parametrize(
    ("pin", "fault"),
    [
        ("12345", "short"),
        ("", "short"),
        ("12345a", "digits"),
        ("１２３４５a", "digits"),
        ("1" * 13, "digits"),
        ("123456", "obvious"),
        ("654321", "obvious"),
        ("890123", "obvious"),
        ("000000", "obvious"),
        ("121212", "obvious"),
        ("135135", "obvious"),
        ("112233", "obvious"),
        ("19901231", "own"),
        ("901231", "own"),
        ("311290", "own"),
        ("341234", "own"),
        ("827364", ""),
        ("82736455", ""),
    ],
)
def test_which_pin_will_do(pin: str, fault: str) -> None:
    assert credentials.fault_of(pin, BIRTH, "13812341234") == fault


def test_wide_digits_and_blanks_are_the_same_pin() -> None:
    assert credentials.clean(" ８２７ 364") == "827364"


def test_the_right_pin_opens_and_a_wrong_one_does_not(wang: int) -> None:
    assert credentials.is_right(wang, "827364")
    assert not credentials.is_right(wang, "827365")


def test_nobodys_pin_is_never_right(wang: int) -> None:
    assert not credentials.is_right(wang + 1, "827364")
    assert credentials.state_of(wang + 1) == ""
    assert credentials.with_pin([wang, wang + 1]) == {wang}


def test_five_wrong_tries_lock_even_the_right_pin_until_it_has_passed(wang: int) -> None:
    for _ in range(credentials.TRIES_A_LOCK):
        assert credentials.state_of(wang) == "open"
        credentials.is_right(wang, "000000")
    assert credentials.state_of(wang) == "locked"
    assert not credentials.is_right(wang, "827364")
    _pass_the_lock(wang)
    assert credentials.is_right(wang, "827364")


def test_after_fifteen_in_a_row_only_a_new_pin_opens(wang: int) -> None:
    for _ in range(credentials.TRIES_MAX):
        credentials.is_right(wang, "000000")
        _pass_the_lock(wang)
    assert credentials.state_of(wang) == "spent" and not credentials.is_right(wang, "827364")
    credentials.set_pin(wang, "472913")
    assert credentials.is_right(wang, "472913")


def test_a_right_one_forgets_the_wrong_ones_before(wang: int) -> None:
    for _ in range(3):
        for _ in range(credentials.TRIES_A_LOCK - 1):
            credentials.is_right(wang, "000000")
        assert credentials.is_right(wang, "827364")


def test_a_birth_date_chosen_before_it_was_known_is_seen(wang: int) -> None:
    assert not credentials.is_birth(wang, BIRTH)
    credentials.set_pin(wang, "31121990")
    assert credentials.is_birth(wang, BIRTH)


def test_the_table_holds_no_pin_and_two_of_the_same_look_different(wang: int) -> None:
    (other,) = persons.enrol([persons.Person("李", "13900001111")], at=AT)
    credentials.set_pin(other, "827364")
    with connection.cursor() as cursor:
        cursor.execute("select pin from people_credential")
        held = [row[0] for row in cursor.fetchall()]
    assert len(set(held)) == 2
    assert all(each.startswith("argon2$argon2id$") and "827364" not in each for each in held)


def test_who_is_erased_has_no_pin(wang: int) -> None:
    persons.erase(wang, purpose="legal_request", by=7, at=AT)
    assert credentials.with_pin([wang]) == set()


def _pass_the_lock(person: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "update people_credential set locked_until = locked_until - interval '16 minutes'"
            " where person = %s",
            [person],
        )
