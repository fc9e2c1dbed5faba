"""Borrow and repay on any day: interest by the day on what is owed, and nothing else.

A sum borrowed bears interest from the day after it comes to the day on which it is repaid. R(d),
the interest charged up to d, is kept exactly (principal x days x rate, in two limbs) and rounded
half to even once, when read; so the interest of a day is R(d) - R(d - 1), and the days sum to the
whole. Interest bears none. What is repaid meets the interest charged up to that day, then the
principal; what exceeds both is overpaid.
"""

from dataclasses import dataclass

import numpy as np

from evenhand.core.columns import Ints, require
from evenhand.core.money import PPM, accrue, rounded
from evenhand.core.position_fold import DAY_MAX
from evenhand.core.terms import PRINCIPAL_MAX, RATE_PPM_MAX, YEAR_DAYS


@dataclass(frozen=True, slots=True)
class Moves:
    """Columns [M], sorted by (row, day): `row` is the line's place, `amount_minor` is above zero
    where money was borrowed, below where it was repaid."""

    row: Ints
    day: Ints
    amount_minor: Ints


@dataclass(frozen=True, slots=True)
class Line:
    """Where L lines stand, in minor units: principal owed; interest owed; all interest charged up
    to the day, paid or not; paid beyond everything."""

    principal_minor: Ints
    interest_minor: Ints
    charged_minor: Ints
    overpaid_minor: Ints

    @property
    def payoff_minor(self) -> Ints:
        """What, paid on the day, leaves nothing owed."""
        return self.principal_minor + self.interest_minor


@dataclass(slots=True)
class _Kept:
    """A line between moves; interest charged is `whole` + `rest` / (10**6 x year days)."""

    principal: Ints
    upto: Ints
    whole: Ints
    rest: Ints
    paid: Ints
    over: Ints


def stand_daily(rate_ppm: Ints, year_days: Ints, moves: Moves, on: int | Ints) -> Line:
    """Where each line stands on `on`; moves after it do not count yet.

    >>> from evenhand.core.days import of_iso
    >>> drawn = Moves(np.array([0, 0]), of_iso(["2026-03-01", "2026-03-11"]),
    ...               np.array([10_000_00, -4_000_00]))
    >>> now = stand_daily(np.array([108_000]), np.array([360]), drawn, of_iso("2026-03-21"))
    >>> now.principal_minor.tolist(), now.interest_minor.tolist()  # 30.00 was paid on the 11th
    ([603000], [1809])
    """
    days = np.broadcast_to(np.asarray(on, dtype=np.int64), rate_ppm.shape)
    _require(rate_ppm, year_days, moves, days)
    counts = moves.day <= days[moves.row]
    row, day, amount = moves.row[counts], moves.day[counts], moves.amount_minor[counts]
    ends = np.cumsum(np.bincount(row, minlength=len(days)))
    at = np.concatenate(([0], ends[:-1])).astype(np.int64)
    zero = np.zeros(len(days), dtype=np.int64)
    kept = _Kept(zero.copy(), days.copy(), zero.copy(), zero.copy(), zero.copy(), zero.copy())
    over = PPM * year_days
    for rank in range(int((ends - at).max(initial=0))):
        lines = np.flatnonzero(at + rank < ends)
        place = at[lines] + rank
        if rank == 0:
            kept.upto[lines] = day[place]
        _accrue(kept, lines, day[place], rate_ppm, year_days)
        _move(kept, lines, amount[place], over)
    every = np.arange(len(days))
    _accrue(kept, every, days, rate_ppm, year_days)
    charged = rounded(kept.whole, kept.rest, over)
    return Line(kept.principal, charged - kept.paid, charged, kept.over)


def _accrue(kept: _Kept, lines: Ints, day: Ints, rate_ppm: Ints, year_days: Ints) -> None:
    year = year_days[lines]
    length = day - kept.upto[lines]
    whole, rest = accrue(kept.principal[lines], rate_ppm[lines], length, year)
    carried, rest = np.divmod(kept.rest[lines] + rest, PPM * year)
    kept.whole[lines] += whole + carried
    kept.rest[lines] = rest
    kept.upto[lines] = day


def _move(kept: _Kept, lines: Ints, amount: Ints, over: Ints) -> None:
    borrowed, repaid = np.maximum(amount, 0), np.maximum(-amount, 0)
    owed = rounded(kept.whole[lines], kept.rest[lines], over[lines]) - kept.paid[lines]
    interest = np.minimum(repaid, owed)
    principal = np.minimum(repaid - interest, kept.principal[lines])
    kept.paid[lines] += interest
    kept.principal[lines] += borrowed - principal
    kept.over[lines] += repaid - interest - principal


def _require(rate_ppm: Ints, year_days: Ints, moves: Moves, on: Ints) -> None:
    require((rate_ppm >= 0) & (rate_ppm <= RATE_PPM_MAX), "annual_rate", "not 0 to 1000 %")
    require(np.isin(year_days, YEAR_DAYS), "year_days", "neither 360 nor 365")
    require(np.abs(on) <= DAY_MAX, "on", "beyond a thousand years of 1970")
    row, day, amount = moves.row, moves.day, moves.amount_minor
    require((row >= 0) & (row < len(on)), "row", "no such line")
    require(np.abs(day) <= DAY_MAX, "day", "beyond a thousand years of 1970")
    sized = (amount != 0) & (np.abs(amount) <= PRINCIPAL_MAX)
    require(sized, "amount", "not 1 to 10**13 minor units, borrowed or repaid")
    later = np.ones(len(row), dtype=np.bool_)
    later[1:] = (row[1:] > row[:-1]) | ((row[1:] == row[:-1]) & (day[1:] >= day[:-1]))
    require(later, "day", "moves not sorted by line and day")
    borrowed = np.zeros(len(on), dtype=np.int64)
    np.add.at(borrowed, row, np.maximum(amount, 0))
    require(borrowed <= PRINCIPAL_MAX, "amount", "more than 10**13 minor units borrowed in all")
