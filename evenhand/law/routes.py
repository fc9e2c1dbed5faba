"""Where a borrower may complain outside the house: authorities' lines, each with its source."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from evenhand.law.schema import refuse_unless

_FILE: Final = Path(__file__).parent / "routes.toml"
LANGUAGES: Final = ("zh-Hant", "zh-Hans", "en")


@dataclass(frozen=True, slots=True)
class Route:
    """An authority's line; `name` by language, `read` how its source was read."""

    pack: str
    id: str
    number: str
    name: Mapping[str, str]
    url: str
    read: str
    read_on: date


def routes(packs: Sequence[str]) -> list[Route]:
    """The lines of these packs, in the file's order. PackError where the file is not in order."""
    return [route for route in _all() if route.pack in packs]


@cache
def _all() -> tuple[Route, ...]:
    return tuple(_route(said) for said in tomllib.loads(_FILE.read_text("utf-8"))["route"])


def _route(said: Mapping[str, Any]) -> Route:
    place = f"routes.toml: {said.get('id', '?')}"
    refuse_unless(said.get("read") in ("seen", "secondary"), f"{place}: how it was read")
    named = sorted(said.get("name", {})) == sorted(LANGUAGES)
    refuse_unless(named and bool(said.get("url")), f"{place}: name or link is missing")
    refuse_unless(str(said["number"]).isdigit(), f"{place}: no number")
    return Route(**{**said, "read_on": date.fromisoformat(said["read_on"])})
