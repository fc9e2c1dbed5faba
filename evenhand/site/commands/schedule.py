"""`evenhand schedule`: terms in, instalments out (JSON on standard input and output)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from evenhand.core import apr, shape
from evenhand.core.columns import Ints, KeyedError
from evenhand.core.currency import MINOR_DIGITS
from evenhand.core.days import iso
from evenhand.core.money import ROUNDINGS
from evenhand.core.schedule import Schedule, schedule
from evenhand.core.terms import INSTALMENTS_MAX
from evenhand.site.commands import jsonline

KEYS = (
    "principal", "currency", "annual_rate", "disbursed_on", "instalments", "every", "unit",
    "method", "day_count", "interest_per", "instalment_multiple", "last_instalment", "grace",
    "rounding", "apr_method",
)  # fmt: skip
GRACES = ("principal", "interest", "interest_free")
EPOCH = date(1970, 1, 1)


def main(argv: Sequence[str]) -> int:
    """Answer the request on standard input; 2 where it cannot be answered."""
    return jsonline.run("schedule", argv, answer)


def answer(requests: list[Any]) -> jsonline.Answers:
    """The schedules of a batch of terms, computed as one batch of columns."""
    if not requests:
        return []
    rows = [_row(jsonline.Fields(request, index)) for index, request in enumerate(requests)]
    columns = np.array([row[1:] for row in rows], dtype=np.int64).T
    asked = shape.Shape(*columns)
    try:
        planned = schedule(asked)
        costs = apr.irr_hundredths(
            asked.principal_minor, planned.due_minor, asked.every, asked.unit
        )
    except KeyedError as wrong:
        raise jsonline.BadRequest(wrong.key, wrong.reason, wrong.row) from None
    digits = [row[0] for row in rows]
    return [_answer(planned, costs, loan, digits[loan]) for loan in range(len(rows))]


def _row(terms: jsonline.Fields) -> tuple[int, ...]:
    """The digits of the currency, then one row of Shape's columns in their order."""
    terms.only(KEYS)
    digits = MINOR_DIGITS[terms.word("currency", tuple(MINOR_DIGITS), "CNY")]
    if terms.word("apr_method", apr.METHODS, "irr") != "irr":
        terms.refuse("apr_method", "only irr is computed")
    grace = terms.part("grace")
    grace.only(GRACES)
    return (
        digits,
        _bounded(terms, "principal", digits),
        _bounded(terms, "annual_rate", 6),
        (terms.day("disbursed_on") - EPOCH).days,
        terms.integer("instalments", 1, INSTALMENTS_MAX),
        terms.integer("every", 1, shape.TERM_DAYS_MAX),
        _code(terms, "unit", shape.UNITS),
        _code(terms, "method", shape.METHODS),
        _code(terms, "day_count", shape.DAY_COUNTS),
        _code(terms, "interest_per", shape.INTEREST_PER),
        _bounded(terms, "instalment_multiple", digits),
        _code(terms, "last_instalment", shape.LASTS),
        _code(terms, "rounding", ROUNDINGS),
        *(grace.integer(key, 0, INSTALMENTS_MAX, 0) for key in GRACES),
    )


def _bounded(terms: jsonline.Fields, key: str, digits: int) -> int:
    value = terms.scaled(key, digits)
    if value >= 2**63:
        terms.refuse(key, "too large")
    return value


def _code(terms: jsonline.Fields, key: str, words: tuple[str, ...]) -> int:
    return words.index(terms.word(key, words))


def _answer(planned: Schedule, costs: Ints, loan: int, digits: int) -> dict[str, Any]:
    count = int(planned.count[loan])
    columns = zip(
        iso(planned.due_on[loan, :count]).tolist(),
        planned.principal_minor[loan, :count].tolist(),
        planned.interest_minor[loan, :count].tolist(),
        planned.due_minor[loan, :count].tolist(),
        planned.balance_minor[loan, :count].tolist(),
        strict=True,
    )
    rows = [
        {
            "n": n,
            "due_on": due_on,
            "principal": major(principal, digits),
            "interest": major(interest, digits),
            "due": major(due, digits),
            "balance": major(balance, digits),
        }
        for n, (due_on, principal, interest, due, balance) in enumerate(columns, start=1)
    ]
    return {"rows": rows, "apr": major(int(costs[loan]), 2)}


def major(minor: int, digits: int) -> str:
    """A decimal string in major units.

    >>> major(5, 2), major(12345, 0)
    ('0.05', '12345')
    """
    text = str(minor).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text
