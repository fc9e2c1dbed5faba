"""Who may borrow at all: the age of majority, and no students where the law says so."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings


class Rule(NamedTuple):
    """What holds on a day, and where it stands; `age` 0 and `refused` False where nothing does."""

    age: int
    refused: bool
    cite: str


NOTHING = Rule(0, False, "")


def minor(on: date) -> Rule:
    """Nobody younger than `age` borrows."""
    return _rule("minor", on)


def student(on: date) -> Rule:
    """Whether somebody in full-time higher education is refused."""
    return _rule("student", on)


def is_minor(birth: date, on: date) -> bool:
    """Is somebody born on `birth` too young on that day? The birthday itself is of age."""
    age = on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))
    return age < minor(on).age


def _rule(name: str, on: date) -> Rule:
    found = [
        said[name]
        for pack, said in _read().items()
        if pack in settings.EVENHAND_PACKS and name in said and said[name]["from"] <= on
    ]
    if not found:
        return NOTHING
    return Rule(found[0].get("age", 0), found[0].get("refused", False), found[0]["cite"])


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("rules.toml").read_text("utf-8"))
