"""`evenhand schedule` through its command: the published cases, and what is refused."""

import io
import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from evenhand.site.commands.schedule import main

ROOT = Path(__file__).parents[3]
CASES = Path(os.environ.get("EVENHAND_CONFORMANCE", ROOT.parent / "shared" / "conformance"))

TERMS: dict[str, Any] = {
    "principal": "5000.00",
    "annual_rate": "0.12",
    "disbursed_on": "2026-03-01",
    "instalments": 3,
    "every": 1,
    "unit": "month",
    "method": "equal_instalment",
    "day_count": "30/360",
    "interest_per": "day",
    "instalment_multiple": "0.01",
    "last_instalment": "takes_the_rest",
    "rounding": "half_even",
}


def published() -> list[dict[str, Any]]:
    path = CASES / "schedules.json"
    if not path.exists():
        pytest.skip(
            f"no published cases: {path} is not there (EVENHAND_CONFORMANCE names its folder)"
        )
    cases: list[dict[str, Any]] = json.loads(path.read_text())
    return cases


def asked(
    text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    status = main([])
    out, err = capsys.readouterr()
    return status, out, err


def compared(row: dict[str, Any]) -> dict[str, Any]:
    numbers = ("principal", "interest", "due", "balance")
    return {key: Decimal(value) if key in numbers else value for key, value in row.items()}


def test_every_published_row_to_the_cent() -> None:
    cases = published()
    done = subprocess.run(
        [sys.executable, "-m", "evenhand", "schedule"],
        input=json.dumps([case["terms"] for case in cases]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    for case, found in zip(cases, json.loads(done.stdout), strict=True):
        expected = [compared(row) for row in case["rows"]]
        assert [compared(row) for row in found["rows"]] == expected, case["id"]


def test_each_published_case_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for case in published():
        status, out, err = asked(json.dumps(case["terms"]), monkeypatch, capsys)
        assert (status, err) == (0, "")
        rows = json.loads(out)["rows"]
        assert list(map(compared, rows)) == list(map(compared, case["rows"])), case["id"]


def test_it_starts_without_django() -> None:
    program = (
        "import io, sys, json\n"
        "from evenhand.site.cli import main\n"
        f"sys.stdin = io.TextIOWrapper(io.BytesIO(json.dumps({TERMS!r}).encode()))\n"
        "assert main(['schedule']) == 0\n"
        "assert not any(name.partition('.')[0] == 'django' for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=ROOT)


def test_one_object_in_one_object_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = asked(json.dumps(TERMS), monkeypatch, capsys)
    assert status == 0
    answer = json.loads(out)
    assert answer["rows"][0] == {
        "n": 1,
        "due_on": "2026-04-01",
        "principal": "1650.11",
        "interest": "50.00",
        "due": "1700.11",
        "balance": "3349.89",
    }
    assert answer["apr"] == "12.00"


def test_an_empty_batch_has_an_empty_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked("[]", monkeypatch, capsys) == (0, "[]\n", "")


def test_a_currency_without_minor_units(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    yen = TERMS | {"currency": "JPY", "principal": "100000", "instalment_multiple": "100"}
    _, out, _ = asked(json.dumps(yen), monkeypatch, capsys)
    assert [row["due"] for row in json.loads(out)["rows"]] == ["34000", "34000", "34007"]


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("principal", {"principal": 5000}),
    ("principal", {"principal": "5000.005"}),
    ("principal", {"principal": "-1.00"}),
    ("principal", {"principal": "0.00"}),
    ("principal", {"principal": "１.00"}),
    ("principal", {"principal": "999999999999999999.00"}),
    ("currency", {"currency": "cny"}),
    ("annual_rate", {"annual_rate": "12%"}),
    ("annual_rate", {"annual_rate": "0.1234567"}),
    ("annual_rate", {"annual_rate": "10.000001"}),
    ("disbursed_on", {"disbursed_on": "2026-02-29"}),
    ("disbursed_on", {"disbursed_on": "20260301"}),
    ("instalments", {"instalments": 0}),
    ("instalments", {"instalments": 601}),
    ("instalments", {"instalments": True}),
    ("instalments", {"instalments": 3.0}),
    ("every", {"every": 0}),
    ("every", {"every": 36_600}),
    ("unit", {"unit": "year"}),
    ("method", {"method": "balloon"}),
    ("method", {"method": None}),
    ("day_count", {"day_count": "30E/360"}),
    ("interest_per", {"interest_per": "month"}),
    ("instalment_multiple", {"instalment_multiple": "0"}),
    ("last_instalment", {"last_instalment": "smoothed", "method": "interest_only"}),
    ("rounding", {"rounding": "down"}),
    ("apr_method", {"apr_method": "nominal"}),
    ("grace.principal", {"grace": {"principal": 3}}),
    ("grace.fees", {"grace": {"fees": 1}}),
    ("grace", {"grace": 1}),
    ("holidays", {"holidays": []}),
]


@pytest.mark.parametrize(("key", "changed"), WRONG)
def test_what_cannot_be_answered_is_named(
    key: str,
    changed: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = asked(json.dumps(TERMS | changed), monkeypatch, capsys)
    assert (status, out) == (2, "")
    assert err.startswith(f"evenhand schedule: {key}: ")
    assert err.count("\n") == 1
    status, out, err = asked(json.dumps([TERMS, TERMS | changed]), monkeypatch, capsys)
    assert (status, out) == (2, "")
    assert err.startswith(f"evenhand schedule: [1] {key}: ")


@pytest.mark.parametrize("key", sorted(TERMS))
def test_a_missing_key_is_named(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    less = {name: value for name, value in TERMS.items() if name != key}
    assert asked(json.dumps(less), monkeypatch, capsys) == (
        2, "", f"evenhand schedule: {key}: missing\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "request: not JSON"),
        ("{", "request: not JSON"),
        ("3", "request: not an object"),
        ("[3]", "[0] request: not an object"),
        ('{"principal": NaN}', "request: NaN is no JSON number"),
        ('{"principal": "1", "principal": "2"}', "principal: given twice"),
        ("[" * 100_000, "request: not JSON"),
        ('{"instalments": ' + "1" * 5_000 + "}", "request: not JSON"),
    ],
)
def test_what_is_no_request(
    text: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = asked(text, monkeypatch, capsys)
    assert (status, out) == (2, "")
    assert err.startswith(f"evenhand schedule: {said}")
    assert err.count("\n") == 1


def test_arguments_are_refused_and_help_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["5000.00"]) == 2
    assert capsys.readouterr().out == ""
    assert main(["--help"]) == 0
    assert capsys.readouterr().out.startswith("usage: evenhand schedule")
