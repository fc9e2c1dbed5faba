"""`evenhand law`: the numbers in force, with their sources, without a house."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from evenhand.law import loader
from evenhand.site import machine_day
from evenhand.site.commands import law

ROOT = Path(__file__).parents[3]


def test_a_pack_on_a_day_with_sources_and_what_is_coming() -> None:
    lines = law.report(loader.load("cn"), date(2025, 3, 1))
    assert lines[1] == f"sha256 {loader.load('cn').sha256}"
    assert any(line.startswith("cn.freq.talk [deny;") for line in lines)
    assert not any(line.startswith("cn.freq.dial [") for line in lines)
    coming = lines[lines.index("Coming:") :]
    assert any("cn.freq.dial from 2026-01-30: At most 6" in line for line in coming)
    assert any("http" in line and "secondary, read 2026-11-23" in line for line in lines)


def test_without_a_day_it_is_today_with_what_is_overdue(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine_day, "today", lambda: date(2027, 2, 24))
    assert law.main(["cn"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("in force on 2027-02-24")
    assert any("the pack: its review was due on" in line for line in lines)
    assert any(
        "cn.freq.notice_call: its start day 2025-02-28 is not verified" in line for line in lines
    )


def test_help_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert law.main(["--help"]) == 0
    found = capsys.readouterr()
    assert (
        found.err == ""
        and found.out.startswith("usage: evenhand law PACK")
        and "us-ma" in found.out
    )


@pytest.mark.parametrize("rule", ["cn.cap.small", "cn.content"])
def test_what_was_read_only_in_what_others_write_is_listed_for_review(rule: str) -> None:
    lines = law.report(loader.load("cn"), date(2026, 11, 25))
    to_review = lines[lines.index("To review:") :]
    (said,) = [line for line in to_review if line.startswith(f"  {rule}:") and "others" in line]
    assert "was read in what others write of it" in said


def test_an_overdue_review_is_listed() -> None:
    lines = law.report(loader.load("policy"), date(2027, 2, 23))
    assert lines[-1] == "  the pack: its review was due on 2027-02-23"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "usage"),
        (["cn", "policy"], "usage"),
        (["xx"], "there is no pack 'xx'"),
        (["cn", "--on"], "--on"),
        (["cn", "--on", "soon"], "--on"),
        (["cn", "--on", "20260301"], "--on"),
        (["cn", "--on", "2026-W10-1"], "--on"),
        (["cn", "--on", "2026-02-30"], "--on"),
    ],
)
def test_words_that_are_not_understood(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law.main(words) == 2
    found = capsys.readouterr()
    assert found.out == "" and said in found.err and found.err.count("\n") == 1


def test_it_runs_without_a_house() -> None:
    bare = {
        key: value
        for key, value in os.environ.items()
        if "DJANGO" not in key and "DATABASE" not in key
    }
    command = [sys.executable, "-m", "evenhand", "law", "policy", "--on", "2026-11-09"]
    found = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=bare)
    assert found.returncode == 0 and "policy.pause.complaint" in found.stdout
