"""How the yearly cost of a loan comes about, as in its contract: fees counted, paid on time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any, Final, NamedTuple

import numpy as np

from evenhand.core import apr_times, costs
from evenhand.core.shape import UNITS
from evenhand.ledger import promises, shapes
from evenhand.ledger.shapes import NO_ADVANCES, Planned
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.sum_lines import Line

A_YEAR: Final = {"month": (12, 1), "week": (365, 7), "day": (365, 1)}
"""Units a year, as a fraction."""
E10: Final = 10**10
DIGITS: Final = 30
HALVINGS: Final = range(80)


class Due(NamedTuple):
    """What falls due with instalment n, after so many periods and a part of one."""

    n: int
    minor: int
    periods: int
    part: int = 0
    of: int = 1

    def worth(self, rate: Decimal) -> Decimal:
        """On the day of the loan, at a rate of a period."""
        return self.minor / (1 + rate) ** self.periods / (1 + rate * self.part / self.of)


def yearly_cost(one: Owing) -> tuple[int, list[Line]] | None:
    """The rate of a period at which all instalments together are worth what was lent, times the
    periods in a year; None for a loan taken over, of which only the rest is known."""
    if one.taken_over:
        return None
    found = _as_agreed(one.terms)
    due, (a_year, of) = _due(found)
    lent = int(found.shape.principal_minor[0] - found.fees.at_disbursal_minor[0])
    with localcontext(prec=DIGITS):
        rate = round(_rate(due, lent) * E10)
        before = shapes.has_down(one.terms)
        lines = [_line(each._replace(n=each.n + before), rate) for each in due]
    worth = sum(line.values["worth_minor"] for line in lines)
    lines.append(Line("worth_all", None, {"worth_minor": worth, "lent_minor": lent}))
    times = {"rate_e10": rate, "a_year": a_year}
    odd = Line("times_part", None, times | {"of": of})
    lines.append(odd if of > 1 else Line("times_a_year", None, times))
    return int(found.yearly_hundredths[0]), lines


def _as_agreed(terms: Mapping[str, Any]) -> Planned:
    """The loan with the very instalments and fees that stand in its contract, less the down-payment
    that is due on the day it begins."""
    found = promises.worked_out(terms)
    due = dict(terms.get("fees_due", ()))
    down = shapes.has_down(terms)
    listed = terms["instalments"][down:]
    rows = np.array([[principal, interest] for _on, principal, interest in listed])
    fees = np.array([[due.get(n, 0) for n in range(1 + down, len(rows) + 1 + down)]])
    plan = replace(found.plan, principal_minor=rows[None, :, 0], interest_minor=rows[None, :, 1])
    return replace(found, plan=plan, fees=found.fees._replace(due_minor=fees))


def _due(found: Planned) -> tuple[list[Due], tuple[int, int]]:
    """What falls due and when, counted in periods; and the periods in a year, as a fraction. Whole
    steps of the contract, or where a day was chosen the unit-periods of Appendix J."""
    minors = found.due_minor[0].tolist()
    paying = [(n, minor) for n, minor in enumerate(minors, start=1) if minor]
    if not costs.is_uneven(found.shape)[0]:
        every = int(found.shape.every[0])
        due = [Due(n, minor, n * every) for n, minor in paying]
        return due, A_YEAR[UNITS[int(found.shape.unit[0])]]
    flows = costs.flows_of_schedule(found.shape, found.plan, found.fees, NO_ADVANCES)
    unit = apr_times.unit_periods(flows)
    paid = ~flows.advance
    times = (column[paid].tolist() for column in apr_times.us_times(flows, unit))
    held = zip(paying, *times, strict=True)
    due = [Due(n, minor, full, part, of) for (n, minor), full, part, of in held]
    return due, (int(unit.a_year[0]), int(unit.a_year_of[0]))


def _rate(due: Sequence[Due], lent: int) -> Decimal:
    """The rate of a period at which they are worth what was lent, by halving."""
    low, high = Decimal(0), Decimal(1)
    while sum(each.worth(high) for each in due) > lent:
        high *= 2
    for _halving in HALVINGS:
        middle = (low + high) / 2
        dear = sum(each.worth(middle) for each in due) > lent
        low, high = (middle, high) if dear else (low, middle)
    return low


def _line(due: Due, rate: int) -> Line:
    said = {"n": due.n, "minor": due.minor, "rate_e10": rate, "periods": due.periods}
    said["worth_minor"] = round(due.worth(Decimal(rate) / E10))
    if not due.part:
        return Line("worth", None, said)
    return Line("worth_odd", None, said | {"part": due.part, "of": due.of})
