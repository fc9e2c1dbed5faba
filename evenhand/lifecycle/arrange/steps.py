"""What follows from a plan: the borrower hears of each step, and each ended day judges it.

Each task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from evenhand.ledger import house, states, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Fact
from evenhand.ledger.reactions import Places
from evenhand.lifecycle.arrange import keeping, offer
from evenhand.lifecycle.arrange.plans import Plan, plans_of
from evenhand.outbound.contact.tell import tell

IN_FORCE: Final = "agreement_in_force"
ASKED: Final = "plan_asked"
TOLD: Final[Mapping[str, str]] = {
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
        ours = any(plan.answered and _about(plan, fact) for plan in plans_of(stream, fact.loan))
        if template and ours:
            values = _values(stream, fact)
            tell(fact.borrower, template, at=at, cause=fact.seq, loan=fact.loan, values=values)


def day_closed(facts: Places, *, at: int) -> None:
    """A day has ended: the plans that run are judged by it."""
    for closed in streams.facts_at(facts):
        close(closed.day, at=at)


def close(on: date, *, at: int) -> int:
    """Judge every plan that runs by the end of day `on`; how many facts came of it."""
    borrowers = sorted({place[0] for place in states.everybody_in(IN_FORCE, at=at)})
    return sum(len(act(b, lambda facts: keeping.judged(facts, on), at=at)) for b in borrowers)


def asked(at: int) -> list[Plan]:
    """Every proposal that waits for an answer, the one due first first."""
    borrowers = sorted({place[0] for place in states.everybody_in(ASKED, at=at)})
    found = [
        plan for b in borrowers for plan in plans_of(streams.stream(b)) if plan.state == "asked"
    ]
    return sorted(found, key=lambda plan: (plan.due_on, plan.proposed.at, plan.seq))


def _about(plan: Plan, fact: Fact) -> bool:
    """Does the fact answer this plan, or tell how it went?"""
    assert plan.answered
    return fact.seq == plan.answered.seq or fact.cause == plan.answered.seq


def _values(stream: Sequence[Fact], fact: Fact) -> dict[str, Any]:
    """The amount and the day that the notice names, where it names any."""
    if "amount_minor" not in fact.body:
        return {}
    here = offer.here(stream, fact.loan, house.day_of(fact.at))
    assert here, "a plan is of a loan that has begun"
    amount = {"amount_minor": fact.body["amount_minor"], "currency": here.currency}
    return amount | {"day": fact.body["by"]}


TASKS: Final[Mapping[str, Callable[..., object]]] = {
    "arrange.told": told,
    "arrange.day_closed": day_closed,
}
