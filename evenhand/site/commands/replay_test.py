"""Three hundred real clients through the whole machine, in a house of their own."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from evenhand.site.commands import replay
from evenhand.site.replay import run
from evenhand.site.replay.matrices_test import data_file
from evenhand.site.replay.run import Replayed


def evenhand(database: str, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DATABASE_URL": database, "EVENHAND_DEMO": "1"}
    return subprocess.run(
        [sys.executable, "-m", "evenhand", *words],
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_three_hundred_clients_live_through_seven_months(own_database: str) -> None:
    path = str(data_file())
    done = evenhand(own_database, "replay", path, "--people", "300")
    assert done.returncode == 0, done.stderr
    assert "All cells of 6 month-to-month matrices are equal." in done.stdout
    assert "214 days closed" in done.stdout
    assert "every link holds" in evenhand(own_database, "verify-stream", "--all").stdout
    assert "equal to what stood" in evenhand(own_database, "rebuild").stdout
    assert evenhand(own_database, "check").returncode == 0
    again = evenhand(own_database, "replay", path, "--people", "300")
    assert again.returncode == 2
    assert again.stderr == "replay: this database holds a book already; give it an empty one\n"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.csv"], "replay: none.csv: cannot be read"),
        (["tape.csv"], "replay: tape.csv: no column ID"),
        (["tape.csv", "--until", "2027-01-01"], "replay: --until: not from 2026-03-01 to"),
        (["tape.csv", "--people", "0"], "replay: --people: fewer than one"),
    ],
)
def test_a_wrong_request_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    (tmp_path / "tape.csv").write_text("a,b\n1,2\n")
    paths = [str(tmp_path / word) if word.endswith(".csv") else word for word in words]
    assert replay.main(paths) == 2
    error = capsys.readouterr().err.replace(f"{tmp_path}/", "")
    assert error.startswith(said) and error.count("\n") == 1


def test_a_replay_never_goes_over_a_real_provider(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(settings, "SMS", {"provider": "kannel"})
    assert replay.main(["tape.csv"]) == 2
    assert "EVENHAND_SMS names a real provider" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_differing_cell_is_named_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    ours = [np.zeros((7, 7), np.int64) for _ in range(2)]
    the_file = [[[0] * 7 for _ in range(7)] for _ in range(6)]
    the_file[1][0][1] = 3
    assert replay.report_of(Replayed(ours, the_file, []), run.LAST, 1.0) == 1
    said = capsys.readouterr().out
    assert "The matrices differ: 2026-05" in said and "0 in our positions, 3 in the file" in said
