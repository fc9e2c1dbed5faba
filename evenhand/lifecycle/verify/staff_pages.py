"""Staff: the hotline reads a code for a caller; compliance reads what is reported of frauds."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.ledger import house
from evenhand.ledger.facts import Fact
from evenhand.lifecycle.verify import asking, fraud, pages, rules
from evenhand.outbound.contact import verify, verify_not_me, verify_numbers
from evenhand.people import look, persons, staff
from evenhand.people.access import StaffRequest, page

PURPOSE: Final = "complaint"
DAYS: Final = 30
DAY: Final = 86_400_000_000


@require_http_methods(["GET", "POST"])
@page("real")
@sensitive_post_parameters("code")
def real(request: StaffRequest) -> HttpResponse:
    """The same answer as the open page, and "not me" for who calls; never whose it is."""
    text = request.POST.get("code", "").strip()[: asking.LONGEST]
    told: dict[str, Any] = {"code": text, **pages.about_us()}
    code, at = verify.typed(text), request.clock.now()
    if request.method == "POST" and not code:
        told["error"] = pages.no_code()
    elif request.POST.get("act") == "not_me":
        contact, hand = verify.ours(code, at=at), request.member.hand
        done = contact is not None and verify_not_me.disown(contact, "hotline", at=at, hand=hand)
        told |= {"done": True} if done else {"error": pages.no_code()}
    elif code:
        told["answer"] = asking.ask(code, at=at)
    return render(request, "verify/staff_real.html", told, status=400 if told.get("error") else 200)


@require_GET
@page("fraud")
def listed(request: StaffRequest) -> HttpResponse:
    """Where reports are many first; then the latest reports."""
    facts = fraud.latest()[::-1]
    reports = [fact for fact in facts if fact.kind == "fraud.reported"]
    clusters = [fact for fact in facts if fact.kind == "fraud.clustered"]
    same = Counter(fact.body["claim"] for fact in reports if fact.body["claim"])
    told = {
        "clusters": clusters,
        "reports": [(fact, same[fact.body["claim"]]) for fact in reports],
        "many": rules.number("cluster", "reports"),
        "hours": rules.number("cluster", "hours"),
        "disowned": verify_numbers.disowned_since(request.clock.now() - DAYS * DAY),
        "days": DAYS,
    }
    return render(request, "verify/fraud.html", told)


@require_http_methods(["GET", "POST"])
@page("fraud")
@sensitive_variables("words")
def one(request: StaffRequest, seq: int) -> HttpResponse:
    """One report; its words are opened by a POST, which the log of looks keeps."""
    fact = _report(seq)
    words = {}
    if request.method == "POST":
        _require_opener(request)
        words = {key: _opened(request, fact, key) for key in ("claimed", "text", "call_back")}
    same = [other for other in fraud.latest()[::-1] if other.body["claim"] == fact.body["claim"]]
    told = {
        "fact": fact,
        "words": words,
        "opened": request.method == "POST",
        "same": [other for other in same if fact.body["claim"] and other.seq != seq],
        "may_open": staff.may_see(request.member.role, "fraud_open"),
    }
    return render(request, "verify/fraud_one.html", told)


@require_POST
@page("fraud_open")
def picture(request: StaffRequest, seq: int) -> HttpResponse:
    """The picture as it was sent, to be kept as a file; the look is logged first."""
    item = int(_report(seq).body.get("picture", 0))
    at = request.clock.now()
    look.write(look.Look(house.FRAUD, at, request.member.staff, "picture", PURPOSE))
    try:
        plain = persons.open_bytes(house.FRAUD, item)
    except KeyError:
        raise Http404 from None
    kind = fraud.picture_kind(plain)
    name = f"report-{seq}.{kind.partition('/')[2]}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(plain, content_type=kind, headers=headers)


def _require_opener(request: StaffRequest) -> None:
    if not staff.may_see(request.member.role, "fraud_open"):
        raise PermissionDenied


def _report(seq: int) -> Fact:
    fact = fraud.read(seq)
    if fact is None:
        raise Http404
    return fact


def _opened(request: StaffRequest, fact: Fact, key: str) -> str:
    commitment = bytes.fromhex(fact.body.get(key, ""))
    if not commitment:
        return ""
    at, by = request.clock.now(), request.member.staff
    return persons.reveal_text(house.FRAUD, commitment, purpose=PURPOSE, by=by, at=at)
