"""Whatever is done to a stream behind our back is found, by us and by anybody."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from evenhand.ledger import house, streams
from evenhand.ledger import made_up as m
from evenhand.ledger.columns import run
from evenhand.ledger.export import export_stream
from evenhand.ledger.streams import append, head, heads
from evenhand.ledger.verify import Fault, verify_all, verify_stream

pytestmark = pytest.mark.django_db

D = date(2026, 3, 1)
VERIFIER = Path(__file__).resolve().parents[2] / "docs/verify_stream.py"


@pytest.fixture
def written(db: None) -> None:
    """Two streams of three facts."""
    for borrower in (41, 42):
        drafts = [m.enrolled(D), m.signed(borrower, D, 2), m.paid(borrower, D, 500)]
        append(borrower, drafts, at=m.noon(D), expected_seq=0)


@pytest.fixture
def forger(written: None) -> Iterator[None]:
    """The owner, who has switched the triggers off."""
    run("set role none")
    for table in ("ledger_fact", "ledger_stream"):
        run(f"alter table {table} disable trigger all")
    yield
    for table in ("ledger_fact", "ledger_stream"):
        run(f"alter table {table} enable trigger all")
    run("set role evenhand_serving")


FORGERIES = {
    "loan": "loan = 8",
    "day": "day = day + 1",
    "at": "at = at + interval '1 microsecond'",
    "kind": "kind = 'payment.Received'",
    "amount": "amount = amount + 1",
    "cause": "cause = 1",
    "hand": "hand = 'provider:bonk'",
    "body": """body = body || '{"reference": "R2"}'""",
    "link": "link = set_byte(link, 31, get_byte(link, 31) # 1)",
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_changed_field_is_found(forger: None, what: str) -> None:
    run(f"update ledger_fact set {FORGERIES[what]} where borrower = 41 and seq = 3")
    assert [(fault.borrower, fault.seq) for fault in verify_stream(41)] == [(41, 3)]
    assert verify_stream(42) == []


@pytest.mark.parametrize("seq", [1, 2, 3])
def test_a_missing_fact_is_found(forger: None, seq: int) -> None:
    run(f"delete from ledger_fact where borrower = 41 and seq = {seq}")
    assert verify_stream(41)[0].seq == seq
    assert "missing" in verify_stream(41)[0].what


@pytest.mark.parametrize(
    "change",
    ["seq = 2", "link = set_byte(link, 0, get_byte(link, 0) # 1)", "at = at + interval '1 s'"],
)
def test_a_changed_head_is_found(forger: None, change: str) -> None:
    run(f"update ledger_stream set {change} where borrower = 41")
    assert len(verify_stream(41)) == 1


def test_a_stream_without_its_head_is_found(forger: None) -> None:
    run("delete from ledger_stream where borrower = 41")
    faults = [fault for _, _, some in verify_all() for fault in some]
    assert faults == [Fault(41, 1, "lies behind the head")]


def test_all_streams_hold(written: None) -> None:
    found = list(verify_all())
    of_words = streams.head(house.WORDS).seq  # what may be said is adopted in every test
    assert sum(count for count, _, _ in found) == 2 + 1
    assert sum(facts for _, facts, _ in found) == 6 + of_words
    assert [fault for _, _, some in found for fault in some] == []


def _verified(file: Path, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-I", str(VERIFIER), str(file), *words]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stderr == ""
    return done.returncode, done.stdout.strip()


def test_anybody_can_verify_an_export(written: None, tmp_path: Path) -> None:
    file = tmp_path / "stream.json"
    file.write_text(export_stream(41), encoding="utf-8")
    assert _verified(file) == (0, "3 facts, every link holds")
    assert _verified(file, head(41).reference)[0] == 0
    assert _verified(file, "0" * 12) == (1, "no fact of this stream prints 000000000000")


def test_an_export_tampered_with_is_found(written: None, tmp_path: Path) -> None:
    file = tmp_path / "stream.json"
    right = json.loads(export_stream(41))
    for place in range(len(right["facts"][0])):
        wrong = json.loads(json.dumps(right))
        field = wrong["facts"][2][place]
        wrong["facts"][2][place] = field + 1 if type(field) is int else f"{field}x"
        file.write_text(json.dumps(wrong))
        assert _verified(file)[0] == 1, place
    for gone in range(3):
        wrong = json.loads(json.dumps(right))
        del wrong["facts"][gone]
        file.write_text(json.dumps(wrong))
        assert _verified(file)[0] == 1


def test_no_stream_no_export(db: None) -> None:
    with pytest.raises(LookupError, match="no stream 41"):
        export_stream(41)


def test_the_standalone_verifier_is_short_and_stands_alone() -> None:
    lines = VERIFIER.read_text().splitlines()
    assert len(lines) <= 50
    imports = {line.split()[1] for line in lines if line.startswith(("import", "from"))}
    assert imports <= set(sys.stdlib_module_names)


def test_heads_of_nobody(db: None) -> None:
    assert heads([]) == {}
