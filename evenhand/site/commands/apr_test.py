"""`evenhand apr` through its command: the published cases, and what is refused."""

import io
import json
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from evenhand.site.commands.apr import main
from evenhand.site.commands.schedule_test import CASES, ROOT

GOOD: dict[str, Any] = {
    "method": "us_actuarial",
    "advances": [["1978-01-10", "5000.00"]],
    "payments": [["1978-02-10", "230.00", 24, 1, "month"]],
}


def published() -> list[dict[str, Any]]:
    path = CASES / "apr.json"
    if not path.exists():
        pytest.skip(
            f"no published cases: {path} is not there (EVENHAND_CONFORMANCE names its folder)"
        )
    cases: list[dict[str, Any]] = json.loads(path.read_text())
    return cases


def asked(
    request: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[int, str, str]:
    text = json.dumps(request).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    status = main([])
    out, err = capsys.readouterr()
    return status, out, err


def test_every_published_rate_to_the_hundredth() -> None:
    cases = published()
    done = subprocess.run(
        [sys.executable, "-m", "evenhand", "apr"],
        input=json.dumps([case["request"] for case in cases]),
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    for case, found in zip(cases, json.loads(done.stdout), strict=True):
        assert Decimal(found["apr"]) == Decimal(case["apr"]), case["id"]


def test_each_published_case_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for case in published():
        status, out, err = asked(case["request"], monkeypatch, capsys)
        assert (status, err) == (0, "")
        assert json.loads(out) == {"apr": case["apr"]}, case["id"]


def test_an_empty_batch_has_an_empty_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked([], monkeypatch, capsys) == (0, "[]\n", "")


def payment(*values: Any) -> dict[str, Any]:
    return {"payments": [list(values)]}


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("method", {"method": "irr"}),
    ("advances", {"advances": []}),
    ("advances[0]", {"advances": ["1978-01-10"]}),
    ("advances[0].amount", {"advances": [["1978-01-10", "0.00"]]}),
    ("advances[0].amount", {"advances": [["1978-01-10", "99999999999999.00"]]}),
    ("advances[0].day", {"advances": [["1978-02-30", "1.00"]]}),
    ("payments", payment("1978-01-09", "9000.00", 1, 1, "day")),
    ("payments", payment("1978-02-10", "4999.99", 1, 1, "day")),
    ("payments[0].amount", payment("1978-02-10", 5000, 1, 1, "day")),
    ("payments[0].count", payment("1978-02-10", "230.00", 601, 1, "month")),
    ("payments[0].every", payment("1978-02-10", "230.00", 24, 0, "month")),
    ("payments[0].unit", payment("1978-02-10", "230.00", 24, 1, "year")),
    ("rounding", {"rounding": "half_up"}),
]


@pytest.mark.parametrize(("key", "changed"), WRONG)
def test_what_cannot_be_answered_is_named(
    key: str,
    changed: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = asked(GOOD | changed, monkeypatch, capsys)
    assert (status, out) == (2, "")
    assert err.startswith(f"evenhand apr: {key}: ")
    assert err.count("\n") == 1
    status, out, err = asked([GOOD, GOOD | changed], monkeypatch, capsys)
    assert (status, out) == (2, "")
    assert err.startswith(f"evenhand apr: [1] {key}: ")


@pytest.mark.parametrize("key", sorted(GOOD))
def test_a_missing_key_is_named(
    key: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    less = {name: value for name, value in GOOD.items() if name != key}
    assert asked(less, monkeypatch, capsys) == (2, "", f"evenhand apr: {key}: missing\n")
