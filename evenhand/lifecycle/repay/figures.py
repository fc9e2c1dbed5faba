"""Show me the sum: every figure of a loan, by name, and how it comes about.

One table for the borrower's pages, the file staff read and `evenhand why`. The figures are the
position's own; a line is never worked out by another rule than they are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from evenhand.core import plain
from evenhand.core.late_cap import cap_of
from evenhand.ledger import house
from evenhand.lifecycle.repay import figures_agreed as agreed
from evenhand.lifecycle.repay.figures_yearly import yearly_cost
from evenhand.lifecycle.repay.owing import Owing, PayOff
from evenhand.lifecycle.repay.sum_lines import (
    DAYS,
    MONEY,
    YEARLY,
    Line,
    Sum,
    added,
    instalment,
    of_instalment,
    of_late,
    of_payment,
)

Teller = Callable[[Owing], tuple[int, list[Line]] | None]
PAYING: Final = ("oldest_first", "goes_on")
ROUNDING: Final = ("rounded_once", "no_interest_on_interest")
OWN_ORDER: Final = {"oldest_first": "own_order", "goes_on": "over_is_yours"}
WITH_FEES: Final = {"oldest_first": "oldest_first_fees"}
ROUNDED: Final = {"rounded_once": "rounded"}
"""What is said instead where a contract has its own order, or fees, or rounds otherwise."""


class Figure(NamedTuple):
    """How a figure is told, by which rules, and what it counts. None where a loan has it not."""

    tell: Teller
    rules: tuple[str, ...] = PAYING
    of: str = MONEY


def sum_of(one: Owing, name: str) -> Sum | None:
    """The sum of a figure, of those in FIGURES or `instalment-3`, `interest-3`, `principal-3`; None
    where there is no such figure or the loan has it not."""
    found = _told(one, name)
    return found and replace(found, rules=_of_contract(one, found.rules))


def _told(one: Owing, name: str) -> Sum | None:
    word, _dash, number = name.rpartition("-")
    if word in agreed.OF_EACH:
        n = int(number) if number.isdecimal() else 0
        return agreed.of_each(one, word, n) if 1 <= n <= len(one.book.agreed) else None
    figure = FIGURES.get(name)
    found = figure.tell(one) if figure else None
    if figure is None or found is None:
        return None
    total, lines = found
    return Sum(name, total, tuple(lines), figure.rules, figure.of)


def _of_contract(one: Owing, rules: Sequence[str]) -> list[str]:
    """The rules as this loan's contract has them."""
    instead = OWN_ORDER if "order" in one.terms else WITH_FEES if one.charges_fees else {}
    if plain.said(one.terms, "rounding") != "half_even":
        instead = instead | ROUNDED
    return [instead.get(rule, rule) for rule in rules]


def sums_of(one: Owing, names: Iterable[str]) -> list[Sum]:
    """The sums of these figures, of those the loan has."""
    return [found for name in names if (found := sum_of(one, name))]


def _listed(of: str) -> Teller:
    """What is unpaid of some instalments."""

    def tell(one: Owing) -> tuple[int, list[Line]]:
        lines = [of_instalment(part) for part in getattr(one.book, of)]
        return added(lines), lines

    return tell


def _outstanding(one: Owing) -> tuple[int, list[Line]]:
    lines = [
        of_instalment(part._replace(late_minor=0, interest_minor=0, fee_minor=0))
        for part in one.book.outstanding
    ]
    return one.outstanding_minor, lines


def _late(one: Owing) -> tuple[int, list[Line]]:
    rate, year = one.late_rate_ppm, one.late_year_days
    lines = [of_late(late, rate, year) for late in one.book.late]
    if (share := one.terms.get("late_cap_ppm")) is not None:
        cap = int(cap_of(np.array([one.principal_minor]), np.array([share]))[0])
        lines.append(Line("cap", None, {"cap_minor": cap, "cap_ppm": share}))
    return one.late_interest_minor, lines


def _late_a_day(one: Owing) -> tuple[int, list[Line]]:
    """R(tomorrow) - R(today): every running total is rounded, and the days sum to the whole."""
    upto, rate, year = one.late_charged_minor, one.late_rate_ppm, one.late_year_days
    unpaid = [part for part in one.book.owed if part.due_on <= one.on and part.principal_minor]
    lines = [
        Line(
            "a_day_of",
            None,
            {"n": part.n, "principal_minor": part.principal_minor, "late_ppm": rate, "year": year},
            instalment(part.n),
        )
        for part in unpaid
    ]
    lines.append(Line("late_upto", upto + one.late_a_day_minor, {"until_on": one.on + 1}))
    lines.append(Line("less_late_upto", -upto, {"until_on": one.on}))
    return one.late_a_day_minor, lines


def _past_due(one: Owing) -> tuple[int, list[Line]]:
    total, lines = _listed("past_due")(one) or (0, [])
    return total, [*_oldest(one), *lines]


def _past_due_days(one: Owing) -> tuple[int, list[Line]] | None:
    return (one.past_due_days, _oldest(one)) if one.past_due_days else None


def _oldest(one: Owing) -> list[Line]:
    if not one.past_due_days:
        return []
    said = {"since_on": one.past_due_since, "on": one.on, "days": one.past_due_days}
    return [Line("oldest", None, said)]


def _step(one: Owing) -> tuple[int, list[Line]] | None:
    """The next step of the plan: what is unpaid up to its day, less what later steps pay."""
    if not (one.under and one.under.plan and one.under.coming):
        return None
    plan, coming = one.under.plan, one.under.coming
    last = plan.steps[coming.last].day
    owed = [part for part in one.book.owed if house.day_from(part.due_on) <= last]
    lines = [of_instalment(part) for part in owed if part.total_minor]
    lines.append(Line("due_up_to_then", None, {"due_minor": added(lines)}))
    lines += [
        Line("later_step", -step.amount_minor, {"step_on": house.day_number(step.day)})
        for step in plan.steps[coming.last + 1 :]
    ]
    return coming.pay_minor, lines


def _pay_off(one: Owing) -> tuple[int, list[Line]] | None:
    if one.paid_off:
        return None
    off = one.pay_off
    used = _days_used(off) if off.period_days else ()
    lines = [
        Line("principal_left", off.principal_minor),
        Line("past_interest", off.past_minor),
        Line("running", off.running_minor, under=used),
        Line("late_interest", off.late_minor, figure="late-interest"),
        Line("fee", off.fees_minor),
        Line("ahead", -off.ahead_minor),
    ]
    lines = [line for line in lines if line.minor or line.code in ("principal_left", "running")]
    if (short := off.total_minor - added(lines)) > 0:
        lines.append(Line("not_below_zero", short))
    return off.total_minor, lines


def _days_used(off: PayOff) -> tuple[Line, ...]:
    """How the interest of the running period comes about: by its days, or its share of days."""
    if off.bearing_minor:
        said = {"balance_minor": off.bearing_minor, "rate_ppm": off.rate_ppm}
        by_rate = Line("by_rate", None, said | {"part": off.used_days, "of": off.year_days})
        return (by_rate, Line("part_cent")) if off.carried else (by_rate,)
    share = {"whole_minor": off.agreed_minor, "used": off.used_days, "period": off.period_days}
    return (Line("share", None, share),)


def _paid(one: Owing) -> tuple[int, list[Line]]:
    return one.paid_minor, [of_payment(paid) for paid in one.book.payments]


def _overpaid(one: Owing) -> tuple[int, list[Line]]:
    used = one.overpaid_minor - one.paid_minor
    return one.overpaid_minor, [*_paid(one)[1], Line("all_it_paid", used)]


FIGURES: Final[Mapping[str, Figure]] = {
    "due": Figure(_listed("due")),
    "past-due": Figure(_past_due),
    "past-due-days": Figure(_past_due_days, (), DAYS),
    "next": Figure(_listed("coming")),
    "step": Figure(_step),
    "outstanding": Figure(_outstanding),
    "owed": Figure(_listed("unpaid")),
    "late-interest": Figure(_late, ("late_rule", "oldest_first", *ROUNDING)),
    "late-a-day": Figure(_late_a_day, ("late_rule", "days_sum_up", *ROUNDING)),
    "pay-off": Figure(_pay_off, ("days_used", *ROUNDING)),
    "paid": Figure(_paid),
    "overpaid": Figure(_overpaid),
    "yearly-cost": Figure(yearly_cost, ("paid_on_time", "rate_rounded"), YEARLY),
}
