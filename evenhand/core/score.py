"""Points of a scorecard: each attribute's value falls into a bin, each bin has points, they add up.

A card's cells are [A, B], attributes by bins, padded behind an attribute's last bin. What a bin
costs against the best bin of its attribute is what its reason weighs.
"""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from evenhand.core.columns import Bools, Ints, require

REASONS_MAX: Final = 4
NO_EDGE: Final = 2**62


@dataclass(frozen=True, slots=True)
class Card:
    """`base` points for everybody; `edges` [A, B - 1] where the next bin begins, rising, NO_EDGE
    behind the last; `points` [A, B], behind an attribute's last bin the points of its last."""

    base: int
    edges: Ints
    points: Ints


class Scored(NamedTuple):
    """`points` [L]; `bin` [L, A] where each value fell; `lost` [L, A] points behind the best bin;
    `reasons` [L, 4] the attributes that cost most, the dearest first (ties: the earlier in the
    card), -1 where no more was lost."""

    points: Ints
    bin: Ints
    lost: Ints
    reasons: Ints


def score(values: Ints, card: Card) -> Scored:
    """The points of L applications whose attributes have these `values` [L, A].

    >>> card = Card(100, np.array([[12, 36]]), np.array([[0, 20, 50]]))
    >>> scored = score(np.array([[11], [12], [99]]), card)
    >>> scored.points.tolist(), scored.lost.ravel().tolist(), scored.reasons[:, 0].tolist()
    ([100, 120, 150], [50, 30, 0], [0, 0, -1])
    """
    require(card.edges[:, 1:] >= card.edges[:, :-1], "edges", "out of order")
    attributes = np.arange(len(card.points))
    place = np.sum(values[:, :, None] >= card.edges[None, :, :], axis=2)
    given = card.points[attributes, place]
    lost = card.points.max(axis=1) - given
    return Scored(card.base + given.sum(axis=1), place, lost, _reasons(lost))


def _reasons(lost: Ints) -> Ints:
    order = np.argsort(-lost, axis=1, kind="stable")[:, :REASONS_MAX]
    matters: Bools = np.take_along_axis(lost, order, axis=1) > 0
    named = np.where(matters, order, -1)
    width = ((0, 0), (0, REASONS_MAX - named.shape[1]))
    return np.pad(named, width, constant_values=-1)
