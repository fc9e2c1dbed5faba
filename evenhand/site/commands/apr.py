"""`evenhand apr`: advances and payments in, what they cost a year out (JSON in and out)."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core import apr, flows
from evenhand.core.columns import Ints, KeyedError
from evenhand.core.terms import INSTALMENTS_MAX, PRINCIPAL_MAX
from evenhand.site.commands import jsonline
from evenhand.site.commands.schedule import major
from evenhand.site.commands.schedule_extras import number

METHODS: Final = {"us_actuarial": apr.us_hundredths, "eu": apr.eu_hundredths}
ADVANCE: Final = ("day", "amount")
PAYMENT: Final = ("day", "amount", "count", "every", "unit")
EVERY_MAX: Final = 36_600
DIGITS: Final = 3
"""Currencies have at most three digits of minor unit; the cost does not depend on the currency."""


class _Asked(NamedTuple):
    method: str
    series: list[tuple[int, ...]]


def main(argv: Sequence[str]) -> int:
    """Answer the request on standard input; 2 where it cannot be answered."""
    return jsonline.run("apr", argv, answer)


def answer(requests: list[Any]) -> jsonline.Answers:
    """The yearly cost of each request, in per cent.

    >>> answer([{"method": "us_actuarial", "advances": [["1978-01-10", "5000.00"]],
    ...          "payments": [["1978-02-10", "230.00", 24, 1, "month"]]}])
    [{'apr': '9.69'}]
    """
    asked = [_asked(jsonline.Fields(request, index)) for index, request in enumerate(requests)]
    found = [""] * len(asked)
    for method in METHODS:
        rows = [row for row, one in enumerate(asked) if one.method == method]
        for row, cost in zip(rows, _costs(method, rows, asked), strict=True):
            found[row] = major(cost, 2)
    return [{"apr": cost} for cost in found]


def _costs(method: str, rows: list[int], asked: list[_Asked]) -> list[int]:
    if not rows:
        return []
    flat = [(place, *one) for place, row in enumerate(rows) for one in asked[row].series]
    columns: list[Ints] = list(np.array(flat, dtype=np.int64).T)
    row, first_on, amount, count, every, unit, advance = columns
    series = flows.Series(row, first_on, amount, count, every, unit, advance == 1)
    try:
        return METHODS[method](flows.flows_of(series), len(rows)).tolist()
    except KeyedError as wrong:
        raise jsonline.BadRequest(wrong.key, wrong.reason, rows[wrong.row]) from None


def _asked(request: jsonline.Fields) -> _Asked:
    request.only(("method", "advances", "payments"))
    method = request.word("method", tuple(METHODS))
    advances = [_advance(one) for one in request.rows("advances", ADVANCE)]
    payments = [_payment(one) for one in request.rows("payments", PAYMENT)]
    return _Asked(method, [*advances, *payments])


def _advance(one: jsonline.Fields) -> tuple[int, ...]:
    month = flows.FLOW_UNITS.index("month")
    return (_day(one), _amount(one), 1, 1, month, 1)


def _payment(one: jsonline.Fields) -> tuple[int, ...]:
    return (
        _day(one),
        _amount(one),
        one.integer("count", 1, INSTALMENTS_MAX),
        one.integer("every", 1, EVERY_MAX),
        flows.FLOW_UNITS.index(one.word("unit", flows.FLOW_UNITS)),
        0,
    )


def _day(one: jsonline.Fields) -> int:
    return number(one.day("day"))


def _amount(one: jsonline.Fields) -> int:
    amount = one.scaled("amount", DIGITS)
    if not 1 <= amount <= 10 * PRINCIPAL_MAX:
        one.refuse("amount", "not above zero, or too large")
    return amount
