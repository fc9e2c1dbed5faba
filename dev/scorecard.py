"""The points scorecard, made from public data and printed with all that is known of its worth.

    python -m dev.scorecard [--check]

Reads `south_german_credit.csv` in EVENHAND_DATA, else in ../shared/data, and the attributes as
`lifecycle/decide/attributes.toml` cuts them; writes `lifecycle/decide/scorecard.json` (with
--check it only says whether that is what would be written). Weight of evidence, logistic regression
by Newton's rule, points rounded to whole numbers: the same data give the same bytes.
"""

import json
import os
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from dev.postgres import CHECKOUT
from dev.replay import data_folder
from dev.scorecard_report import Fit, report

FILE: Final = "south_german_credit.csv"
ROOM: Final = CHECKOUT / "evenhand/lifecycle/decide"
ARTEFACT: Final = ROOM / "scorecard.json"
NAME: Final = "south-german-1"
EVEN: Final = 500
"""Points at which a loan of the data is as likely to go bad as not."""
DOUBLING: Final = 40
"""Points that double the odds of a good loan."""
TEST_OF_TEN: Final = (2, 5, 8)
"""Rows by their place modulo ten that are kept out of the fit of the test figures."""
ROUNDS: Final = 50
RIDGE: Final = 1e-3

Array = npt.NDArray[Any]


def main(words: Sequence[str]) -> int:
    """0 where the card was written, or is as it would be written."""
    file = data_folder(os.environ) / FILE
    if not file.exists():
        print(f"scorecard: {file} is missing; put it there or set EVENHAND_DATA", file=sys.stderr)
        return 2
    made, fit = make(read(file), attributes())
    print(report(fit))
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if "--check" in words:
        same = ARTEFACT.exists() and ARTEFACT.read_text("utf-8") == text
        print("as in the repository" if same else "NOT as in the repository")
        return 0 if same else 1
    ARTEFACT.write_text(text, "utf-8")
    print(f"written: {ARTEFACT.relative_to(CHECKOUT)}")
    return 0


def attributes() -> list[dict[str, Any]]:
    """The attributes as the house cuts them."""
    said = tomllib.loads((ROOM / "attributes.toml").read_text("utf-8"))
    return list(said["attribute"])


def read(file: Path) -> dict[str, Array]:
    """The columns of the data by name."""
    lines = file.read_text("utf-8").split()
    table = np.array([line.split(",") for line in lines[1:]], dtype=np.int64)
    return dict(zip(lines[0].split(","), table.T, strict=True))


def make(data: Mapping[str, Array], cut: Sequence[Mapping[str, Any]]) -> tuple[Any, Fit]:
    """The artefact as JSON has it, and what the fit is worth. All rows make the card; the test
    figures are of a card made of seven rows in ten on the other three."""
    good = data["credit_risk"]
    bins = np.stack([binned(data[each["column"]], each) for each in cut], axis=1)
    held_out = np.isin(np.arange(len(good)) % 10, TEST_OF_TEN)
    trial = _card(bins[~held_out], good[~held_out])
    card = _card(bins, good)
    fit = Fit(
        names=[each["name"] for each in cut],
        bins=bins,
        good=good,
        held_out=held_out,
        trial_points=_points(bins, trial),
        points=_points(bins, card),
        woe=_woe(bins, good),
        card=card[1],
        even=EVEN,
        doubling=DOUBLING,
        groups=_groups(data),
    )
    return _artefact(cut, bins, good, card), fit


def binned(column: Array, cut: Mapping[str, Any]) -> Array:
    """The bin of each row; ValueError where a code of the data has none."""
    if "data" not in cut:
        return np.searchsorted(np.array(cut["edges"]), column, side="right")
    place = np.full(len(column), -1)
    for number, codes in enumerate(cut["data"]):
        place[np.isin(column, codes)] = number
    if (place < 0).any():
        raise ValueError(f"{cut['name']}: a code of the data is in no bin")
    return place


def _woe(bins: Array, good: Array) -> list[Array]:
    """The weight of evidence of each bin: log of its share of the good over that of the bad, half a
    row added to each so that an empty cell weighs little."""
    woes = []
    for column in bins.T:
        count = int(column.max()) + 1
        of_good = np.bincount(column[good == 1], minlength=count) + 0.5
        of_bad = np.bincount(column[good == 0], minlength=count) + 0.5
        woes.append(np.log(of_good / of_good.sum()) - np.log(of_bad / of_bad.sum()))
    return woes


def _card(bins: Array, good: Array) -> tuple[int, list[list[int]]]:
    """Base and points of each bin, the worst bin of an attribute having none."""
    woes = _woe(bins, good)
    weights = np.stack([woe[column] for woe, column in zip(woes, bins.T, strict=True)], axis=1)
    constant, *slopes = _logistic(weights, good)
    factor = DOUBLING / np.log(2)
    raw = [factor * slope * woe for slope, woe in zip(slopes, woes, strict=True)]
    base = EVEN + factor * constant + sum(float(each.min()) for each in raw)
    return round(base), [np.rint(each - each.min()).astype(int).tolist() for each in raw]


def _logistic(weights: Array, good: Array) -> Array:
    """Constant and slopes of the log odds of a good loan."""
    design = np.column_stack([np.ones(len(good)), weights])
    found = np.zeros(design.shape[1])
    ridge = RIDGE * np.eye(design.shape[1])
    for _round in range(ROUNDS):
        chance = 1 / (1 + np.exp(-design @ found))
        slope = design.T @ (good - chance) - ridge @ found
        bend = (design * (chance * (1 - chance))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        found = found + step
        if np.abs(step).max() < 1e-12:
            break
    return found


def _points(bins: Array, card: tuple[int, list[list[int]]]) -> Array:
    base, points = card
    each = [np.array(of)[column] for of, column in zip(points, bins.T, strict=True)]
    return base + np.sum(each, axis=0)


def _groups(data: Mapping[str, Array]) -> dict[str, Array]:
    """Who is looked at in the report and never in the score. The data's code 2 of sex and family
    is a woman who is not single or a man who is: it cannot be told apart (Grömping 2019)."""
    sex, age = data["personal_status_sex"], data["age"]
    return {
        "men (codes 1, 3)": np.isin(sex, (1, 3)),
        "women (code 4)": sex == 4,
        "either (code 2)": sex == 2,
        "under 25": age < 25,
        "25 to 39": (age >= 25) & (age < 40),
        "40 to 59": (age >= 40) & (age < 60),
        "60 and over": age >= 60,
        "foreign workers": data["foreign_worker"] == 1,
        "other than foreign workers": data["foreign_worker"] == 2,
    }


def _artefact(
    cut: Sequence[Mapping[str, Any]], bins: Array, good: Array, card: tuple[int, list[list[int]]]
) -> dict[str, Any]:
    base, points = card
    return {
        "name": NAME,
        "data": FILE,
        "even_odds_at": EVEN,
        "points_to_double_the_odds": DOUBLING,
        "base": base,
        "attributes": [
            {key: each[key] for key in ("name", "answers", "edges", "reason") if key in each}
            | {"points": of, "rows": _counts(column), "bad": _counts(column, good == 0)}
            for each, of, column in zip(cut, points, bins.T, strict=True)
        ],
    }


def _counts(column: Array, among: Array | None = None) -> list[int]:
    counted = column if among is None else column[among]
    return [int(n) for n in np.bincount(counted, minlength=int(column.max()) + 1)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
