"""What a day that has ended makes of a plan: the next step told of, missed and forgiven, ended.

A step is kept where of all that fell due up to its day no more is unpaid than the steps after it
come to. So a plan is kept by paying its steps and the instalments that fall due meanwhile, in
whatever pieces the money comes, and it ends as soon as nothing is past due.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from evenhand.ledger import house, late_stops, standing
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.arrange import bounds, offer
from evenhand.lifecycle.arrange.bounds import Bounds
from evenhand.lifecycle.arrange.plans import Plan, plans_of

KEPT = "kept"
MISSED = "missed"
GONE = "withdrawn"
"""The loan itself was taken back."""


class Next(NamedTuple):
    """The first step that is not kept yet, from 0; by when, and what pays it: minor units, of which
    `instalment_minor` fell due meanwhile, or falls due up to then."""

    n: int
    by: date
    pay_minor: int
    instalment_minor: int


class Unpaid(NamedTuple):
    """What of each instalment is unpaid on a day: (due day, minor units)."""

    on: date
    owed: tuple[tuple[date, int], ...]

    def up_to(self, day: date) -> int:
        """What fell or falls due up to a day, and is unpaid."""
        return sum(minor for due, minor in self.owed if due <= day)


def unpaid(facts: Sequence[Fact], loan: int, on: date) -> Unpaid:
    """What of the loan is unpaid on `on`, by the facts."""
    stood = standing.stand_by(facts, house.day_number(on))
    row = stood.loan.tolist().index(loan)
    owed = stood.position.owed
    whole = owed.late[row] + owed.interest[row] + owed.principal[row]
    pairs = zip(stood.position.due_on[row].tolist(), whole.tolist(), strict=True)
    return Unpaid(on, tuple((house.day_from(due), minor) for due, minor in pairs if minor))


def is_done(owed: Unpaid) -> bool:
    """Is nothing due any more on that day? Then there is nothing left to spread."""
    return not owed.up_to(owed.on)


def coming(plan: Plan, owed: Unpaid, product: str) -> Next | None:
    """The next step to be paid; None where all are kept."""
    if is_done(owed):
        return None
    for n in range(len(plan.steps)):
        if _over(plan, owed, n) > 0:
            last = plan.with_next(n) if plan.forgiven(n) else n
            pay, own = _over(plan, owed, last), plan.sum_of(n, last)
            return Next(n, plan.by(n, bounds.of(product)), pay, max(pay - own, 0))
    return None


def _over(plan: Plan, owed: Unpaid, n: int) -> int:
    """By how much more is unpaid of what is due up to step `n` than the steps after it come to."""
    return owed.up_to(plan.steps[n].day) - plan.rest_after(n)


def judged(facts: Sequence[Fact], on: date) -> list[Draft]:
    """What the end of day `on` makes of every plan of a stream that runs: drafts to append now.

    Said once: asked again with what was written, it has nothing more to say of the same day.
    """
    running = [plan for plan in plans_of(facts) if plan.state == "running"]
    return [
        draft
        for plan in running
        if plan.agreed and plan.agreed.day <= on
        for draft in _judged(plan, facts, on)
    ]


def _judged(plan: Plan, facts: Sequence[Fact], on: date) -> list[Draft]:
    here = offer.here(facts, plan.loan, on)
    if here is None:
        return _ended(plan, facts, on, GONE)
    limits, owed = bounds.of(here.product), unpaid(facts, plan.loan, on)
    next_one = coming(plan, owed, here.product)
    if next_one is None:
        return _ended(plan, facts, on, KEPT)
    if on >= next_one.by + timedelta(days=limits.leeway_days):
        return _missed(plan, facts, owed, next_one, limits)
    soon = next_one.by - timedelta(days=limits.notice_days)
    if soon <= on < next_one.by and next_one.n + 1 not in plan.noticed:
        return [_step("plan.step_due", plan, on, next_one.n, next_one.pay_minor, next_one.by)]
    return []


def _missed(
    plan: Plan, facts: Sequence[Fact], owed: Unpaid, missed: Next, limits: Bounds
) -> list[Draft]:
    """The first one is forgiven: it is to be made good with the next. The second ends the plan."""
    if plan.missed:
        return _ended(plan, facts, owed.on, MISSED)
    by = plan.made_good_by(missed.n, limits)
    with_next = _over(plan, owed, plan.with_next(missed.n))
    return [_step("plan.step_missed", plan, owed.on, missed.n, with_next, by)]


def _step(kind: str, plan: Plan, on: date, n: int, minor: int, by: date) -> Draft:
    assert plan.agreed, "only a plan that runs has steps to be paid"
    body = {"step": n + 1, "amount_minor": minor, "by": by.isoformat()}
    return Draft(kind, on, "house", plan.loan, 0, plan.agreed.seq, body)


def _ended(plan: Plan, facts: Sequence[Fact], on: date, reason: str) -> list[Draft]:
    """The end, and late interest goes on from the day after."""
    assert plan.agreed, "only a plan that runs ends"
    ended = Draft("plan.ended", on, "house", plan.loan, 0, plan.agreed.seq, {"reason": reason})
    stop = late_stops.standing(facts, "plan").get(plan.loan)
    more = [Draft(late_stops.RESUMED, on, "house", plan.loan, cause=stop.seq)] if stop else []
    return [ended, *more]
