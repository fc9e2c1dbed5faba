"""Who the borrower at a page is: the session's person, and a page that only they may open.

The session holds the person's number, the session's own, and nothing else about them. It ends where
it is ended from any device and after half an hour idle. A page that shows or changes what could do
harm in other hands wants PIN and code within the last ten minutes (`sure`).
"""

from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from evenhand.people import devices, sessions
from evenhand.people.access import Clock, Page

PERSON: Final = "person"
SESSION: Final = "person_session"
_SEEN: Final = "_borrower_seen"


class BorrowerRequest(HttpRequest):
    """A request of a signed-in borrower. `clock` is the house clock, set by the site."""

    person: int
    clock: Clock


def person_of(request: HttpRequest) -> int:
    """The signed-in borrower, 0 for nobody; a session that has ended is signed out by this."""
    return int(request.session.get(PERSON, 0)) if _seen(request).goes_on else 0


def is_sure(request: HttpRequest) -> bool:
    """Has the signed-in borrower given PIN and code within the last ten minutes?"""
    return _seen(request).sure


def session_of(request: HttpRequest) -> int:
    """The number of the borrower's session, 0 for nobody's."""
    return int(request.session.get(SESSION, 0)) if _seen(request).goes_on else 0


def page(view: Page) -> Page:
    """Lets in a signed-in borrower; others are asked to sign in and come back here."""

    @wraps(view)
    def inner(request: BorrowerRequest, *arguments: Any, **named: Any) -> HttpResponse:
        person = person_of(request)
        if not person:
            return _by_way_of(request, "borrower-sign-in")
        request.person = person
        response = view(request, *arguments, **named)
        response.headers["Cache-Control"] = "no-store"
        return response

    return inner


def sure(view: Page) -> Page:
    """As `page`, where the person has given both PIN and code in the last ten minutes."""

    @page
    @wraps(view)
    def inner(request: BorrowerRequest, *arguments: Any, **named: Any) -> HttpResponse:
        if not is_sure(request):
            return _by_way_of(request, "be-sure")
        return view(request, *arguments, **named)

    return inner


def sign_in(request: HttpRequest, person: int) -> None:
    """The browser goes on as this person, who has just given PIN and code; under a new key."""
    sign_out(request)
    request.session.cycle_key()
    rotate_token(request)
    key = request.session.session_key
    assert key, "a session just made has a key"
    device = devices.device_of(request.META.get("HTTP_USER_AGENT", ""))
    request.session[SESSION] = sessions.begin(person, key, device)
    request.session[PERSON] = person
    request.__dict__.pop(_SEEN, None)


def sign_out(request: HttpRequest) -> None:
    """Ends the borrower's session here, if there is one."""
    person = int(request.session.pop(PERSON, 0))
    session = int(request.session.pop(SESSION, 0))
    if person and session:
        sessions.end(person, session)
    request.__dict__.pop(_SEEN, None)


def make_sure(request: HttpRequest) -> None:
    """The signed-in borrower has just given PIN and code again; the browser gets a new key."""
    person, session = person_of(request), session_of(request)
    assert person, "only who is signed in can be sure"
    request.session.cycle_key()
    rotate_token(request)
    sessions.move(person, session, request.session.session_key or "")
    sessions.make_sure(person, session)
    request.__dict__.pop(_SEEN, None)


def own_path(request: HttpRequest, wanted: str, otherwise: str) -> str:
    """A path of this house as wanted, or else the other: nobody is sent elsewhere from here."""
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own and wanted.startswith("/") else otherwise


def _by_way_of(request: HttpRequest, name: str) -> HttpResponse:
    return redirect(f"{reverse(name)}?{urlencode({'next': _page_of(request)})}")


def _page_of(request: HttpRequest) -> str:
    """The page to come back to: this one, or the one whose form was sent."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.META.get("HTTP_REFERER", ""))
    return came_from.path if came_from.netloc == request.get_host() else request.path


def _seen(request: HttpRequest) -> sessions.Seen:
    """What the session is, asked once a request."""
    known = request.__dict__.get(_SEEN)
    if known is None:
        known = _look(request)
        request.__dict__[_SEEN] = known
    return known


def _look(request: HttpRequest) -> sessions.Seen:
    person = int(request.session.get(PERSON, 0))
    if not person:
        return sessions.Seen(False, False)
    session, key = int(request.session.get(SESSION, 0)), request.session.session_key or ""
    seen = sessions.see(person, session, key)
    if not seen.goes_on:
        request.session.pop(PERSON, None)
        request.session.pop(SESSION, None)
    return seen
