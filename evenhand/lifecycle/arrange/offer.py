"""A proposal worked out: its steps, what is paid when, what it costs, where it leaves the loan.

Nothing is forecast by another arithmetic: the facts that would follow (late interest stopped, each
step and each coming instalment paid on its day) are put behind those there are, and
`ledger.standing` says where the loan then stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from evenhand.core import days
from evenhand.ledger import house, late_stops, standing
from evenhand.ledger.facts import Fact
from evenhand.ledger.loans import words_of
from evenhand.lifecycle.arrange import bounds, plans
from evenhand.lifecycle.arrange.bounds import Bounds, Reach
from evenhand.lifecycle.arrange.plans import Step

PARTS: Final = "parts"
LATER: Final = "later"
HOWS: Final = (PARTS, LATER)


class Wanted(NamedTuple):
    """What is proposed: `parts` equal parts, the first on `day`, then each month; or one later day
    (`how` later, one part)."""

    how: str
    parts: int
    day: date


class Here(NamedTuple):
    """Where the loan stands: minor units, and the day as a date."""

    loan: int
    on: date
    currency: str
    product: str
    past_due_minor: int
    past_due_days: int
    late_minor: int


class Line(NamedTuple):
    """What is paid on one day, and how many days past due the loan is on it."""

    day: date
    step_minor: int
    instalment_minor: int
    past_due_days: int

    @property
    def pay_minor(self) -> int:
        return self.step_minor + self.instalment_minor


@dataclass(frozen=True, slots=True)
class Offer:
    """A plan before it is one. `spared_minor` is the late interest that paying the same on the same
    days would cost without it; `late_minor` what it costs with it; `left_minor` what is past due
    behind the last step."""

    here: Here
    wanted: Wanted
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    at_once: bool
    answer_by: date
    late_minor: int
    spared_minor: int
    left_minor: int

    @property
    def total_minor(self) -> int:
        return sum(step.amount_minor for step in self.steps)

    @property
    def coming_minor(self) -> int:
        """Instalments that fall due meanwhile."""
        return sum(line.instalment_minor for line in self.lines)

    @property
    def pay_minor(self) -> int:
        return self.total_minor + self.coming_minor

    @property
    def end_on(self) -> date:
        return self.steps[-1].day

    @property
    def most_days(self) -> int:
        return max(line.past_due_days for line in self.lines)


def here(facts: Sequence[Fact], loan: int, on: date) -> Here | None:
    """Where a loan of the stream stands; None where it has not begun."""
    stood = standing.stand_by(facts, house.day_number(on))
    mine = stood.loan.tolist()
    if loan not in mine:
        return None
    row, position = mine.index(loan), stood.position
    (currency,) = words_of(stood.rows["currency"][row : row + 1])
    (product,) = words_of(stood.rows["product"][row : row + 1])
    return Here(
        loan,
        on,
        currency,
        product,
        int(position.past_due_minor[row]),
        int(position.past_due_days[row]),
        int(position.late_charged_minor[row]),
    )


def steps(total_minor: int, wanted: Wanted) -> tuple[Step, ...]:
    """Equal parts a month apart; the odd cents are paid with the last one.

    >>> [step.amount_minor for step in steps(1_000, Wanted("parts", 3, date(2026, 1, 31)))]
    [333, 333, 334]
    """
    first = house.day_number(wanted.day)
    part, odd = divmod(total_minor, wanted.parts)
    numbers = days.add_months(first, list(range(wanted.parts))).tolist()
    amounts = [part] * (wanted.parts - 1) + [part + odd]
    return tuple(
        Step(house.day_from(day), amount) for day, amount in zip(numbers, amounts, strict=True)
    )


def fault(facts: Sequence[Fact], at: Here, wanted: Wanted) -> str:
    """Why it cannot be proposed at all: nothing_past_due, open, small, parts, early, late,
    early_for_person; empty where it can."""
    limits = bounds.of(at.product)
    if not at.past_due_minor:
        return "nothing_past_due"
    if plans.current(facts, at.loan):
        return "open"
    if wanted.parts > limits.by_person.parts_most:
        return "parts"
    if wanted.parts > 1 and at.past_due_minor // wanted.parts < limits.least_step_minor:
        return "small"
    if wanted.day <= at.on:
        return "early"
    if not _reaches(limits.by_person, at.on, wanted):
        return "late"
    if not at_once(facts, at, wanted) and wanted.day <= bounds.answer_by(
        at.on, limits.working_days
    ):
        return "early_for_person"
    return ""


def at_once(facts: Sequence[Fact], at: Here, wanted: Wanted) -> bool:
    """Is it answered at once, or by a person?"""
    limits = bounds.of(at.product)
    often = plans.within_a_year(facts, at.loan, at.on) >= limits.times_a_year
    inside = wanted.parts <= limits.at_once.parts_most
    return inside and not often and _reaches(limits.at_once, at.on, wanted)


def offer(facts: Sequence[Fact], at: Here, wanted: Wanted) -> Offer:
    """The proposal worked out; `fault` has found nothing against it."""
    made = steps(at.past_due_minor, wanted)
    due = _coming(facts, at, made[-1].day)
    dates = sorted({step.day for step in made} | due.keys())
    paid = {day: due.get(day, 0) + _step_on(made, day) for day in dates}
    after = _after(facts, at, paid, stopped=True)
    without = _after(facts, at, paid, stopped=False)
    end = here(after, at.loan, made[-1].day)
    bare = here(without, at.loan, made[-1].day)
    assert end and bare, "the loan has begun"
    limits: Bounds = bounds.of(at.product)
    return Offer(
        at,
        wanted,
        made,
        tuple(Line(d, _step_on(made, d), due.get(d, 0), _days(after, at.loan, d)) for d in dates),
        at_once(facts, at, wanted),
        bounds.answer_by(at.on, limits.working_days),
        end.late_minor - at.late_minor,
        bare.late_minor - end.late_minor,
        end.past_due_minor,
    )


def _reaches(reach: Reach, on: date, wanted: Wanted) -> bool:
    within = reach.later_within_days if wanted.how == LATER else reach.first_within_days
    return (wanted.day - on).days <= within


def _step_on(made: Sequence[Step], day: date) -> int:
    return sum(step.amount_minor for step in made if step.day == day)


def _coming(facts: Sequence[Fact], at: Here, end: date) -> dict[date, int]:
    """The instalments that fall due from today to the end, as far as they are unpaid."""
    stood = standing.stand_by(facts, house.day_number(at.on))
    row = stood.loan.tolist().index(at.loan)
    owed = stood.position.owed
    whole = (owed.late[row] + owed.interest[row] + owed.principal[row]).tolist()
    found: dict[date, int] = {}
    for due, minor in zip(stood.position.due_on[row].tolist(), whole, strict=True):
        if house.day_number(at.on) <= due <= house.day_number(end) and minor:
            day = house.day_from(due)
            found[day] = found.get(day, 0) + minor
    return found


def _after(facts: Sequence[Fact], at: Here, paid: dict[date, int], *, stopped: bool) -> list[Fact]:
    """The facts there would be if all this were paid, with late interest stopped or not."""
    more = list(facts)
    if stopped:
        more.append(_next(more, at, late_stops.STOPPED, at.on, 0))
    for day, minor in paid.items():
        more.append(_next(more, at, "payment.received", day, minor))
    return more


def _next(facts: Sequence[Fact], at: Here, kind: str, day: date, minor: int) -> Fact:
    """A fact that is none yet, and so has no link."""
    last = facts[-1]
    body: dict[str, Any] = {}
    return Fact(
        last.borrower, last.seq + 1, at.loan, day, last.at, kind, minor, 0, "house", body, b""
    )


def _days(facts: Sequence[Fact], loan: int, day: date) -> int:
    """Days past due on a day, before what is paid on it."""
    before = [fact for fact in facts if fact.link or fact.day < day]
    found = here(before, loan, day)
    return found.past_due_days if found else 0
