"""How a person is reached and paid: the number, the account, further addresses, safe contact."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.ledger import streams
from evenhand.lifecycle.register import carried_on, changes, codes, door, forms, typed
from evenhand.lifecycle.register.forms import Field
from evenhand.lifecycle.register.verify_pages import account_fields
from evenhand.people import borrowers, carried, persons, points
from evenhand.people.borrowers import BorrowerRequest

PURPOSE = "change_number"
NEW = "new_number"
ANY = "any"
CHANNELS = ("in_app", "sms", ANY)
KINDS = ("email", "postal")
DAY = 24 * 60
WINDOW_MIN = 120
both = require_http_methods(["GET", "POST"])


@borrowers.sure
@sensitive_post_parameters()
@both
def number(request: BorrowerRequest) -> HttpResponse:
    """A new number: a code goes there."""
    field = door.phone_field()._replace(label=_("New mobile number"))
    if request.method == "POST":
        read = typed.phone(request.POST.get("phone", ""))
        field = field._replace(value=request.POST.get("phone", "")).told(read)
        if not read.fault:
            sending = codes.send(request, read.value, PURPOSE)
            if sending.on_its_way:
                carried.carry(request, NEW, read.value)
                return redirect("me-number-code")
            field = field._replace(error=sending.told)
    lead = _("We tell the old number of the change. Money on its way to you waits for a day.")
    return forms.show(request, _("Change the number"), [field], _("Send a code there"), lead=lead)


@borrowers.sure
@sensitive_post_parameters()
@both
def number_code(request: BorrowerRequest) -> HttpResponse:
    """The code sent to the new number; with it the change is made."""
    new = carried.carried(request, NEW)
    if not new:
        return redirect("me-number")
    hidden = "phone" in persons.masked([request.person])[request.person].confidential
    shown = {"to": ""} if hidden else {}
    page = door.code_page(request, new, PURPOSE, change_url=reverse("me-number"), **shown)
    if page:
        return page
    carried.drop(request, NEW)
    if changes.change_number(request.person, new, at=request.clock.now()):
        messages.success(request, _("Your number is changed."))
    else:
        messages.error(request, _("This number belongs to another account. Please call us."))
    return redirect("me")


@borrowers.sure
@sensitive_post_parameters()
@both
def account(request: BorrowerRequest) -> HttpResponse:
    """Another account: asked about first, and the old one is told nothing before it fits."""
    fields, error = account_fields(request), ""
    if request.method == "POST":
        read = typed.account(request.POST.get("account", ""))
        bank = typed.bank(request.POST.get("bank", ""))
        fields = [fields[0].told(read), fields[1].told(bank)]
        if not forms.faults(read, bank):
            at = request.clock.now()
            answer = changes.change_account(request.person, read.value, bank.value, at=at)
            if answer == "match":
                messages.success(request, _("Your account is changed."))
                return redirect("me")
            error = carried_on.told_of(answer) or carried_on.no_match(answer)
    lead = _("In your own name; we check that first. Money on its way to you waits for a day.")
    return forms.show(
        request, _("Change the account"), fields, _("Check and save"), lead=lead, error=error
    )


@borrowers.sure
@sensitive_post_parameters()
@both
def addresses(request: BorrowerRequest) -> HttpResponse:
    """E-mail and postal addresses: added, and used no more. The number has a page of its own."""
    field, kind = _address_field(request), request.POST.get("kind", "")
    if request.method == "POST" and request.POST.get("remove"):
        _remove(request)
        return redirect("me-addresses")
    if request.method == "POST":
        read = (typed.postal if kind == "postal" else typed.email)(request.POST.get("value", ""))
        field = field.told(read)
        if not read.fault and kind in KINDS:
            points.add_point(request.person, kind, read.value)
            messages.success(request, _("The address is kept."))
            return redirect("me-addresses")
    choice = Field(
        "kind",
        _("What is it?"),
        kind or "email",
        options=(("email", _("E-mail")), ("postal", _("Postal address"))),
    )
    return forms.show(
        request,
        _("My addresses"),
        [choice, field],
        _("Add"),
        template="register/addresses.html",
        found=points.shown(request.person),
    )


def _address_field(request: BorrowerRequest) -> Field:
    return Field("value", _("Address"), request.POST.get("value", ""), length=254)


def _remove(request: BorrowerRequest) -> None:
    wanted = request.POST.get("remove", "")
    for each in points.shown(request.person):
        if each.kind in KINDS and str(each.point) == wanted:
            points.retire(request.person, each.point)


@borrowers.page
@both
def safe(request: BorrowerRequest) -> HttpResponse:
    """Safe contact: one tap for everything, or point by point with channel and hours.

    Taking something back into sight needs PIN and code; hiding never does.
    """
    found = points.shown(request.person)
    if request.method != "POST":
        return _safe_page(request, found)
    chosen = {each.point for each in found if str(each.point) in request.POST.getlist("hide")}
    shown_again = {each.point for each in found if each.hidden} - chosen
    wish, error = _wish(request)
    if error:
        return _safe_page(request, found, error)
    if shown_again and not borrowers.is_sure(request):
        return redirect(f"{reverse('be-sure')}?next={reverse('me-safe')}")
    changes.choose_safe_contact(request.person, chosen, wish, at=request.clock.now())
    messages.success(request, _("Kept as you chose."))
    return redirect("me-safe")


@borrowers.page
@require_POST
def safe_now(request: BorrowerRequest) -> HttpResponse:
    """One tap: every number and address out of sight, messages only in here."""
    hidden = [each.point for each in points.shown(request.person)]
    wish: dict[str, int | str] = {"channel": "in_app"}
    changes.choose_safe_contact(request.person, hidden, wish, at=request.clock.now())
    messages.success(request, _("Done. Your numbers and addresses are out of sight."))
    return redirect("me-safe")


def _safe_page(
    request: BorrowerRequest, found: list[points.Shown], error: str = ""
) -> HttpResponse:
    """The page as chosen before, or as typed now."""
    before = _chosen(request.person)
    post = request.POST if request.method == "POST" else {}
    ticked = {str(each.point) for each in found if each.hidden}
    if post:
        ticked = set(request.POST.getlist("hide"))
    return forms.page(
        request,
        "register/safe.html",
        status=400 if error else 200,
        found=[(each, str(each.point) in ticked) for each in found],
        channels=CHANNELS,
        channel=post.get("channel", before.get("channel", ANY if before else "")),
        hours=[(f"{minute}", f"{minute // 60:02}:00") for minute in range(0, DAY + 1, 60)],
        from_minute=post.get("from_minute", str(before.get("from_minute", 0))),
        until_minute=post.get("until_minute", str(before.get("until_minute", DAY))),
        error=error,
    )


def _chosen(person: int) -> Mapping[str, Any]:
    """What the person chose last; nothing where they never did."""
    facts = streams.stream(person)
    said = [fact.body for fact in facts if fact.kind == "safe_contact.chosen"]
    return said[-1] if said else {}


def _wish(request: BorrowerRequest) -> tuple[dict[str, int | str], str]:
    """The channel and hours chosen, and what is wrong with them."""
    channel = request.POST.get("channel", "")
    begin, end = (_minute(request.POST.get(key, "")) for key in ("from_minute", "until_minute"))
    if channel not in CHANNELS:
        return {}, _("Choose where messages may come.")
    if min(begin, end) < 0 or end - begin < WINDOW_MIN:
        return {}, typed.fault("hours")
    hours: dict[str, int | str] = {"from_minute": begin, "until_minute": end}
    return (hours if channel == ANY else hours | {"channel": channel}), ""


def _minute(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 5 and int(text) <= DAY else -1
