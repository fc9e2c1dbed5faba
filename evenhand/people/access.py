"""Who may open a page: a decorator that asks the matrix before the page is made; sealed words."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from evenhand.people import persons, staff


class Clock(Protocol):
    """The house clock as it hangs on every request."""

    def now(self) -> int: ...

    def today(self) -> Any: ...


class StaffRequest(HttpRequest):
    """A request of a signed-in staff member. `clock` is the house clock, set by the site."""

    member: staff.Member
    clock: Clock


Page = Callable[..., HttpResponse]


def page(name: str) -> Callable[[Page], Page]:
    """Lets in only staff whose role may see the page; others sign in, or get a plain 403."""

    def guarded(view: Page) -> Page:
        @wraps(view)
        def inner(request: StaffRequest, *arguments: Any, **named: Any) -> HttpResponse:
            found = staff.member(request.user)
            if found is None:
                return redirect_to_login(request.get_full_path(), "/sign-in/")
            if not staff.may_see(found.role, name):
                raise PermissionDenied
            request.member = found
            response = view(request, *arguments, **named)
            # Staff pages show people: no copy stays in a cache or in the browser's memory.
            response.headers["Cache-Control"] = "no-store"
            return response

        return inner

    return guarded


def in_clear(request: StaffRequest, person: int, commitment: str, purpose: str) -> str:
    """Sealed words in clear for who asks, which is a look, logged; empty where there are none, or
    none are kept any more. `commitment` is hexadecimal, as a fact has it."""
    if not commitment:
        return ""
    by, at = request.member.staff, request.clock.now()
    try:
        return persons.reveal_text(person, bytes.fromhex(commitment), purpose=purpose, by=by, at=at)
    except persons.Erased:
        return ""
