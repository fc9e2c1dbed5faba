"""What an auditor types, and what he reads."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from evenhand.dayclose import close
from evenhand.ledger import made_up as m
from evenhand.ledger import roots
from evenhand.ledger.columns import run
from evenhand.ledger.streams import append
from evenhand.site import clock, demo_staff
from evenhand.site.commands import check, export_stream, rebuild, verify_stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
Said = pytest.CaptureFixture[str]


@pytest.fixture
def book(db: None) -> None:
    """One borrower with a loan."""
    append(41, [m.enrolled(D), m.signed(7, D)], at=m.noon(D), expected_seq=0)


def test_verify_one_and_all(book: None, capsys: Said) -> None:
    assert verify_stream.main(["41"]) == verify_stream.main(["--all"]) == 0
    said = capsys.readouterr().out
    whole = "2 streams, 4 facts: every link holds\n"  # with the house's own of the words it says
    assert said == f"stream 41: every link holds\n{whole}"


def test_verify_names_the_fault(book: None, capsys: Said) -> None:
    run("update ledger_stream set seq = seq + 1")
    assert verify_stream.main(["--all"]) == 1
    assert "stream 41: fact 3 is missing: the head stands behind it" in capsys.readouterr().out


def test_the_daily_roots_are_proved_with_all_streams(book: None, capsys: Said) -> None:
    for day in (D, D + timedelta(days=1)):
        close.close(day, m.noon(day + timedelta(days=1)))
    assert verify_stream.main(["--all"]) == verify_stream.main(["--all", "--roots", "1"]) == 0
    said = capsys.readouterr().out
    key = roots.every()[0].body["key"]
    assert f"\n2 daily roots: each holds; signed with {key}\n" in said
    assert f"\n1 daily roots: each holds; signed with {key}\n" in said
    append(42, [m.enrolled(D)], at=m.noon(D), expected_seq=0)
    assert verify_stream.main(["--all"]) == 1
    said = capsys.readouterr().out
    assert "root of 2026-03-01: the streams are not what they were" in said
    assert "2 daily roots: 2 do not hold" in said


def test_an_export_carries_the_newest_root_that_is_over_its_head(book: None, capsys: Said) -> None:
    close.close(D, m.noon(D + timedelta(days=1)))
    assert export_stream.main(["41"]) == 0
    said = json.loads(capsys.readouterr().out)
    rooted = roots.newest()
    assert rooted and said["root"] == rooted.body
    append(41, [m.paid(7, D, 500)], at=m.noon(D + timedelta(days=2)), expected_seq=2)
    assert export_stream.main(["41"]) == 0
    assert "root" not in json.loads(capsys.readouterr().out)


def test_export_to_a_file_or_to_the_screen(book: None, capsys: Said, tmp_path: Path) -> None:
    assert export_stream.main(["41", str(tmp_path / "41.json")]) == export_stream.main(["41"]) == 0
    assert capsys.readouterr().out == (tmp_path / "41.json").read_text()
    assert export_stream.main(["42"]) == 1
    assert "no stream 42" in capsys.readouterr().err


def test_rebuild_says_what_it_put_right(book: None, capsys: Said) -> None:
    assert rebuild.main([]) == 0
    assert "1 borrowers: equal to what stood" in capsys.readouterr().out
    run("update ledger_terms set version = 9")
    assert rebuild.main([]) == 1
    said = capsys.readouterr().out
    assert "ledger_terms: 1 rows were changed" in said and "ledger_terms 41, 7: changed" in said


def test_check_passes_on_this_house(db: None, capsys: Said) -> None:
    assert check.main([]) == 0
    assert "facts can be written and read, and nothing else" in capsys.readouterr().out


def test_check_fails_where_a_lender_would_serve_a_demos_database(
    db: None, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EVENHAND_DEMO", False)
    assert check.main([]) == 0
    monkeypatch.setattr(settings, "EVENHAND_DEMO", True)
    clock.set_demo(m.noon(D))
    demo_staff.enlist_all()
    assert check.main([]) == 0
    monkeypatch.setattr(settings, "EVENHAND_DEMO", False)
    assert check.main([]) == 1
    said = capsys.readouterr().out
    assert "FAILS  this database holds a demo's book" in said
    everybody = ", ".join(sorted(name for name, _role in demo_staff.ROLL))
    assert f"FAILS  staff who sign in with the demo's password: {everybody}" in said
