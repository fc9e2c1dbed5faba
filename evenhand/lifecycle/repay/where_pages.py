"""Open to all, nobody signed in: where to pay, and "is this account yours?"."""

from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.lifecycle.repay import where
from evenhand.outbound.payments import register
from evenhand.people import throttle

ASKED: Final = "ours"
ASKED_MOST: Final = 600
"""Questions in a quarter of an hour from one address: a village may share it."""
LONGEST: Final = 200
AHEAD: Final = 30
"""Days ahead for which the page says what changes."""


@require_GET
def where_to_pay(request: HttpRequest) -> HttpResponse:
    """The register of the lender's own accounts and channels, as of today."""
    today = request.clock.today()  # type: ignore[attr-defined]
    known = register.known_channels()
    begin = [{"begins": True, "on": one.since, "channel": one} for one in known]
    end = [{"begins": False, "on": one.until, "channel": one} for one in known]
    ahead = today + timedelta(days=AHEAD)
    coming = [each for each in end + begin if today < each["on"] <= ahead]
    told = {"channels": register.channels(today), "coming": coming, **_about_fraud()}
    return render(request, "repay/where_to_pay.html", told)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("text")
def ours(request: HttpRequest) -> HttpResponse:
    """Ours or not ours. The question is not kept; how often an address asks is, for a quarter of
    an hour, so that nobody tries numbers by the thousand."""
    told: dict[str, Any] = _about_fraud()
    text = request.POST.get("text", "").strip()
    if request.method == "POST":
        told["error"] = _refusal(request, text)
        told["text"] = text[:LONGEST]
    if text and not told["error"]:
        today = request.clock.today()  # type: ignore[attr-defined]
        told["answer"] = register.is_ours(text, today)
    status = 400 if told.get("error") else 200
    return render(request, "repay/ours.html", told, status=status)


def _refusal(request: HttpRequest, text: str) -> str:
    if not text:
        return _("Type or paste what you want to ask about.")
    if len(text) > LONGEST:
        return _("That is too long. Ask about one number, name or address at a time.")
    address = throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)
    if not throttle.is_below(ASKED, address, ASKED_MOST):
        return _(
            "Too many questions from your network. Try again in a quarter of an hour, or call us."
        )
    throttle.count(ASKED, address)
    return ""


def _about_fraud() -> dict[str, Any]:
    lines = where.fraud_lines(get_language() or settings.LANGUAGE_CODE)
    return {"lender": settings.EVENHAND_LENDER, "fraud_lines": lines}
