"""Terms that are a shape we compute, turned into the loan's whole plan of instalments."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np

from evenhand.core import shape as shapes
from evenhand.core.columns import Ints, KeyedError
from evenhand.core.money import ROUNDINGS
from evenhand.core.schedule import schedule
from evenhand.lifecycle.takeover.tape import Row, Shape

Plan: TypeAlias = tuple[tuple[date, int, int], ...]
"""Every instalment in order: due day, principal and interest in minor units."""

EPOCH = date(1970, 1, 1)


def plans(rows: Sequence[Row]) -> list[Plan | KeyedError]:
    """The plan of each row (all of which have a shape), or what is wrong with its terms."""
    columns = _columns(rows)
    try:
        return list(_plans(columns))
    except KeyedError:
        # One bad loan must not hide the others: each alone, which is a thousand times slower.
        return [_one(columns.take(np.array([at]))) for at in range(len(rows))]


def _one(column: shapes.Shape) -> Plan | KeyedError:
    try:
        return _plans(column)[0]
    except KeyedError as bad:
        return bad


def _plans(columns: shapes.Shape) -> list[Plan]:
    made = schedule(columns)
    days = {day: EPOCH + timedelta(days=day) for day in np.unique(made.due_on).tolist()}
    lines = zip(
        made.count.tolist(),
        made.due_on.tolist(),
        made.principal_minor.tolist(),
        made.interest_minor.tolist(),
        strict=True,
    )
    return [
        tuple(
            zip(
                (days[day] for day in due[:count]), principal[:count], interest[:count], strict=True
            )
        )
        for count, due, principal, interest in lines
    ]


def _columns(rows: Sequence[Row]) -> shapes.Shape:
    asked = [row.shape for row in rows if row.shape is not None]
    assert len(asked) == len(rows), "every row has a shape"
    zero = np.zeros(len(rows), np.int64)
    return shapes.Shape(
        principal_minor=np.array([row.principal for row in rows], np.int64),
        rate_ppm=np.array([row.rate_ppm for row in rows], np.int64),
        disbursed_on=np.array([(row.disbursed_on - EPOCH).days for row in rows], np.int64),
        count=_numbers(asked, lambda one: one.instalments),
        every=_numbers(asked, lambda one: one.every),
        unit=_numbers(asked, lambda one: shapes.UNITS.index(one.unit)),
        method=_numbers(asked, lambda one: shapes.METHODS.index(one.method)),
        day_count=_numbers(asked, lambda one: shapes.DAY_COUNTS.index(one.day_count)),
        interest_per=_numbers(asked, lambda one: shapes.INTEREST_PER.index(one.interest_per)),
        multiple_minor=_numbers(asked, lambda one: one.multiple),
        last=_numbers(asked, lambda one: shapes.LASTS.index(one.last)),
        rounding=_numbers(asked, lambda one: ROUNDINGS.index(one.rounding)),
        grace_principal=zero,
        grace_interest=zero,
        interest_free=zero,
    )


def _numbers(asked: Sequence[Shape], of: Callable[[Shape], int]) -> Ints:
    return np.array([of(one) for one in asked], np.int64)
