"""What somebody answers for of another's loan, as it stands on a day: at most how much, and how
much of it is paid.

A guarantor answers for principal alone, up to the limit; an heir or executor up to the value of the
estate; a representative for nothing of their own. What counts toward a guarantor's limit is what
they paid themselves (their own reference says so). What counts toward the limit of an estate is all
that came in since they joined: in doubt for whom is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.core.days import NEVER
from evenhand.ledger import house, standing
from evenhand.ledger.facts import Fact
from evenhand.ledger.one_loan import here_of
from evenhand.ledger.parties import GENERAL, GUARANTOR, REPRESENTATIVE, Promise

RECEIVED: Final = "payment.received"
TAKEN_BACK: Final = ("payment.reversed", "payment.returned")
OPENED: Final = "guarantee.opened"


class Answered(NamedTuple):
    """A promise and its loan on a day; minor units.

    `owed_minor` and `past_due_minor` are what the person answers for: of a guarantor the principal,
    of all others everything. `counted_minor` is what is paid toward the limit, `most_minor` what
    they could be asked for (0 of a representative's own), `asked_minor` what of it is past due.
    `next_minor` falls due for the borrower on `next_on`.
    """

    promise: Promise
    currency: str
    owed_minor: int
    past_due_minor: int
    next_minor: int
    next_on: date | None
    counted_minor: int
    most_minor: int
    asked_minor: int
    paid_off: bool
    measures: int
    """Bits of the measures that the loan's contract names."""
    past_due_days: int


def answered(theirs: Sequence[Fact], promise: Promise, on: date) -> Answered | None:
    """What a promise comes to on a day; `theirs` is the borrower's stream. None where the loan has
    not begun."""
    own = [fact for fact in theirs if fact.loan == promise.loan]
    stood = standing.stand_by(own, house.day_number(on))
    at = here_of(own, stood, on)
    if at is None:
        return None
    position = stood.position
    principal = promise.role == GUARANTOR
    owed = at.outstanding_minor if principal else at.claim_minor
    late = int(position.past_due_principal_minor[0]) if principal else at.past_due_minor
    counted = counted_minor(own, promise)
    left = max(promise.limit_minor - counted, 0) if promise.limit_minor else owed
    most = 0 if promise.role == REPRESENTATIVE else min(owed, left)
    day = int(position.next_due_on[0])
    return Answered(
        promise,
        at.currency,
        owed,
        late,
        int(position.next_due_minor[0]),
        None if day == NEVER else house.day_from(day),
        counted,
        most,
        min(late, most),
        bool(position.paid_off[0]),
        int(stood.rows["measures"][0]),
        at.past_due_days,
    )


def counted_minor(own: Sequence[Fact], promise: Promise) -> int:
    """What is paid toward the limit of a promise, by the facts of its loan."""
    since = joined_at(own, promise)
    counts = {
        fact.seq
        for fact in own
        if fact.kind == RECEIVED
        and (
            fact.seq > since if promise.of_estate else fact.body.get("party", 0) == promise.invited
        )
    }
    back = [fact.amount for fact in own if fact.kind in TAKEN_BACK and fact.cause in counts]
    paid = [fact.amount for fact in own if fact.seq in counts]
    return max(sum(paid) + sum(back), 0)


def joined_at(own: Sequence[Fact], promise: Promise) -> int:
    """The seq in the borrower's stream by which the person joined."""
    return next(
        fact.seq
        for fact in own
        if fact.kind == "party.joined" and fact.body["invited"] == promise.invited
    )


def court_first(theirs: Sequence[Fact], promise: Promise) -> bool:
    """May the person be asked only after a court and enforcement, which nobody has on record?"""
    return promise.guarantee == GENERAL and not is_opened(theirs, promise.loan)


def is_opened(theirs: Sequence[Fact], loan: int) -> bool:
    """Is it on record that a court and enforcement of the loan brought nothing?"""
    return any(fact.kind == OPENED and fact.loan == loan for fact in theirs)


def is_reached(one: Answered) -> bool:
    """Is all paid that a limited promise answers for?"""
    return bool(one.promise.limit_minor) and one.counted_minor >= one.promise.limit_minor
