"""The door of registration and sign-in: a number, its code, and what was proved so far.

What is proved is carried in the session, sealed and for a quarter of an hour. Until a code is
confirmed every number gets the same pages and words, whether it is known here or not.
"""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.ledger import states, streams
from evenhand.lifecycle.register import codes, forms, steps, typed
from evenhand.lifecycle.register.forms import Field
from evenhand.people import borrowers, carried, credentials, holders, naming, persons
from evenhand.people.masks import mask_number

ASKED: Final = "asked_number"
"""The number a code was sent to."""
PROVED: Final = "proved_number"
"""The number whose code was right."""
CALLED: Final = "called_person"
"""The person whose name and identity number were right."""
NEXT: Final = "next_page"


def phone_field(value: str = "") -> Field:
    """The field of a mobile number."""
    hint = _("Other places: + and the country code first.")
    return Field(
        "phone", _("Mobile number"), value, hint=hint, kind="tel", autocomplete="tel", length=30
    )


def code_field() -> Field:
    """The field of a one-time code; what was typed is never shown again."""
    return Field(
        "code", _("One-time code"), mode="numeric", autocomplete="one-time-code", length=12
    )


def pin_field(name: str = "pin", label: str = "", *, new: bool = False) -> Field:
    """A field of a PIN; what was typed is never shown again."""
    kept = "new-password" if new else "current-password"
    said = label or (_("New PIN") if new else _("PIN"))
    return Field(name, said, kind="password", mode="numeric", autocomplete=kept, length=20)


def new_pin_fields() -> list[Field]:
    """The two fields of a PIN to be chosen."""
    hint = _("Six to twelve digits. No birth date, no row such as 123456.")
    return [
        pin_field(new=True)._replace(hint=hint),
        pin_field("pin_again", _("The same PIN again"), new=True),
    ]


def ask(request: HttpRequest, what_for: str, code_page: str) -> tuple[Field, HttpResponse | None]:
    """Reads the number and sends the code: the field with its fault, or the way to the next page.

    A code sent a little while ago still holds: then it is the next page all the same.
    """
    read = typed.phone(request.POST.get("phone", ""))
    field = phone_field(request.POST.get("phone", "")).told(read)
    if read.fault:
        return field, None
    carried.carry(request, ASKED, read.value)
    sending = codes.send(request, read.value, what_for)
    if not sending.on_its_way:
        return field._replace(error=sending.told), None
    if sending.told:
        messages.info(request, sending.told)
    return field, redirect(code_page)


def code_page(
    request: HttpRequest, number: str, what_for: str, *, change_url: str, **more: object
) -> HttpResponse | None:
    """The page that asks for the code sent to a number; None once the right one is given.

    `more` may hold `to`, how the number is shown: empty where its holder keeps it out of sight.
    """
    field, told = code_field(), ""
    if request.method == "POST" and request.POST.get("again"):
        told = codes.send(request, number, what_for).told or _("A new code is on its way.")
    elif request.method == "POST":
        read = typed.code(request.POST.get("code", ""))
        if not read.fault and not codes.is_right(request, number, what_for, read.value):
            read = read._replace(fault="code")
        field = field.told(read)
        if not read.fault:
            return None
    named = {
        "to": mask_number(number),
        "told": told,
        "change_url": change_url,
        "template": "register/code.html",
    }
    return forms.show(request, _("Your code"), [field], _("Go on"), **(named | more))  # type: ignore[arg-type]


def after_code(request: HttpRequest, number: str) -> HttpResponse:
    """Where somebody goes whose number is proved: choose a PIN, give the PIN, or say who they are.

    A number that is nobody's yet leads to its registration.
    """
    carried.carry(request, PROVED, number)
    person = holders.holder(number)
    if not person:
        return redirect("register-begin")
    if credentials.with_pin([person]):
        return redirect("sign-in-pin")
    return redirect("sign-in-forgotten" if naming.has_name(person) else "register-pin")


def proved(request: HttpRequest) -> tuple[str, int]:
    """The number proved a little while ago and its holder; nothing and 0 where none is."""
    number = carried.carried(request, PROVED)
    return number, holders.holder(number) if number else 0


def want(request: HttpRequest) -> None:
    """Keeps the page of this house to come back to (`next`), if one is named."""
    wanted = borrowers.own_path(request, request.GET.get("next", ""), "")
    if wanted:
        request.session[NEXT] = wanted


def enter(request: HttpRequest, person: int) -> HttpResponse:
    """Signs in who gave code and PIN, and leads on: to the page wanted, or the step to do next.
    Nobody goes on as somebody whose death is on record: whoever holds the phone calls us."""
    carried.drop(request, ASKED, PROVED, CALLED)
    if states.stands(person, 0, "debtor_deceased", at=request.clock.now()):  # type: ignore[attr-defined]
        hotline = settings.EVENHAND_LENDER["hotline"]
        says = _("This account cannot be opened here now. Call us: %(number)s.")
        messages.error(request, says % {"number": hotline})
        return redirect("borrower-sign-in")
    borrowers.sign_in(request, person)
    if is_unfinished(person):
        response = redirect("register")
    else:
        response = redirect(str(request.session.pop(NEXT, "")) or reverse("front"))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        remember_lang(response, persons.masked([person])[person].lang)
    return response


def is_unfinished(person: int) -> bool:
    """Has the person begun to register here and was never verified? Others need not go on."""
    facts = streams.stream(person)
    begun_here = bool(facts) and facts[0].hand == steps.HAND
    return begun_here and not any(fact.kind == "account.named" for fact in facts)


def remember_lang(response: HttpResponse, lang: str) -> None:
    """The browser reads this language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        lang,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
