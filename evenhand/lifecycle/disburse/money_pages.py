"""Money that has left and that the bank has said nothing final about: for finance to see."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.ledger import streams
from evenhand.ledger.facts import Fact
from evenhand.outbound.payments import orders, outbox
from evenhand.people.access import StaffRequest, page

PATIENCE: Final = 10 * outbox.MINUTE
"""Microseconds that an answer may take before anybody is shown that it is missing."""


class Awaited(NamedTuple):
    """A payout, refund or debit without an answer; `key` is the bank's name for it."""

    borrower: int
    loan: int
    kind: str
    amount_minor: int
    currency: str
    since: int
    key: str


@require_GET
@page("money")
def awaited(request: StaffRequest) -> HttpResponse:
    """What the bank owes an answer about, oldest first. It is asked again by itself."""
    left = outbox.unanswered(request.clock.now() - PATIENCE)
    facts = {
        (fact.borrower, fact.seq): fact
        for fact in streams.facts_at((one.borrower, one.leaving) for one in left)
    }
    intentions = {
        (fact.borrower, fact.seq): fact
        for fact in streams.facts_at((one.borrower, one.seq) for one in left)
    }
    shown = [
        _awaited(facts[one.borrower, one.leaving], intentions[one.borrower, one.seq])
        for one in left
    ]
    return render(request, "disburse/money.html", {"awaited": shown})


def _awaited(left: Fact, intention: Fact) -> Awaited:
    kind = str(intention.body.get("purpose", "debit"))
    currency = orders.currency_of(left.borrower, left.loan)
    key = f"{left.borrower}.{left.seq}"
    return Awaited(left.borrower, left.loan, kind, left.amount, currency, left.at, key)
