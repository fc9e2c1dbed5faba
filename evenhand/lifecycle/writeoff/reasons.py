"""On what a loan may be written off, from `reasons.toml`: days past due, a state, or a fact."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = Path(__file__).parent / "reasons.toml"


class Reason(NamedTuple):
    """What has to be so: at least so many days past due, a state that stands for the loan, a fact
    about it; empty where none is asked for."""

    past_due_days: int
    state: str
    fact: str


@cache
def reasons() -> Mapping[str, Reason]:
    """Every reason, in the order of the file."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {
        name: Reason(said["past_due_days"], said.get("state", ""), said.get("fact", ""))
        for name, said in read.items()
    }
