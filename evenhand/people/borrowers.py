"""Who the borrower at a page is: the session's person, and a page that only they may open.

The session holds the person's number, the session's own, and nothing else about them. It ends where
it is ended from any device and after half an hour idle. A page that shows or changes what could do
harm in other hands wants PIN and code within the last ten minutes (`sure`).

Staff who serve a borrower open the same pages in a session that says so; it ends with theirs, and
the borrower sees it among their own and can end it. What they may open is in `serving`.
"""

from functools import wraps
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from evenhand.people import devices, serving, sessions, staff
from evenhand.people.access import Clock, Page

PERSON: Final = "person"
SESSION: Final = "person_session"
SERVED: Final = "person_served"
"""Who serves, in which way, and the fact by which it began; only where staff serve."""
_SEEN: Final = "_borrower_seen"


class Service(NamedTuple):
    """A borrower being served: the staff id, the way (of serving.WAYS), the seq of its fact."""

    staff: int
    via: str
    seq: int


class BorrowerRequest(HttpRequest):
    """A request of a signed-in borrower. `clock` is the house clock, set by the site."""

    person: int
    clock: Clock


def person_of(request: HttpRequest) -> int:
    """The signed-in borrower, 0 for nobody; a session that has ended is signed out by this."""
    return int(request.session.get(PERSON, 0)) if _seen(request).goes_on else 0


def is_sure(request: HttpRequest) -> bool:
    """Has the signed-in borrower given PIN and code within the last ten minutes, or who is served
    at the counter shown an identity document?"""
    by = service_of(request)
    return by.via == serving.COUNTER if by else _seen(request).sure


def service_of(request: HttpRequest) -> Service | None:
    """Who serves the signed-in borrower here; None where they are here themselves."""
    said = request.session.get(SERVED)
    return Service(*said) if said and person_of(request) else None


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
        if not _may_be_opened(request):
            return redirect("serve-elsewhere")
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
            served = service_of(request)
            return redirect("serve-elsewhere") if served else _by_way_of(request, "be-sure")
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


def begin_service(request: HttpRequest, person: int, via: str) -> int:
    """A session of the person in the browser of who serves them; returns its number."""
    sign_out(request)
    key = request.session.session_key
    assert key, "who serves is signed in"
    return sessions.begin(person, key, via)


def serve(request: HttpRequest, person: int, session: int, service: Service) -> None:
    """The pages of this person open here from now on, until that session ends."""
    request.session[PERSON], request.session[SESSION] = person, session
    request.session[SERVED] = list(service)
    request.__dict__.pop(_SEEN, None)


def sign_out(request: HttpRequest) -> None:
    """Ends the borrower's session here, if there is one."""
    request.session.pop(SERVED, None)
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


def _may_be_opened(request: HttpRequest) -> bool:
    served, match = service_of(request), request.resolver_match
    return served is None or (match is not None and serving.may(match.url_name or "", served.via))


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
    if seen.goes_on and _is_here(request):
        return seen
    for key in (PERSON, SESSION, SERVED):
        request.session.pop(key, None)
    return sessions.Seen(False, False)


def _is_here(request: HttpRequest) -> bool:
    """Is whoever serves here still signed in, and allowed to? Nobody serves who is themselves."""
    said = request.session.get(SERVED)
    if not said:
        return True
    member = staff.member(request.user)
    return bool(member and member.staff == said[0] and staff.may_see(member.role, "serve"))
