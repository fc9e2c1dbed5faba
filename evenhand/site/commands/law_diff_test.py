"""`evenhand law diff`: a change of law as people read it."""

from datetime import date

import pytest

from evenhand.law import loader, sorts
from evenhand.site.commands import law, law_diff


def said(words: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert law.main(words.split()) == 0
    return capsys.readouterr().out


def test_one_pack_on_two_days(capsys: pytest.CaptureFixture[str]) -> None:
    text = said("diff cn --on 2025-03-01 --and 2026-11-24", capsys)
    first, second, _, counts, *_ = text.splitlines()
    assert "(cn), in force on 2025-03-01, sha256" in first and "on 2026-11-24" in second
    assert counts.startswith("Rules that change: 1; new: 6; ending: 0; the same on other sources")
    assert "cn.lpr.1y changes: One-year loan prime rate" in text
    assert "cn.freq.dial is new: Unanswered dials a day\n  At most 6 unanswered" in text
    assert "cn.hours says the same, on other sources: Hours of contact" in text
    assert "  - now: " in text and "secondary, read 2026-11-23" in text


def test_two_packs_rule_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    text = said("diff cn us", capsys)
    start = text.index("cn.hours → us.hours changes: Hours of contact")
    hours = text[start : text.index("\n\n", start)]
    assert "  before: Contact only from 08:00 to 22:00" in hours
    assert "  now:    Contact only from 08:00 to 21:00" in hours
    assert "  * allowed, to: 22:00, now 21:00" in hours
    assert "cn.freq.talk ends: Conversations a day" in text
    assert "us.freq.7in7 is new" in text


def test_nothing_changes_between_a_pack_and_itself(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said("diff cn cn --on 2026-11-24", capsys).splitlines()
    assert len(lines) == 4 and lines[3].startswith("Rules that change: 0; new: 0; ending: 0;")


def test_without_a_day_each_pack_is_as_last_reviewed() -> None:
    before, after = law_diff.sides(["cn", "us"], None, None)
    assert (before.on, after.on) == (before.pack.reviewed_on, after.pack.reviewed_on)
    both = law_diff.sides(["cn", "us"], date(2025, 3, 1), None)
    assert [side.on for side in both] == [date(2025, 3, 1)] * 2


def test_a_draft_is_named_by_its_folder() -> None:
    _, after = law_diff.sides(["cn", str(loader.HOME / "policy")], None, None)
    assert after.pack.name == "policy"


@pytest.mark.parametrize("kind", sorts.TYPES)
def test_each_sort_of_rule_has_a_heading(kind: str) -> None:
    assert law_diff.TYPES[kind]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("diff", "usage"),
        ("diff cn", "usage"),
        ("diff cn --on 2025-03-01", "usage"),
        ("diff cn us hk", "usage"),
        ("diff cn us --and 2025-03-01", "usage"),
        ("diff cn xx", "there is no pack 'xx'"),
        ("diff cn ./nowhere", "no pack.toml"),
        ("diff cn us --and soon --on 2025-03-01", "--and: not a day"),
        ("cn --and 2025-03-01", "usage"),
    ],
)
def test_words_that_are_not_understood(
    words: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law.main(words.split()) == 2
    found = capsys.readouterr()
    assert found.out == "" and why in found.err and found.err.count("\n") == 1
