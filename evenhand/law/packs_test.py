"""The packs that ship: their sources, their marks."""

from datetime import date, timedelta

import pytest

from evenhand.law import loader, rulebook

TODAY = date(2026, 11, 24)
LAWS = [name for name in loader.names() if name != "policy"]


@pytest.mark.parametrize("name", LAWS)
def test_every_binding_number_was_read_somewhere_and_can_be_looked_up(name: str) -> None:
    for row in rulebook.in_force(name, TODAY, "en"):
        assert row.read in ("seen", "secondary")
        assert row.url.startswith(("http://", "https://"))
        assert row.since <= TODAY


@pytest.mark.parametrize("name", LAWS)
def test_every_rule_speaks_three_languages(name: str) -> None:
    for language in ("zh-Hant", "zh-Hans", "en"):
        assert all(row.plain and row.title for row in rulebook.in_force(name, TODAY, language))


def test_what_is_only_announced_binds_nobody_and_is_shown_as_coming() -> None:
    rule = next(each for each in loader.load("in").rules if each.id == "in.placement")
    assert [value.expected for value in rule.values] == [True]
    assert rule.on(TODAY + timedelta(days=3650)) is None
    assert "in.placement" not in rulebook.rules(["in"], TODAY).ids
