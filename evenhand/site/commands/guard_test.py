"""`evenhand guard` against the published cases, and what it says to a request that is none."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evenhand.site.commands import guard

ROOT = Path(__file__).parents[3]
FOLDER = Path(os.environ.get("EVENHAND_CONFORMANCE", ROOT.parent / "shared/conformance"))
CASES: list[dict[str, Any]] = (
    json.loads((FOLDER / "guard.json").read_text("utf-8"))
    if (FOLDER / "guard.json").exists()
    else []
)


def test_the_published_cases_are_here() -> None:
    if not CASES:
        pytest.skip(f"no published cases in {FOLDER}; set EVENHAND_CONFORMANCE")
    assert len(CASES) == 126


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_published_case_is_decided_as_it_says(case: dict[str, Any]) -> None:
    (found,) = guard.answer([{"text": case["text"], "lang": case["lang"]}])
    assert found["pass"] is case["pass"], found
    if not case["pass"]:
        assert case["category"] in [each["category"] for each in found["findings"]]
    for each in found["findings"]:
        first, last = each["span"]
        assert 0 <= first < last <= len(case["text"])


WRONG = {
    "text: missing": {"lang": "en"},
    "text: not a text": {"text": 1, "lang": "en"},
    "text: holds half a character": {"text": "a\ud800", "lang": "en"},
    "text: more than": {"text": "a" * 20_001, "lang": "en"},
    "lang: ": {"text": "a", "lang": "fr"},
    "tone: unknown key": {"text": "a", "lang": "en", "tone": "kind"},
}


@pytest.mark.parametrize("said", WRONG)
def test_a_request_that_is_none_is_refused_by_its_key(said: str) -> None:
    command = [sys.executable, "-m", "evenhand", "guard"]
    found = subprocess.run(
        command, input=json.dumps(WRONG[said]), capture_output=True, text=True, cwd=ROOT
    )
    assert (found.returncode, found.stdout) == (2, "")
    assert found.stderr.startswith(f"evenhand guard: {said}")
    assert found.stderr.count("\n") == 1
