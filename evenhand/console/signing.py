"""Staff sign in and out: name and password, then the second factor; and where that leads."""

from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from evenhand.console import second_factor
from evenhand.people import staff, throttle
from evenhand.people.access import StaffRequest, page

# Page of the matrix → address name.
FIRST_PAGES = {
    "book": "book",
    "applications": "applications",
    "closes": "closes",
    "staff_roll": "staff-roll",
    "law": "law",
}


@page("home")
def home(request: StaffRequest) -> HttpResponse:
    """To the first page this role may see."""
    role = request.member.role
    return redirect(next(name for seen, name in FIRST_PAGES.items() if staff.may_see(role, seen)))


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; what was wrong is not said, and too many tries close the door."""
    if request.method != "POST":
        shown = {"next": request.GET.get("next", "")}
        return render(request, "console/sign_in.html", shown)
    name = request.POST.get("username", "").strip()
    address = throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)
    if not throttle.is_open(name, address):
        return _refused(request, _("Too many tries. Please wait a quarter of an hour."), 429)
    user = authenticate(request, username=name, password=request.POST.get("password", ""))
    member = staff.member(user) if user else None
    if user is None or member is None:
        throttle.failed(name, address)
        return _refused(request, _("Name or password is not right."), 400)
    return second_factor.ask(request, user.pk, member.staff, _next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return redirect("sign-in")


def _refused(request: HttpRequest, error: str, status: int) -> HttpResponse:
    shown = {"error": error, "next": request.POST.get("next", "")}
    return render(request, "console/sign_in.html", shown, status=status)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if own and wanted.startswith("/") else reverse("home")
