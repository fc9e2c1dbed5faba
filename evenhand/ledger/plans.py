"""Plans (个性化分期) as the facts tell them: what was asked for, what came of it, what comes next.

A plan begins with `plan.proposed`. Its steps sum to what was past due that day. Agreed, it allows
the loan to be past due by what the steps still to come are together, and by no more. A person of
ours may offer other steps (`plan.countered`): nothing is agreed before the borrower accepts them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from evenhand.ledger import house, standing
from evenhand.ledger.facts import Fact

YEAR: Final = timedelta(days=365)
OPEN: Final = ("asked", "countered", "running")
"""The states of a plan that is asked for or kept: meanwhile nobody collects."""
WAITING: Final = ("asked", "countered")
ENDED: Final = ("declined", "withdrawn", "refused", "lapsed", "kept", "missed")
ANSWERS: Final = tuple(
    f"plan.{how}" for how in ("agreed", "declined", "withdrawn", "refused", "lapsed")
)
"""What answers a proposal, ours or the borrower's own: each ends that it is asked for."""


class Step(NamedTuple):
    """One step: its day and its part of what was past due."""

    day: date
    amount_minor: int


class Plan(NamedTuple):
    """One plan. `seq` names it, its proposal's place in the stream.

    `state` is one of OPEN or ENDED, or the reason a tape or staff ended it for. `steps` are those
    agreed to, else those proposed. `countered` is the fact by which we offered others, `answered`
    the one that answered the proposal, `ended` what ended what was agreed, `late` the one that says
    that our answer is late.
    """

    proposed: Fact
    steps: tuple[Step, ...]
    countered: Fact | None
    answered: Fact | None
    ended: Fact | None
    missed: Fact | None
    """The one step that was missed and forgiven."""
    noticed: frozenset[int]
    """Numbers (from 1) of the steps the borrower was reminded of."""
    late: Fact | None

    @property
    def seq(self) -> int:
        return self.proposed.seq

    @property
    def loan(self) -> int:
        return self.proposed.loan

    @property
    def total_minor(self) -> int:
        return int(self.proposed.body["total_minor"])

    @property
    def due_on(self) -> date:
        """The last day for our answer."""
        return date.fromisoformat(self.proposed.body["due_on"])

    @property
    def end_on(self) -> date:
        return self.steps[-1].day

    @property
    def offered(self) -> tuple[Step, ...]:
        """The steps we offered instead; empty where we did not."""
        return steps_in(self.countered) if self.countered else ()

    @property
    def accept_by(self) -> date:
        """The last day on which what we offered instead may be accepted."""
        assert self.countered, "nothing was offered instead"
        return date.fromisoformat(self.countered.body["due_on"])

    @property
    def agreed(self) -> Fact | None:
        return self.answered if self.answered and self.answered.kind == "plan.agreed" else None

    @property
    def state(self) -> str:
        if self.ended:
            return str(self.ended.body["reason"])
        if self.answered:
            return {"plan.agreed": "running"}.get(self.answered.kind, self.answered.kind[5:])
        return "countered" if self.countered else "asked"

    @property
    def closed(self) -> Fact | None:
        """What ended it, before it was agreed or after; None while it is open."""
        return self.ended or (None if self.agreed else self.answered)

    @property
    def text(self) -> str:
        """The commitment to what the borrower wrote (hex), empty for nothing."""
        return str(self.proposed.body.get("text", ""))

    @property
    def answer_text(self) -> str:
        """The commitment to our last words to it (hex), empty for none."""
        ours = [fact for fact in (self.answered, self.countered) if fact and "text" in fact.body]
        return str(ours[0].body["text"]) if ours else ""

    def is_late(self, on: date) -> bool:
        """Is our answer late on that day?"""
        return self.state == "asked" and on > self.due_on

    def rest_after(self, n: int) -> int:
        """What the steps after step `n` (from 0) come to: so much may then still be past due."""
        return sum(step.amount_minor for step in self.steps[n + 1 :])

    def forgiven(self, n: int) -> bool:
        """Was step `n` (from 0) missed and forgiven?"""
        return self.missed is not None and self.missed.body["step"] == n + 1

    def by(self, n: int) -> date:
        """The day by which step `n` (from 0) is to be paid; of the one forgiven, made good."""
        if self.missed is not None and self.forgiven(n):
            return date.fromisoformat(self.missed.body["by"])
        return self.steps[n].day

    def with_next(self, n: int) -> int:
        """The number (from 0) of the step after `n`; `n` itself where it is the last."""
        return min(n + 1, len(self.steps) - 1)

    def sum_of(self, first: int, last: int) -> int:
        """What the steps from `first` to `last` (from 0, both counted) come to."""
        return sum(step.amount_minor for step in self.steps[first : last + 1])


class Unpaid(NamedTuple):
    """What of each instalment is unpaid on a day: (due day, minor units)."""

    on: date
    owed: tuple[tuple[date, int], ...]

    def up_to(self, day: date) -> int:
        """What fell or falls due up to a day, and is unpaid."""
        return sum(minor for due, minor in self.owed if due <= day)

    def before(self, day: date) -> int:
        """What fell due before a day, and is unpaid."""
        return sum(minor for due, minor in self.owed if due < day)


class Next(NamedTuple):
    """The first step that is not kept yet (from 0), up to `last`: another than it where it was
    missed, and is made good with the next.

    `pay_minor` pays it, by the day `by`; `instalment_minor` of it fell due meanwhile, or falls due
    up to then. `step_minor` is the step alone, `paid_minor` what of that is paid.
    """

    n: int
    last: int
    by: date
    pay_minor: int
    instalment_minor: int
    step_minor: int
    paid_minor: int


class Effect(NamedTuple):
    """What a payment did to a plan: the steps it paid up, numbered from 1, and what comes after it;
    None where nothing is past due any more."""

    steps: tuple[int, ...]
    coming: Next | None


def plans_of(facts: Sequence[Fact], loan: int = 0) -> list[Plan]:
    """The plans of a stream (of one loan, where it is named), oldest first."""
    return [
        _plan(fact, facts)
        for fact in facts
        if fact.kind == "plan.proposed" and (not loan or fact.loan == loan)
    ]


def current(facts: Sequence[Fact], loan: int) -> Plan | None:
    """The plan of a loan that is asked for or running; None for none."""
    open_ones = [one for one in plans_of(facts, loan) if one.state in OPEN]
    return open_ones[-1] if open_ones else None


def plan_of(facts: Sequence[Fact], seq: int) -> Plan:
    """The plan of that number. LookupError where there is none."""
    for one in plans_of(facts):
        if one.seq == seq:
            return one
    raise LookupError("no such plan")


def within_a_year(facts: Sequence[Fact], loan: int, on: date) -> int:
    """How many plans of the loan were agreed in the year before `on`."""
    agreed = [one.agreed for one in plans_of(facts, loan)]
    return sum(fact is not None and fact.day > on - YEAR for fact in agreed)


def steps_in(fact: Fact) -> tuple[Step, ...]:
    """The steps a fact names."""
    return tuple(Step(date.fromisoformat(day), minor) for day, minor in fact.body["steps"])


def unpaid(facts: Sequence[Fact], loan: int, on: date) -> Unpaid:
    """What of the loan is unpaid on `on`, by the facts."""
    stood = standing.stand_by(facts, house.day_number(on))
    row = stood.loan.tolist().index(loan)
    whole = stood.position.owed_minor[row]
    pairs = zip(stood.position.due_on[row].tolist(), whole.tolist(), strict=True)
    return Unpaid(on, tuple((house.day_from(due), minor) for due, minor in pairs if minor))


def coming(plan: Plan, owed: Unpaid) -> Next | None:
    """The next step to be paid; None where all are kept, for nothing is due any more."""
    if not owed.up_to(owed.on):
        return None
    for n in range(len(plan.steps)):
        if over(plan, owed, n) > 0:
            return _next(plan, owed, n, plan.with_next(n) if plan.forgiven(n) else n)
    return None


def over(plan: Plan, owed: Unpaid, n: int) -> int:
    """By how much more is unpaid of what is due up to step `n` than the steps after it come to."""
    return owed.up_to(plan.steps[n].day) - plan.rest_after(n)


def effect(facts: Sequence[Fact], payment: Fact) -> Effect | None:
    """What a payment did to the plan that was running when it came; None without one."""
    known = [fact for fact in facts if fact.seq <= payment.seq]
    plan = current(known, payment.loan)
    if plan is None or plan.agreed is None:
        return None
    day = max(payment.day, plan.agreed.day)
    was = coming(plan, unpaid(known[:-1], payment.loan, day))
    now = coming(plan, unpaid(known, payment.loan, day))
    if was is None:
        return None
    return Effect(tuple(range(was.n + 1, (now.n if now else len(plan.steps)) + 1)), now)


def _next(plan: Plan, owed: Unpaid, n: int, last: int) -> Next:
    pay, own = over(plan, owed, last), plan.sum_of(n, last)
    since = plan.proposed.day
    fell_due = owed.up_to(plan.steps[last].day) - owed.before(since)
    instalment = min(pay, fell_due)
    return Next(n, last, plan.by(n), pay, instalment, own, max(own - (pay - instalment), 0))


def _plan(proposed: Fact, facts: Sequence[Fact]) -> Plan:
    own = [fact for fact in facts if fact.cause == proposed.seq]
    answered = next((fact for fact in own if fact.kind in ANSWERS), None)
    about = [fact for fact in facts if answered and fact.cause == answered.seq]
    agreed = answered if answered and "steps" in answered.body else proposed
    return Plan(
        proposed,
        steps_in(agreed),
        next((fact for fact in own if fact.kind == "plan.countered"), None),
        answered,
        next((fact for fact in about if fact.kind == "plan.ended"), None),
        next((fact for fact in about if fact.kind == "plan.step_missed"), None),
        frozenset(fact.body["step"] for fact in about if fact.kind == "plan.step_due"),
        next((fact for fact in own if fact.kind == "plan.answer_late"), None),
    )
