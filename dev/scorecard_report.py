"""What a scorecard is worth, in words and figures: printed by `dev.scorecard`, used by nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
CUTS: Final = (480, 500, 520, 540, 560, 580, 600, 620)
BANDS: Final = 5


class Fit(NamedTuple):
    """Rows [N], attributes [A]: `bins` [N, A]; `good` 1 or 0; `held_out` rows of the test;
    `trial_points` by a card of the other rows, `points` by the card of all."""

    names: Sequence[str]
    bins: Array
    good: Array
    held_out: Array
    trial_points: Array
    points: Array
    woe: Sequence[Array]
    card: Sequence[Sequence[int]]
    even: int
    doubling: int
    groups: Mapping[str, Array]


def report(fit: Fit) -> str:
    """The whole report."""
    parts = [_attributes(fit), _worth(fit), _calibration(fit), _cuts(fit), _fairness(fit)]
    return "\n\n".join("\n".join(part) for part in parts)


def auc(points: Array, good: Array) -> float:
    """The chance that a good loan has more points than a bad one, a tie counting half.

    >>> round(auc(np.array([1, 2, 3, 3]), np.array([0, 0, 1, 0])), 3)
    0.833
    """
    of_good, of_bad = points[good == 1], points[good == 0]
    above = (of_good[:, None] > of_bad[None, :]).mean()
    return float(above + (of_good[:, None] == of_bad[None, :]).mean() / 2)


def ks(points: Array, good: Array) -> float:
    """The widest gap between the shares of the good and of the bad below some number of points.

    >>> ks(np.array([1, 2, 3]), np.array([0, 0, 1]))
    1.0
    """
    each = np.unique(points)
    below = [(points[good == kind][:, None] <= each).mean(axis=0) for kind in (0, 1)]
    return float(np.abs(below[0] - below[1]).max())


def chance_of_bad(points: Array, fit: Fit) -> Array:
    """What the points promise."""
    odds = 2.0 ** ((points - fit.even) / fit.doubling)
    chance: Array = 1 / (1 + odds)
    return chance


def _attributes(fit: Fit) -> list[str]:
    lines = [f"{'attribute':16}  bin    rows   bad     woe  points"]
    for place, name in enumerate(fit.names):
        column = fit.bins[:, place]
        for number, woe in enumerate(fit.woe[place]):
            rows = column == number
            bad = 1 - fit.good[rows].mean() if rows.any() else 0.0
            points = fit.card[place][number]
            lines.append(
                f"{name:16}  {number:3}  {rows.sum():6}  {bad:4.0%}  {woe:6.2f}  {points:6}"
            )
        rises = all(a <= b for a, b in zip(fit.woe[place], fit.woe[place][1:], strict=False))
        falls = all(a >= b for a, b in zip(fit.woe[place], fit.woe[place][1:], strict=False))
        lines.append(f"{'':16}  {'monotone' if rises or falls else 'NOT MONOTONE'}")
    return lines


def _worth(fit: Fit) -> list[str]:
    test = fit.held_out
    kinds = (
        ("held out, by a card of the rest", fit.trial_points[test], fit.good[test]),
        ("the rest itself", fit.trial_points[~test], fit.good[~test]),
        ("all rows, by the card as written", fit.points, fit.good),
    )
    lines = [f"{'':34}  rows    AUC   Gini     KS"]
    for name, points, good in kinds:
        area = auc(points, good)
        lines.append(
            f"{name:34}  {len(good):4}  {area:.3f}  {2 * area - 1:.3f}  {ks(points, good):.3f}"
        )
    return lines


def _calibration(fit: Fit) -> list[str]:
    points, good = fit.trial_points[fit.held_out], fit.good[fit.held_out]
    lines = ["held out: points         rows  promised bad  seen bad"]
    order = np.argsort(points, kind="stable")
    for rows in np.array_split(order, BANDS):
        promised, seen = chance_of_bad(points[rows], fit).mean(), 1 - good[rows].mean()
        span = f"{points[rows].min()} to {points[rows].max()}"
        lines.append(f"          {span:14} {len(rows):4}  {promised:12.1%}  {seen:8.1%}")
    return lines


def _cuts(fit: Fit) -> list[str]:
    lines = ["points at least   share of all   bad among them   bad among the rest"]
    for cut in CUTS:
        above = fit.points >= cut
        rest = 1 - fit.good[~above].mean() if (~above).any() else 0.0
        lines.append(
            f"{cut:15}   {above.mean():12.1%}   {1 - fit.good[above].mean():14.1%}   {rest:18.1%}"
        )
    return lines


def _fairness(fit: Fit) -> list[str]:
    """Who would have how many points, and at the middle cut how many of the good come above it."""
    cut = CUTS[len(CUTS) // 2]
    lines = [f"not in the score; at {cut} points: rows  above  seen bad  good above  mean points"]
    for name, rows in fit.groups.items():
        above, good = fit.points[rows] >= cut, fit.good[rows] == 1
        lines.append(
            f"  {name:28} {rows.sum():6}  {above.mean():5.0%}  {1 - good.mean():8.0%}"
            f"  {above[good].mean():10.0%}  {fit.points[rows].mean():11.0f}"
        )
    return lines
