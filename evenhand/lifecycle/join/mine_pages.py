"""What the signed-in person answers for: loans of others, and how to take a promise back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from evenhand.ledger import answering, parties, streams
from evenhand.ledger.answering import Answered
from evenhand.ledger.facts import Fact
from evenhand.ledger.parties import Promise
from evenhand.lifecycle.join import steps
from evenhand.outbound.payments import reference
from evenhand.people import persons
from evenhand.people.borrowers import BorrowerRequest, page


class Shown(NamedTuple):
    """A promise as its maker sees it. `name` is the borrower's, masked; `made` is the application,
    where there was one; `stood` is what they answer for today, where the loan has begun."""

    promise: Promise
    name: str
    made: Fact | None
    terms: Mapping[str, Any]
    currency: str
    state: str
    """waiting (for the signature) | signed | over (out of time, or all is paid) | ended"""
    stood: Answered | None
    court_first: bool
    reference: str
    """What they write on a transfer, so that it counts as theirs."""
    may_leave: bool


@page
def mine(request: BorrowerRequest) -> HttpResponse:
    """The loans of others that this person answers for."""
    return _page(request)


@require_POST
@page
def leave(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Take the promise back, where it can be: see `steps.may_leave`."""
    if not any(one.loan == loan for one in parties.promises(streams.stream(request.person))):
        raise Http404
    refusal = steps.leave(request.person, loan, at=request.clock.now())
    return _page(request, refusal, 409) if refusal else redirect("join-mine")


def _page(request: BorrowerRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    promises = parties.promises(streams.stream(request.person))
    shown = [_shown(one, request.clock.today()) for one in reversed(promises)]
    data = {"promises": shown, "refusal": refusal}
    return render(request, "join/mine.html", data, status=status)


def _shown(promise: Promise, on: date) -> Shown:
    theirs = streams.stream(promise.borrower)
    made = next(
        (f for f in theirs if f.kind == "application.made" and f.loan == promise.loan), None
    )
    asked = next(
        one for one in parties.invitations(theirs, promise.loan) if one.seq == promise.invited
    )
    stood = None if promise.ended else answering.answered(theirs, promise, on)
    return Shown(
        promise,
        persons.masked([promise.borrower])[promise.borrower].name,
        made,
        steps.product_of(made).terms if made else {},
        asked.currency,
        _state(promise, theirs, stood, on),
        stood,
        answering.court_first(theirs, promise),
        reference.of_party(promise.loan, promise.invited),
        not promise.ended and steps.may_leave(asked, theirs),
    )


def _state(promise: Promise, theirs: list[Fact], stood: Answered | None, on: date) -> str:
    if promise.ended:
        return "ended"
    if stood is not None:
        is_late = promise.until is not None and on > promise.until
        return "over" if stood.paid_off or is_late or answering.is_reached(stood) else "signed"
    if any(f.kind == "loan.signed" and f.loan == promise.loan for f in theirs):
        return "signed"
    return "waiting" if steps.application(theirs, promise.loan) else "ended"
