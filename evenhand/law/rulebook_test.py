"""The book of a day, and what people read of it."""

from datetime import date

import pytest

from evenhand.core.gate_rules import UNKNOWNS
from evenhand.law import loader, rulebook
from evenhand.law.schema import LANGUAGES, PackError
from evenhand.law.sorts import numbers
from evenhand.law.zones import midnight

NOVEMBER = date(2026, 11, 9)
BOTH = ("cn", "policy")


def test_a_book_names_its_rules_once_the_unknown_ones_first() -> None:
    ids = rulebook.rules(BOTH, NOVEMBER).ids
    assert ids[:4] == UNKNOWNS and len(set(ids)) == len(ids) <= 64
    assert {"cn.hours", "cn.freq.dial", "policy.pause.complaint"} <= set(ids)


def test_the_house_binds_only_when_named() -> None:
    assert not any(rule.startswith("policy.") for rule in rulebook.rules(["cn"], NOVEMBER).ids)


def test_a_book_ends_a_day_before_and_after_the_days_it_is_for() -> None:
    page = rulebook.rules(["cn"], NOVEMBER).pages[0]
    assert page.edges[0] == midnight("Asia/Shanghai", date(2026, 11, 8))
    assert page.in_force[0] == 0 == page.in_force[-1]


def test_a_rule_still_to_come_is_in_the_book_of_the_day_before() -> None:
    assert "cn.freq.dial" in rulebook.rules(["cn"], date(2026, 1, 29)).ids


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(PackError, match="there is no pack 'fr'"):
        rulebook.rules(["cn", "fr"], NOVEMBER)


def test_cites_say_where_a_refusal_comes_from() -> None:
    book = rulebook.rules(BOTH, NOVEMBER)
    bits = 1 << book.ids.index("cn.hours") | 1 << book.ids.index("policy.pause.complaint") | 1
    found = rulebook.cites(book, bits, NOVEMBER)
    assert [(each.rule, each.cite) for each in found] == [
        ("unknown.zone", "Evenhand"),
        ("cn.hours", "GB/T 45251-2025 5.3"),
        ("cn.hours", "CBA 2026 ch. 3"),
        ("policy.pause.complaint", "House policy"),
    ]
    assert found[1].url.startswith("http") and "08:00" in found[1].why


@pytest.mark.parametrize(
    ("day", "cite"),
    [
        ("2024-06-01", "NIFA 2024"),
        ("2025-02-28", "GB/T 45251-2025 5.3"),
        ("2023-01-01", "NIFA 2024"),
    ],
)
def test_a_cite_is_the_one_of_its_day(day: str, cite: str) -> None:
    book = rulebook.rules(["cn"], date(2024, 6, 1), date(2026, 2, 1))
    bits = 1 << book.ids.index("cn.hours")
    assert rulebook.cites(book, bits, date.fromisoformat(day))[0].cite == cite


def test_hashes_and_texts_are_those_of_the_packs() -> None:
    assert rulebook.pack_hashes(BOTH) == {name: loader.load(name).sha256 for name in BOTH}
    assert rulebook.canonical_text("cn") == loader.load("cn").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pack", BOTH)
def test_the_law_in_force_reads_in_three_languages(pack: str, language: str) -> None:
    rows = rulebook.in_force(pack, NOVEMBER, language)
    binding = [rule for rule in loader.load(pack).rules if rule.binding]
    assert {row.rule for row in rows} == {rule.id for rule in binding}
    assert all(row.title and row.plain and "{" not in row.plain for row in rows)
    assert {row.read_on for row in rows} <= {date(2026, 11, 23), date(2026, 11, 25)}


def test_before_a_rule_began_it_is_not_in_force() -> None:
    assert "cn.freq.dial" not in {r.rule for r in rulebook.in_force("cn", date(2026, 1, 29), "en")}
    assert rulebook.in_force("cn", date(2001, 1, 1), "en") == []


DAYTIME = "08:00-22:00"
NUMBERS = {
    "cn.hours": [("2024-05-15", DAYTIME), ("2025-02-28", DAYTIME), ("2026-01-30", DAYTIME)],
    "cn.freq.talk": [("2025-02-28", 3)],
    "cn.freq.notice_call": [("2024-05-15", 3), ("2025-02-28", 3)],
    "cn.freq.dial": [("2026-01-30", 6)],
    "cn.visit": [("2026-01-30", 2)],
    "cn.complaint.deadline": [("2020-03-01", 15)],
    "policy.freq.message_day": [("2025-01-01", 1)],
    "policy.freq.message_week": [("2025-01-01", 3)],
}  # fmt: skip


@pytest.mark.parametrize(("rule_id", "values"), NUMBERS.items(), ids=NUMBERS.keys())
def test_the_numbers_and_days_of_the_reference(
    rule_id: str, values: list[tuple[str, object]]
) -> None:
    pack = loader.load(rule_id.split(".")[0])
    rule = next(rule for rule in pack.rules if rule.id == rule_id)
    found = [(value.since.isoformat(), _number(numbers(value.says))) for value in rule.values]
    assert found == values


def _number(said: dict[str, object]) -> object:
    if "to" in said and "from" in said:
        return f"{said['from']}-{said['to']}"
    return next(said[key] for key in ("max", "staff_below", "answer_within_days") if key in said)


@pytest.mark.parametrize("pack", BOTH)
def test_nothing_binding_was_only_remembered(pack: str) -> None:
    refs = [ref for rule in loader.load(pack).rules for value in rule.values for ref in value.refs]
    assert {ref.read for ref in refs} <= {"seen", "secondary", "house"}
    assert all(ref.instrument.force == "policy" or ref.url.startswith("http") for ref in refs)
