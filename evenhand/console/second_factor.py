"""The second step of a sign-in: the code of an app, set up at the first sign-in.

Between the password and the code nobody is signed in: the session says who gave the right password
and where they want to go, and ends after ten minutes of real time.
"""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from evenhand.people import spelt_codes, staff, staff_factor, totp
from evenhand.web import qr

PASSED: Final = "staff_passed"
WANTED: Final = "staff_wanted"
SECONDS: Final = 600
ISSUER: Final = "Evenhand"


def ask(request: HttpRequest, user: int, member: int, wanted: str) -> HttpResponse:
    """The password was right: on to the code, or to the first setting up of it."""
    request.session.flush()
    request.session[PASSED], request.session[WANTED] = user, wanted
    request.session.set_expiry(SECONDS)
    if staff_factor.state_of(member):
        return redirect("staff-code")
    staff_factor.begin(member)
    return redirect("staff-factor")


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """The code of now, or a recovery code."""
    user, member = _passed(request)
    if user is None or member is None:
        return redirect("sign-in")
    state = staff_factor.state_of(member.staff)
    if not state:
        return redirect("staff-factor")
    if request.method != "POST":
        return _asked(request, member)
    if state == "open" and staff_factor.is_right(member.staff, request.POST.get("code", "")):
        wanted = _enter(request, user)
        if len(request.POST["code"].strip()) > totp.DIGITS:
            _tell_left(request, staff_factor.recovery_left(member.staff))
        return redirect(wanted)
    return _refused(request, member)


@never_cache
@sensitive_post_parameters("code")
def enrol(request: HttpRequest) -> HttpResponse:
    """The secret for an app; its first code makes it count and brings the recovery codes, once."""
    user, member = _passed(request)
    secret = staff_factor.unconfirmed(member.staff) if member else None
    if user is None or member is None:
        return redirect("sign-in")
    if secret is None:
        return redirect("staff-code" if staff_factor.state_of(member.staff) else "sign-in")
    if request.method == "POST":
        if codes := staff_factor.confirm(member.staff, request.POST.get("code", "")):
            wanted = _enter(request, user)
            shown = {"codes": codes, "wanted": wanted}
            return render(request, "console/recovery_codes.html", shown)
        return _set_up(request, member, secret, _("This code is not right."))
    return _set_up(request, member, secret)


def _passed(request: HttpRequest) -> tuple[User | None, staff.Member | None]:
    """Whoever gave the right password in this session and still works here."""
    number = int(request.session.get(PASSED, 0))
    found = User.objects.filter(pk=number, is_active=True).first()
    return (found, staff.member(found)) if found else (None, None)


def _enter(request: HttpRequest, user: User) -> str:
    """Signed in, for a working day; returns the page they wanted."""
    wanted = str(request.session[WANTED])
    request.session.flush()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return wanted


def _asked(
    request: HttpRequest, member: staff.Member, error: str = "", status: int = 200
) -> HttpResponse:
    demo = staff_factor.shown_code(member.staff) if settings.EVENHAND_DEMO else ""
    shown = {"error": error, "demo_code": demo}
    return render(request, "console/sign_in_code.html", shown, status=status)


def _refused(request: HttpRequest, member: staff.Member) -> HttpResponse:
    state = staff_factor.state_of(member.staff)
    if state == "spent":
        said = _("Too many wrong codes: an admin must reset the second factor.")
        return _asked(request, member, said, 429)
    if state == "locked":
        return _asked(request, member, _("Too many tries. Please wait a quarter of an hour."), 429)
    return _asked(request, member, _("This code is not right, or was used before."), 400)


def _set_up(
    request: HttpRequest, member: staff.Member, secret: bytes, error: str = ""
) -> HttpResponse:
    address = totp.address(secret, ISSUER, member.number)
    shown = {
        "error": error,
        "secret": spelt_codes.in_fours(totp.spelt(secret), " "),
        "address": address,
        "picture": qr.svg(address),
    }
    return render(request, "console/sign_in_factor.html", shown, status=400 if error else 200)


def _tell_left(request: HttpRequest, left: int) -> None:
    said = ngettext("%(n)s recovery code is left.", "%(n)s recovery codes are left.", left)
    messages.info(request, said % {"n": left})
