"""Paying by hand: what may be paid, from which account, and what became of the last order."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from evenhand.ledger import bank_accounts, house
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.repay.owing import Owing
from evenhand.lifecycle.repay.sum_lines import instalment
from evenhand.outbound.payments import debits, known
from evenhand.outbound.payments.debits import Ordered
from evenhand.people import persons
from evenhand.people.persons import MaskedAccount

OTHER: Final = "other"


class Choice(NamedTuple):
    """A sum offered for paying, and the figure that shows how it comes about."""

    name: str
    amount_minor: int
    figure: str


class Last(NamedTuple):
    """The last payment ordered by hand: waiting, leaving, received, failed or withdrawn.

    `order` is the order's seq, `receipt` the payment's once it is received; `reason` says why not.
    """

    order: int
    amount_minor: int
    at: int
    state: str
    account: int
    receipt: int = 0
    reason: str = ""


def choices(one: Owing) -> list[Choice]:
    """What may be paid at one tap, the most likely first, under a plan its next step; none above
    the pay-off, none twice."""
    most = one.pay_off.total_minor
    part = one.asked_part
    due = [
        Choice("past_due", one.past_due_minor, "past-due"),
        Choice("due", one.due_minor, "due"),
        Choice("next", 0 if one.due_minor else one.next_due_minor, "next"),
        Choice("instalment", part.total_minor, instalment(part.n)),
    ]
    step = Choice("step", one.asked_minor, "step")
    found: dict[int, Choice] = {}
    for choice in [step, due[0]] if one.under and one.under.coming else due:
        if 0 < choice.amount_minor < most:
            found.setdefault(choice.amount_minor, choice)
    return [*found.values(), Choice("all", most, "pay-off")]


def likely(one: Owing) -> str:
    """The choice that stands first: of a plan only asked for none, for nothing is wanted."""
    return OTHER if one.under and not one.under.coming else choices(one)[0].name


def own_accounts(person: int, facts: Sequence[Fact]) -> list[MaskedAccount]:
    """The person's accounts that are verified to be in their own name."""
    return [one for one in persons.accounts(person) if bank_accounts.belongs(facts, one.item)]


def order(person: int, one: Owing, amount_minor: int, account: int, *, at: int) -> Ordered:
    """Debit the borrower's own account once, now."""
    day = house.day_of(at)
    return debits.order(
        person, one.loan, amount_minor, account, "once", day, at, at, hand="borrower"
    )


def last(facts: Sequence[Fact], loan: int) -> Last | None:
    """What became of the last payment the borrower ordered by hand."""
    orders = [
        fact
        for fact in facts
        if fact.kind == "debit.intended" and fact.loan == loan and fact.body["mode"] == "once"
    ]
    return _fate(facts, orders[-1]) if orders else None


def _fate(facts: Sequence[Fact], intention: Fact) -> Last:
    waits = Last(
        intention.seq, intention.amount, intention.at, "waiting", intention.body["account"]
    )
    after = [fact for fact in facts if fact.cause == intention.seq]
    for fact in after:
        if fact.kind == "debit.withdrawn":
            return waits._replace(state="withdrawn", reason=fact.body["reason"])
        if fact.kind == "debit.leaving":
            return _left(facts, fact, waits)
    return waits


def _left(facts: Sequence[Fact], left: Fact, waits: Last) -> Last:
    end = known.end_of(facts, left.seq)
    if end is None:
        return waits._replace(amount_minor=left.amount, state="leaving")
    if end.kind == "payment.received":
        return waits._replace(amount_minor=end.amount, state="received", receipt=end.seq)
    return waits._replace(amount_minor=left.amount, state="failed", reason=end.body["reason"])
