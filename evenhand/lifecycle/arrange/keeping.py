"""What a day that has ended makes of a plan: the next step told of, missed and forgiven, ended; and
of one asked for: our answer late, what we offered instead lapsed.

A step is kept where of all that fell due up to its day no more is unpaid than the steps after it
come to. So a plan is kept by paying its steps and the instalments that fall due meanwhile, in
whatever pieces the money comes, and it ends as soon as nothing is past due.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final, TypeAlias

from evenhand.ledger import late_stops, one_loan, plans, promised
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.plans import Next, Plan, Unpaid, plans_of
from evenhand.lifecycle.arrange import bounds
from evenhand.lifecycle.arrange.bounds import Bounds

KEPT = "kept"
MISSED = "missed"
GONE = "withdrawn"
"""The loan itself was taken back."""
Judge: TypeAlias = Callable[[Plan, Sequence[Fact], date], list[Draft]]


def judged(facts: Sequence[Fact], on: date) -> list[Draft]:
    """What the end of day `on` makes of every plan of a stream: drafts to append now.

    Said once: asked again with what was written, it has nothing more to say of the same day.
    """
    return [
        draft
        for plan in plans_of(facts)
        if plan.state in JUDGES
        for draft in JUDGES[plan.state](plan, facts, on)
    ]


def _asked(plan: Plan, _facts: Sequence[Fact], on: date) -> list[Draft]:
    """The last day for our answer is over without one: said once, and it goes on waiting."""
    return promised.late("plan.answer_late", plan.proposed, plan.due_on, plan.late, on)


def _countered(plan: Plan, _facts: Sequence[Fact], on: date) -> list[Draft]:
    """The last day to accept what we offered instead is over: it lapses, and nothing is agreed."""
    if on < plan.accept_by:
        return []
    return [Draft("plan.lapsed", on, "house", plan.loan, cause=plan.seq)]


def _running(plan: Plan, facts: Sequence[Fact], on: date) -> list[Draft]:
    assert plan.agreed, "what runs is agreed"
    if plan.agreed.day > on:
        return []
    here = one_loan.here(facts, plan.loan, on)
    if here is None:
        return _ended(plan, facts, on, GONE)
    limits, owed = bounds.of(here.product), plans.unpaid(facts, plan.loan, on)
    next_one = plans.coming(plan, owed)
    if next_one is None:
        return _ended(plan, facts, on, KEPT)
    if on >= next_one.by + timedelta(days=limits.leeway_days):
        return _missed(plan, facts, owed, next_one, limits)
    soon = next_one.by - timedelta(days=limits.notice_days)
    if soon <= on < next_one.by and next_one.n + 1 not in plan.noticed:
        return [_step("plan.step_due", plan, on, next_one.n, next_one.pay_minor, next_one.by)]
    return []


JUDGES: Final[Mapping[str, Judge]] = {
    "asked": _asked,
    "countered": _countered,
    "running": _running,
}
"""What judges a plan, by the state it is in; the others have ended."""


def _missed(
    plan: Plan, facts: Sequence[Fact], owed: Unpaid, missed: Next, limits: Bounds
) -> list[Draft]:
    """The first one is forgiven: it is to be made good with the next. The second ends the plan."""
    if plan.missed:
        return _ended(plan, facts, owed.on, MISSED)
    with_next = plans.over(plan, owed, plan.with_next(missed.n))
    by = _made_good_by(plan, missed.n, limits)
    return [_step("plan.step_missed", plan, owed.on, missed.n, with_next, by)]


def _made_good_by(plan: Plan, n: int, limits: Bounds) -> date:
    """The day by which step `n`, once missed, is to be made good: with the next one."""
    if n == plan.with_next(n):
        return plan.steps[n].day + timedelta(days=limits.forgiven_days)
    return plan.steps[n + 1].day


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
