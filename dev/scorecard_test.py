"""The scorecard is made the same each time, and is worth what it prints."""

import json
import os
from typing import Any

import numpy as np
import pytest

from dev import scorecard
from dev.replay import data_folder
from dev.scorecard_report import auc, ks, report

CUT: list[dict[str, Any]] = [
    {"name": "account", "column": "status", "answers": ["none", "well"], "data": [[1, 2], [3, 4]],
     "reason": {"en": "a"}},
    {"name": "months", "column": "duration", "edges": [12, 24], "reason": {"en": "b"}},
]  # fmt: skip


def made_up(rows: int = 400) -> dict[str, np.ndarray]:
    """Loans of which the short ones on a full account are mostly good."""
    chance = np.random.default_rng(7)
    status, duration = chance.integers(1, 5, rows), chance.integers(4, 60, rows)
    odds = 0.25 + 0.35 * (status > 2) + 0.3 * (duration < 24)
    return {
        "status": status,
        "duration": duration,
        "credit_risk": (chance.random(rows) < odds).astype(int),
        "personal_status_sex": chance.integers(1, 5, rows),
        "age": chance.integers(19, 75, rows),
        "foreign_worker": chance.integers(1, 3, rows),
    }


def test_the_same_data_make_the_same_card() -> None:
    first, _ = scorecard.make(made_up(), CUT)
    again, _ = scorecard.make(made_up(), CUT)
    assert json.dumps(first) == json.dumps(again)


def test_the_better_bin_has_more_points_and_the_worst_none() -> None:
    card, fit = scorecard.make(made_up(), CUT)
    account, months = (each["points"] for each in card["attributes"])
    assert account[0] == 0 < account[1]
    assert months[2] == 0 < months[0]
    assert auc(fit.points, fit.good) > 0.65
    assert sum(card["attributes"][0]["rows"]) == 400


def test_a_code_in_no_bin_is_refused() -> None:
    data = made_up() | {"status": np.full(400, 9)}
    with pytest.raises(ValueError, match="account: a code of the data is in no bin"):
        scorecard.make(data, CUT)


def test_the_report_tells_figures_and_who_would_come_above_the_cut() -> None:
    told = report(scorecard.make(made_up(), CUT)[1])
    for word in ("AUC", "Gini", "KS", "promised bad", "under 25", "women"):
        assert word in told


def test_figures_of_a_row_as_worked_out_by_hand() -> None:
    points, good = np.array([1, 2, 3, 4]), np.array([0, 1, 0, 1])
    assert auc(points, good) == 0.75
    assert ks(points, good) == 0.5


def test_the_artefact_is_what_the_data_make() -> None:
    file = data_folder(os.environ) / scorecard.FILE
    if not file.exists():
        pytest.skip(f"no {file}: the artefact is not held to its data")
    card, _ = scorecard.make(scorecard.read(file), scorecard.attributes())
    assert card == json.loads(scorecard.ARTEFACT.read_text("utf-8"))
