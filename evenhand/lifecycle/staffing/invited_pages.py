"""Open to who was invited: the code opens once, the first password is set, then one signs in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from evenhand.lifecycle.staffing import typed
from evenhand.people import staff, staff_roll, throttle


@never_cache
@sensitive_post_parameters("code", "password")
@sensitive_variables("password")
def invited(request: HttpRequest) -> HttpResponse:
    """Name, code and a first password; what was wrong with name or code is not said."""
    if request.method != "POST":
        return render(request, "staffing/invited.html")
    name, password = typed.text(request.POST, "username"), request.POST.get("password", "")
    address = throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)
    if not throttle.is_open(name, address):
        wait = _("Too many tries. Please wait a quarter of an hour.")
        return _refused(request, "error", wait, 429)
    try:
        validate_password(password)
    except ValidationError as weak:
        return _refused(request, "weak", " ".join(weak.messages), 400)
    if not staff_roll.redeem(staff.named(name), request.POST.get("code", ""), password):
        throttle.failed(name, address)
        said = _("Name or code is not right, or another hand has not approved the role yet.")
        return _refused(request, "error", said, 400)
    messages.success(request, _("Your password is set. Sign in with it now."))
    return redirect("sign-in")


def _refused(request: HttpRequest, where: str, said: str, status: int) -> HttpResponse:
    shown = {where: said, "username": typed.text(request.POST, "username")}
    return render(request, "staffing/invited.html", shown, status=status)
