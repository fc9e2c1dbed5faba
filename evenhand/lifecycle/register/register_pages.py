"""The pages of registration, a step each. Every step writes what it was given and leads on."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.ledger import streams
from evenhand.lifecycle.register import carried_on, consents, door, forms, rules, steps, typed
from evenhand.lifecycle.register.forms import Field
from evenhand.outbound.enquiries import identity
from evenhand.people import borrowers, carried, credentials, naming, persons
from evenhand.people.borrowers import BorrowerRequest

PURPOSE = "register"
both = require_http_methods(["GET", "POST"])


@never_cache
@sensitive_post_parameters()
@both
def start(request: HttpRequest) -> HttpResponse:
    """The phone number; who is signed in goes on where they stopped."""
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


@borrowers.page
@sensitive_post_parameters()
@both
def account(request: BorrowerRequest) -> HttpResponse:
    """The account in the person's own name that money shall come to."""
    if carried_on.is_beyond(request, "account"):
        return redirect(carried_on.page_of(request, request.person))
    fields = account_fields(request)
    if request.method == "POST":
        number = typed.account(request.POST.get("account", ""))
        bank = typed.bank(request.POST.get("bank", ""))
        fields = [fields[0].told(number), fields[1].told(bank)]
        if not forms.faults(number, bank):
            steps.give_account(request.person, number.value, bank.value)
            return redirect(carried_on.page_of(request, request.person))
    lead = _("A bank card in your own name. Money goes there and nowhere else.")
    return carried_on.show(request, "account", _("Your bank account"), fields, lead=lead)


def account_fields(request: BorrowerRequest) -> list[Field]:
    """The fields of a bank account, with what was typed."""
    post = request.POST
    banks = tuple(_banks()[get_language() or "zh-hant"])
    number = Field("account", _("Card number"), post.get("account", ""), mode="numeric", length=30)
    return [number, Field("bank", _("Bank"), post.get("bank", ""), known=banks)]


@borrowers.page
@both
def agree(request: BorrowerRequest) -> HttpResponse:
    """The consents, each with its purpose; none is ticked before the person ticks it."""
    if carried_on.step(request) != "consents":
        return redirect(carried_on.page_of(request, request.person))
    ticked = set(request.POST.getlist("consent"))
    missing: set[str] = set()
    if request.method == "POST":
        missing = consents.needed() - ticked - consents.standing(_facts(request)).keys()
        if not missing:
            lang = get_language() or "zh-hant"
            consents.give(request.person, ticked, lang, at=request.clock.now())
            return redirect(carried_on.page_of(request, request.person))
    return carried_on.show(
        request,
        "consents",
        _("What you agree to"),
        [],
        lead=_("Each for itself. You can withdraw each later under “My account”."),
        template="register/consents.html",
        consents=_consent_lines(request, ticked, missing),
        status=400 if missing else 200,
    )


def _consent_lines(
    request: BorrowerRequest, ticked: set[str], missing: set[str]
) -> list[dict[str, Any]]:
    lang, stands = get_language() or "zh-hant", consents.standing(_facts(request))
    return [
        {
            "purpose": each.purpose,
            "needed": each.needed,
            "title": each.title[lang],
            "words": each.words[lang],
            "why": each.why[lang],
            "ticked": each.purpose in ticked,
            "error": typed.fault("consent") if each.purpose in missing else "",
        }
        for each in consents.asked()
        if each.purpose not in stands
    ]


@borrowers.page
@both
def check(request: BorrowerRequest) -> HttpResponse:
    """The identity check: what is asked about, the button, and what to look at where it failed."""
    if carried_on.step(request) != "check":
        return redirect(carried_on.page_of(request, request.person))
    if request.method == "POST":
        answer = steps.check(request.person, at=request.clock.now())
        said = carried_on.told_of(answer)
        if said:
            messages.error(request, said)
        return redirect(carried_on.page_of(request, request.person))
    facts = _facts(request)
    item = persons.accounts(request.person)[-1]
    latest = identity.answered(facts, item.item)
    return carried_on.show(
        request,
        "check",
        _("Checking who you are"),
        [],
        button=_("Check now"),
        lead=_("We ask whether these four belong together. It takes a few seconds."),
        template="register/check.html",
        who=persons.masked([request.person])[request.person],
        account=item,
        latest=latest,
        tries=identity.tries_left(facts, request.clock.now()),
    )


@borrowers.page
@require_GET
def done(request: BorrowerRequest) -> HttpResponse:
    """Registered: what can be done now."""
    if carried_on.step(request) != "done":
        return redirect(carried_on.page_of(request, request.person))
    return forms.page(request, "register/done.html")


def _facts(request: BorrowerRequest) -> list[Any]:
    return streams.stream(request.person)


@cache
def _banks() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("banks.toml").read_text("utf-8"))
