"""What was paid beyond a loan: returned to the borrower's own account, or kept as they say."""

from collections.abc import Sequence

from evenhand.ledger import bank_accounts, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.lifecycle.repay import owing
from evenhand.lifecycle.repay.owing import Owing
from evenhand.outbound.payments import known, transfers

MONEY = ("payment.received", "payment.returned", "payment.reversed", "interest.waived")


class NotReturned(Exception):
    """Nothing can be returned now; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_open(one: Owing, facts: Sequence[Fact]) -> bool:
    """Is the borrower to be asked what to do with what they overpaid?"""
    if not one.overpaid_minor or known.open_of(facts, one.loan, "transfer"):
        return False
    about = [fact for fact in facts if fact.loan == one.loan]
    answers = [fact.seq for fact in about if fact.kind == "overpayment.kept"]
    money = [fact.seq for fact in about if fact.kind in MONEY]
    return not answers or max(answers) < max(money)


def give_back(person: int, loan: int, account: int, *, at: int) -> int:
    """Return all that is overpaid to an account of theirs; the seq of the transfer intended.

    Raises NotReturned: nothing is overpaid, or the account is not verified to be their own.
    """
    facts = streams.stream(person)
    one = owing.on_facts(facts, loan, house.day_number(house.day_of(at)))
    if one is None or not one.overpaid_minor:
        raise NotReturned("nothing")
    if not bank_accounts.belongs(facts, account) or known.removed(facts, account):
        raise NotReturned("not_verified")
    cause = max(fact.seq for fact in facts if fact.loan == loan and fact.kind in MONEY)
    amount = one.overpaid_minor
    return transfers.intend(person, loan, amount, account, "refund", cause, at, hand="borrower")


def keep(person: int, loan: int, *, at: int) -> None:
    """The borrower wants it kept for now; they can have it back any day."""
    day = house.day_of(at)

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        one = owing.on_facts(facts, loan, house.day_number(day))
        if one is None or not is_open(one, facts):
            return []
        return [Draft("overpayment.kept", day, "borrower", loan)]

    act(person, decide, at=at)
