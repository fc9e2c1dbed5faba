"""Open to all, nobody signed in: is this really you, and "not me"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.law import written
from evenhand.lifecycle.verify import asking, rules
from evenhand.outbound.contact import verify, verify_not_me
from evenhand.people import borrowers

both = require_http_methods(["GET", "POST"])
TOO_MANY: Final = 429
HOURS: Final = tuple((hour, asking.hour_text(hour)) for hour in range(24))


@both
@never_cache
@sensitive_post_parameters("code")
def real(request: HttpRequest) -> HttpResponse:
    """The code, typed or with the whole message; its answer has an address of its own."""
    text = request.POST.get("code", "").strip()
    code = verify.typed(text[: asking.LONGEST])
    if code:
        return redirect("real-code", code)
    error = (no_code() if text else _("Type the code.")) if request.method == "POST" else ""
    told = {"code": text[: asking.LONGEST], "error": error, **about_us()}
    return render(request, "verify/real.html", told, status=400 if error else 200)


@require_GET
@never_cache
def real_code(request: HttpRequest, code: str) -> HttpResponse:
    """Ours or not ours, and how to see that it was not copied."""
    if not rules.may_ask(request, "network", code):
        return too_many(request, "verify/real.html", {"code": code})
    at = request.clock.now()  # type: ignore[attr-defined]
    answer = asking.ask(verify.typed(code), at=at, person=borrowers.person_of(request))
    return render(request, "verify/real.html", {"answer": answer, **about_us()})


@both
@never_cache
@sensitive_post_parameters("number")
def real_number(request: HttpRequest) -> HttpResponse:
    """Is this number yours, and were you calling then?"""
    today: date = request.clock.today()  # type: ignore[attr-defined]
    said = {key: request.POST.get(key, "").strip() for key in ("number", "day", "hour")}
    said["day"] = said["day"] or today.isoformat()
    told: dict[str, Any] = {"typed": said, "hours": HOURS, **about_us()}
    if request.method == "POST":
        day, hour = _when(said["day"], said["hour"], today)
        told["errors"] = _errors(said["number"], day, hour)
        if not told["errors"] and day is not None:
            if not rules.may_ask(request, "network"):
                return too_many(request, "verify/number.html", told)
            told["answer"] = asking.of_number(said["number"], day, hour)
    return render(request, "verify/number.html", told, status=400 if told.get("errors") else 200)


@both
@never_cache
@sensitive_post_parameters("code")
def not_me(request: HttpRequest) -> HttpResponse:
    """It was meant for somebody else: one tap, nothing asked, nothing told."""
    text = request.POST.get("code", "").strip()[: asking.LONGEST]
    told = {"code": text, **about_us()}
    if request.method != "POST":
        return render(request, "verify/not_me.html", told)
    code, at = verify.typed(text), request.clock.now()  # type: ignore[attr-defined]
    if not rules.may_ask(request, "not_me", code):
        return too_many(request, "verify/not_me.html", told)
    contact = verify.ours(code, at=at)
    if contact and contact.borrower == borrowers.person_of(request):
        return redirect("number-doubted")
    if contact is None or not verify_not_me.disown(contact, "page", at=at):
        return render(request, "verify/not_me.html", {**told, "error": no_code()}, status=400)
    return redirect("not-me-done")


@require_GET
def not_me_done(request: HttpRequest) -> HttpResponse:
    """Thank you, and what happens now."""
    return render(request, "verify/not_me_done.html", about_us())


def about_us() -> dict[str, Any]:
    """What every page here says of the house."""
    return {"lender": settings.EVENHAND_LENDER, "valid_days": verify.valid_days()}


def no_code() -> str:
    """Why nothing can be looked up."""
    return _("This is no code of ours. It has 12 characters: the digits 0–9 and the letters a–f.")


def too_many(request: HttpRequest, template: str, told: dict[str, Any]) -> HttpResponse:
    """429 in plain words."""
    said = _("Too many questions from your network. Try again in a quarter of an hour, or call us.")
    shown = {**told, **about_us(), "error": said, "errors": {"number": said}}
    answer = render(request, template, shown, status=TOO_MANY)
    answer.headers["Retry-After"] = "900"
    return answer


def _when(day: str, hour: str, today: date) -> tuple[date | None, int]:
    """The day and hour asked about; no day, or -1, where it is none we answer for."""
    try:
        found = written.day(day)
    except ValueError:
        return None, -1
    is_near = today - timedelta(days=verify.valid_days()) <= found <= today
    known = int(hour) if hour.isdecimal() and len(hour) < 3 and int(hour) < 24 else -1
    return (found if is_near else None), known


def _errors(number: str, day: date | None, hour: int) -> dict[str, str]:
    found = {} if number else {"number": _("Type the number that called.")}
    if day is None:
        said = _("Choose a day of the last %(n)d days.") % {"n": verify.valid_days()}
        found["day"] = said
    if hour < 0:
        found["hour"] = _("Choose the hour of the call.")
    return found
