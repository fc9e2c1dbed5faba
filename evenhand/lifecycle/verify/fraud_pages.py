"""Open to all: report a fraud in our name. What happened is a choice, the rest is free."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods

from evenhand.ledger.kinds_house import FRAUDS
from evenhand.lifecycle.verify import fraud, pages, rules
from evenhand.lifecycle.verify.fraud import Report
from evenhand.outbound.payments import spelling

TEXT_MAX: Final = 2_000
CLAIMED_MAX: Final = 60
ROOM: Final = 65_536
"""What the other fields of the form may take beside the picture."""


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
@sensitive_variables("said", "told")
def report(request: HttpRequest) -> HttpResponse:
    """The form, and the report kept."""
    said, errors = Report(""), {}
    if request.method == "POST":
        said = _said(request)
        errors = _errors(request, said)
        if not errors and not rules.may_ask(request, "report"):
            told = {"said": said, "frauds": FRAUDS, "most": TEXT_MAX}
            return pages.too_many(request, "verify/report.html", told)
        if not errors:
            fraud.report(said, at=request.clock.now())  # type: ignore[attr-defined]
            return redirect("report-fraud-done")
    told = {"said": said, "errors": errors, "frauds": FRAUDS, "most": TEXT_MAX, **pages.about_us()}
    return render(request, "verify/report.html", told, status=400 if errors else 200)


@require_GET
def done(request: HttpRequest) -> HttpResponse:
    """Thank you, and what to do where money has left."""
    return render(request, "verify/report_done.html", pages.about_us())


def _said(request: HttpRequest) -> Report:
    text = {key: request.POST.get(key, "").strip() for key in ("claimed", "text", "call_back")}
    picture = request.FILES.get("picture")
    plain = b""
    if picture is not None and (picture.size or 0) <= rules.number("picture", "bytes"):
        plain = picture.read()
    return Report(request.POST.get("what", ""), **text, picture=plain)


def _errors(request: HttpRequest, said: Report) -> dict[str, str]:
    found = {}
    if said.what not in FRAUDS:
        found["what"] = _("Choose what happened.")
    if len(said.claimed) > CLAIMED_MAX:
        found["claimed"] = _("That is too long. One number, account or code is enough.")
    if len(said.text) > TEXT_MAX:
        found["text"] = _("That is too long. At most %(n)d characters.") % {"n": TEXT_MAX}
    if said.call_back and not spelling.telephone(said.call_back):
        found["call_back"] = _("This is no telephone number. You may leave it empty.")
    if error := _picture_error(request, said):
        found["picture"] = error
    return found


def _picture_error(request: HttpRequest, said: Report) -> str:
    most = rules.number("picture", "bytes")
    length = request.META.get("CONTENT_LENGTH") or "0"
    sent = request.FILES.get("picture")
    if int(length) > most + ROOM or (sent is not None and (sent.size or 0) > most):
        return _("The picture is too big: at most 5 MB. A screenshot is enough.")
    if sent is not None and not fraud.picture_kind(said.picture):
        return _("This is no picture that we can keep: PNG, JPEG or WebP.")
    return ""
