"""What a payment beyond all that is due does: the next instalments, smaller ones, a shorter term.

The borrower chooses before the money comes, as far as their contract allows (`prepay`), and for one
payment only. Nothing is forecast by another arithmetic: the payment, and the change that it causes,
are supposed behind the facts there are, and `owing` says where the loan then stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final, NamedTuple

from evenhand.ledger import changes, house
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.told import CHANGED
from evenhand.lifecycle.repay import owing
from evenhand.lifecycle.repay.owing import Owing

CHOSEN: Final = "prepayment.chosen"
NEXT: Final = "next"
HOLDS: Final = timedelta(days=14)
"""How long a choice waits for money that is transferred."""


class Run(NamedTuple):
    """So many instalments of the same amount, one after another."""

    times: int
    minor: int


class Outlook(NamedTuple):
    """What is still to come of a loan behind a day, once all that is due by it is paid.

    `saved_minor` is by how much less is paid in all than without the payment; `way` empty for that.
    """

    way: str
    runs: tuple[Run, ...]
    next_on: int
    last_on: int
    interest_minor: int
    saved_minor: int

    @property
    def left(self) -> int:
        return sum(run.times for run in self.runs)


class Preview(NamedTuple):
    """A payment before it is made: what of it is due on the day, and what is beyond; where the loan
    stands without it, and with it each way that can be chosen."""

    on: int
    amount_minor: int
    due_minor: int
    owed_minor: int
    now: Outlook
    ways: tuple[Outlook, ...]

    @property
    def ahead_minor(self) -> int:
        return self.amount_minor - self.due_minor

    def by(self, way: str) -> Outlook | None:
        """Where the loan stands that way; None where it cannot be chosen."""
        return next((outlook for outlook in self.ways if outlook.way == way), None)


def allowed(one: Owing) -> tuple[str, ...]:
    """What the loan's contract lets a borrower choose beside the next instalments."""
    return tuple(one.terms.get("prepay", ()))


def preview(facts: Sequence[Fact], one: Owing, amount_minor: int) -> Preview | None:
    """What the payment would do today, each way; None where there is nothing to choose: it is no
    more than is due, or closes the loan, or the contract knows one way only."""
    if not one.due_minor < amount_minor < one.pay_off.total_minor:
        return None
    now = _outlook(one, "", 0)
    ways = [
        _outlook(then, way, one.owed_minor - amount_minor - then.owed_minor)
        for way in (NEXT, *allowed(one))
        if (then := _after(facts, one, amount_minor, way))
    ]
    if len(ways) < 2:
        return None
    return Preview(one.on, amount_minor, one.due_minor, one.owed_minor, now, tuple(ways))


def choose(person: int, loan: int, seen: Preview, way: str, *, at: int, cause: int = 0) -> None:
    """The borrower has chosen what the payment they saw does: of the debit ordered (`cause`), else
    of the transfer that they will make."""
    day = house.day_of(at)
    outlook = seen.by(way)
    assert outlook, "only what was shown can be chosen"
    body = {"way": way, "until": (day + HOLDS).isoformat(), "shown": figures(outlook, seen.on)}
    draft = Draft(CHOSEN, day, "borrower", loan, seen.amount_minor, cause, body)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        same = [f for f in facts if f.kind == CHOSEN and (f.loan, f.cause) == (loan, cause)]
        return [] if same and (same[-1].amount, same[-1].body) == (draft.amount, body) else [draft]

    act(person, decide, at=at)


def forget(person: int, loan: int, *, at: int) -> None:
    """What was chosen for a transfer is taken back: it pays the next instalments."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        stands = waiting(facts, loan, house.day_of(at))
        if stands is None:
            return []
        body = {**stands.body, "way": NEXT}
        return [Draft(CHOSEN, house.day_of(at), "borrower", loan, stands.amount, body=body)]

    act(person, decide, at=at)


def waiting(facts: Sequence[Fact], loan: int, on: date) -> Fact | None:
    """The choice that waits for a transfer on a day, if one does other than as it is anyway."""
    found = _for_transfer(facts, loan)
    if found is None or found.body["way"] == NEXT or found.body["until"] < on.isoformat():
        return None
    return found


def chosen(facts: Sequence[Fact], payment: Fact) -> Fact | None:
    """The choice for just this payment; None where it pays the next instalments as it is anyway."""
    known = [fact for fact in facts if fact.seq < payment.seq]
    if order := _order_of(facts, payment):
        found = of_order(known, order)
        return found if found and found.body["way"] != NEXT else None
    found = waiting(known, payment.loan, payment.day)
    return found if found and found.amount == payment.amount else None


def of_order(facts: Sequence[Fact], order: int) -> Fact | None:
    """What was chosen for the debit ordered by that fact."""
    mine = [fact for fact in facts if fact.kind == CHOSEN and fact.cause == order]
    return mine[-1] if mine else None


def change(payment: Fact, way: str, *, at: int) -> None:
    """Change the loan's terms the way that was chosen for this payment, once."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        if changed_by(facts, payment):
            return []
        made = changes.prepaid(facts, payment, way)
        return [made] if made else []

    act(payment.borrower, decide, at=at)


def changed_by(facts: Sequence[Fact], payment: Fact) -> Fact | None:
    """The change of terms that this payment caused."""
    return next((f for f in facts if f.kind == CHANGED and f.cause == payment.seq), None)


def outcome(facts: Sequence[Fact], payment: Fact) -> Outlook | None:
    """What the payment did to the schedule, as it was known then; None where it changed nothing."""
    changed = changed_by(facts, payment)
    if changed is None:
        return None
    on = house.day_number(changed.day)
    known = [fact for fact in facts if fact.seq <= changed.seq]
    before = owing.on_facts([f for f in known if f.seq < payment.seq], payment.loan, on)
    after = owing.on_facts(known, payment.loan, on)
    assert before and after, "the loan has begun before anything was paid on it"
    saved = before.owed_minor - payment.amount - after.owed_minor
    return _outlook(after, changed.body["change"].removeprefix("prepaid_"), saved)


def outcomes(facts: Sequence[Fact], loan: int) -> list[tuple[Fact, Outlook]]:
    """Every payment of the loan that changed its schedule and was not taken back, the last first,
    with what it did."""
    taken_back = owing.taken_back(facts)
    paid = [f for f in facts if f.kind == "payment.received" and f.loan == loan]
    found = [(f, outcome(facts, f)) for f in reversed(paid) if f.seq not in taken_back]
    return [(payment, outlook) for payment, outlook in found if outlook]


def figures(outlook: Outlook, on: int) -> dict[str, Any]:
    """An outlook as a fact holds it."""
    return {
        "way": outlook.way,
        "left": outlook.left,
        "on": house.day_from(on).isoformat(),
        "runs": [list(run) for run in outlook.runs],
        "next_on": house.day_from(outlook.next_on).isoformat(),
        "last_on": house.day_from(outlook.last_on).isoformat(),
        "interest_minor": outlook.interest_minor,
        "saved_minor": outlook.saved_minor,
    }


def _after(facts: Sequence[Fact], one: Owing, amount_minor: int, way: str) -> Owing | None:
    """The loan as it would stand today with the payment; None where it cannot be that way."""
    draft = Draft("payment.received", house.day_from(one.on), "house", one.loan, amount_minor)
    then = [*facts, payment := supposed(facts, draft)]
    if way != NEXT:
        made = changes.prepaid(then, payment, way)
        if made is None:
            return None
        then.append(supposed(then, made))
    return owing.on_facts(then, one.loan, one.on)


def _outlook(one: Owing, way: str, saved_minor: int) -> Outlook:
    coming = [part for part in one.book.owed if part.total_minor and part.due_on > one.on]
    runs = groupby(part.total_minor for part in coming)
    return Outlook(
        way,
        tuple(Run(len(list(same)), minor) for minor, same in runs),
        coming[0].due_on,
        coming[-1].due_on,
        sum(part.interest_minor for part in coming),
        saved_minor,
    )


def _for_transfer(facts: Sequence[Fact], loan: int) -> Fact | None:
    """The last choice for a transfer, unless one has come since."""
    mine = [f for f in facts if f.kind == CHOSEN and f.loan == loan and not f.cause]
    if not mine:
        return None
    later = [fact for fact in facts if fact.seq > mine[-1].seq and fact.loan == loan]
    came = any(f.kind == "payment.received" and not _order_of(facts, f) for f in later)
    return None if came else mine[-1]


def _order_of(facts: Sequence[Fact], payment: Fact) -> int:
    """The seq of the debit ordered by which the payment came; 0 where it came otherwise."""
    left = facts[payment.cause - 1] if payment.cause else payment
    return left.cause if left.kind == "debit.leaving" else 0
