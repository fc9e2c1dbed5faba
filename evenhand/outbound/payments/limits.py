"""The house's own rules about the borrower's account, from `limits.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

HOUR: Final = 3_600_000_000
_FILE: Final = Path(__file__).parent / "limits.toml"


class Payout(NamedTuple):
    """When a payout waits, and what stops it."""

    hold: int
    """Microseconds after a change of number or account."""
    stopped_by: tuple[str, ...]


class Debit(NamedTuple):
    """How often auto-debit is tried, how long before it is told, at which hours, what stops it."""

    attempts_a_day: int
    attempts_an_instalment: int
    told_days_before: int
    hours: tuple[int, ...]
    stopped_by: tuple[str, ...]


class Once(NamedTuple):
    """How often a borrower pays by hand in a day, and what stops it."""

    attempts_a_day: int
    stopped_by: tuple[str, ...]


class Suspense(NamedTuple):
    """Up to which sum, in minor units, a role may agree to what another proposed."""

    agrees_minor: Mapping[str, int]


class Limits(NamedTuple):
    """All of them."""

    payout: Payout
    debit: Debit
    once: Once
    suspense: Suspense


@cache
def limits() -> Limits:
    """The rules as they are written."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    payout, debit, once = read["payout"], read["debit"], read["once"]
    return Limits(
        Payout(payout["hold_hours"] * HOUR, tuple(payout["stopped_by"])),
        Debit(
            debit["attempts_a_day"],
            debit["attempts_an_instalment"],
            debit["told_days_before"],
            tuple(debit["hours"]),
            tuple(debit["stopped_by"]),
        ),
        Once(once["attempts_a_day"], tuple(once["stopped_by"])),
        Suspense(read["suspense"]["agrees_minor"]),
    )
