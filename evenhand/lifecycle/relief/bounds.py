"""Within which bounds relief is asked for and answered, as `relief.toml` has them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

FILE: Final = Path(__file__).with_name("relief.toml")


class Rule(NamedTuple):
    """One kind of relief: may a borrower ask for it; how much of it is answered at once (0: never)
    and by a person; how many instalments are paid first; how often in a year; of a holiday whether
    interest runs where it is asked for."""

    asks: bool
    at_once: int
    by_person: int
    paid_least: int
    times_a_year: int
    interest: str


class Bounds(NamedTuple):
    """The bounds of one product, and the kinds of relief by word, in the order of the file."""

    answer_days: int
    accept_days: int
    changes_a_year: int
    term_times_most: int
    kinds: Mapping[str, Rule]

    @property
    def asked_for(self) -> list[str]:
        """What a borrower may ask for."""
        return [word for word, rule in self.kinds.items() if rule.asks]


@cache
def of(product: str) -> Bounds:
    """The bounds of a product: its own where it has any, else those of every product."""
    read = tomllib.loads(FILE.read_text("utf-8"))
    own = read.get("product", {}).get(product, {})
    every = read["every"] | own.get("every", {})
    kinds = {
        word: _rule(said | own.get("kind", {}).get(word, {})) for word, said in read["kind"].items()
    }
    return Bounds(
        every["answer_days"],
        every["accept_days"],
        every["changes_a_year"],
        every["term_times_most"],
        kinds,
    )


def _rule(said: Mapping[str, Any]) -> Rule:
    return Rule(
        said["asks"],
        said.get("at_once", 0),
        said["by_person"],
        said["paid_least"],
        said["times_a_year"],
        said.get("interest", ""),
    )
