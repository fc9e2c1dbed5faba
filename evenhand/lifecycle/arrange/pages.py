"""The borrower's plan for what is past due: proposed, seen to the cent before, kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import plans, promised, streams
from evenhand.ledger.one_loan import Here
from evenhand.ledger.plans import Plan, current, plans_of
from evenhand.lifecycle.arrange import acts, bounds, counter_pages, offer, typed
from evenhand.lifecycle.arrange.acts import BORROWER, Refused
from evenhand.lifecycle.arrange.offer import Wanted
from evenhand.lifecycle.arrange.own import READ, here_of, read_of, told, unread
from evenhand.lifecycle.arrange.typed import Typed
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest

FORTNIGHT: Final = 14


@borrowers.page
@require_GET
def plan(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The plan that is asked for or runs, or the form for one; of a time-barred debt that first."""
    here = here_of(request, loan)
    facts = streams.stream(request.person)
    found = current(facts, loan)
    if found and found.state == "countered":
        return counter_pages.offered(request, found, here)
    if found:
        return render(request, "arrange/running.html", _shown(request, found, here))
    before = plans_of(facts, loan)
    last = told(request.person, before[-1]) if before else None
    if not here.past_due_minor:
        return render(request, "arrange/nothing.html", {"here": here, "last": last})
    if unread(request, loan):
        return render(request, "arrange/time_barred.html", {"here": here})
    soon = (here.on + timedelta(days=FORTNIGHT)).isoformat()
    return _form(request, here, Typed(day=soon), last)


@borrowers.page
@require_GET
def offered(request: BorrowerRequest, loan: int) -> HttpResponse:
    """What the plan comes to: every sum, the end, what it costs, before anything is agreed."""
    here = here_of(request, loan)
    if unread(request, loan) or not request.GET.get("how"):
        return redirect("plan", loan)
    said = typed.read(request.GET)
    facts = streams.stream(request.person)
    fault = "" if said.errors else offer.fault(facts, here, said.wanted())
    if fault:
        said = typed.refused(said, fault, here)
    if said.errors:
        return _form(request, here, said)
    made = offer.offer(facts, here, said.wanted())
    return _preview(request, made, said.wanted(), "")


@borrowers.sure
@require_POST
@sensitive_post_parameters("text")
@sensitive_variables("text")
def accept(request: BorrowerRequest, loan: int) -> HttpResponse:
    """Proposed as it was shown; inside the bounds it is agreed with this."""
    here = here_of(request, loan)
    said, text = typed.read(request.POST), request.POST.get("text", "").strip()
    if said.errors:
        return _form(request, here, said)
    if typed.words_error(text):
        facts = streams.stream(request.person)
        if not offer.fault(facts, here, said.wanted()):
            made = offer.offer(facts, here, said.wanted())
            return _preview(request, made, said.wanted(), text, typed.words_error(text))
    total = request.POST.get("total", "")
    try:
        acts.propose(
            request.person,
            loan,
            said.wanted(),
            BORROWER,
            at=request.clock.now(),
            expected_minor=int(total) if total.isdecimal() else 0,
            text=text,
            read=request.POST.get(READ, ""),
        )
    except Refused as refused:
        return _not_so(request, here, said, refused.args[0])
    return redirect("plan", loan)


@borrowers.page
@require_POST
def take_back(request: BorrowerRequest, loan: int) -> HttpResponse:
    """The proposal is taken back; what is past due is as before."""
    here_of(request, loan)
    found = current(streams.stream(request.person), loan)
    if found and found.state == "asked":
        try:
            acts.withdraw(request.person, found.seq, BORROWER, at=request.clock.now())
        except Refused:
            messages.info(request, _("It had been answered already."))
    return redirect("plan", loan)


def _form(
    request: BorrowerRequest, here: Here, said: Typed, last: dict[str, Any] | None = None
) -> HttpResponse:
    limits = bounds.of(here.product)
    shown = {
        "here": here,
        "typed": said,
        "limits": limits,
        "parts": range(2, limits.by_person.parts_most + 1),
        "answer_by": promised.answer_by(here.on, limits.working_days),
        "read": read_of(request),
        "last": last,
    }
    return render(request, "arrange/form.html", shown, status=400 if said.errors else 200)


@sensitive_variables("text", "shown")
def _preview(
    request: BorrowerRequest, made: offer.Offer, wanted: Wanted, text: str, error: str = ""
) -> HttpResponse:
    read = read_of(request)
    here = _address(made.here.loan, wanted, read)
    shown = {
        "offer": made,
        "wanted": wanted,
        "here": made.here,
        "limits": bounds.of(made.here.product),
        "read": read,
        "is_sure": borrowers.is_sure(request),
        "be_sure": f"{reverse('be-sure')}?{urlencode({'next': here})}",
        "text": text,
        "error": error,
        "most": typed.TEXT_MAX,
    }
    return render(request, "arrange/offer.html", shown, status=400 if error else 200)


def _address(loan: int, wanted: Wanted, read: str) -> str:
    """The page that shows what this comes to."""
    query = {"how": wanted.how, "parts": wanted.parts, "day": wanted.day.isoformat()}
    query |= {READ: read} if read else {}
    return f"{reverse('plan-offer', args=[loan])}?{urlencode(query)}"


def _not_so(request: BorrowerRequest, here: Here, said: Typed, code: str) -> HttpResponse:
    """What was accepted is not what stands now: the plan there is, or the sums anew."""
    if code in ("unread", "no_loan", "open"):
        return redirect("plan", here.loan)
    if code == "changed":
        messages.info(request, _("The sums have changed since you saw them. Look at them again."))
        return redirect(_address(here.loan, said.wanted(), request.POST.get(READ, "")))
    return _form(request, here, typed.refused(said, code, here))


def _shown(request: BorrowerRequest, found: Plan, here: Here) -> dict[str, Any]:
    """The plan with what is paid of it and what comes next."""
    owed = plans.unpaid(streams.stream(request.person), found.loan, here.on)
    running = found.state == "running"
    coming = plans.coming(found, owed) if running else None
    paid = coming.n if coming else len(found.steps)
    lines = [
        {"n": n + 1, "step": step, "paid": running and n < paid, "forgiven": found.forgiven(n)}
        for n, step in enumerate(found.steps)
    ]
    shown = {"plan": found, "here": here, "lines": lines, "coming": coming}
    return shown | {"told": told(request.person, found), "late": found.is_late(here.on)}
