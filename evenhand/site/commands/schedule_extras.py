"""What a request may say beside the plain terms: chosen due days, holidays, a down-payment, later
disbursements, fees. A loan that says nothing of a kind has nothing of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final, NamedTuple

import numpy as np

from evenhand.core import advances, due_days
from evenhand.core import fees as charges
from evenhand.core.columns import Ints
from evenhand.core.days import NEVER
from evenhand.core.schedule import Schedule
from evenhand.core.shape import TERM_DAYS_MAX, Shape
from evenhand.core.terms import PRINCIPAL_MAX
from evenhand.site.commands.jsonline import Fields

EPOCH: Final = date(1970, 1, 1)
KEYS: Final = (
    "first_due_on", "due_day", "holiday_shift", "holidays", "worked", "down_payment", "advances",
    "fees",
)  # fmt: skip
REACH: Final = 31
FEE: Final = ("when", "of", "amount", "day")
Numbers = tuple[int, ...]


class Extras(NamedTuple):
    """One request's, days as numbers; advances as (day, minor units), fees as the columns of Fees
    less the row."""

    first_on: int
    month_day: int
    shift: int
    book: tuple[Numbers, Numbers]
    down_ppm: int
    advances: list[Numbers]
    fees: list[Numbers]


class Planned(NamedTuple):
    """A batch worked out: what was paid down, the shape of what is left, its schedule and more."""

    down_minor: Ints
    shape: Shape
    plan: Schedule
    fees: charges.Charged
    later: advances.Advances


def number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def read(terms: Fields, digits: int) -> Extras:
    """The keys of KEYS, as far as the request has them."""
    said = terms.values
    shift = due_days.SHIFTS.index(terms.word("holiday_shift", due_days.SHIFTS, "none"))
    if shift == due_days.NONE and ("holidays" in said or "worked" in said):
        terms.refuse("holidays", "move nothing without a holiday_shift")
    later = terms.rows("advances", ("day", "amount")) if "advances" in said else []
    fees = terms.parts("fees") if "fees" in said else []
    return Extras(
        number(terms.day("first_due_on")) if "first_due_on" in said else NEVER,
        terms.integer("due_day", 1, 31, 0),
        shift,
        (_days(terms, "holidays"), _days(terms, "worked")),
        bounded(terms, "down_payment", 6) if "down_payment" in said else 0,
        [(number(one.day("day")), bounded(one, "amount", digits)) for one in later],
        [_fee(one, digits) for one in fees],
    )


def bounded(fields: Fields, key: str, digits: int) -> int:
    """A decimal string times 10**digits; refused beyond what a column of amounts holds."""
    value = fields.scaled(key, digits)
    if value > PRINCIPAL_MAX:
        fields.refuse(key, "too large")
    return value


def _days(terms: Fields, key: str) -> Numbers:
    if key not in terms.values:
        return ()
    named = [Fields({key: day}, terms.index) for day in terms.listed(key)]
    return tuple(number(one.day(key)) for one in named)


def _fee(one: Fields, digits: int) -> Numbers:
    one.only(FEE)
    when = charges.WHEN.index(one.word("when", charges.WHEN))
    of = charges.OF.index(one.word("of", charges.OF))
    on_a_day = when == charges.ON_A_DAY
    if "day" in one.values and not on_a_day:
        one.refuse("day", "only of a fee on_a_day")
    day = number(one.day("day")) if on_a_day else NEVER
    return (when, day, of, bounded(one, "amount", digits if of == charges.FIXED else 6))


def planned(shape: Shape, asked: Sequence[Extras]) -> Planned:
    """The batch with all its extras; KeyedError names the key at fault."""
    shaped = replace(shape, chosen=_chosen(shape, asked))
    paid, left = advances.down_payment(shaped, _column([one.down_ppm for one in asked]))
    later = advances.Advances(*_flat([one.advances for one in asked], 2))
    plan = advances.paid_in_parts(left, later)
    fees = charges.Fees(*_flat([one.fees for one in asked], 4))
    return Planned(paid, left, plan, charges.charged(plan, left.rounding, fees), later)


def _chosen(shape: Shape, asked: Sequence[Extras]) -> due_days.Chosen | None:
    if not any(one.first_on != NEVER or one.month_day or one.shift for one in asked):
        return None
    books = {book: place for place, book in enumerate(dict.fromkeys(one.book for one in asked))}
    since = int(shape.disbursed_on.min()) - REACH
    until = int(shape.disbursed_on.max()) + 2 * TERM_DAYS_MAX
    closed = [due_days.closed_days(since, until, *map(_column, book)).closed for book in books]
    return due_days.Chosen(
        _column([one.first_on for one in asked]),
        _column([one.month_day for one in asked]),
        _column([one.shift for one in asked]),
        _column([books[one.book] for one in asked]),
        _column([NEVER for _one in asked]),
        due_days.Closed(since, until, np.concatenate(closed)),
    )


def _flat(lists: Sequence[Sequence[Numbers]], width: int) -> list[Ints]:
    """The entries of every request as columns, the request's place first."""
    rows = [(place, *one) for place, found in enumerate(lists) for one in found]
    return list(np.array(rows, dtype=np.int64).reshape(-1, width + 1).T)


def _column(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)
