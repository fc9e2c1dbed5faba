"""Serving a borrower: who it is, the borrower's own pages, the end; and what the borrower sees."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import house, states, streams
from evenhand.lifecycle.serve import services
from evenhand.lifecycle.serve.services import Service
from evenhand.people import borrowers, look, serving, staff
from evenhand.people.access import StaffRequest, page
from evenhand.people.borrowers import BorrowerRequest
from evenhand.people.serving import Said
from evenhand.web.words import word

FIELDS: Final = ("phone", "name", "identity", "account")
LONGEST: Final = 60


@require_http_methods(["GET", "POST"])
@page("serve")
@sensitive_post_parameters(*FIELDS)
@sensitive_variables("typed")
def serve(request: StaffRequest) -> HttpResponse:
    """Check who it is: the borrower's own pages open, or one sentence that is always the same."""
    via = request.POST.get("via") or request.GET.get("via", "")
    via = via if via in serving.WAYS else serving.COUNTER
    typed = {name: request.POST.get(name, "")[:LONGEST].strip() for name in FIELDS}
    error = ""
    if request.method == "POST":
        error = _begin(request, via, Said(**typed))
        if not error:
            return redirect("my-home")
    told = {"via": via, "ways": serving.WAYS, "typed": typed, "error": error}
    return render(request, "serve/serve.html", told, status=400 if error else 200)


@require_POST
@page("serve")
def end(request: StaffRequest) -> HttpResponse:
    """The service is over."""
    going_on, person = borrowers.service_of(request), borrowers.person_of(request)
    if going_on:
        borrowers.sign_out(request)
        services.end(person, going_on.seq, request.member.hand, at=request.clock.now())
        messages.success(request, _("The service has ended, and the borrower is told."))
    return redirect("serve")


@require_GET
@page("serve")
def elsewhere(request: StaffRequest) -> HttpResponse:
    """What the borrower does with their own hands, or at the counter."""
    return render(request, "serve/elsewhere.html", {"service": borrowers.service_of(request)})


@borrowers.page
@require_GET
def served(request: BorrowerRequest) -> HttpResponse:
    """Every service: when, by whom, in which way, and what was done; the latest first."""
    found = services.services(streams.stream(request.person))[::-1]
    by = sorted({one.staff for one in found})
    numbers, roles = staff.numbers(by), staff.roles(by)
    lines = [_line(one, numbers.get(one.staff, ""), roles.get(one.staff, "")) for one in found]
    return render(request, "serve/served.html", {"lines": lines})


def _begin(request: StaffRequest, via: str, said: Said) -> str:
    """Begin to serve; a sentence where that cannot be, empty where it is done."""
    by, at = request.member.staff, request.clock.now()
    if not staff.may_work(by, house.day_of(at)):
        return _("The staff roll does not let you serve anybody today.")
    person = serving.find(said, via, by=by)
    if not person:
        return _("This does not fit, or was tried too often. Tell the person no more than that.")
    if states.stands(person, 0, "debtor_deceased", at=at):
        return _("A death is on this person's file: nobody is served in their name.")
    look.write(look.Look(person, at, by, look.OWN_PAGES, look.SERVICE))
    session = borrowers.begin_service(request, person, via)
    seq = services.begin(person, via, session, by, at=at)
    borrowers.serve(request, person, session, borrowers.Service(by, via, seq))
    return ""


def _line(one: Service, number: str, role: str) -> dict[str, Any]:
    done = [{"at": fact.at, "what": word("kind", fact.kind)} for fact in one.done]
    return {"one": one, "number": number, "role": role, "done": done}
