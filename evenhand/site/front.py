"""The first page, open to all: who we are, and the few doors one may have come for."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from evenhand.people import borrowers


def front(request: HttpRequest) -> HttpResponse:
    """Who is signed in as a borrower goes on to the own first page."""
    if borrowers.person_of(request):
        return redirect("my-home")
    return render(request, "web/front.html", {"lender": settings.EVENHAND_LENDER})
