"""Control totals: what the seller says the book holds, against what the tape stands at.

Count of loans, outstanding principal, and past due (principal, interest and late interest past
due) by the age of the oldest unpaid instalment; minor units, to the cent. A totals file is TOML:

    count = 3
    principal = "30000.00"
    [past_due]
    "1-30" = "1050.25"

Ages left out are zero. Nothing else may stand in the file.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from evenhand.core import position
from evenhand.lifecycle.takeover.cells import BadCell, BadFile, money

AGES = ("1-30", "31-60", "61-90", "91+")


class Totals(NamedTuple):
    """Of a whole tape: minor units; `past_due` in the order of AGES."""

    loans: int
    principal: int
    past_due: tuple[int, int, int, int]

    def as_ints(self) -> dict[str, Any]:
        """As a fact's body holds them."""
        past_due = dict(zip(AGES, self.past_due, strict=True))
        return {"count": self.loans, "principal": self.principal, "past_due": past_due}

    def lines(self) -> list[str]:
        """As a totals file holds them."""
        lines = [f"count = {self.loans}", f'principal = "{major(self.principal)}"', "[past_due]"]
        return lines + [
            f'"{age}" = "{major(amount)}"' for age, amount in zip(AGES, self.past_due, strict=True)
        ]


class Disagreement(NamedTuple):
    """One total that does not agree, as text to print."""

    name: str
    expected: str
    found: str

    def __str__(self) -> str:
        return f"{self.name}: {self.expected} expected, the tape stands at {self.found}"


def of_position(stood: position.Position) -> Totals:
    """The totals of loans as they stand."""
    band = position.age(stood.past_due_days)
    past_due = [int(stood.past_due_minor[band == number].sum()) for number in (1, 2, 3, 4)]
    return Totals(
        loans=len(band),
        principal=int(np.sum(stood.outstanding_minor)),
        past_due=(past_due[0], past_due[1], past_due[2], past_due[3]),
    )


def disagreements(expected: Totals, found: Totals) -> list[Disagreement]:
    """Every total that differs; empty where all agree to the cent."""
    pairs = [
        ("count", str(expected.loans), str(found.loans)),
        ("principal", major(expected.principal), major(found.principal)),
    ]
    pairs += [
        (f"past due {age}", major(mine), major(theirs))
        for age, mine, theirs in zip(AGES, expected.past_due, found.past_due, strict=True)
    ]
    return [Disagreement(*pair) for pair in pairs if pair[1] != pair[2]]


def read_totals(path: Path) -> Totals:
    """The totals of a file; raises `BadFile` with the one line to print."""
    try:
        return given(tomllib.loads(path.read_text()))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise BadFile(f"{path}: cannot be read as TOML ({type(reason).__name__})") from reason
    except BadCell as bad:
        raise BadFile(f"{path}: {bad.column}: {bad.reason}") from bad


def given(totals: Mapping[str, Any]) -> Totals:
    """Totals from a mapping of the file's shape; raises `BadCell`."""
    past_due = totals.get("past_due", {})
    unknown = [name for name in totals if name not in ("count", "principal", "past_due")]
    unknown += [age for age in past_due if age not in AGES]
    if unknown:
        raise BadCell(str(unknown[0]), "no such total")
    count = totals.get("count")
    if type(count) is not int or count < 0:
        raise BadCell("count", "not a count of loans")
    ages = [money(str(past_due.get(age, "0")), f"past_due {age}") for age in AGES]
    return Totals(
        loans=count,
        principal=money(str(totals.get("principal", "")), "principal"),
        past_due=(ages[0], ages[1], ages[2], ages[3]),
    )


def major(minor: int) -> str:
    """Minor units as an amount.

    >>> major(123405)
    '1234.05'
    """
    return f"{minor // 100}.{minor % 100:02d}"
