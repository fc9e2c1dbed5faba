"""What is done with a plan: proposed, agreed, declined, taken back; other steps offered instead,
and accepted or not.

Each act reads the stream as it stands and writes at the seq it was read at, so whoever races is
judged anew. What may not be done raises Refused with the reason as a code.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from evenhand.ledger import hands, house, late_stops, one_loan, promised, states, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.ledger.one_loan import Here
from evenhand.ledger.plans import Plan, Step, plan_of
from evenhand.lifecycle.arrange import bounds, offer
from evenhand.lifecycle.arrange.offer import Offer, Wanted
from evenhand.outbound.contact import own_words
from evenhand.people import persons, staff

BORROWER: Final = "borrower"
TIME_BARRED: Final = "time_barred"


class Refused(Exception):
    """It may not be done. `args[0]` says why: a fault of `offer.fault` or `offer.fault_instead`,
    changed, unread, no_loan, answered, over_limit, own, step_over, lapsed."""


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
    more = _text(sealed) | ({"read": read} if read else {})

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        made = _offered(facts, loan, wanted, house.day_of(at))
        if made.total_minor != expected_minor:
            raise Refused("changed")
        if read != TIME_BARRED and states.stands(borrower, loan, TIME_BARRED, at=at):
            raise Refused("unread")
        proposed = _proposed(made, hand, more)
        if not made.at_once:
            return [proposed]
        seq = facts[-1].seq + 1
        return [proposed, *_agreed(proposed, seq, house.day_of(at), "house", {})]

    return act(borrower, decide, at=at)[0].seq


def agree(borrower: int, seq: int, by: int, *, at: int, text: str = "") -> None:
    """A person agrees, within the limits of their role; never to their own proposal."""
    sealed = own_words.seal(borrower, text, "plan_agreed", by, at=at)

    def drafts(_facts: Sequence[Fact], plan: Plan, day: date) -> list[Draft]:
        _require_within(plan, plan.steps, by)
        if plan.steps[0].day < day:
            raise Refused("step_over")
        return _agreed(
            plan.proposed, plan.seq, day, f"staff:{by}", _text(sealed), plan.proposed.day
        )

    _answer(borrower, seq, drafts, at=at)


def decline(borrower: int, seq: int, text: str, by: int, *, at: int) -> None:
    """A person declines, with reasons the borrower reads; collecting may go on."""
    sealed = own_words.seal(borrower, text, "plan_declined", by, at=at)

    def drafts(_facts: Sequence[Fact], plan: Plan, day: date) -> list[Draft]:
        return [Draft("plan.declined", day, f"staff:{by}", plan.loan, 0, seq, _text(sealed))]

    _answer(borrower, seq, drafts, at=at)


def counter(borrower: int, seq: int, wanted: Wanted, by: int, *, at: int, text: str = "") -> None:
    """A person offers other steps, within the limits of their role: nothing is agreed with it, and
    nobody collects before the borrower has answered or its last day is over."""
    total = plan_of(streams.stream(borrower), seq).total_minor
    sums = {step.amount_minor for step in offer.steps(total, wanted)}
    sealed = own_words.seal(borrower, text, "plan_countered", by, at=at, also_minor=sums)

    def drafts(facts: Sequence[Fact], plan: Plan, day: date) -> list[Draft]:
        made = instead(facts, plan, wanted, day)
        _require_within(plan, made.steps, by)
        body = _plan_body(plan.total_minor, made.steps) | {"due_on": made.answer_by.isoformat()}
        more = body | _text(sealed)
        return [Draft("plan.countered", day, f"staff:{by}", plan.loan, 0, seq, more)]

    _answer(borrower, seq, drafts, at=at)


def accept(borrower: int, seq: int, *, at: int, read: str = "") -> None:
    """The borrower accepts the steps we offered instead, and with this they are agreed.

    Whoever offered them does not accept them in the borrower's name. `read` as of `propose`.
    """

    def drafts(_facts: Sequence[Fact], plan: Plan, day: date) -> list[Draft]:
        assert plan.countered, "what is countered has a counter-offer"
        if day > plan.accept_by:
            raise Refused("lapsed")
        if read != TIME_BARRED and states.stands(borrower, plan.loan, TIME_BARRED, at=at):
            raise Refused("unread")
        agreed = _agreed(plan.countered, seq, day, BORROWER, {}, plan.proposed.day)
        if hands.staff_of(hands.both(agreed)[0].hand) == hands.staff_of(plan.countered.hand):
            raise Refused("own")
        return agreed

    _answer(borrower, seq, drafts, at=at, state="countered")


def refuse(borrower: int, seq: int, *, at: int) -> None:
    """The borrower does not accept them; they may propose anew, and collecting may go on."""

    def drafts(_facts: Sequence[Fact], plan: Plan, day: date) -> list[Draft]:
        return [Draft("plan.refused", day, BORROWER, plan.loan, cause=seq)]

    _answer(borrower, seq, drafts, at=at, state="countered")


def withdraw(borrower: int, seq: int, hand: str, *, at: int) -> None:
    """The borrower takes the proposal back before it is answered."""

    def drafts(_facts: Sequence[Fact], plan: Plan, day: date) -> list[Draft]:
        return [Draft("plan.withdrawn", day, hand, plan.loan, cause=seq)]

    _answer(borrower, seq, drafts, at=at)


def instead(facts: Sequence[Fact], plan: Plan, wanted: Wanted, on: date) -> Offer:
    """What would be offered instead on that day. Raises Refused with what speaks against it."""
    here = _here(facts, plan.loan, on)
    if fault := offer.fault_instead(plan, here, wanted):
        raise Refused(fault)
    accept_by = promised.accept_by(on, bounds.of(here.product).accept_days)
    made = offer.steps(plan.total_minor, wanted)
    return offer.instead(facts, here, plan, made, accept_by)


def may_agree(plan: Plan, role: str) -> bool:
    """Does the plan lie within the limits of this role?"""
    return may_offer(plan, plan.steps, role)


def may_offer(plan: Plan, steps: Sequence[Step], role: str) -> bool:
    """Do these steps for the plan's sum lie within the limits of this role?"""
    limit = bounds.limit(role)
    return limit is not None and (
        len(steps) <= limit.parts_most and plan.total_minor <= limit.total_minor
    )


def _here(facts: Sequence[Fact], loan: int, on: date) -> Here:
    here = one_loan.here(facts, loan, on)
    if here is None:
        raise Refused("no_loan")
    return here


def _offered(facts: Sequence[Fact], loan: int, wanted: Wanted, on: date) -> Offer:
    here = _here(facts, loan, on)
    if fault := offer.fault(facts, here, wanted):
        raise Refused(fault)
    return offer.offer(facts, here, wanted)


def _proposed(made: Offer, hand: str, more: dict[str, Any]) -> Draft:
    body = _plan_body(made.total_minor, made.steps)
    body |= {"due_on": made.answer_by.isoformat()} | more
    return Draft("plan.proposed", made.here.on, hand, made.here.loan, body=body)


def _agreed(
    said: Draft | Fact,
    seq: int,
    day: date,
    hand: str,
    more: dict[str, Any],
    since: date | None = None,
) -> list[Draft]:
    """The yes to the steps that `said` names, of the proposal `seq`; no late interest runs after
    the day it was asked."""
    body = {name: said.body[name] for name in ("total_minor", "steps")} | more
    return [
        Draft("plan.agreed", day, hand, said.loan, 0, seq, body),
        Draft(late_stops.STOPPED, since or day, "house", said.loan, cause=seq),
    ]


def _plan_body(total_minor: int, steps: Sequence[Step]) -> dict[str, Any]:
    named = [[step.day.isoformat(), step.amount_minor] for step in steps]
    return {"total_minor": total_minor, "steps": named}


def _text(sealed: str) -> dict[str, str]:
    """Sealed words as a fact has them; nothing where there are none."""
    return {"text": sealed} if sealed else {}


def _require_within(plan: Plan, steps: Sequence[Step], by: int) -> None:
    if hands.staff_of(plan.proposed.hand) == by:
        raise Refused("own")
    if not may_offer(plan, steps, staff.role_of(by)):
        raise Refused("over_limit")


def _answer(
    borrower: int,
    seq: int,
    drafts: Callable[[Sequence[Fact], Plan, date], list[Draft]],
    *,
    at: int,
    state: str = "asked",
) -> None:
    def decide(facts: Sequence[Fact]) -> list[Draft]:
        plan = plan_of(facts, seq)
        if plan.state != state:
            raise Refused("answered")
        return drafts(facts, plan, house.day_of(at))

    act(borrower, decide, at=at)
