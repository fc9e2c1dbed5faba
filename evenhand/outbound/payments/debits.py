"""Debits of the borrower's account: once, by their own hand, or by a mandate that stands (代扣).

`order` writes that an account is to be debited; at the moment it would leave it is judged again:
the mandate may be revoked, a complaint open, the instalment paid. Never more than is due leaves,
never more than the mandate says, and what fails costs nothing. The rules are in `limits.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction

from evenhand.ledger import bank_accounts, house, streams
from evenhand.ledger.acting import act
from evenhand.ledger.facts import Draft, Fact
from evenhand.outbound.payments import known, outbox
from evenhand.outbound.payments.limits import limits
from evenhand.outbound.payments.outbox import Waiting

PROVIDER: Final = "provider:bank"


class Ordered(NamedTuple):
    """What came of an order: the seq of the intention, or every reason why there is none."""

    seq: int
    refusals: tuple[str, ...] = ()


def authorise(borrower: int, loan: int, account: int, max_minor: int, text: str, at: int) -> int:
    """The borrower lets the house debit this account for this loan, at most so much at a time.

    `text` is the commitment to the words shown. An earlier mandate ends with it. The fact's seq;
    0 where just this mandate stands already.
    """

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        old, day = mandate(facts, loan), house.day_of(at)
        body = {"account": account, "max_minor": max_minor, "text": text}
        if old and {**old.body, "text": text} == body:
            return []
        given = Draft("debit.authorised", day, "borrower", loan, body=body)
        return [*([_revoked(old, day, "borrower")] if old else []), given]

    written = act(borrower, decide, at=at)
    return written[-1].seq if written else 0


def revoke(borrower: int, loan: int, at: int, hand: str = "borrower") -> bool:
    """The mandate ends at once, and so does what waits by it; False where none stands."""

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        old = mandate(facts, loan)
        return [_revoked(old, house.day_of(at), hand)] if old else []

    written = act(borrower, decide, at=at)
    take_back(borrower, loan, "revoked", at)
    return bool(written)


def mandate(facts: Sequence[Fact], loan: int) -> Fact | None:
    """The authorisation that stands for a loan; None without one."""
    ended = {fact.cause for fact in facts if fact.kind == "debit.revoked"}
    given = [f for f in facts if f.kind == "debit.authorised" and f.loan == loan]
    return given[-1] if given and given[-1].seq not in ended else None


def order(
    borrower: int,
    loan: int,
    amount_minor: int,
    account: int,
    mode: str,
    due_on: date,
    due_at: int,
    at: int,
    hand: str,
) -> Ordered:
    """Debit the account at `due_at`, for the instalment of `due_on`; mode is once or auto.

    The same order again (loan, mode, due day; by hand also the sum) while one waits or leaves is
    that one. What would leave for nothing, too often or untold is refused, with every reason.
    """
    found: list[Ordered] = []

    def decide(facts: Sequence[Fact]) -> Sequence[Draft]:
        unended = known.open_of(facts, loan, "debit")
        standing = [f.seq for f in unended if _same(f, mode, due_on, amount_minor)]
        body = {"account": account, "mode": mode, "due_on": due_on.isoformat(), "due_at": due_at}
        day = house.day_of(at)
        draft = Draft("debit.intended", day, hand, loan, amount_minor, body=body)
        refusals = () if standing else tuple(_refusals(facts, draft, day, due_at, at))
        found[:] = [Ordered(standing[-1] if standing else 0, refusals)]
        return [] if standing or refusals else [draft]

    with transaction.atomic():
        written = act(borrower, decide, at=at)
        if not written:
            return found[0]
        outbox.put(Waiting(borrower, written[0].seq), due_at)
    return Ordered(written[0].seq)


def take_back(borrower: int, loan: int, reason: str, at: int) -> int:
    """Take back the auto-debits of a loan that have not left; returns how many."""
    with transaction.atomic():
        written = act(borrower, lambda facts: _taken_back(facts, loan, reason, at), at=at)
        for fact in written:
            outbox.end(Waiting(borrower, fact.cause))
    return len(written)


def judge(facts: Sequence[Fact], intention: Fact, now: int) -> Draft:
    """What becomes of an intention now: it is taken back with a reason, or leaves with its sum."""
    refusals = _refusals(facts, intention, intention.day, now, now)
    if refusals:
        return known.withdrawn(intention, now, refusals[0])
    amount = _most(facts, intention, now)
    body: dict[str, Any] = {}
    day, loan = house.day_of(now), intention.loan
    return Draft("debit.leaving", day, "house", loan, amount, intention.seq, body)


def debited(left: Fact, day: date, amount_minor: int, reference: str, provider: str) -> Draft:
    """The money has come: a payment."""
    body = {"reference": reference, "channel": "debit", "provider": provider}
    amount = amount_minor or left.amount
    return Draft("payment.received", day, PROVIDER, left.loan, amount, left.seq, body)


def failed(left: Fact, day: date, reference: str, reason: str, provider: str) -> Draft:
    """The account was not debited; that costs nothing."""
    body = {"provider": provider, "reason": reason, "reference": reference}
    return Draft("debit.failed", day, PROVIDER, left.loan, cause=left.seq, body=body)


def attempts(facts: Sequence[Fact], loan: int, mode: str) -> list[tuple[date, str]]:
    """(day, due day in ISO form) of every debit of this loan that has left in a mode."""
    return [
        (fact.day, intention.body["due_on"])
        for fact in facts
        if fact.kind == "debit.leaving" and fact.loan == loan
        for intention in [facts[fact.cause - 1]]
        if intention.body["mode"] == mode
    ]


def on_its_way(borrower: int, loan: int) -> bool:
    """Does a debit of this loan wait or leave?"""
    return bool(known.open_of(streams.stream(borrower), loan, "debit"))


def _refusals(
    facts: Sequence[Fact], intention: Fact | Draft, said_on: date, due_at: int, now: int
) -> list[str]:
    """Every reason why the debit may not leave at `due_at`, as known at `now`, worst first."""
    auto = intention.body["mode"] == "auto"
    loan, account = intention.loan, intention.body["account"]
    rules = limits().debit if auto else limits().once
    reasons = [known.stopped(facts, loan, rules.stopped_by, now)]
    if auto:
        reasons += _auto_refusals(facts, intention, said_on, due_at)
    reasons.append("account_removed" if known.removed(facts, account) else "")
    reasons.append("" if bank_accounts.belongs(facts, account) else "not_verified")
    today = [day for day, _ in attempts(facts, loan, intention.body["mode"])]
    often = today.count(house.day_of(due_at)) >= rules.attempts_a_day
    reasons.append("too_often_today" if often else "")
    reasons.append("nothing_due" if _most(facts, intention, due_at) <= 0 else "")
    reasons.append("on_its_way" if _others_leave(facts, intention) else "")
    return [reason for reason in reasons if reason]


def _auto_refusals(
    facts: Sequence[Fact], intention: Fact | Draft, said_on: date, due_at: int
) -> list[str]:
    rules, given = limits().debit, mandate(facts, intention.loan)
    own = given is not None and given.body["account"] == intention.body["account"]
    said = [said_on, *(fact.day for fact in _orders(facts, intention))]
    told = min(said) + timedelta(days=rules.told_days_before) <= house.day_of(due_at)
    tried = [due for _, due in attempts(facts, intention.loan, "auto")]
    often = tried.count(intention.body["due_on"]) >= rules.attempts_an_instalment
    return [
        "" if own else "no_mandate",
        "" if told else "not_told",
        "too_often" if often else "",
    ]


def _orders(facts: Sequence[Fact], intention: Fact | Draft) -> list[Fact]:
    """Every auto-debit ordered so far of the instalment: the first was told, with the rest."""
    about = ("auto", intention.body["due_on"])
    return [
        fact
        for fact in facts
        if fact.kind == "debit.intended" and fact.loan == intention.loan
        if (fact.body["mode"], fact.body["due_on"]) == about
    ]


def _most(facts: Sequence[Fact], intention: Fact | Draft, on: int) -> int:
    """How much may leave: never more than is due, or owed where the borrower pays by hand."""
    sums = known.sums(facts, intention.loan, on)
    if intention.body["mode"] == "once":
        return min(intention.amount, sums.owed)
    given = mandate(facts, intention.loan)
    return min(intention.amount, sums.due, given.body["max_minor"] if given else sums.due)


def _others_leave(facts: Sequence[Fact], intention: Fact | Draft) -> bool:
    """Is another debit of the loan on its way, whose answer would change what is due? Of those
    that the borrower orders by hand not even two wait."""
    unended = known.open_of(facts, intention.loan, "debit")
    if isinstance(intention, Draft) and intention.body["mode"] == "once":
        return any(fact.body["mode"] == "once" for fact in unended)
    own = intention.seq if isinstance(intention, Fact) else 0
    left = {fact.cause for fact in facts if fact.kind == "debit.leaving"}
    return any(fact.seq in left and fact.seq != own for fact in unended)


def _taken_back(facts: Sequence[Fact], loan: int, reason: str, at: int) -> list[Draft]:
    left = {fact.cause for fact in facts if fact.kind == "debit.leaving"}
    return [
        known.withdrawn(fact, at, reason)
        for fact in known.open_of(facts, loan, "debit")
        if fact.body["mode"] == "auto" and fact.seq not in left
    ]


def _same(fact: Fact, mode: str, due_on: date, amount_minor: int) -> bool:
    if fact.body["mode"] != mode or fact.body["due_on"] != due_on.isoformat():
        return False
    return mode == "auto" or fact.amount == amount_minor


def _revoked(old: Fact, day: date, hand: str) -> Draft:
    return Draft("debit.revoked", day, hand, old.loan, cause=old.seq)
