"""Claims as staff see them: who answers for which, by when, and the answer with its reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from evenhand.ledger import streams
from evenhand.lifecycle.disburse import claims
from evenhand.lifecycle.disburse.claims import Claim
from evenhand.outbound.contact import own_words
from evenhand.outbound.contact.own_words import Blocked, Offered
from evenhand.outbound.contact.tell import tell
from evenhand.people import staff
from evenhand.people.access import StaffRequest, page

TEXT_MAX = 2_000


@require_GET
@page("claims")
def listed(request: StaffRequest) -> HttpResponse:
    """Every claim that stands."""
    found = claims.standing(request.clock.now())
    hands = sorted({one.owner for one in found} | {one.answered_by for one in found})
    shown = {
        "claims": found,
        "numbers": staff.numbers(hands),
        "today": request.clock.today(),
        "may_take": staff.may_see(request.member.role, "claim_take"),
        "may_answer": staff.may_see(request.member.role, "claim_answer"),
    }
    return render(request, "disburse/claims.html", shown)


@require_POST
@page("claim_take")
def take(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """I answer for this one."""
    claim = _claim(borrower, seq)
    if not claim.outcome:
        claims.take(borrower, seq, request.member.staff, request.clock.now())
    return redirect("claim", borrower, seq)


@page("claims")
@sensitive_post_parameters("text")
@sensitive_variables("text")
def claim(request: StaffRequest, borrower: int, seq: int) -> HttpResponse:
    """One claim; a POST answers it."""
    found = _claim(borrower, seq)
    if request.method != "POST":
        return _shown(request, found)
    if not staff.may_see(request.member.role, "claim_answer"):
        raise PermissionDenied
    outcome, text = request.POST.get("outcome", ""), request.POST.get("text", "").strip()
    if "use" in request.POST:
        put = own_words.offered(borrower, text, request.POST["use"], at=request.clock.now())
        return _shown(request, found, outcome, put.text, put=put)
    if outcome not in claims.OUTCOMES or not 0 < len(text) <= TEXT_MAX:
        return _shown(request, found, outcome, text)
    at = request.clock.now()
    try:
        answered = claims.answer(borrower, seq, outcome, text, request.member.staff, at)
    except claims.Answered:
        messages.info(request, _("It had been answered already."))
    except Blocked as blocked:
        return _shown(request, found, outcome, text, blocked)
    else:
        tell(borrower, "claim_answered", at=at, cause=answered, loan=found.loan)
    return redirect("claim", borrower, seq)


def _claim(borrower: int, seq: int) -> Claim:
    for found in claims.claims_of(streams.stream(borrower)):
        if found.seq == seq:
            return found
    raise Http404


@sensitive_variables("text", "blocked", "shown")
def _shown(
    request: StaffRequest,
    found: Claim,
    outcome: str = "",
    text: str = "",
    blocked: Blocked | None = None,
    put: Offered | None = None,
) -> HttpResponse:
    answered = request.method == "POST" and put is None
    by, at = request.member.staff, request.clock.now()
    shown = {
        "claim": found,
        "numbers": staff.numbers([found.owner, found.answered_by]),
        "outcome": outcome,
        "text": text,
        "no_outcome": answered and outcome not in claims.OUTCOMES,
        "blocked": blocked,
        "held": (put or blocked or Offered("", ())).held,
        "used": put is not None,
        "under": own_words.statements(found.borrower, by, at=at),
        "lang": own_words.language(found.borrower),
        "no_text": answered and not 0 < len(text) <= TEXT_MAX,
        "most": TEXT_MAX,
        "may_take": staff.may_see(request.member.role, "claim_take"),
        "may_answer": staff.may_see(request.member.role, "claim_answer"),
        "may_file": staff.may_see(request.member.role, "file"),
    }
    return render(request, "disburse/claim.html", shown, status=400 if answered else 200)
