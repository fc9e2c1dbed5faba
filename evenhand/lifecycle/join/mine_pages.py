"""What the signed-in person answers for: loans of others, and how to take a promise back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.ledger import parties, streams
from evenhand.ledger.facts import Fact
from evenhand.ledger.parties import Promise
from evenhand.lifecycle.join import steps
from evenhand.people import persons
from evenhand.people.borrowers import BorrowerRequest, page


class Shown(NamedTuple):
    """A promise as its maker sees it. `name` is the applicant's, masked."""

    promise: Promise
    name: str
    amount_minor: int
    months: int
    terms: Mapping[str, Any]
    currency: str
    state: str
    """waiting (for the signature) | signed | ended"""


@page
def mine(request: BorrowerRequest) -> HttpResponse:
    """The loans of others that this person answers for."""
    return _page(request)


@require_POST
@page
def leave(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Take the promise back, until the contract is signed."""
    if not any(one.loan == loan for one in parties.promises(streams.stream(request.person))):
        raise Http404
    refusal = steps.leave(request.person, loan, at=request.clock.now())
    return _page(request, refusal, 409) if refusal else redirect("join-mine")


def _page(request: BorrowerRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    promises = parties.promises(streams.stream(request.person))
    shown = [_shown(one) for one in reversed(promises)]
    data = {"promises": shown, "refusal": refusal}
    return render(request, "join/mine.html", data, status=status)


def _shown(promise: Promise) -> Shown:
    theirs = streams.stream(promise.borrower)
    made = next(f for f in theirs if f.kind == "application.made" and f.loan == promise.loan)
    asked = next(
        one for one in parties.invitations(theirs, promise.loan) if one.seq == promise.invited
    )
    name = persons.masked([promise.borrower])[promise.borrower].name
    state = _state(promise, theirs)
    return Shown(
        promise,
        name,
        made.amount,
        made.body["months"],
        steps.product_of(made).terms,
        asked.currency,
        state,
    )


def _state(promise: Promise, theirs: list[Fact]) -> str:
    if promise.ended:
        return "ended"
    if any(f.kind == "loan.signed" and f.loan == promise.loan for f in theirs):
        return "signed"
    return "waiting" if steps.application(theirs, promise.loan) else "ended"
