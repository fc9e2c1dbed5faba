"""The borrower whose number somebody else says is theirs: confirm it by a code, or change it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.outbound.contact import verify_not_me
from evenhand.people import borrowers, persons
from evenhand.people.borrowers import BorrowerRequest


@borrowers.page
@require_GET
def doubted(request: BorrowerRequest) -> HttpResponse:
    """What was said, and what to do."""
    who = persons.masked([request.person])[request.person]
    is_doubted = bool(verify_not_me.doubted(request.person, request.clock.now()))
    return render(request, "verify/doubted.html", {"who": who, "doubted": is_doubted})


@borrowers.sure
@require_http_methods(["GET", "POST"])
def confirm(request: BorrowerRequest) -> HttpResponse:
    """PIN and the code sent to that number were given: it is at hand, one tap makes it theirs."""
    if request.method == "POST":
        if verify_not_me.confirm(request.person, "borrower", at=request.clock.now()):
            messages.success(request, _("Your number is confirmed. Messages go there again."))
        return redirect("me")
    who = persons.masked([request.person])[request.person]
    return render(request, "verify/confirm.html", {"who": who})
