"""What is told to the person: every rule in force, its own numbers, the hours that are left."""

import string
from datetime import date

import pytest

from evenhand.law import loader, rulebook, told
from evenhand.law.change_test import with_value
from evenhand.law.loader import Pack
from evenhand.law.schema import LANGUAGES
from evenhand.law.sorts import TYPES, numbers

TODAY = date(2026, 11, 24)
IN_FORCE = ("cn", "policy")
LAWS = [name for name in loader.names() if name != "policy"]
EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def packs(name: str) -> list[Pack]:
    return rulebook.instead(loader.load(name), IN_FORCE)


def hours(*named: Pack) -> dict[str, tuple[tuple[tuple[str, ...], int, int], ...]]:
    return {way: each.windows for each in told.told(named, TODAY).hours for way in each.channels}


@pytest.mark.parametrize("name", LAWS)
def test_every_rule_in_force_is_told_or_has_a_reason_not_to_be(name: str) -> None:
    found = told.told(packs(name), TODAY)
    shown = [one.rule for said in found.sections.values() for one in said]
    held = [rule.id for pack in packs(name) for rule in pack.rules if rule.on(TODAY)]
    assert sorted([*shown, *(rule for rule in told.not_told() if rule in held)]) == sorted(held)


def test_what_is_told_is_of_rules_that_ship_and_has_only_numbers_of_theirs() -> None:
    rules = {rule.id: rule for name in loader.names() for rule in loader.load(name).rules}
    said = told._said()["tell"]
    assert set(said) | set(told.not_told()) <= set(rules)
    assert all(reason.strip() for reason in told.not_told().values())
    for rule, words in said.items():
        for language, text in words.items():
            assert not any(letter.isdigit() for letter in text), (rule, language)
            wanted = {field for _, field, _, _ in string.Formatter().parse(text) if field}
            for value in rules[rule].values:
                assert value.ends or wanted <= numbers(value.says).keys(), (rule, language)


def test_every_rule_of_ours_and_of_china_is_told_in_the_persons_words() -> None:
    ids = {rule.id for name in IN_FORCE for rule in loader.load(name).rules}
    assert ids <= set(told._said()["tell"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_number_in_the_pack_is_another_number_on_the_page(language: str) -> None:
    cn = with_value(loader.load("cn"), "cn.freq.dial", max=23)
    (one,) = (
        each for each in told.told([cn], TODAY).sections["often"] if each.rule == "cn.freq.dial"
    )
    assert "23" in one.sentence[language] and " 6 " not in one.sentence[language]


def test_the_hours_are_what_every_rule_leaves_open() -> None:
    cn, policy = (loader.load(name) for name in IN_FORCE)
    found = hours(cn, policy)
    assert found["call"] == found["sms"] == ((EVERY_DAY, 8 * 60, 21 * 60),)
    assert found["visit"] == ((EVERY_DAY, 9 * 60, 19 * 60),)
    assert found["letter"] == found["in_app"] == ((EVERY_DAY, 0, 24 * 60),)
    later = with_value(cn, "cn.hours", allow=[{"from": "09:30", "to": "12:00"}])
    assert hours(later, policy)["sms"] == ((EVERY_DAY, 9 * 60 + 30, 12 * 60),)


def test_hours_that_differ_by_weekday_and_on_holidays() -> None:
    every = told.told(packs("ie"), TODAY).hours
    calls = next(each for each in every if "call" in each.channels)
    assert calls.windows == ((EVERY_DAY[:6], 9 * 60, 21 * 60),) and not calls.holidays
    assert next(each for each in every if "sms" in each.channels).holidays


def test_nobody_else_is_told_where_no_rule_leaves_anybody() -> None:
    assert told.told(packs("cn"), TODAY).nobody
    here = told.told(packs("uk"), TODAY)
    assert not here.nobody and here.never_told == ("nominated_contact", "relative")


def test_each_ban_names_the_rules_that_make_it() -> None:
    found = {ban.name: [one.rule for one in ban.by] for ban in told.told(packs("cn"), TODAY).bans}
    assert found["shaming"] == ["cn.content", "cn.privacy", "policy.content"]
    assert found["payment_diversion"] == ["policy.content"] and len(found) == 12


def test_a_pause_lets_replies_and_what_the_law_requires_through() -> None:
    """The page says so of every pause of the house's."""
    for rule in loader.load("policy").rules:
        value = rule.on(TODAY)
        if rule.id.startswith("policy.pause.") and value:
            assert not {"reply", "required_notice"} & set(value.says["on"]["purpose"]), rule.id


def test_every_type_of_rule_has_its_heading() -> None:
    assert set(told.OF_TYPE) == set(TYPES)
    assert set(told.OF_TYPE.values()) < set(told.SECTIONS)
