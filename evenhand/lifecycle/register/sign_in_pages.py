"""Signing in and out: number, code, PIN. The words are the same whether a number is known."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.lifecycle.register import changes, codes, door, forms, typed
from evenhand.lifecycle.register.forms import Field
from evenhand.people import borrowers, carried, credentials, naming, throttle

PURPOSE = "sign_in"
FORGOTTEN = "forgotten pin"
both = require_http_methods(["GET", "POST"])


@never_cache
@sensitive_post_parameters()
@both
def start(request: HttpRequest) -> HttpResponse:
    """The phone number; `next` is a page of this house to come back to."""
    if borrowers.person_of(request):
        wanted = request.GET.get("next", "")
        return redirect(borrowers.own_path(request, wanted, reverse("front")))
    door.want(request)
    field = door.phone_field()
    if request.method == "POST":
        field, on = door.ask(request, PURPOSE, "sign-in-code")
        if on:
            return on
    lead = _("First a code to your phone, then your PIN.")
    return forms.show(
        request,
        _("Sign in"),
        [field],
        _("Send me a code"),
        lead=lead,
        template="register/sign_in.html",
    )


@never_cache
@sensitive_post_parameters()
@both
def code(request: HttpRequest) -> HttpResponse:
    """The code sent to the number."""
    number = carried.carried(request, door.ASKED)
    if not number:
        return redirect("borrower-sign-in")
    change = reverse("borrower-sign-in")
    page = door.code_page(request, number, PURPOSE, change_url=change)
    return page or door.after_code(request, number)


@never_cache
@sensitive_post_parameters()
@both
def pin(request: HttpRequest) -> HttpResponse:
    """The PIN of the number's holder."""
    _number, person = door.proved(request)
    if not person or not credentials.with_pin([person]):
        return redirect("borrower-sign-in")
    field, status = door.pin_field(), 200
    if request.method == "POST":
        error = pin_error(request, person)
        if not error:
            return door.enter(request, person)
        field, status = field._replace(error=error), 400
    return forms.show(
        request, _("Your PIN"), [field], _("Sign in"), template="register/pin.html", status=status
    )


@never_cache
@sensitive_post_parameters()
@both
def forgotten(request: HttpRequest) -> HttpResponse:
    """Name and identity number beside the code, where the PIN is forgotten or none was chosen."""
    _number, person = door.proved(request)
    if not person:
        return redirect("borrower-sign-in")
    if not naming.has_name(person):
        carried.carry(request, door.CALLED, str(person))
        return redirect("sign-in-new-pin")
    fields = [
        Field("name", _("Name"), request.POST.get("name", ""), autocomplete="name"),
        Field("identity", _("Identity number"), request.POST.get("identity", ""), length=24),
    ]
    error = ""
    if request.method == "POST":
        error = _who_error(request, person)
        if not error:
            carried.carry(request, door.CALLED, str(person))
            return redirect("sign-in-new-pin")
    lead = _("Then you choose a new PIN. Money on its way to you waits for a day, to be safe.")
    return forms.show(
        request,
        _("Show that it is you"),
        fields,
        _("Go on"),
        lead=lead,
        error=error,
        template="register/forgotten.html",
    )


@never_cache
@sensitive_post_parameters()
@both
def new_pin(request: HttpRequest) -> HttpResponse:
    """A new PIN in place of the forgotten one; every other session ends."""
    number, person = door.proved(request)
    if not person or carried.carried(request, door.CALLED) != str(person):
        return redirect("borrower-sign-in")
    fields = door.new_pin_fields()
    if request.method == "POST":
        read = typed.pin(
            request.POST.get("pin", ""), request.POST.get("pin_again", ""), number=number
        )
        fields[0] = fields[0].told(read)
        if not read.fault:
            at = request.clock.now()  # type: ignore[attr-defined]
            changes.renew_pin(person, read.value, "forgotten", at=at)
            return door.enter(request, person)
    return forms.show(request, _("Choose a new PIN"), fields, _("Sign in"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session here."""
    borrowers.sign_out(request)
    request.session.cycle_key()
    return redirect("front")


def pin_error(request: HttpRequest, person: int) -> str:
    """Why the PIN typed does not open, in a sentence; empty where it does. Every try counts."""
    address = codes.address_of(request)
    if not throttle.is_below("pin", address, throttle.ADDRESS_LIMIT):
        return codes.too_many()
    if credentials.state_of(person) == "open":
        if credentials.is_right(person, credentials.clean(request.POST.get("pin", ""))):
            return ""
        throttle.count("pin", address)
    state = credentials.state_of(person)
    if state == "spent":
        return _("Too many wrong tries. Sign in by “PIN forgotten” and choose a new one.")
    return typed.fault("pin") if state == "open" else codes.too_many()


def _who_error(request: HttpRequest, person: int) -> str:
    """Why name and identity number do not show that it is this person; few tries are given."""
    if not throttle.is_below(FORGOTTEN, str(person), throttle.NAME_LIMIT):
        return codes.too_many()
    if naming.is_called(person, request.POST.get("name", ""), request.POST.get("identity", "")):
        return ""
    throttle.count(FORGOTTEN, str(person))
    return _("Name and identity number are not what we know. Check both.")
