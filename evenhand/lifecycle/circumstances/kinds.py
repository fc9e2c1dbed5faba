"""Which circumstances there are, who may tell them, and how long they last, from the table."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).parent / "circumstances.toml"


class Rule(NamedTuple):
    """What the table says of one. `own` is day, open, or empty where a borrower does not say it
    themselves; `place` where it is about one."""

    word: str
    told_by: tuple[str, ...]
    ends: bool
    of_loan: bool
    own: str
    own_days: int
    place: str


@cache
def rules() -> Mapping[str, Rule]:
    """Every circumstance by the word of its state, in the order of the table."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        word: Rule(
            word,
            tuple(said["told_by"]),
            said.get("ends", False),
            said.get("of_loan", False),
            said.get("own", ""),
            said.get("own_days", 0),
            said.get("place", ""),
        )
        for word, said in read.items()
    }


def own() -> list[str]:
    """What borrowers say themselves."""
    return [word for word, rule in rules().items() if rule.own]
