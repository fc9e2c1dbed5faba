"""The pages of whoever is asked to answer for a loan: the code, what it means, yes or no.

The session remembers where the invitation lies, by numbers only; everything else is read from the
facts at each page. Nothing shows more of the applicant than the masked name, amount and months.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from evenhand.ledger import streams
from evenhand.lifecycle.join import codes, steps, words
from evenhand.lifecycle.join.codes import Place
from evenhand.people import throttle
from evenhand.people.borrowers import BorrowerRequest, page, person_of, sure

SESSION: Final = "join"
"""The place of the invitation whose code was typed: two numbers."""


@never_cache
@sensitive_post_parameters("code")
def join(request: HttpRequest) -> HttpResponse:
    """Type the code somebody gave you; too many wrong ones close the door for a while."""
    if request.method != "POST":
        return render(request, "join/code.html", {"is_typed": _place(request) is not None})
    typed = request.POST.get("code", "")
    name, address = _who_types(request)
    if not throttle.is_open(name, address):
        return _code_again(request, _("Too many tries. Please wait a quarter of an hour."), 429)
    place = codes.find(typed)
    if place is None or not _holds(place, typed):
        throttle.failed(name, address)
        return _code_again(request, _("This code is not right. It has 12 digits."), 400)
    request.session[SESSION] = [*place]
    return redirect("join-read")


def read(request: HttpRequest) -> HttpResponse:
    """What one would answer for, or first: who you are."""
    place = _place(request)
    if place is None:
        return redirect("join")
    if not person_of(request):
        return render(request, "join/sign_in.html")
    return _read(request)


@page
def _read(request: BorrowerRequest) -> HttpResponse:
    place = _place(request)
    assert place is not None, "the page before this one looked"
    return _shown(request, place, "join/read.html")


@sure
def confirm(request: BorrowerRequest) -> HttpResponse:
    """Say yes, having read it, as somebody who has just shown who they are."""
    place = _place(request)
    if place is None:
        return redirect("join")
    if request.method != "POST":
        return _shown(request, place, "join/confirm.html")
    asked = words.asked(place, streams.stream(place.borrower), request.clock.today())
    if asked is None:
        return _ended(request)
    if not request.POST.get("agree"):
        error = _("Tick the box if you want to answer for this loan. If not, say no.")
        return _shown(request, place, "join/confirm.html", error=error, status=400)
    text = words.text(asked)
    if request.POST.get("read") != _digest(text):
        error = _("The words have changed since you read them. Please read them again.")
        return _shown(request, place, "join/confirm.html", error=error, status=409)
    refusal = steps.join(place, request.person, text, at=request.clock.now())
    if refusal:
        return _shown(request, place, "join/read.html", refusal=refusal, status=409)
    request.session.pop(SESSION, None)
    return redirect("join-mine")


@require_POST
@page
def decline(request: BorrowerRequest) -> HttpResponse:
    """Say no: nothing is asked, nothing is owed."""
    place = _place(request)
    if place is None:
        return redirect("join")
    refusal = steps.decline(place, request.person, at=request.clock.now())
    if refusal:
        return _shown(request, place, "join/read.html", refusal=refusal, status=409)
    request.session.pop(SESSION, None)
    asked = steps.invitation_at(place, streams.stream(place.borrower))
    return render(request, "join/declined.html", {"by_staff": asked and asked.by_staff})


def _who_types(request: HttpRequest) -> tuple[str, str]:
    address = throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)
    return f"join {request.session.session_key or address}", address


def _code_again(request: HttpRequest, error: str, status: int) -> HttpResponse:
    return render(request, "join/code.html", {"error": error}, status=status)


def _holds(place: Place, typed: str) -> bool:
    """Does the fact at that place hold this code's digest?"""
    asked = steps.invitation_at(place, streams.stream(place.borrower))
    return asked is not None and asked.digest == codes.digest_of(codes.normal(typed))


def _place(request: HttpRequest) -> Place | None:
    kept = request.session.get(SESSION)
    return Place(*kept) if kept else None


def _shown(
    request: BorrowerRequest,
    place: Place,
    template: str,
    *,
    error: str = "",
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The words, or why there is nothing to say yes to."""
    theirs, own = streams.stream(place.borrower), streams.stream(request.person)
    today = request.clock.today()
    asked = words.asked(place, theirs, today)
    refusal = refusal or steps.may_join(place, theirs, request.person, own, today)
    if asked is None or refusal in ("ended", "own", "already", "not_you"):
        return _ended(request, refusal or "ended", status)
    by_staff = asked.invitation.by_staff
    if by_staff and refusal == "not_verified":
        # Of a loan that runs nobody learns before we know that they are who is meant.
        return render(request, "join/verify_first.html", status=status)
    shown: dict[str, Any] = {
        "sentences": words.sentences(asked),
        "read": _digest(words.text(asked)),
        "not_verified": refusal == "not_verified",
        "by_staff": by_staff,
        "error": error,
    }
    if refusal == "not_verified":
        template = "join/read.html"
    return render(request, template, shown, status=status)


def _ended(request: BorrowerRequest, refusal: str = "ended", status: int = 200) -> HttpResponse:
    request.session.pop(SESSION, None)
    return render(request, "join/ended.html", {"refusal": refusal}, status=status)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
