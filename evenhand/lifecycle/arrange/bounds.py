"""Within which bounds a plan is agreed, as `bounds.toml` has them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

FILE: Final = Path(__file__).with_name("bounds.toml")
WITHOUT_LIMIT: Final = 2**62


class Reach(NamedTuple):
    """How far a plan may go: equal parts, days to the first of them, days to one later day."""

    parts_most: int
    first_within_days: int
    later_within_days: int


class Bounds(NamedTuple):
    """The bounds of one product."""

    at_once: Reach
    by_person: Reach
    times_a_year: int
    working_days: int
    accept_days: int
    least_step_minor: int
    leeway_days: int
    forgiven_days: int
    notice_days: int


class Limit(NamedTuple):
    """What one role may agree to."""

    parts_most: int
    total_minor: int


@cache
def of(product: str) -> Bounds:
    """The bounds of a product: its own where it has any, else those of every product."""
    every, own = _file()["every"], _file().get("product", {}).get(product, {})
    said = {name: {**table, **own.get(name, {})} for name, table in every.items()}
    answer, kept = said["answer"], said["keeping"]
    return Bounds(
        _reach(said["at_once"]),
        _reach(said["by_person"]),
        said["at_once"]["times_a_year"],
        answer["working_days"],
        answer["accept_days"],
        kept["least_step_minor"],
        kept["leeway_days"],
        kept["forgiven_days"],
        kept["notice_days"],
    )


def limit(role: str) -> Limit | None:
    """What this role may agree to; None for nothing."""
    found = _file()["staff"].get(role)
    return Limit(found["parts_most"], found.get("total_minor", WITHOUT_LIMIT)) if found else None


def _reach(table: Mapping[str, Any]) -> Reach:
    return Reach(*(table[name] for name in Reach._fields))


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
