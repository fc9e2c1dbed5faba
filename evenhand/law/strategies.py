"""Which rungs a strategy has, as the columns `core.ladder` takes."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from evenhand.core.columns import Ints, KeyedError
from evenhand.core.days import NEVER

_FILE: Final = Path(__file__).parent / "strategies.toml"


@cache
def strategies() -> Mapping[str, tuple[int, ...]]:
    """Strategy name to its rungs, rising."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: tuple(table["rungs"]) for name, table in read.items()}


@cache
def calls() -> Mapping[str, tuple[int, ...]]:
    """Strategy name to the days past due on which a person may call, rising; none for most."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return {name: tuple(table.get("calls", ())) for name, table in read.items()}


def calls_of(names: npt.NDArray[np.bytes_]) -> Ints:
    """The same as `rungs_of`, of the calls."""
    return _table(names, calls())


def rungs_of(names: npt.NDArray[np.bytes_]) -> Ints:
    """[L, K] the rungs of each loan's strategy, padded with NEVER, from a padded text column.

    Raises KeyedError ("strategy") for a name that is none.
    """
    return _table(names, strategies())


def _table(names: npt.NDArray[np.bytes_], days: Mapping[str, tuple[int, ...]]) -> Ints:
    known, of_loan = np.unique(names, return_inverse=True)
    found = [days.get(name.decode().rstrip()) for name in known.tolist()]
    strange = np.array([rungs is None for rungs in found], dtype=np.bool_)[of_loan]
    if strange.any():
        raise KeyedError("strategy", int(np.flatnonzero(strange)[0]), "no such strategy")
    widest = max((len(rungs or ()) for rungs in found), default=0)
    table = [[*(rungs or ()), *[NEVER] * (widest - len(rungs or ()))] for rungs in found]
    return np.array(table, dtype=np.int64).reshape(len(known), widest)[of_loan]
