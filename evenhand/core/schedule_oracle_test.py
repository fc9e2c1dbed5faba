"""One loan's schedule written out slowly: what the columns are held against.

Fractions in place of limbs, the calendar night by night, one instalment after the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from evenhand.core.deal_test import Deal, due_days, unmoved_days, year_fraction


@dataclass
class Line:
    due_on: date
    principal: int
    interest: int


def rates(deal: Deal) -> list[Fraction]:
    """The rate of each period; 0 where it is interest-free."""
    days = [deal.disbursed_on, *unmoved_days(deal)]
    found = [
        Fraction(deal.rate, 10**6) * year_fraction(deal, begin, end)
        for begin, end in pairwise(days)
    ]
    return [Fraction(0)] * deal.grace[2] + found[deal.grace[2] :]


def annuity(deal: Deal, periods: list[Fraction]) -> Fraction:
    """The sum that leaves nothing after the last period, found from the end: what one unit paid
    in every later period is worth at the start of each."""
    worth = Fraction(0)
    for rate in reversed(periods[deal.grace[0] :]):
        worth = (worth + 1) / (1 + rate)
    return deal.principal / worth


def lines(deal: Deal) -> list[Line]:
    periods = rates(deal)
    if deal.method == "bullet":
        rows = bullet(deal, periods)
    elif deal.method == "flat":
        rows = smoothed(deal, flat_instalment(deal, periods), flat)
    elif deal.method == "equal_instalment":
        rows = smoothed(deal, deal.to_multiple(annuity(deal, periods)), declining)
    else:
        rows = declining(deal, None)
    carried = sum(line.interest for line in rows[: deal.grace[1]])
    for line in rows[: deal.grace[1]]:
        line.interest = 0
    rows[deal.grace[1]].interest += carried
    return rows


def declining(deal: Deal, instalment: int | None) -> list[Line]:
    """Interest on the balance; the principal by the method."""
    balance, rows = deal.principal, []
    part = deal.round(Fraction(deal.principal, deal.instalments - deal.grace[0]))
    for n, (due_on, rate) in enumerate(zip(due_days(deal), rates(deal), strict=True)):
        interest = deal.round(balance * rate)
        if n == deal.instalments - 1:
            principal = balance
        elif n < deal.grace[0] or deal.method == "interest_only":
            principal = 0
        elif instalment is None:
            principal = min(part, balance)
        else:
            assert instalment >= interest
            principal = min(instalment - interest, balance)
        rows.append(Line(due_on, principal, interest))
        balance -= principal
    return rows


def flat_total(deal: Deal, periods: list[Fraction]) -> int:
    return deal.round(deal.principal * sum(periods, Fraction(0)))


def flat_instalment(deal: Deal, periods: list[Fraction]) -> int:
    bearing = max(deal.instalments - deal.grace[2], 1)
    principal = Fraction(deal.principal, deal.instalments - deal.grace[0])
    return deal.to_multiple(principal + Fraction(flat_total(deal, periods), bearing))


def flat(deal: Deal, instalment: int) -> list[Line]:
    total = flat_total(deal, rates(deal))
    each = deal.round(Fraction(total, max(deal.instalments - deal.grace[2], 1)))
    balance, left, rows = deal.principal, total, []
    for n, due_on in enumerate(due_days(deal)):
        interest = min(each, left) if n >= deal.grace[2] else 0
        principal = min(instalment - each, balance) if n >= deal.grace[0] else 0
        if n == deal.instalments - 1:
            interest, principal = left, balance
        assert principal >= 0
        balance, left = balance - principal, left - interest
        rows.append(Line(due_on, principal, interest))
    return rows


def bullet(deal: Deal, periods: list[Fraction]) -> list[Line]:
    rows = [Line(due_on, 0, 0) for due_on in due_days(deal)]
    rows[-1] = Line(rows[-1].due_on, deal.principal, flat_total(deal, periods))
    return rows


def smoothed(deal: Deal, instalment: int, build: Callable[[Deal, int], list[Line]]) -> list[Line]:
    rows = build(deal, instalment)
    if deal.last == "takes_the_rest":
        return rows
    for _ in range(3):
        gap = rows[-1].principal + rows[-1].interest - instalment
        if abs(gap) <= deal.instalments // 2:
            return rows
        step = deal.round(Fraction(abs(gap), deal.instalments)) * (1 if gap > 0 else -1)
        raised = deal.to_multiple(Fraction(max(instalment + step, 0)))
        try:
            tried = build(deal, raised)
        except AssertionError:
            return rows
        if abs(tried[-1].principal + tried[-1].interest - raised) >= abs(gap):
            return rows
        rows, instalment = tried, raised
    return rows


def oracle(deal: Deal) -> list[Line] | None:
    """The lines, or None where an instalment would not cover its interest."""
    try:
        return lines(deal)
    except AssertionError:
        return None


def written(deal: Deal, rows: list[Line]) -> list[tuple[str, int, int, int]]:
    balance, found = deal.principal, []
    for line in rows:
        balance -= line.principal
        found.append((line.due_on.isoformat(), line.principal, line.interest, balance))
    return found


def test_the_oracle_itself_by_hand() -> None:
    """300.00 at 1 % a month in three: 102.01 (102.0066), and 3.00 + 2.01 + 1.01 of interest."""
    rows = lines(Deal(300_00, 120_000, date(2026, 1, 31), 3))
    assert [(line.due_on, line.principal, line.interest) for line in rows] == [
        (date(2026, 2, 28), 9901, 300),
        (date(2026, 3, 31), 10000, 201),
        (date(2026, 4, 30), 10099, 101),
    ]
