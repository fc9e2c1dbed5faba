"""Open to who has a code: it opens once, the password is set, then one signs in.

The code is an invitation's, for the first password, or was given to who forgot theirs.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from evenhand.lifecycle.staffing import acts, typed
from evenhand.people import staff, throttle


@never_cache
@sensitive_post_parameters("code", "password")
@sensitive_variables("password")
def invited(request: HttpRequest, sort: str) -> HttpResponse:
    """Name, code and password; what was wrong with name or code is not said."""
    if request.method != "POST":
        return render(request, "staffing/invited.html", {"sort": sort})
    name, password = typed.text(request.POST, "username"), request.POST.get("password", "")
    address = throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)
    if not throttle.is_open(name, address):
        wait = _("Too many tries. Please wait a quarter of an hour.")
        return _refused(request, sort, "error", wait, 429)
    try:
        validate_password(password)
    except ValidationError as weak:
        return _refused(request, sort, "weak", " ".join(weak.messages), 400)
    at = request.clock.now()  # type: ignore[attr-defined]
    if not acts.set_password(staff.named(name), request.POST.get("code", ""), password, at=at):
        throttle.failed(name, address)
        return _refused(request, sort, "error", _wrong(sort), 400)
    messages.success(request, _("Your password is set. Sign in with it now."))
    return redirect("sign-in")


def _wrong(sort: str) -> str:
    if sort == "password":
        return _("Name or code is not right, or the code opens no more. An admin issues another.")
    return _("Name or code is not right, or another hand has not approved the role yet.")


def _refused(request: HttpRequest, sort: str, where: str, said: str, status: int) -> HttpResponse:
    shown = {where: said, "username": typed.text(request.POST, "username"), "sort": sort}
    return render(request, "staffing/invited.html", shown, status=status)
