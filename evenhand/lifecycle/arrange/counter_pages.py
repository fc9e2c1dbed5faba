"""What we offer instead of the plan proposed, at the borrower's page: seen to the cent, accepted or
not with one tap; nothing is agreed before."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from evenhand.ledger import streams
from evenhand.ledger.one_loan import Here
from evenhand.ledger.plans import Plan, current
from evenhand.lifecycle.arrange import acts, bounds, offer
from evenhand.lifecycle.arrange.acts import Refused
from evenhand.lifecycle.arrange.own import here_of, read_of, told, unread
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest


@sensitive_variables("shown")
def offered(request: BorrowerRequest, found: Plan, here: Here) -> HttpResponse:
    """The steps we offer instead with every sum, beside those that were asked for; of a debt that
    is time-barred that first."""
    if unread(request, here.loan):
        return render(request, "arrange/time_barred.html", {"here": here})
    facts = streams.stream(request.person)
    page = f"{request.path}?{urlencode({'read': read})}" if (read := read_of(request)) else ""
    shown = {
        "plan": found,
        "here": here,
        "offer": offer.instead(facts, here, found, found.offered, found.accept_by),
        "limits": bounds.of(here.product),
        "told": told(request.person, found),
        "over": here.on > found.accept_by,
        "read": read,
        "is_sure": borrowers.is_sure(request),
        "be_sure": f"{reverse('be-sure')}?{urlencode({'next': page or request.path})}",
    }
    return render(request, "arrange/countered.html", shown)


@borrowers.sure
@require_POST
def accept(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Accepted as it was shown: with this it is agreed."""
    here_of(request, loan)
    found, at = _countered(request, loan), request.clock.now()
    if found and request.POST.get("offered") == str(found.countered and found.countered.seq):
        try:
            acts.accept(request.person, found.seq, at=at, read=read_of(request))
        except Refused as refused:
            messages.info(request, _why(refused.args[0]))
    return redirect("plan", loan)


@borrowers.page
@require_POST
def refuse(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Not accepted: nothing is agreed, and another plan may be proposed."""
    here_of(request, loan)
    if found := _countered(request, loan):
        try:
            acts.refuse(request.person, found.seq, at=request.clock.now())
        except Refused as refused:
            messages.info(request, _why(refused.args[0]))
    return redirect("plan", loan)


def _countered(request: BorrowerRequest, loan: int) -> Plan | None:
    found = current(streams.stream(request.person), loan)
    return found if found and found.state == "countered" else None


def _why(code: str) -> str:
    return {
        "answered": _("It had been answered already."),
        "lapsed": _("Its last day is over. You may propose a plan anew."),
        "own": _("Who offered it does not accept it for you: somebody else of ours does that."),
        "unread": _("Read first what is said here."),
    }[code]
