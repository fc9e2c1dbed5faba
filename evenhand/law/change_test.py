"""What changes from one day or one pack to another, rule by rule."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from evenhand.law import loader
from evenhand.law.change import Change, Side, changes
from evenhand.law.loader import Pack

CN = loader.load("cn")
DAY = date(2026, 11, 24)


def with_value(pack: Pack, rule_id: str, **says: Any) -> Pack:
    """The pack with other figures in each value of one rule."""
    rules = []
    for rule in pack.rules:
        if rule.id == rule_id:
            values = [replace(v, says=MappingProxyType({**v.says, **says})) for v in rule.values]
            rule = replace(rule, values=tuple(values))
        rules.append(rule)
    return replace(pack, rules=tuple(rules))


def changed(before: Side, after: Side) -> list[Change]:
    return [one for one in changes(before, after) if one.sort != "stays"]


@pytest.mark.parametrize("name", loader.names())
def test_a_pack_does_not_change_on_one_day(name: str) -> None:
    side = Side(loader.load(name), DAY)
    assert changed(side, side) == []


def test_from_one_day_to_another_rules_begin_and_sources_are_added() -> None:
    found = changed(Side(CN, date(2025, 3, 1)), Side(CN, DAY))
    by_rule = {one.after.rule.id: one.sort for one in found if one.after}
    assert by_rule["cn.freq.dial"] == "begins" and by_rule["cn.hours"] == "rests"


def test_back_in_time_what_began_ends() -> None:
    there = changed(Side(CN, date(2025, 3, 1)), Side(CN, DAY))
    back = changed(Side(CN, DAY), Side(CN, date(2025, 3, 1)))
    begun = {one.after.rule.id for one in there if one.after and one.sort == "begins"}
    assert begun == {one.before.rule.id for one in back if one.before and one.sort == "ends"}


@pytest.mark.parametrize(
    ("rule", "says", "figures"),
    [
        ("cn.freq.talk", {"max": 2}, ("at most: 3, now 2",)),
        ("cn.freq.talk", {"scope": ["debtor"]}, ("counted together by: no longer lender group",)),
        (
            "cn.freq.talk",
            {"window": {"unit": "calendar_day", "n": 7}},
            ("window, length: 1, now 7",),
        ),
        ("cn.hours", {"unless": []}, ("excused by: no longer debtor agreed",)),
        (
            "cn.hours",
            {"allow": [{"from": "09:00", "to": "22:00"}]},
            ("allowed, from: 08:00, now 09:00",),
        ),
        (
            "cn.hours",
            {"allow": [{"from": "08:00", "to": "22:00"}, {"from": "23:00", "to": "24:00"}]},
            ("allowed: now also (from: 23:00; to: 24:00)",),
        ),
        ("cn.hours", {"no_holidays": True}, ("no holidays: new, yes",)),
    ],
)
def test_figures_read_as_words(rule: str, says: dict[str, Any], figures: tuple[str, ...]) -> None:
    (one,) = changed(Side(CN, DAY), Side(with_value(CN, rule, **says), DAY))
    assert (one.sort, one.figures) == ("changes", figures)


def test_two_packs_meet_where_their_rules_are_called_alike() -> None:
    found = changes(Side(CN, DAY), Side(loader.load("us"), DAY))
    hours = next(one for one in found if one.type == "hours")
    assert hours.before and hours.after
    assert (hours.before.rule.id, hours.after.rule.id) == ("cn.hours", "us.hours")
    assert hours.figures[-1] == "allowed, to: 22:00, now 21:00"


def test_what_is_announced_changes_nothing() -> None:
    announced = date(2026, 7, 1)
    india = loader.load("in")
    assert changed(Side(india, date(2026, 6, 30)), Side(india, announced)) == []


def test_a_draft_in_a_folder_is_a_pack_like_any(tmp_path: Path) -> None:
    draft = tmp_path / "cn"
    draft.mkdir()
    for path in (loader.HOME / "cn").glob("*.toml"):
        text = path.read_text("utf-8").replace("max = 3", "max = 2", 1)
        (draft / path.name).write_text(text, "utf-8")
    found = changed(Side(CN, DAY), Side(loader.read(draft), DAY))
    assert [one.figures for one in found] == [("at most: 3, now 2",)]
