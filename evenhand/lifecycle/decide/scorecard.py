"""The scorecard as `scorecard.json` has it: columns for core, and the words of its reasons.

The artefact is made by `python -m dev.scorecard`; what it is good for is in docs/why/score.md.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core.score import NO_EDGE, Card

FILE: Final = Path(__file__).with_name("scorecard.json")
PREFIX: Final = "score."
"""What the reasons of attributes begin with, among the reasons of a decision."""


class Attribute(NamedTuple):
    """One attribute: its bins are answers' codes in order, or begin at edges."""

    name: str
    answers: Sequence[str]
    edges: Sequence[int]
    points: Sequence[int]
    reason: Mapping[str, str]

    def value(self, known: int | str) -> int:
        """What the card reads: a number as it is, an answer as its place."""
        return self.answers.index(known) if isinstance(known, str) else known


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The card in use; `digest` is of the whole file, as decisions name it."""

    digest: str
    attributes: tuple[Attribute, ...]
    card: Card


@cache
def in_use() -> Scorecard:
    """The card the house decides by."""
    text = FILE.read_bytes()
    said = json.loads(text)
    attributes = tuple(_attribute(each) for each in said["attributes"])
    return Scorecard(sha256(text).hexdigest(), attributes, _card(said["base"], attributes))


def reasons() -> dict[str, Mapping[str, str]]:
    """The words of each attribute, by the code decisions have for it."""
    return {PREFIX + each.name: each.reason for each in in_use().attributes}


def _attribute(said: Mapping[str, Any]) -> Attribute:
    answers = tuple(said.get("answers", ()))
    edges = tuple(said.get("edges", range(1, len(answers))))
    return Attribute(said["name"], answers, edges, tuple(said["points"]), said["reason"])


def _card(base: int, attributes: Sequence[Attribute]) -> Card:
    wide = max(len(each.edges) for each in attributes)
    edges = [[*each.edges, *[NO_EDGE] * (wide - len(each.edges))] for each in attributes]
    points = [[*each.points, *[each.points[-1]] * (wide - len(each.edges))] for each in attributes]
    return Card(base, np.array(edges), np.array(points))
