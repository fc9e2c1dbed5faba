"""The later steps of registration: the account, the consents, the identity check, the end."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.ledger import streams
from evenhand.lifecycle.register import carried_on, consents, door, forms, steps, typed
from evenhand.lifecycle.register.forms import Field
from evenhand.outbound.enquiries import identity
from evenhand.people import borrowers, persons
from evenhand.people.borrowers import BorrowerRequest

both = require_http_methods(["GET", "POST"])


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
    wanted = str(request.session.pop(door.NEXT, ""))
    return forms.page(request, "register/done.html", wanted=wanted)


def _facts(request: BorrowerRequest) -> list[Any]:
    return streams.stream(request.person)


@cache
def _banks() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("banks.toml").read_text("utf-8"))
