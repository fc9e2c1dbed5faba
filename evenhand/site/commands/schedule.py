"""`evenhand schedule`: terms in, instalments out (JSON on standard input and output)."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core import apr, costs, shape
from evenhand.core.columns import Ints, KeyedError
from evenhand.core.currency import MINOR_DIGITS
from evenhand.core.days import iso
from evenhand.core.money import ROUNDINGS
from evenhand.core.terms import INSTALMENTS_MAX
from evenhand.site.commands import jsonline
from evenhand.site.commands import schedule_extras as extra

KEYS: Final = (
    "principal", "currency", "annual_rate", "disbursed_on", "instalments", "every", "unit",
    "method", "day_count", "interest_per", "instalment_multiple", "last_instalment", "grace",
    "rounding", "apr_method", *extra.KEYS,
)  # fmt: skip
GRACES: Final = ("principal", "interest", "interest_free")


def main(argv: Sequence[str]) -> int:
    """Answer the request on standard input; 2 where it cannot be answered."""
    return jsonline.run("schedule", argv, answer)


class _Asked(NamedTuple):
    digits: int
    method: str
    row: tuple[int, ...]
    extras: extra.Extras


def answer(requests: list[Any]) -> jsonline.Answers:
    """The schedules of a batch of terms, computed as one batch of columns."""
    if not requests:
        return []
    asked = [_asked(jsonline.Fields(request, index)) for index, request in enumerate(requests)]
    columns = np.array([one.row for one in asked], dtype=np.int64).T
    try:
        found = extra.planned(shape.Shape(*columns), [one.extras for one in asked])
        yearly = _costs(found, {one.method for one in asked})
    except KeyedError as wrong:
        raise jsonline.BadRequest(wrong.key, wrong.reason, wrong.row) from None
    return [
        _answer(found, loan, one, int(yearly[one.method][loan])) for loan, one in enumerate(asked)
    ]


def _costs(found: extra.Planned, methods: set[str]) -> dict[str, Ints]:
    """The yearly cost of every loan by each method that some request asks for."""
    with_fees = (found.shape, found.plan, found.fees, found.later)
    loans = len(found.plan.count)
    yearly = {}
    if "irr" in methods:
        yearly["irr"] = costs.irr_of(*with_fees)
    if "us_actuarial" in methods:
        yearly["us_actuarial"] = apr.us_hundredths(costs.flows_of_schedule(*with_fees), loans)
    if "eu" in methods:
        yearly["eu"] = apr.eu_hundredths(costs.flows_of_schedule(*with_fees), loans)
    return yearly


def _asked(terms: jsonline.Fields) -> _Asked:
    """What one request says; its row holds Shape's columns in their order."""
    terms.only(KEYS)
    digits = MINOR_DIGITS[terms.word("currency", tuple(MINOR_DIGITS), "CNY")]
    method = terms.word("apr_method", apr.METHODS, "irr")
    grace = terms.part("grace")
    grace.only(GRACES)
    row = (
        extra.bounded(terms, "principal", digits),
        extra.bounded(terms, "annual_rate", 6),
        extra.number(terms.day("disbursed_on")),
        terms.integer("instalments", 1, INSTALMENTS_MAX),
        terms.integer("every", 1, shape.TERM_DAYS_MAX),
        _code(terms, "unit", shape.UNITS),
        _code(terms, "method", shape.METHODS),
        _code(terms, "day_count", shape.DAY_COUNTS),
        _code(terms, "interest_per", shape.INTEREST_PER),
        extra.bounded(terms, "instalment_multiple", digits),
        _code(terms, "last_instalment", shape.LASTS),
        _code(terms, "rounding", ROUNDINGS),
        *(grace.integer(key, 0, INSTALMENTS_MAX, 0) for key in GRACES),
    )
    return _Asked(digits, method, row, extra.read(terms, digits))


def _code(terms: jsonline.Fields, key: str, words: tuple[str, ...]) -> int:
    return words.index(terms.word(key, words))


def _answer(found: extra.Planned, loan: int, asked: _Asked, yearly: int) -> dict[str, Any]:
    plan, digits = found.plan, asked.digits
    count = int(plan.count[loan])
    amounts = {
        "principal": plan.principal_minor,
        "interest": plan.interest_minor,
        "fee": found.fees.due_minor,
        "due": plan.due_minor + found.fees.due_minor,
        "balance": plan.balance_minor,
    }
    if not asked.extras.fees:
        del amounts["fee"]
    written = [
        [major(minor, digits) for minor in column[loan, :count].tolist()]
        for column in amounts.values()
    ]
    due_on = iso(plan.due_on[loan, :count]).tolist()
    rows = [
        {"n": n, "due_on": day, **dict(zip(amounts, row, strict=True))}
        for n, (day, *row) in enumerate(zip(due_on, *written, strict=True), start=1)
    ]
    told: dict[str, Any] = {"rows": rows, "apr": major(yearly, 2)}
    if asked.extras.down_ppm:
        told["down_payment"] = major(int(found.down_minor[loan]), digits)
    if asked.extras.fees:
        told["fee_at_disbursal"] = major(int(found.fees.at_disbursal_minor[loan]), digits)
    return told


def major(minor: int, digits: int) -> str:
    """A decimal string in major units.

    >>> major(5, 2), major(12345, 0)
    ('0.05', '12345')
    """
    text = str(minor).rjust(digits + 1, "0")
    return f"{text[:-digits]}.{text[-digits:]}" if digits else text
