"""Staff: relief offered to a borrower, or proposed where it costs the lender money."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.ledger import loans, streams
from evenhand.ledger.kinds_relief import GRANTED_FOR
from evenhand.ledger.one_loan import Here, here
from evenhand.lifecycle.relief import acts, bounds, grant_pages, grants, judging, typed
from evenhand.lifecycle.relief.grants import Place
from evenhand.lifecycle.relief.judging import Refused
from evenhand.lifecycle.relief.seen import Seen
from evenhand.lifecycle.relief.typed import Typed
from evenhand.people import persons, staff
from evenhand.people.access import StaffRequest, page


@require_GET
@page("relief_answer")
def find(request: StaffRequest) -> HttpResponse:
    """The loan of a number."""
    return grant_pages.DESK.find(request, "relief-offer")


@require_http_methods(["GET", "POST"])
@page("relief_answer")
def new(request: StaffRequest, loan: int) -> HttpResponse:
    """Choose a kind and its number, see what it does, offer or propose it."""
    borrower = loans.borrower_of(loan) or 0
    facts = streams.stream(borrower) if borrower else []
    at = here(facts, loan, request.clock.today())
    if at is None:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    kinds = bounds.of(at.product).kinds
    word = sent.get("word", "")
    if word not in kinds:
        return _page(request, at, None, None)
    form = typed.read(word, sent, at, kinds[word])
    if not form.change:
        return _page(request, at, form, None)
    try:
        found = acts.possible(facts, loan, form.change, at.on)
        if request.method == "POST":
            return _made(request, Place(borrower, loan), form, found)
    except Refused as refused:
        form = typed.refused(form, refused.args[0], kinds[word])
        return _page(request, at, form, None)
    return _page(request, at, form, found)


def _made(request: StaffRequest, place: Place, form: Typed, found: Seen) -> HttpResponse:
    """Offered to the borrower; or proposed to another of staff, for a reason."""
    at, hand, reason = request.clock.now(), request.member.hand, request.POST.get("reason", "")
    if not judging.is_costly(form.change):
        acts.offer(place.borrower, place.loan, form.change, hand, at=at)
        messages.success(request, _("Offered. The borrower is told and may accept it."))
        return redirect("reliefs")
    if reason not in GRANTED_FOR:
        return _page(request, found.here, form, found, _("Choose the reason."))
    change = form.change
    return grant_pages.DESK.propose(
        request, lambda: grants.propose(change, [place], reason, hand, at=at)
    )


def _page(
    request: StaffRequest, at: Here, form: Typed | None, found: Seen | None, error: str = ""
) -> HttpResponse:
    kinds = bounds.of(at.product).kinds
    shown: dict[str, Any] = {
        "here": at,
        "who": persons.masked([at.borrower]).get(at.borrower),
        "words": list(kinds),
        "form": form,
        "seen": found,
        "costly": bool(form and form.change and judging.is_costly(form.change)),
        "granted_for": GRANTED_FOR,
        "error": error,
        "may_file": staff.may_see(request.member.role, "file"),
    }
    if form:
        rule = kinds[form.word]
        shown |= {
            "rule": rule,
            "choices": range(1, rule.by_person + 1),
            "latest": at.on + timedelta(days=rule.by_person),
        }
    status = 400 if error or (form and form.error) else 200
    return render(request, "relief/offer.html", shown, status=status)
