"""Calls made by hand, and what was promised in them, read from a stream's facts."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from evenhand.ledger import hands
from evenhand.ledger.facts import Fact

CALL: Final = "call"
HALF_AN_HOUR: Final = 1_800_000_000


class Call(NamedTuple):
    """A call that was begun. `seq` is its intention, `leaving` the fact it left by, `by` the staff
    id; `outcome` is empty until it was recorded, `disowned` where somebody else answered."""

    borrower: int
    seq: int
    leaving: int
    by: int
    at: int
    why: str
    address: int
    reference: str
    script: str
    outcome: str = ""
    note: str = ""
    disowned: bool = False

    def unfinished(self, at: int) -> bool:
        """Has nobody said within half an hour what came of it?"""
        return not self.outcome and at >= self.at + HALF_AN_HOUR


class Promise(NamedTuple):
    """So much of a loan by a day. `paid_minor` came in since, up to that day."""

    seq: int
    loan: int
    amount_minor: int
    currency: str
    by: date
    at: int
    paid_minor: int

    def state(self, on: date) -> str:
        """On a day: kept as soon as it is paid, broken when the day is over, open until then."""
        if self.paid_minor >= self.amount_minor:
            return "kept"
        return "broken" if on > self.by else "open"


def calls(facts: Sequence[Fact]) -> list[Call]:
    """The calls of a stream, oldest first."""
    intended = {fact.seq: fact for fact in facts if fact.kind == "contact.intended"}
    found: dict[int, Call] = {}
    for fact in facts:
        if fact.kind == "contact.leaving" and fact.body["channel"] == CALL:
            found[fact.seq] = _call(intended[fact.cause], fact)
        elif fact.cause in found:
            found[fact.cause] = _went_on(found[fact.cause], fact)
    return list(found.values())


def open_call(facts: Sequence[Fact]) -> Call | None:
    """The call nobody has said the outcome of; there is never more than one."""
    return next((call for call in calls(facts) if not call.outcome), None)


def promises(facts: Sequence[Fact]) -> list[Promise]:
    """The promises of a stream, oldest first. A payment taken back keeps none."""
    reversed_ = {fact.cause for fact in facts if fact.kind == "payment.reversed"}
    paid = [f for f in facts if f.kind == "payment.received" and f.seq not in reversed_]
    return [_promise(fact, paid) for fact in facts if fact.kind == "promise.made"]


def _call(intention: Fact, leaving: Fact) -> Call:
    return Call(
        leaving.borrower,
        intention.seq,
        leaving.seq,
        hands.staff_of(leaving.hand),
        leaving.at,
        str(intention.body.get("why", "")),
        int(leaving.body["address"]),
        str(leaving.body.get("reference", "")),
        str(leaving.body["text"]),
    )


def _went_on(call: Call, fact: Fact) -> Call:
    if fact.kind == "contact.sent":
        outcome, note = str(fact.body["outcome"]), str(fact.body.get("note", ""))
        return call._replace(outcome=outcome, note=note)
    return call._replace(disowned=True) if fact.kind == "contact.disowned" else call


def _promise(fact: Fact, paid: Sequence[Fact]) -> Promise:
    by = date.fromisoformat(fact.body["by"])
    came = sum(
        one.amount for one in paid if one.loan == fact.loan and one.seq > fact.seq and one.day <= by
    )
    amount, currency = int(fact.body["amount_minor"]), str(fact.body["currency"])
    return Promise(fact.seq, fact.loan, amount, currency, by, fact.at, came)
