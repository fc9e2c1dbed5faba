"""What a contract lets be done about a loan past due, in its order, and which comes next."""

from collections.abc import Sequence
from typing import NamedTuple

from evenhand.ledger.facts import Fact
from evenhand.ledger.house import day_number
from evenhand.lifecycle.repay.owing import Owing
from evenhand.outbound.payments import known

STOPS = (
    "dispute_open",
    "complaint_open",
    "agreement_in_force",
    "plan_asked",
    "identity_theft",
    "hospital",
    "disaster",
    "bankruptcy",
    "moratorium",
    "represented",
    "cease_request",
)


class Measure(NamedTuple):
    """One measure the contract names; `used` since the loan is past due, `next` in order."""

    code: str
    used: bool
    next: bool


def measures(owing: Owing, facts: Sequence[Fact]) -> list[Measure]:
    """The measures of the loan's contract in their order. None that is not here may happen."""
    used, named = _used(owing, facts), _named(facts, owing.loan)
    coming = next((code for code in named if code not in used), "")
    return [Measure(code, code in used, code == coming) for code in named]


def stopped_by(facts: Sequence[Fact], loan: int, at: int) -> str:
    """The state that stops collection of the loan now (of STOPS), or nothing."""
    return known.stopped(facts, loan, STOPS, at)


def is_time_barred(facts: Sequence[Fact], loan: int, at: int) -> bool:
    """Is the time over in which a court would make the borrower pay? That is said before anything
    is paid."""
    return bool(known.stopped(facts, loan, ("time_barred",), at))


def _named(facts: Sequence[Fact], loan: int) -> list[str]:
    """What the loan's terms name, as they were signed or taken over."""
    own = [f for f in facts if f.loan == loan and f.kind.startswith("loan.")]
    return next((list(f.body["measures"]) for f in reversed(own) if "measures" in f.body), [])


def _used(owing: Owing, facts: Sequence[Fact]) -> set[str]:
    """The channels of reminders that left since the oldest unpaid due day."""
    since = owing.past_due_since
    return {
        facts[fact.cause - 1].body["channel"]
        for fact in facts
        if fact.kind == "contact.leaving" and day_number(fact.day) > since
        if facts[fact.cause - 1].body.get("purpose") == "collect"
    }
