"""Made-up people behave the same each time, and mostly well."""

from collections import Counter
from datetime import timedelta

from evenhand.site import demo_people, made_up
from evenhand.site.demo_people import DAYS, FIRST_DAY, PEOPLE, SHARES, Stands, Temper

DUE_TODAY = Stands(31, due_minor=50_000, next_due_minor=50_000, days_to_next=0, past_due_days=0)
FOUR_LATE = Stands(35, due_minor=50_000, next_due_minor=50_000, days_to_next=26, past_due_days=4)


def somebody(kind: Temper) -> int:
    return next(number for number in range(PEOPLE) if demo_people.temper(number) is kind)


def test_shares_are_of_a_hundred() -> None:
    assert sum(share for _, share in SHARES) == 100
    found = Counter(demo_people.temper(number) for number in range(PEOPLE))
    assert set(found) == set(Temper) and found[Temper.PUNCTUAL] > 100


def test_everybody_joins_and_some_come_again() -> None:
    days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS)]
    signed = Counter(one.number for day in days for one in demo_people.signings(day))
    assert set(signed) == set(range(PEOPLE))
    assert set(signed.values()) == {1, 2}


def test_loans_are_those_of_the_demo_product() -> None:
    days = [FIRST_DAY + timedelta(days=number) for number in range(DAYS)]
    loans = [one for day in days for one in demo_people.signings(day)]
    assert all(1_000_00 <= one.principal <= 50_000_00 and 3 <= one.months <= 24 for one in loans)


def test_who_is_punctual_pays_on_the_due_day() -> None:
    assert demo_people.pays(somebody(Temper.PUNCTUAL), DUE_TODAY) == 50_000


def test_who_is_early_pays_two_days_before() -> None:
    before = Stands(29, due_minor=0, next_due_minor=50_000, days_to_next=2, past_due_days=0)
    assert demo_people.pays(somebody(Temper.EARLY), before) == 50_000


def test_who_is_forgetful_pays_some_days_late() -> None:
    who = somebody(Temper.FORGETFUL)
    assert demo_people.pays(who, DUE_TODAY) == 0
    paid = [demo_people.pays(who, FOUR_LATE._replace(past_due_days=late)) for late in range(1, 10)]
    assert paid[-1] == 50_000 and paid == sorted(paid)


def test_who_stopped_pays_no_more_and_who_slipped_comes_back() -> None:
    old = FOUR_LATE._replace(age=150, past_due_days=60)
    assert demo_people.pays(somebody(Temper.STOPPED), old) == 0
    assert demo_people.pays(somebody(Temper.SLIPPING), old) == 50_000


def test_made_up_phones_are_all_different_and_of_no_network() -> None:
    phones = [made_up.phone(number) for number in range(30_000)]
    assert len(set(phones)) == 30_000
    assert all(phone.startswith("+86 120 ") for phone in phones)
    assert {made_up.person(number).lang for number in range(10)} == {"zh-hans", "zh-hant", "en"}
