"""A log line is JSON, and nobody is in it."""

import json
import logging
import sys
from typing import Any

import pytest

from evenhand.site import logs


def line(message: str, *args: object, raised: bool = False, **extra: object) -> dict[str, Any]:
    record = logging.LogRecord("evenhand.x", logging.INFO, "x.py", 1, message, args, None)
    record.__dict__.update(extra)
    if raised:
        record.exc_info = sys.exc_info()
    found: dict[str, Any] = json.loads(logs.Plain().format(record))
    return found


def test_a_line_says_when_who_and_what() -> None:
    found = line("sent %d", 3, part=7, task="send_due")
    assert found["level"] == "info" and found["from"] == "evenhand.x"
    assert found["says"] == "sent 3"
    assert (found["part"], found["task"]) == (7, "send_due")
    assert found["at"].endswith("+00:00")


def test_unknown_fields_stay_out() -> None:
    assert "phone" not in line("x", phone="13800138000")


@pytest.mark.parametrize(
    "reach",
    ["13800138000", "+8613800138000", "138 0013 8000", "138-0013-8000", "11010519491231002X",
     "an.ni+x@mail.example"],
)  # fmt: skip
def test_what_reaches_a_person_is_struck_out(reach: str) -> None:
    assert reach not in line("to %s failed", reach)["says"]
    assert "struck out" in line("to %s failed", reach)["says"]


def test_days_and_numbers_stay() -> None:
    said = "2026-03-01 closed: 30000 borrowers, 1234567 facts"
    assert line(said)["says"] == said


def test_of_an_exception_only_class_and_place_are_kept() -> None:
    try:
        raise ValueError("Key (phone)=(name of somebody) exists")
    except ValueError:
        found = line("failed", raised=True)
    assert found["raised"] == "ValueError"
    assert "logs_test.py" in found["where"][0]
    assert "somebody" not in json.dumps(found)
