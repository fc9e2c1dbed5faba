"""A complaint without signing in, by the reference that one of our messages prints.

Whatever is typed, the page says the same, and no page shows what came of it: who complained by a
reference hears it on the borrower's own channels, and nobody else learns anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.ledger import references
from evenhand.ledger.kinds_state import GROUNDS
from evenhand.lifecycle.redress import acts, pages, typed
from evenhand.lifecycle.redress.typed import Typed
from evenhand.people import persons, throttle

COMPLAINED: Final = "complain"
BY_CODE: Final = "complain-code"
ADDRESS_MOST: Final = 120
"""In a quarter of an hour from one network: a village may share it."""
CODE_MOST: Final = 3
"""In a quarter of an hour by one reference; more change nothing."""
CODE_LONGEST: Final = 64


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code", "text", "about")
@sensitive_variables("code", "said")
def complain(request: HttpRequest) -> HttpResponse:
    """The reference, what it is about, send."""
    code = request.POST.get("code", "").strip()[:CODE_LONGEST]
    said = typed.read(request.POST, ()) if request.method == "POST" else Typed()
    errors = dict(said.errors)
    if request.method == "POST":
        errors |= {} if code else {"code": _("Type the reference that our message prints.")}
        errors |= {} if errors else _too_many(request)
    if request.method == "POST" and not errors:
        _open(code, said, request.clock.now())  # type: ignore[attr-defined]
        return redirect("complain-by-code-sent")
    said = replace(said, loan="0", errors=errors)
    shown = {"typed": said, "code": code, "grounds": GROUNDS, "most": typed.TEXT_MAX}
    shown |= pages.what_stops(request) | pages.outside()
    return render(request, "redress/by_code.html", shown, status=400 if errors else 200)


@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """The same for everybody."""
    return render(request, "redress/by_code_sent.html", pages.outside())


def _open(code: str, said: Typed, at: int) -> None:
    """Open it where the reference is one of ours and nobody is playing with it."""
    reference = references.typed(code)
    found = references.whose(reference) if reference else None
    if found is None or not throttle.is_below(BY_CODE, reference, CODE_MOST):
        return
    throttle.count(BY_CODE, reference)
    try:
        acts.open_complaint(found[0], said.wanted("code"), "house", at=at)
    except persons.Erased:
        return


def _too_many(request: HttpRequest) -> dict[str, str]:
    address = throttle.address_of(request.META, behind_proxy=settings.EVENHAND_PROXY)
    if not throttle.is_below(COMPLAINED, address, ADDRESS_MOST):
        return {
            "code": _("Too many from your network. Try again in a quarter of an hour, or call us.")
        }
    throttle.count(COMPLAINED, address)
    return {}
