"""What follows from money that came or did not: interest given back, a receipt, the certificate.

Each task takes (borrower, seq) of facts and is safe to do again.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from evenhand.core import payoff
from evenhand.core.columns import Ints
from evenhand.core.orders import RE_AMORTISE
from evenhand.ledger import house, standing, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact, supposed
from evenhand.ledger.loans import words_of
from evenhand.ledger.reactions import Places
from evenhand.ledger.standing import Standing
from evenhand.lifecycle.repay import auto_debit, certificate, owing, prepaying, where
from evenhand.outbound.contact import reach, tell
from evenhand.outbound.payments import debits, known
from evenhand.outbound.payments.limits import limits


def received(facts: Places, *, at: int) -> None:
    """Money came in: unused interest is given back where it paid a loan off, what was paid ahead
    does what was chosen, the receipt is told, and where nothing is owed any more the certificate is
    issued, unasked."""
    borrowers = np.unique(np.array([borrower for borrower, _seq in facts], dtype=np.int64))
    currency, ending = _loans(borrowers, at)
    online = set(borrowers[reach.with_account(borrowers)].tolist())
    choosers = streams.having(borrowers, prepaying.CHOSEN)
    for payment in streams.facts_at(facts):
        if payment.hand == "import" or payment.loan not in currency:
            continue
        if payment.loan in ending:
            waive(payment, at=at)
        choice = _choice(payment) if payment.borrower in choosers else None
        if choice:
            prepaying.change(payment, choice.body["way"], at=at)
        if payment.borrower in online:
            _tell(payment, "receipt", currency[payment.loan], at)
            if choice:
                _tell_ahead(payment, choice, currency[payment.loan], at)
            if payment.loan in ending:
                certificate.issue(payment.borrower, payment.loan, at=at)


def taken_back(facts: Places, *, at: int) -> None:
    """A payment was taken back: told where it had changed the instalments, which it does not any
    more."""
    for borrower, seq in facts:
        stream = streams.stream(borrower)
        fact = stream[seq - 1]
        if prepaying.changed_by(stream, stream[fact.cause - 1]):
            _tell(fact, "prepaid_undone", _currency(stream, fact.loan), at)


def waive(payment: Fact, *, at: int) -> bool:
    """Where this payment pays the loan off, the interest of unused days is not owed any more."""

    def decide(facts: Sequence[Fact]) -> list[Draft]:
        day = _counts_from(facts, payment)
        now = owing.on_facts(facts, payment.loan, house.day_number(payment.day))
        then = owing.on_facts(facts, payment.loan, house.day_number(day))
        if now is None or then is None or _is_waived(facts, payment.loan):
            return []
        unused = then.pay_off.unused_minor
        if not unused:
            return []
        waived = Draft("interest.waived", day, "house", payment.loan, -unused, payment.seq)
        then = owing.on_facts([*facts, supposed(facts, waived)], payment.loan, now.on)
        return [waived] if then and not then.owed_minor else []

    return bool(act(payment.borrower, decide, at=at))


def failed(facts: Places, *, at: int) -> None:
    """A debit failed: it costs nothing, the next try is ordered, the borrower hears of it."""
    for borrower, seq in facts:
        stream = streams.stream(borrower)
        fact = stream[seq - 1]
        auto_debit.again(borrower, seq, at=at)
        left = stream[fact.cause - 1]
        values: dict[str, int | str] = {"amount_minor": left.amount}
        values["currency"] = _currency(stream, fact.loan)
        _told(fact, "debit_failed", values, at)


def returned(facts: Places, *, at: int) -> None:
    """What was overpaid has gone back to the borrower."""
    for borrower, seq in facts:
        stream = streams.stream(borrower)
        _tell(stream[seq - 1], "refund_sent", _currency(stream, stream[seq - 1].loan), at)


def revoked(facts: Places, *, at: int) -> None:
    """An authorisation has ended: told, whoever ended it."""
    for borrower, seq in facts:
        _told(streams.stream(borrower)[seq - 1], "debit_revoked", {}, at)


def stopped(facts: Places, *, at: int) -> None:
    """Something is being looked into, or agreed: tries of auto-debit that wait are taken back."""
    for borrower, _seq in facts:
        stream = streams.stream(borrower)
        for loan in {fact.loan for fact in stream if fact.kind == "debit.authorised"}:
            if why := known.stopped(stream, loan, limits().debit.stopped_by, at):
                debits.take_back(borrower, loan, why, at)


def day_closed(facts: Places, *, at: int) -> None:
    """A day has ended: whoever is to be debited tomorrow is told today, and a change of where to
    pay that counts from today is told to everybody who owes something."""
    for closed in streams.facts_at(facts):
        auto_debit.plan(closed.day + timedelta(days=2), at)
        where.tell_changes(closed.day + timedelta(days=1), at=at)


TASKS: Final[Mapping[str, Callable[..., object]]] = {
    "repay.received": received,
    "repay.taken_back": taken_back,
    "repay.failed": failed,
    "repay.returned": returned,
    "repay.revoked": revoked,
    "repay.stopped": stopped,
    "repay.day_closed": day_closed,
}


def _loans(borrowers: Ints, at: int) -> tuple[dict[int, str], set[int]]:
    """The loans of these borrowers with their currencies, and those that are about to end.

    About to end: they owe no more today than a period's interest beside that of unused days; a
    pay-off may count from an earlier day.
    """
    stood = standing.stand(borrowers, house.day_number(house.day_of(at)))
    found = payoff.pay_off(stood.terms, stood.begins_on, stood.position)
    near = stood.loan[found.total_minor <= _period_minor(stood, found.agreed_minor)]
    currencies = words_of(stood.rows["currency"])
    return dict(zip(stood.loan.tolist(), currencies, strict=True)), set(near.tolist())


def _period_minor(stood: Standing, running_minor: Ints) -> Ints:
    """[L] a period's interest: of the one that runs; but, where what is paid lowers what is owed at
    once, of the dearest as agreed, for a payment may have made the one that runs cheaper."""
    if stood.deals is None:
        return running_minor
    agreed, most = stood.deals.agreed, running_minor.copy()
    dearest = agreed.terms.interest_minor.max(axis=1)
    rows = stood.deals.rows
    lowers = agreed.order.advance == RE_AMORTISE
    most[rows] = np.maximum(most[rows], dearest * lowers)
    return most


def _counts_from(facts: Sequence[Fact], payment: Fact) -> date:
    """The day to which a payment owes interest: a debit's is the day on which it left."""
    left = facts[payment.cause - 1] if payment.cause else payment
    return left.day if left.kind == "debit.leaving" else payment.day


def _is_waived(facts: Sequence[Fact], loan: int) -> bool:
    taken_back = owing.taken_back(facts)
    return any(
        fact.kind == "interest.waived" and fact.loan == loan and fact.cause not in taken_back
        for fact in facts
    )


def _choice(payment: Fact) -> Fact | None:
    return prepaying.chosen(streams.stream(payment.borrower), payment)


def _currency(stream: Sequence[Fact], loan: int) -> str:
    return next(str(f.body["currency"]) for f in stream if f.loan == loan and "currency" in f.body)


def _tell(fact: Fact, template: str, currency: str, at: int) -> None:
    """Tell of money that moved: how much and on which day."""
    values: dict[str, int | str] = {"amount_minor": abs(fact.amount), "currency": currency}
    values["day"] = fact.day.isoformat()
    _told(fact, template, values, at)


def _tell_ahead(payment: Fact, choice: Fact, currency: str, at: int) -> None:
    """Tell what a payment ahead did of which the borrower had chosen it."""
    facts = streams.stream(payment.borrower)
    outlook = prepaying.outcome(facts, payment)
    if outlook is None:
        one = owing.on_facts(facts, payment.loan, house.day_number(house.day_of(at)))
        if one and not one.paid_off:
            _told(payment, "prepaid_not", {}, at)
        return
    on = house.day_number(payment.day)
    as_seen = prepaying.figures(outlook, on) == choice.body["shown"]
    template = f"prepaid_{outlook.way}" if as_seen else "prepaid_anew"
    day = outlook.last_on if template == "prepaid_shorter" else outlook.next_on
    values: dict[str, int | str] = {"amount_minor": outlook.runs[0].minor, "currency": currency}
    values["day"] = house.day_from(day).isoformat()
    _told(payment, template, values, at)


def _told(fact: Fact, template: str, values: Mapping[str, int | str], at: int) -> None:
    tell.tell(fact.borrower, template, at=at, cause=fact.seq, loan=fact.loan, values=values)
