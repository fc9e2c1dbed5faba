"""The pages of registration, a step each. Every step writes what it was given and leads on."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.lifecycle.register import carried_on, door, forms, rules, steps, typed
from evenhand.lifecycle.register.forms import Field
from evenhand.people import borrowers, carried, credentials, naming
from evenhand.people.borrowers import BorrowerRequest

PURPOSE = "register"
both = require_http_methods(["GET", "POST"])


@never_cache
@sensitive_post_parameters()
@both
def start(request: HttpRequest) -> HttpResponse:
    """The phone number; who is signed in goes on where they stopped.

    `next` is a page of this house to come to once registered.
    """
    door.want(request)
    person = borrowers.person_of(request)
    if person:
        return redirect(carried_on.page_of(request, person))
    field = door.phone_field()
    if request.method == "POST":
        field, on = door.ask(request, PURPOSE, "register-code")
        if on:
            return on
    lead = _("We send a code to this number. Registering is free and is not yet a loan.")
    return forms.show(
        request,
        _("Register"),
        [field],
        _("Send me a code"),
        lead=lead,
        template="register/start.html",
        step=1,
        steps=carried_on.COUNT,
    )


@never_cache
@sensitive_post_parameters()
@both
def code(request: HttpRequest) -> HttpResponse:
    """The code; with the right one the stream of a new person begins."""
    number = carried.carried(request, door.ASKED)
    if not number:
        return redirect("register")
    change = reverse("register")
    page = door.code_page(
        request, number, PURPOSE, change_url=change, step=1, steps=carried_on.COUNT
    )
    if page:
        return page
    steps.begin(number, get_language() or "zh-hant", at=request.clock.now())  # type: ignore[attr-defined]
    return door.after_code(request, number)


@never_cache
@both
def begin(request: HttpRequest) -> HttpResponse:
    """Whoever meant to sign in with a number that is nobody's may register it, proved as it is."""
    number, person = door.proved(request)
    if not number or person:
        return redirect("register")
    if request.method == "POST":
        steps.begin(number, get_language() or "zh-hant", at=request.clock.now())  # type: ignore[attr-defined]
        return door.after_code(request, number)
    lead = _("There is no account under this number yet.")
    return forms.show(request, _("Register this number?"), [], _("Register"), lead=lead)


@never_cache
@sensitive_post_parameters()
@both
def pin(request: HttpRequest) -> HttpResponse:
    """The PIN of somebody who has none and of whom nothing is known yet but the number."""
    number, person = door.proved(request)
    if not person or credentials.with_pin([person]) or naming.has_name(person):
        return redirect("register")
    fields = door.new_pin_fields()
    if request.method == "POST":
        read = typed.pin(
            request.POST.get("pin", ""), request.POST.get("pin_again", ""), number=number
        )
        fields[0] = fields[0].told(read)
        if not read.fault:
            credentials.set_pin(person, read.value)
            return door.enter(request, person)
    lead = _("You sign in with a code and this PIN. The phone alone is then not enough.")
    return forms.show(
        request, _("Choose a PIN"), fields, _("Go on"), lead=lead, step=2, steps=carried_on.COUNT
    )


@borrowers.page
@sensitive_post_parameters()
@both
def name(request: BorrowerRequest) -> HttpResponse:
    """Name and identity number, as on the card; a birth date that is the PIN asks for another."""
    if carried_on.is_beyond(request, "name"):
        return redirect(carried_on.page_of(request, request.person))
    fields, faulty = _name_fields(request), False
    if request.method == "POST":
        fields, faulty = _read_name(request)
        if not faulty:
            return redirect(carried_on.page_of(request, request.person))
    lead = _("As on your resident identity card. We keep both sealed.")
    return carried_on.show(request, "name", _("Who are you?"), fields, lead=lead)


def _name_fields(request: BorrowerRequest) -> list[Field]:
    post = request.POST
    return [
        Field("name", _("Name"), post.get("name", ""), autocomplete="name"),
        Field("identity", _("Identity number"), post.get("identity", ""), length=24),
    ]


def _read_name(request: BorrowerRequest) -> tuple[list[Field], bool]:
    """Keeps what was typed where nothing is wrong with it; the fields, and whether something is."""
    who = typed.name(request.POST.get("name", ""))
    number = typed.identity(request.POST.get("identity", ""), request.clock.today())
    fields = _name_fields(request)
    told = [fields[0].told(who), fields[1].told(number)]
    if forms.faults(who, number):
        return told, True
    birth = typed.birth_of(number.value)
    pins, fault = _another_pin(request, birth)
    if fault:
        return told + pins, True
    naming.name_person(request.person, who.value, number.value)
    return told, False


def _another_pin(request: BorrowerRequest, birth: date) -> tuple[list[Field], bool]:
    """Asks for another PIN where the one chosen is the birth date, and sets it once it will do."""
    if not credentials.is_birth(request.person, birth):
        return [], False
    fields = door.new_pin_fields()
    if "pin" not in request.POST:
        return [fields[0]._replace(error=typed.fault("pin_own")), fields[1]], True
    read = typed.pin(request.POST.get("pin", ""), request.POST.get("pin_again", ""), birth=birth)
    if read.fault:
        return [fields[0].told(read), fields[1]], True
    credentials.set_pin(request.person, read.value)
    return [], False


@borrowers.page
@both
def student(request: BorrowerRequest) -> HttpResponse:
    """In full-time higher education or not; said once."""
    if carried_on.step(request) != "student":
        return redirect(carried_on.page_of(request, request.person))
    field = Field(
        "student",
        _("Are you a full-time student in higher education?"),
        request.POST.get("student", ""),
        options=(("no", _("No")), ("yes", _("Yes"))),
    )
    if request.method == "POST":
        said = request.POST.get("student", "")
        if said in ("yes", "no"):
            steps.declare(request.person, said, at=request.clock.now())
            return redirect(carried_on.page_of(request, request.person))
        field = field._replace(error=typed.fault("student"))
    lead = _("The law does not let us lend to students over the internet, so we have to ask.")
    return carried_on.show(request, "student", _("One question"), [field], lead=lead)


@borrowers.page
@require_GET
def refused(request: BorrowerRequest) -> HttpResponse:
    """Why there is no loan for a student, and where it stands."""
    if carried_on.step(request) != steps.STUDENT:
        return redirect(carried_on.page_of(request, request.person))
    cite = rules.student(request.clock.today()).cite
    return forms.page(request, "register/refused.html", cite=cite)
