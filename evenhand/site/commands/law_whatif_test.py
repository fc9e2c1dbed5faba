"""`evenhand law whatif`: what contacts on record would have come to, one a line."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from evenhand.law import loader
from evenhand.ledger import streams
from evenhand.ledger.made_up import Life
from evenhand.site import cli
from evenhand.site.commands import law_whatif

pytestmark = pytest.mark.django_db
DAYS = ("--from", "2026-03-01", "--until", "2026-12-31")


@pytest.fixture
def life() -> Life:
    """Somebody who is written to again and again, whatever the law says."""
    made = Life(7, 7000)
    for choice in (0, 14, 15, 16, 8, 14, 15, 8, 14, 17, 14, 15):
        seq = made.seq
        at, drafts = made.step(choice)
        streams.append(7, drafts, at=at, expected_seq=seq)
    return made


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    assert law_whatif.main(words) == 0
    return capsys.readouterr().out.splitlines()


def test_a_line_for_each_contact_then_counts_and_how_fast(
    life: Life, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    contact = (loader.HOME / "cn" / "contact.toml").read_text("utf-8")
    draft = tmp_path / "contact.toml"
    later = contact.replace('from = "08:00"', 'from = "13:00"').replace("max = 3\n", "max = 2\n")
    draft.write_text(later, "utf-8")
    lines = said(capsys, str(draft), *DAYS)
    assert re.fullmatch(
        r"Contacts from 2026-03-01 to 2026-12-31, as known then,"
        r" under cn [0-9a-f]{16}, policy [0-9a-f]{16}",
        lines[0],
    )
    first = (
        r"would be refused: 2026-03-\d\d 12:00 sms collect, borrower 7 loan 7\d+; by cn\.hours"
        r" \(GB/T 45251-2025 5\.3, CBA 2026 ch\. 3\)(; .*)?; not before 2026-03-\d\d 13:00"
    )
    assert re.fullmatch(first, lines[1])
    assert any(line.startswith("  would be refused: cn.hours, sms: ") for line in lines)
    tighten = "To be tightened before that pack holds: policy.freq.notice_call is looser"
    assert lines[-2].startswith(tighten)
    assert re.fullmatch(r"In \d+\.\d s: [\d,]+ contacts a second\.", lines[-1])


def test_other_days_have_no_contacts(life: Life, capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "uk", "--from", "2025-01-01", "--until", "2025-12-31")
    assert lines[1].startswith("0 contacts judged again (0 left, 0 refused): 0 would be refused")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "usage"),
        ("cn", "usage"),
        ("cn --from 2026-03-01", "usage"),
        ("cn us --from 2026-03-01 --until 2026-03-02", "usage"),
        ("xx --from 2026-03-01 --until 2026-03-02", "there is no pack 'xx'"),
        ("./nowhere --from 2026-03-01 --until 2026-03-02", "no pack.toml"),
        ("cn --from soon --until 2026-03-02", "--from: not a day"),
        ("cn --from 2026-03-02 --until 2026-03-01", "--until: 2026-03-01 is before 2026-03-02"),
    ],
)
def test_words_that_are_not_understood(
    words: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert law_whatif.main(words.split()) == 2
    found = capsys.readouterr()
    assert found.out == "" and why in found.err and found.err.count("\n") == 1


def test_it_is_found_beside_the_plain_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert "law whatif" in cli.usage()
    assert cli.main(["law", "whatif"]) == 2 and "usage" in capsys.readouterr().err
    assert cli.main(["law", "cn", "--on", str(date(2026, 1, 1) + timedelta(days=1))]) == 0
