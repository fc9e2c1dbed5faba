"""The borrower's inbox: everything that was told, in full words, behind the login."""

from typing import Final

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from evenhand.outbound.contact import inbox
from evenhand.people import borrowers
from evenhand.people.borrowers import BorrowerRequest

SHOWN: Final = 15
"""Notices on a page."""


@borrowers.page
@require_http_methods(["GET", "POST"])
def notices(request: BorrowerRequest) -> HttpResponse:
    """The notices, newest first; sent back, everything the page showed as the newest is read."""
    left = inbox.left(request.person)
    if request.method == "POST":
        seen = request.POST.get("until", "")
        if seen.isdecimal() and left:
            inbox.read(request.person, min(int(seen), left[0].leaving.at))
        return redirect("notices")
    page = Paginator(left, SHOWN).get_page(request.GET.get("page"))
    shown = inbox.opened(request.person, list(page.object_list))
    context = {
        "notices": shown,
        "page": page,
        "until": left[0].leaving.at if left else 0,
        "unread": notices_unread(request.person),
    }
    return render(request, "remind/notices.html", context)


def notices_unread(person: int) -> int:
    """How many notices the person has not read: the badge beside the inbox's link."""
    return inbox.unread(person)
