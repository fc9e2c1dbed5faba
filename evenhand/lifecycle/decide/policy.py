"""The house's policy as `policy.toml` has it on a day, and the words of its reasons."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.offer import COLUMNS, DECLINE, OUTCOMES, Rules

FILE: Final = Path(__file__).with_name("policy.toml")
SHARE: Final = COLUMNS.index("share_ppm")
LEFT: Final = COLUMNS.index("left_per_head_minor")


class Lending(NamedTuple):
    """What the house lends by, beside the rules."""

    offer_days: int
    step_minor: int
    approve_from: int
    refer_from: int
    review_hours: int
    supervisor_above_minor: int


class Rule(NamedTuple):
    """One rule; `reason` by language."""

    id: str
    reads: str
    above: bool
    bound: int
    outcome: str
    source: str
    reason: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy in force on a day. `digest` is of the whole file, as decisions name it."""

    digest: str
    lending: Lending
    rules: tuple[Rule, ...]
    columns: Rules

    @property
    def share_ppm(self) -> int:
        """The most that instalments may take of an income."""
        return min((r.bound for r in self.rules if _declines(r, SHARE) and r.above), default=0)

    @property
    def left_per_head_minor(self) -> int:
        """The least that must be left to live on."""
        below = [r.bound for r in self.rules if _declines(r, LEFT) and not r.above]
        return max(below, default=0)

    def is_affordability(self, place: int) -> bool:
        """Does this rule decline because the loan is too dear for this person?"""
        return _declines(self.rules[place], SHARE) or _declines(self.rules[place], LEFT)


def in_force(on: date) -> Policy:
    """The policy of a day; AssertionError where the house had none."""
    digest, said = _read()
    lending = [each for each in said["lending"] if _holds(each, on)]
    assert len(lending) == 1, "one lending policy holds on a day"
    rules = tuple(_rule(each) for each in said["rule"] if _holds(each, on))
    return Policy(
        digest, Lending(*(lending[0][key] for key in Lending._fields)), rules, _columns(rules)
    )


def reasons() -> dict[str, Mapping[str, str]]:
    """The words of every rule there ever was, by its id."""
    return {each["id"]: each["reason"] for each in _read()[1]["rule"]}


def _holds(said: Mapping[str, Any], on: date) -> bool:
    return bool(said["from"] <= on <= said.get("to", date.max))


def _rule(said: Mapping[str, Any]) -> Rule:
    above = "above" in said
    bound = said["above" if above else "below"]
    return Rule(
        said["id"], said["reads"], above, bound, said["outcome"], said["source"], said["reason"]
    )


def _columns(rules: tuple[Rule, ...]) -> Rules:
    return Rules(
        np.array([COLUMNS.index(each.reads) for each in rules]),
        np.array([each.above for each in rules]),
        np.array([each.bound for each in rules]),
        np.array([OUTCOMES.index(each.outcome) for each in rules]),
    )


def _declines(rule: Rule, column: int) -> bool:
    return rule.reads == COLUMNS[column] and rule.outcome == OUTCOMES[DECLINE]


@cache
def _read() -> tuple[str, dict[str, Any]]:
    text = FILE.read_bytes()
    return sha256(text).hexdigest(), tomllib.loads(text.decode())
