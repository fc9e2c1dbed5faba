"""Staff: the proposal that a circumstance ends before its day, from the borrower's page."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from evenhand.ledger.kinds_circumstance import ENDED_FOR
from evenhand.lifecycle.circumstances import acts, ending_pages, staff_pages, typed
from evenhand.lifecycle.circumstances.typed import Typed
from evenhand.people import persons
from evenhand.people.access import StaffRequest, page


@require_POST
@page("ending_propose")
@sensitive_post_parameters("why")
@sensitive_variables("why", "errors", "sent")
def propose(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """Why it is to end, with a reason and in words; another decides."""
    person = persons.masked([borrower]).get(borrower)
    if person is None or person.erased:
        raise Http404
    staff_pages.one_of(borrower, seq)
    reason, why = request.POST.get("reason", ""), request.POST.get("why", "").strip()
    errors = {} if reason in ENDED_FOR else {"reason": _("Choose the reason.")}
    if not 0 < len(why) <= typed.NOTE_MOST:
        errors["why"] = _("Write in a few words how we know it.")
    if errors:
        sent = {"seq": seq, "reason": reason, "why": why, "errors": errors}
        return staff_pages.shown(request, person, Typed(), sent)
    hand, at = request.member.hand, request.clock.now()
    return ending_pages.DESK.propose(
        request, lambda: acts.propose(borrower, seq, reason, why, hand, at=at)
    )
