"""What is done with a plan: proposed, agreed, declined, taken back.

Each act reads the stream as it stands and writes at the seq it was read at, so whoever races is
judged anew. What may not be done raises Refused with the reason as a code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from evenhand.ledger import house, late_stops, states
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.arrange import bounds, offer
from evenhand.lifecycle.arrange.offer import Offer, Wanted
from evenhand.lifecycle.arrange.plans import Plan, plan_of
from evenhand.people import persons, staff

TIME_BARRED = "time_barred"


class Refused(Exception):
    """It may not be done. `args[0]` says why: a fault of `offer.fault`, changed, unread, no_loan,
    answered, over_limit, own, step_over."""


def propose(
    borrower: int,
    loan: int,
    wanted: Wanted,
    hand: str,
    *,
    at: int,
    expected_minor: int,
    text: str = "",
    read: str = "",
) -> int:
    """The plan's seq: running where it lies inside the bounds, else asked for.

    `expected_minor` is the sum the borrower was shown: where it is another by now, nothing is
    written. `read` is time_barred where the borrower was told that first. `hand` is borrower, or
    staff:N who writes what the borrower wants. Raises Refused, Erased where words have no owner.
    """
    sealed = persons.seal_text(borrower, text).hex() if text else ""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        made = _offered(facts, loan, wanted, house.day_of(at))
        if made.total_minor != expected_minor:
            raise Refused("changed")
        if read != TIME_BARRED and states.stands(borrower, loan, TIME_BARRED, at=at):
            raise Refused("unread")
        more = {"text": sealed} if sealed else {}
        more |= {"read": read} if read else {}
        proposed = _proposed(made, hand, more)
        if not made.at_once:
            return [proposed]
        seq = facts[-1].seq + 1
        return [proposed, *_agreed(proposed, seq, house.day_of(at), "house", {})]

    return act(borrower, decide, at=at)[0].seq


def agree(borrower: int, seq: int, by: int, *, at: int, text: str = "") -> None:
    """A person agrees, within the limits of their role; never to their own proposal."""
    sealed = persons.seal_text(borrower, text).hex() if text else ""

    def drafts(plan: Plan, day: date) -> list[Draft]:
        _require_within(plan, by)
        if plan.steps[0].day < day:
            raise Refused("step_over")
        more = {"text": sealed} if sealed else {}
        return _agreed(plan.proposed, plan.seq, day, f"staff:{by}", more, plan.proposed.day)

    _on_asked(borrower, seq, drafts, at=at)


def decline(borrower: int, seq: int, text: str, by: int, *, at: int) -> None:
    """A person declines, with reasons the borrower reads; collecting may go on."""
    sealed = persons.seal_text(borrower, text).hex()

    def drafts(plan: Plan, day: date) -> list[Draft]:
        body = {"text": sealed}
        return [Draft("plan.declined", day, f"staff:{by}", plan.loan, 0, seq, body)]

    _on_asked(borrower, seq, drafts, at=at)


def withdraw(borrower: int, seq: int, hand: str, *, at: int) -> None:
    """The borrower takes the proposal back before it is answered."""

    def drafts(plan: Plan, day: date) -> list[Draft]:
        return [Draft("plan.withdrawn", day, hand, plan.loan, cause=seq)]

    _on_asked(borrower, seq, drafts, at=at)


def may_agree(plan: Plan, role: str) -> bool:
    """Does the plan lie within the limits of this role?"""
    limit = bounds.limit(role)
    return limit is not None and (
        len(plan.steps) <= limit.parts_most and plan.total_minor <= limit.total_minor
    )


def _offered(facts: Sequence[Fact], loan: int, wanted: Wanted, on: date) -> Offer:
    here = offer.here(facts, loan, on)
    if here is None:
        raise Refused("no_loan")
    fault = offer.fault(facts, here, wanted)
    if fault:
        raise Refused(fault)
    return offer.offer(facts, here, wanted)


def _proposed(made: Offer, hand: str, more: dict[str, Any]) -> Draft:
    body = _plan_body(made.total_minor, [[s.day.isoformat(), s.amount_minor] for s in made.steps])
    body |= {"due_on": made.answer_by.isoformat()} | more
    return Draft("plan.proposed", made.here.on, hand, made.here.loan, body=body)


def _agreed(
    proposed: Draft | Fact,
    seq: int,
    day: date,
    hand: str,
    more: dict[str, Any],
    since: date | None = None,
) -> list[Draft]:
    """The yes to the proposal `seq`; no late interest runs after the day it was asked."""
    body = _plan_body(proposed.body["total_minor"], proposed.body["steps"]) | more
    return [
        Draft("plan.agreed", day, hand, proposed.loan, 0, seq, body),
        Draft(late_stops.STOPPED, since or day, "house", proposed.loan, cause=seq),
    ]


def _plan_body(total_minor: int, steps: Sequence[Sequence[Any]]) -> dict[str, Any]:
    return {"total_minor": total_minor, "steps": [list(step) for step in steps]}


def _require_within(plan: Plan, by: int) -> None:
    if plan.proposed.hand == f"staff:{by}":
        raise Refused("own")
    if not may_agree(plan, staff.role_of(by)):
        raise Refused("over_limit")


def _on_asked(
    borrower: int, seq: int, drafts: Callable[[Plan, date], list[Draft]], *, at: int
) -> None:
    def decide(facts: Sequence[Fact]) -> list[Draft]:
        plan = plan_of(facts, seq)
        if plan.state != "asked":
            raise Refused("answered")
        return drafts(plan, house.day_of(at))

    act(borrower, decide, at=at)
