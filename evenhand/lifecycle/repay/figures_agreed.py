"""How what was agreed comes about: an instalment, its interest, its principal, the yearly cost."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

import numpy as np

from evenhand.core import apr, sums
from evenhand.core.shape import UNITS
from evenhand.ledger import shapes
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.sum_lines import Line, Sum, added, charged, parts_of

A_YEAR: Final = {"month": (12, 1), "week": (365, 7), "day": (365, 1)}
"""Units a year, as a fraction."""
E10: Final = 10**10


def of_each(one: Owing, word: str, n: int) -> Sum:
    """A figure of instalment `n`, numbered from 1."""
    total, lines = OF_EACH[word](one, n)
    rules = ("oldest_first", "rounded_once") if word == "instalment" else ("rounded_once",)
    return Sum(word, total, tuple(lines), rules, n=n)


def _instalment(one: Owing, n: int) -> tuple[int, list[Line]]:
    """What was agreed, the late interest, what was paid: what is owed."""
    agreed, owed = one.book.in_force[n - 1], one.book.owed[n - 1]
    late = next((each for each in one.book.late if each.n == n), None)
    lines = [
        Line("principal", agreed.principal_minor, under=_under(one, n, _principal)),
        Line("interest", agreed.interest_minor, under=_under(one, n, _interest)),
    ]
    if agreed.fee_minor:
        lines.append(Line("fee", agreed.fee_minor))
    if late:
        under = charged(late, one.late_rate_ppm, one.late_year_days)
        lines.append(Line("late_interest", added(under), under=tuple(under)))
        if late.waived_minor:
            lines.append(Line("late_waived", -late.waived_minor))
    lines += [
        Line(
            "paid_on",
            -part.total_minor,
            {"paid_on": day},
            parts=tuple((code, -minor) for code, minor in parts_of(part)),
        )
        for day, part in one.book.paid_on(n)
    ]
    return owed.total_minor, lines


def _under(
    one: Owing, n: int, of: Callable[[Owing, int], tuple[int, list[Line]]]
) -> tuple[Line, ...]:
    """How a part of an instalment comes about; of one past when terms were changed what was owed
    then is what it is, and its agreement explains it no more."""
    is_past = one.book.remade is not None and not one.book.is_remade(n)
    return () if is_past else tuple(of(one, n)[1])


def _interest(one: Owing, n: int) -> tuple[int, list[Line]]:
    """The principal still lent x rate x the part of a year; else as the contract's table has it.
    What a pay-off leaves of it is less what was waived."""
    minor, balance = one.book.agreed[n - 1].interest_minor, _lent_before(one, n)
    remade = one.book.is_remade(n)
    whole = minor if remade else one.terms["instalments"][n - 1][2]
    said = {"balance_minor": balance, "rate_ppm": one.rate_ppm}
    lines = [Line("by_change" if remade else "by_table", whole)]
    for part, of in _parts_of_a_year(one, n):
        if sums.by_rate(balance, one.rate_ppm, part, of) == whole:
            lines = [Line("by_rate", whole, said | {"part": part, "of": of})]
            break
    unused = [Line("unused", minor - whole)] if minor != whole else []
    return minor, lines + unused


def _parts_of_a_year(one: Owing, n: int) -> list[tuple[int, int]]:
    """What a period may count for: its months of twelve, its days of 360 or 365."""
    due, terms = one.book.agreed[n - 1].due_on, one.terms
    since = one.book.agreed[n - 2].due_on if n > 1 else one.disbursed_on
    months = shapes.said(terms, "unit") == "month"
    by_months = [(terms.get("every", shapes.NUMBERS["every"]), 12)] if months else []
    return by_months + [(due - since, 360), (due - since, 365)]


def _principal(one: Owing, n: int) -> tuple[int, list[Line]]:
    """The instalment less its interest; the last one what was left."""
    agreed = one.book.agreed[n - 1]
    if n == len(one.book.agreed) and not one.book.is_remade(n):
        earlier = _lent_before(one, n) - one.principal_minor
        lines = [Line("lent", one.principal_minor), Line("earlier_principal", earlier)]
        return agreed.principal_minor, [line for line in lines if line.minor]
    less = -agreed.interest_minor
    whole = Line("whole_instalment", agreed.principal_minor + agreed.interest_minor)
    return agreed.principal_minor, [whole, Line("less_interest", less)]


def _lent_before(one: Owing, n: int) -> int:
    """The principal still lent before instalment `n`, as agreed; of one made anew, as changed."""
    if one.book.is_remade(n):
        return sum(part.principal_minor for part in one.book.agreed[n - 1 :])
    return one.principal_minor - sum(part.principal_minor for part in one.book.agreed[: n - 1])


OF_EACH: Final[Mapping[str, Callable[[Owing, int], tuple[int, list[Line]]]]] = {
    "instalment": _instalment,
    "interest": _interest,
    "principal": _principal,
}


def yearly_cost(one: Owing) -> tuple[int, list[Line]] | None:
    """The rate of a period at which all instalments together are worth what was lent, times the
    periods in a year; None for a loan taken over, of which only the rest is known."""
    if one.taken_over:
        return None
    unit = shapes.said(one.terms, "unit")
    every = one.terms.get("every", shapes.NUMBERS["every"])
    rows = [principal + interest for _due, principal, interest in one.terms["instalments"]]
    lent, due = np.array([one.principal_minor]), np.array([rows])
    steps, code = np.array([every]), np.array([UNITS.index(unit)])
    rate = round(float(apr.unit_rate(lent, due, steps)[0]) * E10)
    lines = [_worth(n, minor, rate, n * every) for n, minor in enumerate(rows, start=1)]
    worth = sum(line.values["worth_minor"] for line in lines)
    lines.append(Line("worth_all", None, {"worth_minor": worth, "lent_minor": one.principal_minor}))
    a_year, of = A_YEAR[unit]
    times = {"rate_e10": rate, "a_year": a_year}
    by_days = Line("times_days", None, times | {"days": of})
    lines.append(by_days if unit == "week" else Line("times_a_year", None, times))
    return int(apr.irr_hundredths(lent, due, steps, code)[0]), lines


def _worth(n: int, minor: int, rate: int, periods: int) -> Line:
    """What an instalment is worth on the day of the loan: discounted for its periods."""
    worth = Decimal(minor) / (1 + Decimal(rate) / E10) ** periods
    said = {"minor": minor, "rate_e10": rate, "periods": periods, "worth_minor": round(worth)}
    return Line("worth", None, {"n": n} | said)
