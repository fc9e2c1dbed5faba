"""What follows from a plan: the borrower hears of each step and answer, each ended day judges it.

Each task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from evenhand.ledger import house, one_loan, states, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Fact
from evenhand.ledger.plans import WAITING, Plan, plans_of
from evenhand.ledger.reactions import Places
from evenhand.lifecycle.arrange import keeping
from evenhand.outbound.contact.tell import tell

IN_FORCE: Final = "agreement_in_force"
ASKED: Final = "plan_asked"
TOLD: Final[Mapping[str, str]] = {
    "plan.answer_late": "plan_answer_late",
    "plan.countered": "plan_countered",
    "plan.lapsed": "plan_lapsed",
    "plan.agreed": "plan_agreed",
    "plan.declined": "plan_declined",
    "plan.step_due": "plan_step_due",
    "plan.step_missed": "plan_step_missed",
}
ENDED: Final[Mapping[str, str]] = {"kept": "plan_kept", "missed": "plan_ended"}


def told(facts: Places, *, at: int) -> None:
    """The borrower hears of it; of plans that never were asked for here nothing is told."""
    for fact in streams.facts_at(facts):
        template = ENDED.get(fact.body.get("reason", "")) or TOLD.get(fact.kind)
        stream = streams.stream(fact.borrower)
        ours = any(_about(plan, fact) for plan in plans_of(stream, fact.loan))
        if template and ours:
            values = _values(stream, fact)
            tell(fact.borrower, template, at=at, cause=fact.seq, loan=fact.loan, values=values)


def day_closed(facts: Places, *, at: int) -> None:
    """A day has ended: the plans that are asked for or kept are judged by it."""
    for closed in streams.facts_at(facts):
        close(closed.day, at=at)


def close(on: date, *, at: int) -> int:
    """Judge every plan that is open by the end of day `on`; how many facts came of it."""
    return sum(len(act(b, lambda facts: keeping.judged(facts, on), at=at)) for b in _with_plans(at))


def waiting(at: int) -> list[Plan]:
    """Every proposal that waits for our answer or for the borrower's, the one due first first."""
    found = [
        plan
        for borrower in _in(ASKED, at)
        for plan in plans_of(streams.stream(borrower))
        if plan.state in WAITING
    ]
    return sorted(found, key=lambda plan: (plan.due_on, plan.proposed.at, plan.seq))


def _with_plans(at: int) -> list[int]:
    return sorted({*_in(IN_FORCE, at), *_in(ASKED, at)})


def _in(word: str, at: int) -> list[int]:
    """The borrowers of whom a state stands."""
    return sorted({place[0] for place in states.everybody_in(word, at=at)})


def _about(plan: Plan, fact: Fact) -> bool:
    """Does the fact answer this plan, or tell how it goes?"""
    return fact.cause == plan.seq or bool(plan.answered and fact.cause == plan.answered.seq)


def _values(stream: Sequence[Fact], fact: Fact) -> dict[str, Any]:
    """The amount and the day that the notice names, where it names any."""
    day = fact.body.get("by") or fact.body.get("due_on")
    named = {"day": day} if day else {}
    if "amount_minor" not in fact.body:
        return named
    here = one_loan.here(stream, fact.loan, house.day_of(fact.at))
    assert here, "a plan is of a loan that has begun"
    return named | {"amount_minor": fact.body["amount_minor"], "currency": here.currency}


TASKS: Final[Mapping[str, Callable[..., object]]] = {
    "arrange.told": told,
    "arrange.day_closed": day_closed,
}
