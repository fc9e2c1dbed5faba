"""Made-up borrowers who have registered by the real steps, for seeds and tests of other rooms.

Their numbers reach nobody: no mobile prefix begins with 120, no resident identity number has the
order code 000, and no bank issues cards that begin with 629999.
"""

from datetime import date, timedelta
from typing import Final

from stdnum import luhn
from stdnum.cn import ric

from evenhand.lifecycle.register import consents, steps
from evenhand.people import credentials, naming

PIN: Final = "827364"
FIRST_BIRTH: Final = date(1960, 1, 1)
BIRTHS: Final = 15_000
DISTRICTS: Final = ("110101", "110102", "110105", "110106", "110107", "110108")
SURNAMES: Final = "赵钱孙李周吴郑王"
GIVEN: Final = "安平宁和清远明静"
SPELT: Final = ("Zhao", "Qian", "Sun", "Li", "Zhou", "Wu", "Zheng", "Wang")
FIRST_PHONE: Final = 120_0000_0000


def register(
    number: int,
    *,
    at: int,
    lang: str = "zh-hans",
    name: str = "",
    phone: str = "",
    identity: str = "",
    account: str = "",
    bank: str = "中国工商银行",
    student: str = "no",
    pin: str = PIN,
    marketing: bool = False,
) -> int:
    """The made-up person of that number (from 0), registered and verified; returns the person.

    Whatever is not given follows from the number. `at` is microseconds UTC. AssertionError where
    the identity provider does not say that all four belong together.
    """
    person = steps.begin(phone or phone_of(number), lang, at=at)
    credentials.set_pin(person, pin)
    naming.name_person(person, name or name_of(number, lang), identity or identity_of(number))
    steps.declare(person, student, at=at)
    steps.give_account(person, account or account_of(number), bank)
    wanted = consents.needed() | ({"marketing"} if marketing else set())
    consents.give(person, wanted, lang, at=at)
    answer = steps.check(person, at=at)
    assert answer == "match", answer
    return person


def name_of(number: int, lang: str = "zh-hans") -> str:
    """A made-up name.

    >>> name_of(9), name_of(9, "en")
    ('钱平安', 'Ping Qian')
    """
    surname, given = number % len(SURNAMES), number // len(SURNAMES) % len(GIVEN)
    if lang == "en":
        return f"Ping {SPELT[surname]}"
    return SURNAMES[surname] + GIVEN[given] + GIVEN[number // 64 % len(GIVEN)]


def phone_of(number: int) -> str:
    """A mainland mobile number that no network has given out.

    >>> phone_of(7)
    '12000000007'
    """
    return str(FIRST_PHONE + number)


def identity_of(number: int) -> str:
    """A resident identity number that passes its checksum and was given to nobody.

    >>> identity_of(0), ric.is_valid(identity_of(7)), ric.is_valid(identity_of(20_000))
    ('110101196001010003', True, True)
    """
    district = DISTRICTS[number // BIRTHS % len(DISTRICTS)]
    birth = FIRST_BIRTH + timedelta(days=number % BIRTHS)
    return born(birth, district)


def born(birth: date, district: str = DISTRICTS[0]) -> str:
    """The number of somebody born that day."""
    return with_order("000", birth, district)


def with_order(order: str, birth: date, district: str = DISTRICTS[0]) -> str:
    """A number with that order code: by its first two digits the simulator knows its answer."""
    first = f"{district}{birth:%Y%m%d}{order}"
    return first + ric.calc_check_digit(first + "0")


def account_of(number: int) -> str:
    """A card number that passes its checksum and was issued to nobody.

    >>> account_of(0), luhn.is_valid(account_of(7))
    ('6299990000000000004', True)
    """
    first = f"629999{number:012d}"
    return first + luhn.calc_check_digit(first)


def ending(last: str) -> str:
    """A card number that passes its checksum and ends so.

    >>> ending("0404"), luhn.is_valid(ending("0404"))
    ('6299990000000060404', True)
    """
    made = (f"629999{number:09d}{last}" for number in range(10))
    return next(each for each in made if luhn.is_valid(each))
