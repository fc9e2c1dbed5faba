"""A proposal worked out, or what we offer instead: its steps, what is paid when, what it costs,
where it leaves the loan.

Nothing is forecast by another arithmetic: the facts that would follow (late interest stopped, each
step and each coming instalment paid on its day) are put behind those there are, and
`ledger.standing` says where the loan then stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, NamedTuple

from evenhand.core import days
from evenhand.ledger import house, late_stops, plans, promised
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.one_loan import Here, here
from evenhand.ledger.plans import Plan, Step, Unpaid
from evenhand.lifecycle.arrange import bounds
from evenhand.lifecycle.arrange.bounds import Reach

PARTS: Final = "parts"
LATER: Final = "later"
EACH: Final = "each"
HOWS: Final = (PARTS, LATER)
"""How a borrower may propose to pay."""


class Wanted(NamedTuple):
    """What is proposed: `parts` equal parts, the first on `day`, then each month; or one later day
    (`how` later, one part); or parts of `each_minor` (`how` each), the last of what is left."""

    how: str
    parts: int
    day: date
    each_minor: int = 0


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
    """A plan before it is one. `answer_by` is the last day for our answer, or for the borrower's to
    what we offer instead. `spared_minor` is the late interest that paying the same on the same days
    would cost without it; `late_minor` what it costs with it; `left_minor` what is past due behind
    the last step."""

    here: Here
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    answer_by: date
    late_minor: int
    spared_minor: int
    left_minor: int
    at_once: bool = False

    @property
    def total_minor(self) -> int:
        return sum(step.amount_minor for step in self.steps)

    @property
    def coming_minor(self) -> int:
        """Instalments that fall due meanwhile."""
        return sum(line.instalment_minor for line in self.lines)

    @property
    def pay_minor(self) -> int:
        """All that is to be paid from today to the end."""
        return sum(line.pay_minor for line in self.lines)

    @property
    def paid_minor(self) -> int:
        """What of the steps is paid already."""
        return self.total_minor + self.coming_minor - self.pay_minor

    @property
    def end_on(self) -> date:
        return self.steps[-1].day

    @property
    def most_days(self) -> int:
        return max(line.past_due_days for line in self.lines)


def steps(total_minor: int, wanted: Wanted) -> tuple[Step, ...]:
    """Parts a month apart; the odd cents of equal ones are paid with the last.

    >>> [step.amount_minor for step in steps(1_000, Wanted("parts", 3, date(2026, 1, 31)))]
    [333, 333, 334]
    >>> each = each_of(1_000, 400, date(2026, 1, 31))
    >>> [(step.day.isoformat(), step.amount_minor) for step in steps(1_000, each)]
    [('2026-01-31', 400), ('2026-02-28', 400), ('2026-03-31', 200)]
    """
    first = house.day_number(wanted.day)
    part = wanted.each_minor or total_minor // wanted.parts
    numbers = days.add_months(first, list(range(wanted.parts))).tolist()
    amounts = [part] * (wanted.parts - 1) + [total_minor - part * (wanted.parts - 1)]
    return tuple(
        Step(house.day_from(day), amount) for day, amount in zip(numbers, amounts, strict=True)
    )


def each_of(total_minor: int, each_minor: int, day: date) -> Wanted:
    """Parts of so much each, as many as it takes."""
    return Wanted(EACH, -(-total_minor // each_minor), day, each_minor)


def fault(facts: Sequence[Fact], at: Here, wanted: Wanted) -> str:
    """Why it cannot be proposed at all: nothing_past_due, open, small, parts, early, late,
    early_for_person; empty where it can."""
    if not at.past_due_minor:
        return "nothing_past_due"
    if plans.current(facts, at.loan):
        return "open"
    answer_by = promised.answer_by(at.on, bounds.of(at.product).working_days)
    if found := _beyond(at, wanted, at.past_due_minor):
        return found
    if not at_once(facts, at, wanted) and wanted.day <= answer_by:
        return "early_for_person"
    return ""


def fault_instead(plan: Plan, at: Here, wanted: Wanted) -> str:
    """Why it cannot be offered instead of what was proposed: nothing_past_due, same, small, parts,
    early, late, early_for_borrower; empty where it can."""
    if not at.past_due_minor:
        return "nothing_past_due"
    if steps(plan.total_minor, wanted) == plan.steps:
        return "same"
    if found := _beyond(at, wanted, plan.total_minor):
        return found
    accept_by = promised.accept_by(at.on, bounds.of(at.product).accept_days)
    return "early_for_borrower" if wanted.day <= accept_by else ""


def _beyond(at: Here, wanted: Wanted, total_minor: int) -> str:
    """Which of the bounds for a person's answer it goes beyond."""
    limits = bounds.of(at.product)
    if wanted.parts > limits.by_person.parts_most:
        return "parts"
    part = wanted.each_minor or total_minor // wanted.parts
    if (wanted.parts > 1 or wanted.each_minor) and part < limits.least_step_minor:
        return "small"
    if wanted.day <= at.on:
        return "early"
    return "" if _reaches(limits.by_person, at.on, wanted) else "late"


def at_once(facts: Sequence[Fact], at: Here, wanted: Wanted) -> bool:
    """Is it answered at once, or by a person?"""
    limits = bounds.of(at.product)
    often = plans.within_a_year(facts, at.loan, at.on) >= limits.times_a_year
    inside = wanted.parts <= limits.at_once.parts_most
    return inside and not often and _reaches(limits.at_once, at.on, wanted)


def offer(facts: Sequence[Fact], at: Here, wanted: Wanted) -> Offer:
    """The proposal worked out; `fault` has found nothing against it."""
    made = steps(at.past_due_minor, wanted)
    answer_by = promised.answer_by(at.on, bounds.of(at.product).working_days)
    return replace(_offer(facts, at, made, at.on, answer_by), at_once=at_once(facts, at, wanted))


def instead(
    facts: Sequence[Fact], at: Here, plan: Plan, made: tuple[Step, ...], accept_by: date
) -> Offer:
    """Other steps for a plan that was asked for, worked out as of today. What was paid since counts
    for the first of them; no late interest runs after the day it was asked."""
    return _offer(facts, at, made, plan.proposed.day, accept_by)


def _offer(
    facts: Sequence[Fact], at: Here, made: tuple[Step, ...], since: date, answer_by: date
) -> Offer:
    frozen = [*facts, supposed(facts, Draft(late_stops.STOPPED, since, "house", at.loan))]
    owed = plans.unpaid(frozen, at.loan, at.on)
    parts, due = _still(made, owed.before(since)), _coming(owed, since, made)
    dates = sorted(parts.keys() | due.keys())
    paid = {day: due.get(day, 0) + parts.get(day, 0) for day in dates}
    after = _after(frozen, at, paid)
    end, bare = (
        here(after, at.loan, made[-1].day),
        here(_after(facts, at, paid), at.loan, made[-1].day),
    )
    now = here(frozen, at.loan, at.on)
    assert now and end and bare, "the loan has begun"
    return Offer(
        at,
        made,
        tuple(
            Line(day, parts.get(day, 0), due.get(day, 0), _days(after, at.loan, day))
            for day in dates
        ),
        answer_by,
        end.late_charged_minor - now.late_charged_minor,
        bare.late_charged_minor - end.late_charged_minor,
        end.past_due_minor,
    )


def _reaches(reach: Reach, on: date, wanted: Wanted) -> bool:
    within = reach.later_within_days if wanted.how == LATER else reach.first_within_days
    return (wanted.day - on).days <= within


def _still(made: Sequence[Step], left_minor: int) -> dict[date, int]:
    """What of each step is to be paid still, by its day: what was paid counts for the first."""
    found: dict[date, int] = {}
    for step in reversed(made):
        found[step.day] = min(step.amount_minor, left_minor)
        left_minor -= found[step.day]
    return found


def _coming(owed: Unpaid, since: date, made: Sequence[Step]) -> dict[date, int]:
    """The instalments that fall due from `since` to the end, as far as they are unpaid, by the day
    on which they are paid: what fell due before today, with the first step."""
    found: dict[date, int] = {}
    for due, minor in owed.owed:
        if since <= due <= made[-1].day:
            day = due if due >= owed.on else made[0].day
            found[day] = found.get(day, 0) + minor
    return found


def _after(facts: Sequence[Fact], at: Here, paid: dict[date, int]) -> list[Fact]:
    """The facts there would be if all this were paid."""
    more = list(facts)
    for day, minor in paid.items():
        if minor:
            more.append(supposed(more, Draft("payment.received", day, "house", at.loan, minor)))
    return more


def _days(facts: Sequence[Fact], loan: int, day: date) -> int:
    """Days past due on a day, before what is paid on it."""
    before = [fact for fact in facts if fact.link or fact.day < day]
    found = here(before, loan, day)
    return found.past_due_days if found else 0
