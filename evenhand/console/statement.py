"""Where a borrower's loan stood on a past day, as known then and as known now."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from evenhand.ledger import statement_views as views
from evenhand.ledger import streams
from evenhand.ledger.loans import borrower_of
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page


@require_GET
@page("statement")
def statement(request: StaffRequest, loan: int) -> HttpResponse:
    """The same statement as the borrower's own; it names nobody."""
    borrower, typed = borrower_of(loan), request.GET.get("on", "")
    facts = streams.stream(borrower) if borrower is not None else []
    asked = views.asked(facts, loan, typed, request.clock.today())
    if asked is None:
        raise Http404
    told = {
        "borrower": borrower,
        "asked": asked,
        "shown": asked.shown(request.GET.get("known", "")),
        "may_file": staff.may_see(request.member.role, "file"),
        "may_complain": staff.may_see(request.member.role, "complaint_record"),
    }
    return render(request, "console/statement.html", told, status=200 if asked.views else 400)
