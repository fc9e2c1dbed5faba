"""The matrices counted by columns must be those counted line by line from the file."""

import os
from pathlib import Path

import numpy as np
import pytest

from evenhand.site.replay.behaviour import behave
from evenhand.site.replay.clients import BadFile, read_clients
from evenhand.site.replay.matrices import first_difference, from_file, from_positions

HEADER = "ID,LIMIT_BAL,PAY_0,PAY_2,PAY_3,PAY_4,PAY_5,PAY_6\n"


def data_file() -> Path:
    folder = Path(os.environ.get("EVENHAND_DATA", "../shared/data"))
    path = folder / "uci_taiwan_credit_default.csv.gz"
    if not path.exists():
        pytest.skip(f"LOUD: {path} is absent; set EVENHAND_DATA to the folder that holds it")
    return path


def test_the_real_file_counts_the_same_by_columns_and_line_by_line() -> None:
    path = data_file()
    late = behave(read_clients(path).pay).late
    ours = [from_positions(late[:, month], late[:, month + 1]) for month in range(6)]
    the_file = from_file(path)
    assert first_difference(ours, the_file) is None
    assert sum(sum(row) for row in the_file[5]) == 30_000
    assert sum(row[3] for row in the_file[5]) == 290  # three months late at the end of September


def test_the_first_differing_cell_is_named() -> None:
    ours = [np.zeros((7, 7), np.int64) for _ in range(6)]
    the_file = [[[0] * 7 for _ in range(7)] for _ in range(6)]
    the_file[2][1][2] = 5
    difference = first_difference(ours, the_file)
    assert difference is not None
    assert difference == (3, 1, 2, 0, 5)


def test_a_gap_in_the_file_is_named_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(HEADER + "1,20000.0,0,0,0,0,0,0\n2,20000.0,0,0,,0,0,0\n")
    with pytest.raises(BadFile, match="line 3, column PAY_3"):
        read_clients(path)


def test_a_file_without_our_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("A,B\n1,2\n")
    with pytest.raises(BadFile, match="no column ID"):
        read_clients(path)


def test_only_the_first_clients_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text(HEADER + "1,20000.0,0,0,0,0,0,2\n2,0.5,0,0,0,0,0,0\n")
    clients = read_clients(path, people=1)
    assert clients.principal_minor.tolist() == [2_000_000]
    assert clients.pay.tolist() == [[2, 0, 0, 0, 0, 0]]
    assert from_file(path, people=1)[0][0][1] == 1
