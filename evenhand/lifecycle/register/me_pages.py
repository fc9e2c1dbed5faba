"""My account: what the house knows of a person, masked; consents, devices, who looked, the PIN."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import bank_accounts, streams
from evenhand.lifecycle.register import carried_on, changes, consents, door, forms, steps, typed
from evenhand.outbound.contact import verify_not_me
from evenhand.outbound.payments import transfers
from evenhand.people import borrowers, look, naming, persons, serving, sessions, staff
from evenhand.people.borrowers import BorrowerRequest
from evenhand.people.holders import number_for_code
from evenhand.web.words import word

SECOND = 1_000_000
both = require_http_methods(["GET", "POST"])


class Line(NamedTuple):
    """Who looked: a role and an employee number, never a name."""

    at: int
    role: str
    number: str
    field: str
    purpose: str


@borrowers.page
@require_GET
def me(request: BorrowerRequest) -> HttpResponse:
    """What is known, masked, and the ways to change it."""
    person, facts = request.person, streams.stream(request.person)
    held = transfers.held_until(facts)
    named = bank_accounts.named(facts)
    return forms.page(
        request,
        "register/me.html",
        who=persons.masked([person])[person],
        accounts=persons.accounts(person),
        held=held if held > request.clock.now() else 0,
        doubted=bool(verify_not_me.doubted(person, request.clock.now())),
        unchecked=bool(named) and not bank_accounts.belongs(facts, named[-1]),
    )


@borrowers.page
@require_POST
def check_again(request: BorrowerRequest) -> HttpResponse:
    """Asks about the account again, under the number as it is now."""
    named = bank_accounts.named(streams.stream(request.person))
    answer = "match"
    if named:
        answer = steps.check_account(request.person, named[-1], at=request.clock.now())
    if answer == "match":
        messages.success(request, _("Number and account belong together."))
    else:
        messages.error(request, carried_on.told_of(answer) or carried_on.no_match(answer))
    return redirect("me")


@borrowers.page
@both
def language(request: BorrowerRequest) -> HttpResponse:
    """The language of pages and messages."""
    wanted = request.POST.get("lang", "")
    response = redirect("me")
    if request.method == "POST" and wanted in dict(settings.LANGUAGES):
        naming.speak(request.person, wanted)
        door.remember_lang(response, wanted)
        with translation.override(wanted):
            messages.success(request, _("From now on in English."))
    return response


@borrowers.sure
@sensitive_post_parameters()
@both
def pin(request: BorrowerRequest) -> HttpResponse:
    """Another PIN; every other session ends."""
    fields = door.new_pin_fields()
    if request.method == "POST":
        number = number_for_code(request.person)
        read = typed.pin(
            request.POST.get("pin", ""), request.POST.get("pin_again", ""), number=number
        )
        fields[0] = fields[0].told(read)
        if not read.fault:
            session, at = borrowers.session_of(request), request.clock.now()
            changes.renew_pin(request.person, read.value, "chosen", at=at, session=session)
            messages.success(request, _("The new PIN holds. All other devices are signed out."))
            return redirect("me")
    return forms.show(request, _("Choose a new PIN"), fields, _("Save the PIN"))


@borrowers.page
@both
def agreed(request: BorrowerRequest) -> HttpResponse:
    """The consents that stand, each with its withdrawal; and those that may be given."""
    at, lang = request.clock.now(), get_language() or "zh-hant"
    if request.method == "POST":
        purpose = request.POST.get("purpose", "")
        if request.POST.get("act") == "withdraw":
            consents.withdraw(request.person, purpose, at=at)
        elif request.POST.get("act") == "give":
            consents.give(request.person, [purpose], lang, at=at)
        return redirect("me-consents")
    facts = streams.stream(request.person)
    given = {fact.seq: fact for fact in facts if fact.kind == "consent.given"}
    stands = consents.standing(facts)
    lines = [
        {
            "consent": each,
            "title": each.title[lang],
            "words": each.words[lang],
            "why": each.why[lang],
            "since": given[stands[each.purpose]].at if each.purpose in stands else 0,
        }
        for each in consents.asked()
    ]
    return forms.page(request, "register/agreed.html", lines=lines)


@borrowers.page
@both
def devices(request: BorrowerRequest) -> HttpResponse:
    """The sessions that go on; each can be ended from here."""
    own = borrowers.session_of(request)
    if request.method == "POST":
        wanted = request.POST.get("session", "")
        if wanted == "others":
            sessions.end_others(request.person, own)
        elif wanted.isdecimal() and len(wanted) < 19:
            sessions.end(request.person, int(wanted))
        return redirect("me-sessions")
    found: list[dict[str, Any]] = [
        {
            "session": each.session,
            "device": _device(each.device),
            "began": each.began * SECOND,
            "seen": each.seen * SECOND,
            "here": each.session == own,
        }
        for each in sessions.sessions(request.person)
    ]
    return forms.page(request, "register/sessions.html", found=found)


def _device(code: str) -> str:
    """The device, or that staff have the pages open to serve the person."""
    if code in serving.WAYS:
        return _("One of ours, serving you") + f" · {word('served_by', code)}"
    return code


@borrowers.page
@require_GET
def looks(request: BorrowerRequest) -> HttpResponse:
    """Who of the house looked at what, when and why."""
    found = look.looks(request.person, 200)
    numbers = staff.numbers([line.staff for line in found])
    roles = staff.roles([line.staff for line in found])
    lines = [
        Line(each.at, roles.get(each.staff, ""), numbers.get(each.staff, ""), *each[3:])
        for each in found
    ]
    return forms.page(request, "register/looks.html", lines=lines)
