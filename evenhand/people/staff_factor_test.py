"""The second factor: RFC 6238 to the digit, tries that are counted, codes that open once."""

import pytest
from cryptography.exceptions import InvalidTag
from django.db import connection

from evenhand.people import staff_factor, totp
from evenhand.people.made_up import app_code

SECRET = b"12345678901234567890"
# RFC 6238, appendix B: seconds and the eight digits of the SHA-1 secret.
VECTORS = (
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
)
# RFC 4226, appendix D: the first ten codes.
COUNTS = (755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489)


def enrolled(member: int) -> tuple[bytes, list[str]]:
    """A member who has confirmed a secret by the code of the step before this one."""
    staff_factor.begin(member)
    secret = staff_factor.unconfirmed(member)
    assert secret is not None
    codes = staff_factor.confirm(member, app_code(secret, -1))
    assert len(codes) == staff_factor.RECOVERY_CODES
    return secret, codes


@pytest.mark.parametrize(("seconds", "digits"), VECTORS)
def test_the_codes_are_those_of_the_standard(seconds: int, digits: str) -> None:
    assert totp.code(SECRET, seconds // totp.SECONDS, 8) == digits


def test_the_counts_are_those_of_the_standard() -> None:
    assert tuple(int(totp.code(SECRET, count)) for count in range(10)) == COUNTS


def test_a_clock_may_be_a_step_behind_or_before_and_no_more() -> None:
    found = [totp.step_of(SECRET, totp.code(SECRET, 100 + by), 100) for by in (-2, -1, 0, 1, 2)]
    assert found == [None, 99, 100, 101, None]


@pytest.mark.django_db
def test_the_secret_is_shown_until_its_first_right_code_and_never_again() -> None:
    staff_factor.begin(7)
    secret = staff_factor.unconfirmed(7)
    assert secret is not None and staff_factor.state_of(7) == ""
    assert staff_factor.confirm(7, "000000" if app_code(secret) != "000000" else "1") == []
    assert staff_factor.confirm(7, app_code(secret))
    assert staff_factor.unconfirmed(7) is None and staff_factor.state_of(7) == "open"
    staff_factor.begin(7)
    assert staff_factor.unconfirmed(7) is None, "a confirmed factor is not replaced by signing in"


@pytest.mark.django_db
def test_a_code_opens_once_and_no_earlier_one_after_it() -> None:
    secret, _codes = enrolled(7)
    assert not staff_factor.is_right(7, app_code(secret, -1)), "used to confirm"
    assert staff_factor.is_right(7, app_code(secret, 1))
    assert not staff_factor.is_right(7, app_code(secret))
    assert not staff_factor.is_right(7, app_code(secret, 1))


@pytest.mark.django_db
def test_a_recovery_code_opens_once_however_it_is_typed() -> None:
    _secret, codes = enrolled(7)
    assert staff_factor.is_right(7, codes[0].lower().replace("-", " "))
    assert not staff_factor.is_right(7, codes[0])
    assert not staff_factor.is_right(8, codes[1])
    assert staff_factor.recovery_left(7) == staff_factor.RECOVERY_CODES - 1


@pytest.mark.django_db
def test_five_wrong_codes_lock_the_right_one_out_and_fifteen_need_an_admin() -> None:
    secret, codes = enrolled(7)
    for _ in range(staff_factor.TRIES_A_LOCK):
        assert not staff_factor.is_right(7, "wrong")
    assert staff_factor.state_of(7) == "locked"
    assert not staff_factor.is_right(7, app_code(secret))
    assert not staff_factor.is_right(7, codes[0])
    with connection.cursor() as cursor:
        cursor.execute("update people_factor set tries = 15, locked_until = null")
    assert staff_factor.state_of(7) == "spent"
    assert not staff_factor.is_right(7, app_code(secret))
    staff_factor.reset(7)
    assert staff_factor.state_of(7) == "" and staff_factor.recovery_left(7) == 0
    assert enrolled(7)[0] != secret


@pytest.mark.django_db
def test_the_demos_code_is_shown_and_opens_for_everybody() -> None:
    staff_factor.publish(7, SECRET)
    for _ in range(2):
        assert staff_factor.is_right(7, staff_factor.shown_code(7))
    enrolled(8)
    assert staff_factor.shown_code(8) == ""


@pytest.mark.django_db
def test_the_table_alone_does_not_tell_the_secret() -> None:
    secret, _codes = enrolled(7)
    with connection.cursor() as cursor:
        cursor.execute("select box from people_factor where staff = 7")
        box = bytes(cursor.fetchone()[0])
        assert secret not in box
        cursor.execute("update people_factor set staff = 9 where staff = 7")
    with pytest.raises(InvalidTag):
        staff_factor.is_right(9, "000000")
