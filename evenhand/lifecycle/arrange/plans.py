"""Plans as the facts tell them: what was asked for, what came of it, where it stands.

A plan begins with `plan.proposed`. Its steps sum to what was past due that day. Agreed, it allows
the loan to be past due by what the steps still to come are together, and by no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from evenhand.ledger.facts import Fact
from evenhand.lifecycle.arrange.bounds import Bounds

YEAR = timedelta(days=365)


class Step(NamedTuple):
    """One step: its day and its part of what was past due."""

    day: date
    amount_minor: int


class Plan(NamedTuple):
    """One plan. `seq` names it, its proposal's place in the stream.

    `state` is asked, running, declined, withdrawn, kept or missed. `agreed` is the fact that agreed
    it, `answered` the one that answered the proposal either way, `ended` what ended it.
    """

    proposed: Fact
    steps: tuple[Step, ...]
    answered: Fact | None
    ended: Fact | None
    missed: Fact | None
    """The one step that was missed and forgiven."""
    noticed: frozenset[int]
    """Numbers (from 1) of the steps the borrower was reminded of."""

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
    def agreed(self) -> Fact | None:
        return self.answered if self.answered and self.answered.kind == "plan.agreed" else None

    @property
    def state(self) -> str:
        if self.ended:
            return str(self.ended.body["reason"])
        if self.answered:
            return {"plan.agreed": "running"}.get(self.answered.kind, self.answered.kind[5:])
        return "asked"

    @property
    def text(self) -> str:
        """The commitment to what the borrower wrote (hex), empty for nothing."""
        return str(self.proposed.body.get("text", ""))

    @property
    def answer_text(self) -> str:
        return str(self.answered.body.get("text", "")) if self.answered else ""

    def rest_after(self, n: int) -> int:
        """What the steps after step `n` (from 0) come to: so much may then still be past due."""
        return sum(step.amount_minor for step in self.steps[n + 1 :])

    def forgiven(self, n: int) -> bool:
        """Was step `n` (from 0) missed and forgiven?"""
        return self.missed is not None and self.missed.body["step"] == n + 1

    def by(self, n: int, bounds: Bounds) -> date:
        """The day by which step `n` (from 0) is to be paid; of the one forgiven, made good."""
        return self.made_good_by(n, bounds) if self.forgiven(n) else self.steps[n].day

    def made_good_by(self, n: int, bounds: Bounds) -> date:
        """The day by which step `n`, once missed, is to be made good: with the next one."""
        if n == self.with_next(n):
            return self.steps[n].day + timedelta(days=bounds.forgiven_days)
        return self.steps[n + 1].day

    def with_next(self, n: int) -> int:
        """The number (from 0) of the step after `n`; `n` itself where it is the last."""
        return min(n + 1, len(self.steps) - 1)

    def sum_of(self, first: int, last: int) -> int:
        """What the steps from `first` to `last` (from 0, both counted) come to."""
        return sum(step.amount_minor for step in self.steps[first : last + 1])


def plans_of(facts: Sequence[Fact], loan: int = 0) -> list[Plan]:
    """The plans of a stream (of one loan, where it is named), oldest first."""
    return [
        _plan(fact, facts)
        for fact in facts
        if fact.kind == "plan.proposed" and (not loan or fact.loan == loan)
    ]


def current(facts: Sequence[Fact], loan: int) -> Plan | None:
    """The plan of a loan that is asked for or running; None for none."""
    open_ones = [one for one in plans_of(facts, loan) if one.state in ("asked", "running")]
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


def _plan(proposed: Fact, facts: Sequence[Fact]) -> Plan:
    steps = tuple(Step(date.fromisoformat(day), minor) for day, minor in proposed.body["steps"])
    later = facts[proposed.seq :]
    answers = ("plan.agreed", "plan.declined", "plan.withdrawn")
    answered = next((f for f in later if f.kind in answers and f.cause == proposed.seq), None)
    about = [f for f in later if answered and f.cause == answered.seq]
    return Plan(
        proposed,
        steps,
        answered,
        next((fact for fact in about if fact.kind == "plan.ended"), None),
        next((fact for fact in about if fact.kind == "plan.step_missed"), None),
        frozenset(fact.body["step"] for fact in about if fact.kind == "plan.step_due"),
    )
