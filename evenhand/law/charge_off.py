"""At which age a loan is charged off, where the accounting of a pack's country wants it."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from evenhand.law.schema import refuse_unless

_FILE: Final = Path(__file__).parent / "charge_off.toml"


class Rule(NamedTuple):
    """So many days past due, or after the notice of a bankruptcy, whichever comes first; where it
    stands, and how that was read."""

    id: str
    past_due_days: int
    bankruptcy_days: int
    cite: str
    read: str


def rule(packs: Sequence[str]) -> Rule | None:
    """The rule of the first of these packs that has one; None where no accounting wants it."""
    return next((_all()[pack] for pack in packs if pack in _all()), None)


@cache
def _all() -> Mapping[str, Rule]:
    return {pack: _rule(said) for pack, said in tomllib.loads(_FILE.read_text("utf-8")).items()}


def _rule(said: Mapping[str, Any]) -> Rule:
    place = f"charge_off.toml: {said.get('id', '?')}"
    refuse_unless(said.get("read") in ("seen", "secondary"), f"{place}: how it was read")
    refuse_unless(bool(said.get("cite") and said.get("url")), f"{place}: cite or link is missing")
    days = (said["past_due_days"], said["bankruptcy_days"])
    refuse_unless(all(0 < each <= 3_650 for each in days), f"{place}: days")
    return Rule(said["id"], *days, said["cite"], said["read"])
